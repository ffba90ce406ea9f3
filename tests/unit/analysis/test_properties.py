"""What holds of any network and of any small project, whatever hypothesis makes up."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any

from analysis_case import figures
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from kapm_site.analysis.graph import Link
from kapm_site.analysis.network import Network, solve
from kapm_site.analysis.passes import Activity
from kapm_site.analysis.working_time import WorkingTime, round_the_clock, working_time
from kapm_site.model.calendars import Calendar

ORIGIN = datetime.fromisoformat("2026-01-05T09:00")
CALENDARS = [
    working_time(Calendar()),
    working_time(Calendar(country="CN")),
    working_time(
        Calendar(working_days=["sun", "tue"], hours=["00:00-07:00", "22:00-24:00"], holidays=[date(2026, 1, 11)])
    ),
    round_the_clock(),
]
LATE = ("start_no_later_than", "finish_no_later_than", "must_start_on", "must_finish_on")
EARLY = ("start_no_earlier_than", "finish_no_earlier_than")
HOURS = st.integers(0, 60)
MOMENTS = st.integers(-200, 2000).map(lambda hours: ORIGIN + timedelta(hours=hours))
DEFAULTS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Case:
    """A network with what it was made of."""

    activities: list[Activity]
    links: list[Link]

    def solved(self) -> Network:
        """Schedule it."""
        return solve(self.activities, self.links, ORIGIN)


@st.composite
def networks(draw: st.DrawFn, kinds: str = "FS SS FF SF", constraints: tuple[str, ...] = (*EARLY, *LATE)) -> Case:
    """Draw a network without loops: links of all types with lags, calendars, constraints, deadlines."""
    count = draw(st.integers(1, 8))
    activities = []
    for _ in range(count):
        activity = Activity(draw(st.sampled_from(CALENDARS)), draw(HOURS) * 3600)
        constraint = draw(st.sampled_from([None, None, *constraints]))
        if constraint is not None:
            activity = replace(activity, constraint=constraint, limit=draw(MOMENTS))
        if constraints and draw(st.integers(0, 9)) == 0:
            activity = replace(activity, deadline=draw(MOMENTS))
        activities.append(activity)
    links = []
    for after in range(1, count):
        for before in draw(st.sets(st.integers(0, after - 1), max_size=2)):
            kind, elapsed = draw(st.sampled_from(kinds.split())), draw(st.booleans())
            links.append(Link((before,), (after,), kind, draw(st.integers(-10, 30)) * 3600, elapsed))
    return Case(activities, links)


def allowed(calendar: WorkingTime, instant: datetime, link: Link) -> datetime:
    """Return the instant that a lag later than another."""
    if link.elapsed:
        return instant + timedelta(seconds=link.lag)
    return calendar.shift(instant, link.lag)


@DEFAULTS
@given(networks())
def test_no_task_before_its_predecessors_allow(case: Case) -> None:
    """Every link is kept, in the successor's calendar, save where a date that must hold beats it."""
    found = case.solved()
    starts, finishes = found.early_starts, found.early_finishes
    for link in case.links:
        (before,), (after,) = link.predecessors, link.successors
        activity = case.activities[after]
        if activity.constraint in ("must_start_on", "must_finish_on"):
            continue
        held = (starts if link.type in ("FS", "SS") else finishes)[after]
        from_finish = link.type in ("FS", "FF")
        needed = allowed(activity.calendar, (finishes if from_finish else starts)[before], link)
        assert activity.calendar.between(needed, held) >= 0
    assert all(start >= ORIGIN for start, a in zip(starts, case.activities, strict=True) if not a.constraint)


@DEFAULTS
@given(networks())
def test_a_task_takes_its_duration(case: Case) -> None:
    """Between early start and finish, and between the late ones, lies the work of the task."""
    found = case.solved()
    for i, activity in enumerate(case.activities):
        for start, finish in (
            (found.early_starts[i], found.early_finishes[i]),
            (found.late_starts[i], found.late_finishes[i]),
        ):
            assert activity.calendar.position(finish) - activity.calendar.position(start) == activity.seconds


@DEFAULTS
@given(
    networks(constraints=EARLY).map(lambda case: Case([replace(a, deadline=None) for a in case.activities], case.links))
)
def test_slack_is_never_negative(case: Case) -> None:
    """Without late constraints and deadlines nothing is late by the plan itself; free slack is part of total slack."""
    found = case.solved()
    assert all(0 <= free <= total for free, total in zip(found.free_slack, found.total_slack, strict=True))


def test_a_pause_of_the_successor_makes_no_slack_negative() -> None:
    """Work round the clock that ends at night is on time for a successor that works by day, with a lead or FF too."""
    night = Activity(round_the_clock(), 12 * 3600)
    for link in (Link((0,), (1,), "FS", -3600), Link((0,), (1,), "FF")):
        found = Case([night, Activity(CALENDARS[0], 8 * 3600)], [link]).solved()
        assert min(found.total_slack) >= 0


@DEFAULTS
@given(networks(kinds="FS", constraints=()), st.data())
def test_a_longer_task_never_ends_the_project_earlier(case: Case, data: st.DataObject) -> None:
    """With plain links more work on one task moves no finish to the front, of no task."""
    index = data.draw(st.integers(0, len(case.activities) - 1))
    longer = list(case.activities)
    longer[index] = replace(longer[index], seconds=longer[index].seconds + data.draw(st.integers(1, 200)) * 900)
    before, after = case.solved(), Case(longer, case.links).solved()
    assert after.finish >= before.finish
    assert all(second >= first for first, second in zip(before.early_finishes, after.early_finishes, strict=True))


