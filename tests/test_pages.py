"""What `kapm build` itself makes of an example: the reports of a client, under a real checker."""

from pathlib import Path

import page as checker
import pypdf
import pytest
from click.testing import CliRunner

from kapm_site.cli import kapm

ROOT = Path(__file__).parents[1]


@pytest.mark.pdf
def test_reports_are_accessible_and_short(tmp_path: Path) -> None:
    """Every report meets PDF/UA-1; the brief edition has one page, the full one at most fourteen."""
    arguments = ["-C", str(ROOT), "build", "-o", str(tmp_path / "site"), "--status-date", "2026-11-20", "--jobs", "2"]
    result = CliRunner().invoke(kapm, [*arguments, "qingshan"])
    assert result.exit_code == 0, result.stderr[-3000:]
    reports = sorted(tmp_path.glob("site/clients/*/*/report-*.pdf"))
    assert len(reports) == 4
    for report in reports:
        pages = len(pypdf.PdfReader(report).pages)
        assert pages == 1 if "brief" in report.name else pages <= 14, report
        result = checker.validate_pdf_bytes(report.read_bytes(), profile="ua1")
        assert [f"{report.name}: {failure.rule_id}" for failure in result.failures] == []
