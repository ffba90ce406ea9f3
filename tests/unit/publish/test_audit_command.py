import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm
from tests.small import write_workspace


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small workspace with its site, built by the command."""
    root = write_workspace(tmp_path / "work")
    result = CliRunner().invoke(kapm, ["-C", str(root), "build", "-o", str(root / "site"), "--no-pdf"])
    assert result.exit_code == 0, result.stderr
    return root


def audit(root: Path, *arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(kapm, ["audit", "-C", str(root), *arguments])


def test_a_clean_site_ends_with_zero(built: Path) -> None:
    """Nothing on standard output, one sentence on standard error."""
    result = audit(built, str(built / "site"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing internal and nothing foreign" in result.stderr


def test_a_planted_note_ends_with_one(built: Path) -> None:
    """An internal note in a client's page is named with the place it was typed at, and the changed file too."""
    page = built / "site/clients/acme/erp/index.html"
    page.write_text(page.read_text().replace("</main>", "<p>Margin is below nine percent</p></main>"))
    result = audit(built, str(built / "site"))
    assert result.exit_code == 1
    assert "[leak]" in result.stdout
    assert "projects/acme/erp/plan.yaml:7:14" in result.stdout
    assert "[changed-file]" in result.stdout


MARGIN = "Margin is below nine percent"
PLANTED = {
    "clients/acme/index.html": (b"</main>", f"<p>{MARGIN}</p></main>"),
    "clients/acme/erp/index.html": (b"<main", f"<!-- {MARGIN} --><main"),
    "clients/acme/erp/status.json": (b'"schema"', f'"note":"{MARGIN}","schema"'),
    "clients/acme/erp/tasks.csv": (b"\r\n", f",{MARGIN}\r\n"),
    "clients/acme/erp/milestones.ics": (b"END:VCALENDAR", "X-NOTE:Margin is below\r\n  nine percent\r\nEND:VCALENDAR"),
    "clients/acme/feed.xml": (b"</feed>", f"<!-- {MARGIN} --></feed>"),
    "clients/acme/_headers": (b"/*", f"# {MARGIN}\n/*"),
    "clients/acme/assets/*.css": (b"{", f"{{/* {MARGIN} */"),
    "clients/acme/assets/*.js": (b"{", f"{{/* {MARGIN} */"),
    "clients/acme/assets/*.svg": (b"</svg>", f"<desc>{MARGIN}</desc></svg>"),
    "clients/acme/assets/*.woff2": (b"", f"{MARGIN}"),
}


@pytest.mark.promise("A1")
@pytest.mark.parametrize("place", PLANTED)
def test_the_manifest_does_not_vouch_for_what_was_planted(built: Path, place: str) -> None:
    """In each kind of file of a built site the note is found, though the manifest was made to fit."""
    site, (before, after) = built / "site", PLANTED[place]
    file = next(site.glob(place))
    content = file.read_bytes()
    file.write_bytes(content.replace(before, after.encode(), 1) if before else content + after.encode())
    assert MARGIN.encode() in file.read_bytes() or place.endswith(".ics")
    manifest = json.loads((site / "manifest.json").read_text())
    for entry in manifest["files"]:
        data = (site / entry["path"]).read_bytes()
        entry.update(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    (site / "manifest.json").write_text(json.dumps(manifest))
    result = audit(built, str(site))
    assert result.exit_code == 1
    name = re.escape(file.relative_to(site).as_posix())
    assert re.search(rf"site/{name}[:\d]*: .*holds .*{MARGIN}", result.stdout), result.stdout
    assert "projects/acme/erp/plan.yaml:7:14" in result.stdout
    assert "[changed-file]" not in result.stdout


def test_a_broken_workspace_ends_with_one(built: Path) -> None:
    """What a broken workspace holds cannot be told, so its problems are."""
    (built / "kapm.yaml").write_text("organization: {nme: x}\n")
    result = audit(built, str(built / "site"))
    assert result.exit_code == 1
    assert "[unknown-key]" in result.stdout


def test_wrong_usage_ends_with_two(built: Path, tmp_path: Path) -> None:
    """No such folder, a folder that no build wrote, and no workspace are wrong usage."""
    assert audit(built, "nowhere").exit_code == 2
    (tmp_path / "mine").mkdir()
    assert audit(built, str(tmp_path / "mine")).exit_code == 2
    assert audit(tmp_path / "mine", str(built / "site")).exit_code == 2
