from datetime import date
from typing import Any

import pytest
from analysis_case import moment, project, task
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.analysis.analyse import _leaves
from kapm_site.analysis.baseline import baseline_at
from kapm_site.analysis.buffers import buffer_figures, half_of_cut, root_squared_buffer, zone_lines, zone_of
from kapm_site.analysis.frame import frame_of
from kapm_site.analysis.outlook import BufferFigures
from kapm_site.model.client import Client
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account


def buffers(*tasks: dict[str, Any], at: str = "2026-01-02", **parts: Any) -> dict[str, BufferFigures]:
    """Return the figures of the buffers of a plan at a status date; without one, before it begins."""
    case = project(*tasks, **parts)
    account = Account("acme", "projects/acme", Client(name="Acme"))
    frame = frame_of(Settings(), account, case, moment(at))
    return buffer_figures(frame, _leaves(frame, baseline_at(case, date(2026, 1, 2)), {}))


def buffer(*after: Any, name: str = "pb", duration: str = "4d", **fields: Any) -> dict[str, Any]:
    """Write a buffer of four days."""
    return task(name, duration=duration, after=list(after), buffer=True, **fields)


#: Two tasks of five days: a to 9 January, b to 16 January, the buffer to 22 January.
A, B = task("a", duration="5d"), task("b", duration="5d", after=["a"])


def test_untouched() -> None:
    """Before anything is late the whole buffer is there, and its chain is all the work before it."""
    assert buffers(A, B, buffer("b")) == {"pb": BufferFigures("pb", ("a", "b"), 4, 0, 0, 0, "green")}


def test_consumed_by_remaining_work() -> None:
    """After four of ten days 8 remain: the chain ends 2 days later than planned, half of the buffer is gone."""
    found = buffers(
        task("a", duration="5d", actual_start="2026-01-05", remaining="3d"), B, buffer("b"), at="2026-01-08"
    )
    assert (found["pb"].consumed_days, found["pb"].consumed_percent) == (2, 50)
    assert found["pb"].chain_complete_percent == pytest.approx(20)
    assert found["pb"].zone == "red"  # the line stands at 30 + 60 * 20 % = 42 %


def test_early_work_gives_nothing_back() -> None:
    """A chain ahead of its plan leaves the buffer whole."""
    done = task("a", duration="5d", actual_start="2026-01-05", actual_finish="2026-01-06")
    found = buffers(done, B, buffer("b"), at="2026-01-06")["pb"]
    assert (found.consumed_days, found.chain_complete_percent, found.zone) == (0, 50, "green")


def test_more_than_the_buffer() -> None:
    """Consumption goes on past the end of the buffer: 6 days late of 4."""
    late = task("a", duration="5d", actual_start="2026-01-05", remaining="7d")
    found = buffers(late, B, buffer("b"), at="2026-01-08")["pb"]
    assert (found.consumed_days, found.consumed_percent, found.zone) == (6, 150, "red")


def test_more_left_than_planned_is_nothing_done() -> None:
    """The chain is never less than not begun."""
    late = task("a", duration="5d", actual_start="2026-01-05", remaining="20d")
    assert buffers(late, buffer("a"), at="2026-01-08")["pb"].chain_complete_percent == 0


def test_finished_chain() -> None:
    """When the work is done the chain is complete, and the buffer keeps what was taken: 1 day of 4."""
    done = task("a", duration="5d", actual_start="2026-01-05", actual_finish="2026-01-12")
    found = buffers(done, buffer("a"), at="2026-02-02")["pb"]
    assert (found.consumed_percent, found.chain_complete_percent, found.zone) == (25, 100, "green")


def test_baseline_sets_size_and_end() -> None:
    """Against the approved plan, whatever the plan has become since: chain to 16 January, 2 days of buffer."""
    tasks = {
        "a": {"start": "2026-01-05", "finish": "2026-01-09"},
        "b": {"start": "2026-01-12", "finish": "2026-01-16"},
        "pb": {"start": "2026-01-19", "finish": "2026-01-20"},
    }
    longer = task("a", duration="6d")
    found = buffers(longer, B, buffer("b"), baselines=[{"id": "bl", "approved": "2026-01-02", "tasks": tasks}])["pb"]
    assert (found.size_days, found.consumed_days, found.consumed_percent) == (2, 1, 50)


