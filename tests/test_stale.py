"""A project that nobody has said anything of for too long: both sites, the PDFs, the terminal and the check.

The client was told last on 13 November, the team wrote for itself on the 20th. By a cadence of two weeks and three
working days, the 20th counts up to 9 December.
"""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from kapm_site.cli import kapm
from tests.small import FILES, write_workspace

PROJECT = FILES["projects/acme/erp/project.yaml"].replace("2026-11-27", "2027-02-26") + (
    "communication:\n  report: {cadence: biweekly}\n"
    "health_override: {dimension: overall, health: green, reason: All is well, expires: 2027-01-31, audience: client}\n"
)
PLAN = FILES["projects/acme/erp/plan.yaml"].replace("2026-11-2", "2027-02-2")
CHANGES: dict[str, str | None] = {
    "projects/acme/erp/project.yaml": PROJECT,
    "projects/acme/erp/plan.yaml": PLAN,
    "projects/acme/erp/updates/2026-11-20.md": "---\naudience: internal\n---\n\n## Done\n\n- They argue\n",
}
LAST_DAY, STALE = "2026-12-09", "2026-12-10"


def run(root: Path, command: str, day: str, *arguments: str) -> Result:
    """Run a command of kapm at a status date."""
    return CliRunner().invoke(kapm, ["-C", str(root), command, "--status-date", day, *arguments])


def words(page: Path) -> str:
    """Read what a page says, its tags left out."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.read_text("utf-8"))).split())


@pytest.mark.parametrize(
    ("tag", "mark", "client", "internal", "queue"),
    [
        (
            "en",
            "Stale",
            "no update since 13 Nov 2026",
            "no update since 20 Nov 2026",
            "No update since 20 Nov 2026 (20 days)",
        ),
        (
            "zh-CN",
            "已过时",
            "自 2026年11月13日起没有更新",
            "自 2026年11月20日起没有更新",
            "自 2026年11月20日起没有更新（已 20 天）",
        ),
        (
            "de",
            "Veraltet",
            "keine Aktualisierung seit dem 13. Nov. 2026",
            "keine Aktualisierung seit dem 20. Nov. 2026",
            "Keine Aktualisierung seit dem 20. Nov. 2026 (20 Tage)",
        ),
    ],
)
def test_every_page_says_since_when(
    tmp_path: Path, tag: str, mark: str, client: str, internal: str, queue: str
) -> None:
    """Grey with the day of the last sign that its reader knows of, in place of what was declared."""
    client_file = FILES["projects/acme/client.yaml"] + f"language: {tag}\n"
    settings = FILES["kapm.yaml"] + f"language: {tag}\n"
    root = write_workspace(tmp_path / "w", {**CHANGES, "projects/acme/client.yaml": client_file, "kapm.yaml": settings})
    site = tmp_path / "site"
    assert run(root, "build", STALE, "-o", str(site), "--no-pdf").exit_code == 0

    for page in ("acme/erp/index.html", "acme/index.html"):
        assert f"{mark} {client}" in words(site / "clients" / page)
        assert "h-stale" in (site / "clients" / page).read_text("utf-8")
        assert internal not in words(site / "clients" / page)
        assert "All is well" not in words(site / "clients" / page)
    assert f"{mark} {internal}" in words(site / "internal/acme/erp/index.html")
    assert queue in words(site / "internal/index.html")
    assert json.loads((site / "clients/acme/erp/status.json").read_text("utf-8"))["health"]["overall"] == {
        "health": "stale",
        "previous": None,
    }


def test_the_last_allowed_day_is_not_stale(tmp_path: Path) -> None:
    """The day before, what was declared counts, no page is grey, and the check only says that a report is due."""
    root, site = write_workspace(tmp_path / "w", CHANGES), tmp_path / "site"
    assert run(root, "build", LAST_DAY, "-o", str(site), "--no-pdf").exit_code == 0
    assert "h-stale" not in "".join(page.read_text("utf-8") for page in site.rglob("*.html"))
    assert "All is well" in words(site / "clients/acme/erp/index.html")
    found = run(root, "check", LAST_DAY).output
    assert ("report-overdue" in found, "status-stale" in found) == (True, False)


def test_the_check_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    """The finding stands where the cadence was agreed; an update, or a report of the day, mends it."""
    root = write_workspace(tmp_path / "w", CHANGES)
    found = run(root, "check", STALE)
    assert found.exit_code == 0
    assert (
        "projects/acme/erp/project.yaml:9:21: warning: no update since 2026-11-20, longer than a biweekly cadence "
        "allows: health is shown as stale [status-stale]"
    ) in found.output
    assert "hint: write updates/<date>.md, or release a report" in found.output
    assert "◌ stale" in run(root, "status", STALE).output

    report = root / "projects/acme/erp/reports/001.yaml"
    report.parent.mkdir()
    report.write_text(f"number: 1\nstatus_date: {STALE}\n", "utf-8")
    assert "status-stale" not in run(root, "check", STALE).output
    assert "● green" in run(root, "status", STALE).output


@pytest.mark.pdf
def test_both_editions_say_since_when(tmp_path: Path) -> None:
    """The client's PDFs name the client's day, at the head of their first page."""
    root, site = write_workspace(tmp_path / "w", CHANGES), tmp_path / "site"
    assert run(root, "build", STALE, "-o", str(site)).exit_code == 0
    pdfs = sorted((site / "clients").rglob("*.pdf"))
    assert len(pdfs) == 2
    for pdf in pdfs:
        head = " ".join(PdfReader(pdf).pages[0].extract_text().split())
        assert "Stale no update since 13 Nov 2026" in head


def test_a_client_who_was_never_told_anything_is_told_since_the_start(tmp_path: Path) -> None:
    """Only the team has written: its day is no business of the client's."""
    silent = {**CHANGES, "projects/acme/erp/updates/2026-11-13.md": None}
    root, site = write_workspace(tmp_path / "w", silent), tmp_path / "site"
    assert run(root, "build", STALE, "-o", str(site), "--no-pdf").exit_code == 0
    page = words(site / "clients/acme/erp/index.html")
    assert "Stale no update since 2 Nov 2026 There has been no update since 2 November 2026;" in page
    assert "No update since the start on 2 Nov 2026." in page
    assert "20 Nov 2026" not in page
