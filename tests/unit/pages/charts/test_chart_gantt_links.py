"""The connectors of the Gantt chart."""

from dataclasses import replace

from kapm_site.pages.charts.gantt_links import FEW_ROWS, Slot, connect, strikes
from kapm_site.pages.charts.gantt_rows import GanttRow
from kapm_site.pages.charts.inks import GHOST, INK, RED
from kapm_site.pages.charts.marks import Path


def slot(index: int, left: float, right: float, row: GanttRow) -> Slot:
    """A bar of eight pixels in a row of twenty."""
    return Slot(row, index, left, right, 20.0 * index + 10, 4)


A, B = GanttRow("a", "A"), GanttRow("b", "B", depends_on=("a",))


def test_a_follower_is_entered_from_above() -> None:
    """Where the next bar begins at the end of the first, the connector drops onto it."""
    line, head = connect([slot(0, 0, 50, A), slot(1, 50, 90, B)], 2)
    assert line.d == "M50 10L54 10L54 26"
    assert head.d.startswith("M54 26")


def test_the_way_avoids_a_bar_in_between() -> None:
    """Of several ways the one that crosses the fewest bars is taken."""
    between = slot(1, 30, 60, GanttRow("x", "X"))
    line, _ = connect([slot(0, 0, 20, A), between, slot(2, 50, 120, B)], 3)
    assert line.d == "M20 10L25 10L25 50L50 50"


def test_an_early_follower_is_reached_backwards() -> None:
    """A bar that begins long before its forerunner ends is reached through the gap above it."""
    line, _ = connect([slot(0, 0, 80, A), slot(1, 10, 90, B)], 2)
    assert line.d == "M80 10L85 10L85 21L14 21L14 26"


def test_a_long_plan_shows_the_critical_path_only() -> None:
    """With many rows, links between rows that are not critical are left out."""
    slots = [slot(0, 0, 50, A), slot(1, 60, 90, B)]
    assert connect(slots, FEW_ROWS)
    assert connect(slots, FEW_ROWS + 1) == ()
    critical = [replace(s, row=replace(s.row, critical=True)) for s in slots]
    assert connect(critical, FEW_ROWS + 1)


def test_red_links_are_critical_and_late_at_both_ends() -> None:
    """A link is red only between two rows that are critical and late, and it lies on top."""
    late = {"critical": True, "late": True}
    rows = [replace(A, **late), replace(B, **late), GanttRow("c", "C", depends_on=("a",))]
    paths = connect([slot(n, n * 60.0, n * 60 + 50.0, row) for n, row in enumerate(rows)], 3)
    assert [path.stroke for path in paths if path.stroke.light != "none"] == [GHOST, RED]


def test_links_of_the_critical_path_are_dark() -> None:
    """A link between two critical rows is dark; where one of them is done, it is over and grey."""
    rows = [replace(A, critical=True), replace(B, critical=True), GanttRow("c", "C", depends_on=("a",), critical=True)]
    rows[2] = replace(rows[2], done=1.0)
    paths = connect([slot(n, n * 60.0, n * 60 + 50.0, row) for n, row in enumerate(rows)], 3)
    assert [path.stroke for path in paths if path.stroke.light != "none"] == [GHOST, INK]


def test_unknown_and_own_links_are_left_out() -> None:
    """A link to a row that is not shown, or to the row itself, draws nothing."""
    assert connect([slot(0, 0, 50, GanttRow("a", "A", depends_on=("a", "z")))], 1) == ()


def test_a_text_is_struck_by_a_line_through_it() -> None:
    """A text needs a ground where a connector runs through its line, and only there."""
    path = Path("M10 0L10 100L40 100")
    assert strikes([path], 50, 5, 20)
    assert not strikes([path], 50, 15, 20)
    assert strikes([path], 98, 30, 60)