def test_added_work_takes_from_the_buffer() -> None:
    """Work that the baseline does not know was not foreseen: its 3 days come out of the buffer."""
    tasks = {
        "a": {"start": "2026-01-05", "finish": "2026-01-09"},
        "pb": {"start": "2026-01-12", "finish": "2026-01-15"},
    }
    found = buffers(
        A,
        task("new", duration="3d", after=["a"]),
        buffer("new"),
        baselines=[{"id": "bl", "approved": "2026-01-02", "tasks": tasks}],
    )["pb"]
    assert (found.chain, found.consumed_days) == (("a", "new"), 3)


def test_gap_before_the_buffer_is_used_first() -> None:
    """A buffer from 14 January behind work to 9 January: of 3 days late, 2 fit into the gap."""
    late = task("a", duration="5d", actual_start="2026-01-05", remaining="4d")
    fixed = task("pb", start="2026-01-14", finish="2026-01-19", after=["a"], buffer=True)
    assert buffers(late, fixed, at="2026-01-08")["pb"].consumed_days == 1


def test_feeding_buffer() -> None:
    """The project's chain runs past the feeding buffer; the feeding chain ends where it leaves the project's."""
    found = buffers(
        task("a", duration="2d"),
        task("b", duration="8d", after=["a"]),
        task("f1", duration="2d", after=["a"]),
        task("f2", duration="3d", after=["f1"]),
        buffer("f2", name="fb", duration="3d"),
        task("c", duration="5d", after=["b", "fb"]),
        buffer("c"),
    )
    assert {name: figures.chain for name, figures in found.items()} == {"fb": ("f1", "f2"), "pb": ("a", "b", "c")}


def test_feeding_buffer_made_too_long() -> None:
    """A feeding buffer that ends after the critical work does not cut the project's chain."""
    found = buffers(
        task("b", duration="8d"),
        task("f", duration="5d"),
        buffer("f", name="fb", duration="6d"),
        task("c", duration="5d", after=["b", "fb"]),
        buffer("c"),
    )
    assert found["pb"].chain == ("b", "c")


def test_equal_branches() -> None:
    """Where a feeding branch ends with the critical work, the project's chain is the work without a buffer."""
    found = buffers(
        task("f", duration="5d"),
        buffer("f", name="fb"),
        task("b", duration="5d"),
        task("c", duration="5d", after=["fb", "b"]),
        buffer("c"),
    )
    assert {name: figures.chain for name, figures in found.items()} == {"fb": ("f",), "pb": ("b", "c")}


def test_feeding_delay_stays_in_its_buffer() -> None:
    """Two days late on a branch with three of buffer: nothing of it reaches the project's buffer."""
    found = buffers(
        task("b", duration="10d", actual_start="2026-01-05", remaining="8d"),
        task("f", duration="5d", actual_start="2026-01-05", remaining="5d"),
        buffer("f", name="fb", duration="3d"),
        task("c", duration="5d", after=["b", "fb"]),
        buffer("c"),
        at="2026-01-06",
    )
    assert (found["fb"].consumed_days, found["pb"].consumed_days) == (2, 0)


def test_buffers_in_a_row() -> None:
    """Work before an earlier buffer belongs to that one."""
    found = buffers(A, buffer("a", name="mb"), task("b", duration="5d", after=["mb"]), buffer("b"))
    assert {name: figures.chain for name, figures in found.items()} == {"mb": ("a",), "pb": ("b",)}


def test_milestone_buffer_shares_the_chain() -> None:
    """A buffer behind the middle of the chain protects the same work up to there."""
    found = buffers(A, B, buffer("b", name="mb", duration="1d"), task("c", duration="5d", after=["b"]), buffer("c"))
    assert {name: figures.chain for name, figures in found.items()} == {"mb": ("a", "b"), "pb": ("a", "b", "c")}


def test_last_of_several_predecessors_counts() -> None:
    """The chain is that of the work planned to end last; any work before the buffer may eat it."""
    short = task("s", duration="2d", actual_start="2026-01-05", remaining="8d")
    long = task("a", duration="5d", actual_start="2026-01-05", remaining="4d")
    found = buffers(short, long, buffer("s", "a"), at="2026-01-05")["pb"]
    assert (found.chain, found.consumed_days) == (("a",), 4)  # s ends on the 9th day, planned were 5


