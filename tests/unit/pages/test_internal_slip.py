"""The internal page says when the finish moved and which work moved it."""

from small_workspace import ERP, internal_page, setting

from kapm_site.pages.blocks import Section, Table
from kapm_site.pages.internal_notes.slip import slip_section

BASELINE = (
    "baselines:\n  - id: first\n    name: First plan\n    approved: 2026-11-02\n    tasks:\n"
    "      a: {start: 2026-11-02, finish: 2026-11-06}\n      b: {start: 2026-11-09, finish: 2026-11-13}\n"
)
PLAN = (
    "tasks:\n"
    "  - {id: a, name: Design, start: 2026-11-02, duration: 5d, actual_start: 2026-11-02, actual_finish: 2026-11-11,"
    " delay: {cause: client}}\n"
    "  - {id: b, name: Build, duration: %s, depends_on: [a]}\n"
)


def section(duration: str = "5d", tag: str = "en") -> Section:
    """Build the section of a project with one baseline."""
    found = slip_section(
        internal_page({f"{ERP}/baselines.yaml": BASELINE, f"{ERP}/plan.yaml": PLAN % duration}), setting(tag)
    )
    assert found is not None
    return found


def rows(found: Section, number: int) -> list[list[str]]:
    """Give the words of a table."""
    table = found.blocks[number]
    assert isinstance(table, Table)
    return [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows]


def test_windows_and_steps_are_told() -> None:
    """Design ends three days late, and Build waits until the status date, 20 November: seven more in all.

    Build was to end on the 13th; from the 20th on it takes until the 27th.
    """
    found = section()
    assert found.finding == "Most of it: No cause stated, 7\xa0working days."
    assert rows(found, 0) == [["Until today", "13 Nov 2026", "27 Nov 2026", "+10"]]
    assert rows(found, 1) == [["Design", "Client input", "+3"], ["Build", "No cause stated", "+7"]]


def test_nothing_to_compare_with_nothing_to_say() -> None:
    """A project without a baseline has no such section."""
    assert (
        slip_section(internal_page({f"{ERP}/baselines.yaml": "", f"{ERP}/plan.yaml": "tasks: []\n"}), setting()) is None
    )


def test_it_speaks_every_language() -> None:
    """No text is missing."""
    assert section(tag="zh-CN").title == "偏差来源"
    assert section(tag="de").title == "Woher der Verzug kommt"
