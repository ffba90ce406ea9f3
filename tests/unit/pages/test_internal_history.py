"""The internal page tells of each record when it was last changed, by whom, and in which commit."""

from dataclasses import replace
from datetime import date

from small_workspace import internal_page, setting

from kapm_site.history.blame import Touch
from kapm_site.history.provenance import RecordTouch
from kapm_site.pages.blocks import Section, Table
from kapm_site.pages.internal_notes.provenance import provenance_section

BO = Touch(date(2026, 11, 19), "Bo Lind", "0123456789abcdef0123456789abcdef01234567")
ANA = Touch(date(2026, 11, 2), "Ana Okafor", "f" * 40)
TOUCHES = (
    RecordTouch("task", "build", "Build it", None, BO),
    RecordTouch("risk", "r1", "Late delivery", None, ANA),
    RecordTouch("update", "", "", date(2026, 11, 13), ANA),
    RecordTouch("cost", "", "Travel", date(2026, 11, 3), ANA),
    RecordTouch("report", "1", "", date(2026, 11, 6), ANA),
)


def section(touches: tuple[RecordTouch, ...] = TOUCHES, tag: str = "en") -> Section | None:
    """Build the section of a project with these last changes."""
    page = internal_page()
    return provenance_section(replace(page, notes=replace(page.notes, touches=touches)), setting(tag))


def table(found: Section | None) -> Table:
    """Give its table."""
    assert found is not None
    (block,) = found.blocks
    assert isinstance(block, Table)
    return block


def test_records_stand_with_date_author_and_commit() -> None:
    """In the order given, the latest first; what has no name is known by its date or number."""
    found = section()
    assert found is not None
    assert found.finding.replace("\xa0", " ") == "Last change on 19 Nov 2026 by Bo Lind."
    assert [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table(found).rows] == [
        ["Build it", "Task", "19 Nov 2026", "Bo Lind", "0123456"],
        ["r1 Late delivery", "Risk", "2 Nov 2026", "Ana Okafor", "fffffff"],
        ["13 Nov 2026", "Update", "2 Nov 2026", "Ana Okafor", "fffffff"],
        ["3 Nov 2026", "Cost", "2 Nov 2026", "Ana Okafor", "fffffff"],
        ["Report 1", "Report", "2 Nov 2026", "Ana Okafor", "fffffff"],
    ]
    assert table(found).rows[3].cells[0].note == "Travel"


def test_what_is_not_committed_is_said() -> None:
    """No author is claimed for it."""
    found = section((replace(TOUCHES[0], touch=None), *TOUCHES[1:]))
    assert found is not None
    assert found.finding == "1 record is changed and not committed yet."
    assert [cell.text for cell in table(found).rows[0].cells[2:]] == ["not committed yet", "", ""]


def test_fifteen_stand_open_and_the_rest_on_demand() -> None:
    """A long register does not push the page away."""
    block = table(section(TOUCHES * 8))
    assert (block.lead, block.more) == (15, "Show all 40")


def test_without_commits_there_is_no_section() -> None:
    """A workspace without git says nothing of changes."""
    assert section(()) is None


def test_it_speaks_every_language() -> None:
    """No text is missing."""
    german, chinese = section(tag="de"), section(tag="zh-CN")
    assert german is not None
    assert chinese is not None
    assert (german.title, german.finding.replace("\xa0", " ")) == (
        "Änderungshistorie",
        "Letzte Änderung am 19. Nov. 2026 durch Bo Lind.",
    )
    assert (chinese.title, chinese.finding) == ("记录修改历史", "最近一次修改：2026年11月19日，Bo Lind。")