def test_parent_before_a_buffer() -> None:
    """A buffer behind a parent waits for its last leaf; support in it drives nothing."""
    found = buffers(
        task(
            "p",
            tasks=[
                task("x", duration="3d"),
                task("y", duration="5d"),
                task("pm", duration="20d", progress_method="level_of_effort"),
            ],
        ),
        buffer("p"),
    )["pb"]
    assert found.chain == ("y",)


@pytest.mark.parametrize(
    ("link", "chain"),
    [
        ({"task": "b", "type": "SS"}, ("a",)),  # b begins when a does: a, the longer of the two, drives
        ({"task": "b", "type": "SS", "lag": "9d"}, ("b",)),
        ({"task": "b", "type": "FF", "lag": "7d"}, ("b",)),
        ({"task": "b", "lag": "200%"}, ("b",)),
    ],
)
def test_kinds_of_links(link: dict[str, Any], chain: tuple[str, ...]) -> None:
    """What drives is what allows the latest start, whatever the kind of link and its lag."""
    assert buffers(A, task("b", duration="3d"), buffer("a", link))["pb"].chain == chain


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        ((buffer(duration="4d"),), BufferFigures("pb", (), 4, 0, None, None, None)),
        ((A, buffer("a", duration="0d")), BufferFigures("pb", ("a",), 0, 0, None, 0, None)),
        (
            (task("m", milestone=True, finish="2026-01-07"), buffer("m")),
            BufferFigures("pb", ("m",), 4, 0, 0, None, None),
        ),
    ],
)
def test_undefined(tasks: tuple[dict[str, Any], ...], expected: BufferFigures) -> None:
    """No work before it, no size, no duration of the work: what cannot be said is None, never 0 or 100."""
    assert buffers(*tasks) == {"pb": expected}


def test_no_buffers() -> None:
    """A plan without buffers has no figures of any."""
    assert buffers(A, B) == {}


def test_own_calendar() -> None:
    """A buffer of elapsed days is measured in working days like the delay that eats it: 7 days on the clock are 5."""
    late = task("a", duration="5d", actual_start="2026-01-05", remaining="2d")
    found = buffers(late, buffer("a", duration="7ed"), at="2026-01-08")["pb"]
    assert (found.size_days, found.consumed_percent) == (5, 20)


@pytest.mark.parametrize(
    ("consumed", "complete", "zone"),
    [
        (0, 0, "green"),
        (0.1, 0, "amber"),
        (30, 0, "amber"),
        (30.1, 0, "red"),
        (30, 50, "green"),
        (60, 50, "amber"),
        (61, 50, "red"),
        (60, 100, "green"),
        (90, 100, "amber"),
        (150, 100, "red"),
    ],
)
def test_zones(consumed: float, complete: float, zone: str) -> None:
    """The lines rise from 0 to 60 and from 30 to 90 percent of the buffer; a point on a line is still below it."""
    assert zone_of(consumed, complete) == zone


def test_zone_lines_are_in_order() -> None:
    """The lower line comes first, and they never cross."""
    lower, upper = zone_lines()
    assert (lower.above, upper.above) == ("amber", "red")
    assert all(lower.at(percent) < upper.at(percent) for percent in range(101))


def test_sizes() -> None:
    """Of 9, 4 and 2 days cut by 3, 2 and 1: the root of 14, or half of 6."""
    assert root_squared_buffer([9, 6, 3], [6, 4, 2]) == pytest.approx(14**0.5)
    assert half_of_cut([9, 6, 3], [6, 4, 2]) == 3


DAYS = st.integers(1, 15)


@given(DAYS, DAYS, st.integers(0, 30), st.integers(1, 10), st.sampled_from(["05", "08", "13", "30"]))
def test_consumption_is_never_negative(first: int, second: int, left: int, size: int, day: str) -> None:
    """Days and percent say the same and are never below 0; how much is done stays between 0 and 100."""
    found = buffers(
        task("a", duration=f"{first}d", actual_start="2026-01-05", remaining=f"{left}d"),
        task("b", duration=f"{second}d", after=["a"]),
        buffer("b", duration=f"{size}d"),
        at=f"2026-01-{day}",
    )["pb"]
    gone = {"05": 1, "08": 4, "13": 7, "30": 20}[day]
    assert found.consumed_days == max(gone + left - first, 0)
    assert found.consumed_percent == pytest.approx(100 * found.consumed_days / size)
    assert found.chain_complete_percent is not None
    assert 0 <= found.chain_complete_percent <= 100