@DEFAULTS
@given(networks(), st.data())
def test_the_order_of_tasks_does_not_matter(case: Case, data: st.DataObject) -> None:
    """A plan written in another order is the same plan."""
    order = data.draw(st.permutations(range(len(case.activities))))
    place = {old: new for new, old in enumerate(order)}
    links = [
        replace(link, predecessors=(place[link.predecessors[0]],), successors=(place[link.successors[0]],))
        for link in reversed(case.links)
    ]
    found, turned = case.solved(), Case([case.activities[old] for old in order], links).solved()
    for column in ("early_starts", "early_finishes", "late_starts", "late_finishes", "total_slack", "free_slack"):
        assert [getattr(turned, column)[place[i]] for i in range(len(order))] == getattr(found, column)


@DEFAULTS
@given(st.sampled_from(CALENDARS), MOMENTS, st.integers(1, 10**6), st.integers(1, 10**6))
def test_adding_undoes_measuring(time: WorkingTime, instant: datetime, first: int, second: int) -> None:
    """What was added is measured, to and fro, and in two steps as in one."""
    later, earlier = time.shift(instant, first), time.shift(instant, -first)
    assert time.position(later) - time.position(instant) == first
    assert time.position(instant) - time.position(earlier) == first
    assert time.shift(later, second) == time.shift(instant, first + second)
    assert time.finish_at(time.position(later)) == later
    assert time.start_at(time.position(earlier)) == earlier


DAYS = st.integers(-40, 120).map(lambda n: date(2026, 1, 5) + timedelta(n))
AMOUNTS = st.sampled_from([0, 0.01, 1, 999.99, 1e12])
METHODS = st.sampled_from(["percent", "0/100", "50/50", "20/80", "level_of_effort"])


@st.composite
def tasks(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """Draw a task with any of what a plan may say of one, sensible or not."""
    task: dict[str, Any] = {"id": f"t{number}", "name": f"Task {number}"}
    optional: dict[str, st.SearchStrategy[Any]] = {
        "start": DAYS,
        "finish": DAYS,
        "duration": st.sampled_from(["0d", "3d", "4h", "2w", "5ed", "400d"]),
        "work": st.sampled_from(["8h", "10d"]),
        "progress": st.sampled_from([0, 1, 50, 99.9, 100]),
        "actual_start": DAYS,
        "actual_finish": DAYS,
        "actual_cost": AMOUNTS,
        "progress_method": METHODS,
        "deadline": DAYS,
        "cost": st.builds(
            lambda amount, share, accrual: {"amount": amount, "fixed": amount * share, "accrual": accrual},
            AMOUNTS,
            st.sampled_from([0, 0.3, 1]),
            st.sampled_from(["start", "prorated", "end"]),
        ),
        "milestone": st.booleans(),
        "remaining": st.sampled_from(["0d", "2d", "1000d"]),
        "estimate": st.just({"optimistic": "1d", "likely": "2d", "pessimistic": "9d"}),
    }
    for name, values in optional.items():
        if draw(st.integers(0, 3)) == 0:
            task[name] = draw(values)
    if number and draw(st.booleans()):
        lag = draw(st.sampled_from(["0d", "2d", "-1d", "3ed", "50%"]))
        kind = draw(st.sampled_from(["FS", "SS", "FF", "SF"]))
        task["depends_on"] = [{"task": f"t{draw(st.integers(0, number - 1))}", "type": kind, "lag": lag}]
    return task


@st.composite
def projects(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Draw the tasks of a project, and what else is said of it."""
    found = [draw(tasks(number)) for number in range(draw(st.integers(0, 5)))]
    parts: dict[str, Any] = {"at": draw(st.one_of(DAYS, MOMENTS))}
    if draw(st.booleans()):
        parts["costs"] = [
            {"date": draw(DAYS), "amount": draw(AMOUNTS), "task": "t0"},
            {"date": draw(DAYS), "amount": 5},
        ]
    if draw(st.booleans()):
        parts["finish"] = draw(DAYS)
    if found and draw(st.booleans()):
        planned = {
            f"t{n}": {"start": draw(DAYS), "finish": draw(DAYS), "cost": draw(AMOUNTS)} for n in range(len(found))
        }
        parts["baselines"] = [{"id": "b1", "name": "First", "approved": draw(DAYS), "tasks": planned}]
    return found, parts


@settings(DEFAULTS, max_examples=150)
@given(projects())
def test_no_figure_is_without_bounds(drawn: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    """Whatever a plan says, it is analysed, and no figure is infinite or no number."""
    found, parts = drawn
    analysis = figures(*found, **parts)
    assert [path for path, value in numbers(analysis, "") if not isfinite(value)] == []
    assert all(0 <= task.percent_complete <= 100 for task in analysis.schedule.tasks.values())


def numbers(value: object, path: str) -> Iterator[tuple[str, float]]:
    """Walk a record and return every number in it with its path; records of the input are left out."""
    if isinstance(value, float | int):
        yield path, value
    elif isinstance(value, BaseModel):
        return
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("settings", "account", "project"):
                yield from numbers(getattr(value, field.name), f"{path}.{field.name}")
    elif hasattr(value, "items"):
        for key, inner in value.items():
            yield from numbers(inner, f"{path}[{key}]")
    elif isinstance(value, tuple | list):
        for place, inner in enumerate(value):
            yield from numbers(inner, f"{path}[{place}]")
