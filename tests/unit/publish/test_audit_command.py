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
