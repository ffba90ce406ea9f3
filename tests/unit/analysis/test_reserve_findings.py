"""Buffers and people's load become findings when they want a decision, and not before."""

from datetime import date, timedelta

import pytest
from analysis_case import project, task

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.frame import Frame, frame_of
from kapm_site.analysis.outlook import BufferFigures, PersonLoad, WeekLoad, Zone
from kapm_site.analysis.reserves import OVERLOAD_PERCENT, WEEKS_AHEAD, buffer_findings, load_findings
from kapm_site.model.client import Client
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account

#: A Wednesday.
STATUS = date(2026, 1, 7)
MONDAY = date(2026, 1, 5)


def frame() -> Frame:
    """Build a project with a buffer and a person."""
    made = project(task("a", duration="9d"), task("b", buffer=True, duration="10d", after=["a"]), team=TEAM)
    return frame_of(Settings(), Account("acme", "projects/acme", Client(name="Acme")), made, STATUS)


TEAM = [{"id": "x", "name": "X"}]


def buffer(percent: float | None, done: float | None, zone: Zone | None) -> list[tuple[str, str, str]]:
    """Return code, severity and message of what is found of a buffer of ten days."""
    made = frame()
    schedule = analyse(made.settings, made.account, made.project, STATUS).schedule
    figures = BufferFigures("b", ("a",), 10, (percent or 0) / 10, percent, done, zone)
    found = buffer_findings(made, schedule, {"b": figures})
    return [(problem.code, problem.severity, problem.message) for problem in found]


@pytest.mark.parametrize(
    ("percent", "done", "zone", "code"),
    [
        (60, 20, "red", "buffer-eaten"),
        (100, 90, "amber", "buffer-eaten"),
        (120, None, None, "buffer-eaten"),
        (30, 20, "amber", "buffer-low"),
        (10, 0, "amber", None),
        (30, 60, "green", None),
        (130, 100, "red", None),
        (None, None, None, None),
    ],
)
def test_a_buffer_is_told_by_its_zone(percent: float | None, done: float | None, zone: Zone, code: str | None) -> None:
    """Red or gone is a warning, amber a note; nothing behind finished work, nothing of the first tenth."""
    assert [found for found, *_ in buffer(percent, done, zone)] == ([code] if code else [])


def test_a_buffer_is_told_with_its_numbers() -> None:
    """Days, percent, and how far the work is."""
    assert buffer(60, 20, "red") == [
        (
            "buffer-eaten",
            "warning",
            "6 working days of the 10 of buffer 'b' are used up (60 %), with 20 % of the work before it done",
        )
    ]


def load(*percents: float, first: date = MONDAY, hours: float = 40, tasks: tuple[str, ...] = ("a",)) -> list[str]:
    """Return the messages about a person with some loads, week by week."""
    weeks = tuple(
        WeekLoad(first + timedelta(weeks=n), percent, tasks, hours * percent / 100, hours)
        for n, percent in enumerate(percents)
    )
    return [problem.message for problem in load_findings(frame(), [PersonLoad("x", 100, weeks)])]


@pytest.mark.parametrize(
    ("percents", "first"),
    [
        ((100, OVERLOAD_PERCENT), MONDAY),
        ((180,), MONDAY + timedelta(weeks=WEEKS_AHEAD)),
        ((180,), MONDAY - timedelta(weeks=1)),
    ],
)
def test_what_evens_out_or_lies_far_off_is_not_told(percents: tuple[float, ...], first: date) -> None:
    """Half a day more, a week that is over, and one that will be planned again."""
    assert load(*percents, first=first) == []


def test_an_overload_is_told_once_with_its_worst_week() -> None:
    """One finding for a person, however many weeks."""
    (message,) = load(120, 90, 150, 150, tasks=("a", "b", "c", "d"))
    assert message == (
        "person 'x' has more work than time in 3 weeks of the next 6; most in that of 2026-01-19, 150 % of capacity: "
        "'a', 'b', 'c' and 1 more"
    )


def test_work_in_a_week_off_is_told() -> None:
    """There is no percentage of no time."""
    (message,) = load(20, hours=0)
    assert message.endswith("most in that of 2026-01-05, in which there is no time at all: 'a'")
