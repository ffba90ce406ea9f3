"""Plans that real users made in Microsoft Project become pages and PDFs without an error."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm

SAMPLES = Path(__file__).parents[2] / "shared/samples/msproject"
FILES = sorted(SAMPLES.rglob("*.xml")) if SAMPLES.is_dir() else []
MISSING = "the sample plans are not beside this checkout"


def run(root: Path, *arguments: str) -> Result:
    """Run a command in a workspace."""
    return CliRunner().invoke(kapm, ["-C", str(root), *arguments])


@pytest.mark.skipif(not FILES, reason=MISSING)
def test_every_sample_is_imported_checked_and_built(tmp_path: Path) -> None:
    """All files go into one workspace, which has no error and becomes a portfolio with a page for each."""
    (tmp_path / "kapm.yaml").write_text("organization: {name: Tidewater Delivery}\n")
    (tmp_path / "projects").mkdir()
    for number, file in enumerate(FILES):
        result = run(tmp_path, "import", "msproject", str(file), "--into", f"samples/plan-{number}")
        assert result.exit_code == 0, f"{file.name}: {result.output}"
    checked = run(tmp_path, "check", "--status-date", "2026-11-20")
    assert checked.exit_code == 0, checked.output
    built = run(tmp_path, "build", "-o", str(tmp_path / "site"), "--no-pdf", "--status-date", "2026-11-20")
    assert built.exit_code == 0, built.output
    pages = list((tmp_path / "site/internal/samples").glob("*/index.html"))
    assert len(pages) == len(FILES)


@pytest.mark.pdf
@pytest.mark.skipif(not FILES, reason=MISSING)
@pytest.mark.parametrize("file", [file for file in FILES if "real-mpp" in file.parts], ids=lambda file: file.name[:12])
def test_a_real_plan_becomes_a_client_page_and_a_report(tmp_path: Path, file: Path) -> None:
    """Told to show it to the client, a page and both editions of the report come out."""
    (tmp_path / "kapm.yaml").write_text("organization: {name: Tidewater Delivery}\nlanguage: zh-CN\n")
    (tmp_path / "projects/acme").mkdir(parents=True)
    (tmp_path / "projects/acme/client.yaml").write_text("name: Acme Industrial\nprotection: none\n")
    assert run(tmp_path, "import", "msproject", str(file), "--into", "acme/plan").exit_code == 0
    for name in ("project.yaml", "plan.yaml"):
        path = tmp_path / "projects/acme/plan" / name
        path.write_text("audience: client\n" + path.read_text())
    built = run(tmp_path, "build", "-o", str(tmp_path / "site"), "--status-date", "2019-06-03")
    assert built.exit_code == 0, built.output
    folder = tmp_path / "site/clients/acme/plan"
    assert (folder / "index.html").stat().st_size > 20_000
    assert all((folder / f"report-draft-{edition}.pdf").read_bytes()[:5] == b"%PDF-" for edition in ("full", "brief"))
