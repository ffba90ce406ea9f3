from dataclasses import replace
from datetime import datetime

import pytest
from analysis_case import figures, task
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.analysis.graph import Link
from kapm_site.analysis.network import Network, solve
from kapm_site.analysis.passes import Activity
from kapm_site.analysis.records import TaskFigures
from kapm_site.analysis.working_time import WorkingTime, round_the_clock
from kapm_site.model.calendars import Calendar

TIME = WorkingTime(Calendar())
ORIGIN = datetime.fromisoformat("2026-01-05T09:00")
DAY = 8 * 3600


def at(text: str) -> datetime:
    """Read a day of January and a time."""
    return datetime.fromisoformat(f"2026-01-{text}")


def days(*lengths: float) -> list[Activity]:
    """Build activities of so many days."""
    return [Activity(TIME, round(length * DAY)) for length in lengths]


def chain(kind: str = "FS", lag: float = 0, first: float = 2, second: float = 3) -> Network:
    """Solve two activities and a link."""
    return solve(days(first, second), [Link((0,), (1,), kind, round(lag * DAY))], ORIGIN)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "lag", "start", "finish"),
    [
        ("FS", 0, "07T09:00", "09T18:00"),
        ("FS", 1, "08T09:00", "12T18:00"),
        ("FS", -1, "06T09:00", "08T18:00"),
        ("SS", 0, "05T09:00", "07T18:00"),
        ("SS", 1, "06T09:00", "08T18:00"),
        ("FF", 0, "05T09:00", "07T18:00"),
        ("FF", 2, "06T09:00", "08T18:00"),
        ("SF", 4, "06T09:00", "08T18:00"),
    ],
)
def test_link_types(kind: str, lag: float, start: str, finish: str) -> None:
    """Two days, then three: each type of link finds the start it should."""
    network = chain(kind, lag)
    assert (network.early_starts[1], network.early_finishes[1]) == (at(start), at(finish))


def test_lead_before_the_start_is_clamped() -> None:
    """A lead that asks for a start before the origin gets the origin, and is named."""
    network = chain("FS", -5)
    assert network.early_starts[1] == ORIGIN
    assert network.clamped == {1}


def test_a_longer_successor_of_ff_is_no_lead() -> None:
    """It begins with the project and finishes later than it must: nothing was clamped; SF pulls a start."""
    assert chain("FF", first=1, second=5).clamped == frozenset()
    assert chain("SF", first=1, second=5).clamped == {1}


def test_elapsed_lag_runs_on_the_clock() -> None:
    """Three days of drying after Thursday's end are over on Sunday evening: work goes on on Monday."""
    activities = days(4, 1, 0)
    links = [Link((0,), (1,), "FS", 3 * 86400, elapsed=True), Link((0,), (2,), "FS", 3 * 86400, elapsed=True)]
    network = solve(activities, links, ORIGIN)
    assert network.early_starts[1] == at("12T09:00")
    assert network.early_starts[2] == at("12T09:00"), "what takes no time does not happen on a Sunday either"


def test_percent_lag() -> None:
    """Half of the predecessor's four days."""
    network = solve(days(4, 1), [Link((0,), (1,), "SS", percent=50, calendar=TIME)], ORIGIN)
    assert network.early_starts[1] == at("07T09:00")


def test_milestone_stays_at_its_predecessors_finish() -> None:
    """Without duration there is nothing to begin on the next morning."""
    network = solve(days(2, 0), [Link((0,), (1,))], ORIGIN)
    assert network.early_starts[1] == network.early_finishes[1] == at("06T18:00")


def test_slack() -> None:
    """Total slack is what the finish allows, free slack what the next task allows."""
    links = [Link((0,), (3,)), Link((1,), (2,)), Link((2,), (3,))]
    network = solve(days(5, 1, 2, 1), links, ORIGIN)
    assert [slack / DAY for slack in network.total_slack] == [0, 2, 2, 0]
    assert [slack / DAY for slack in network.free_slack] == [0, 0, 2, 0]


def test_a_task_in_another_calendar() -> None:
    """Its duration runs in its own time, and it waits for its own morning."""
    weekend = WorkingTime(Calendar(working_days=["sat", "sun"]))
    activities = [*days(1), Activity(weekend, DAY), *days(1)]
    network = solve(activities, [Link((0,), (1,)), Link((1,), (2,))], ORIGIN)
    assert network.early_starts[1] == at("10T09:00")
    assert network.early_starts[2] == at("12T09:00")
    assert network.late_finishes[0] == at("09T18:00")
    assert network.total_slack[0] == 4 * DAY, "it has until Friday"


def test_elapsed_duration() -> None:
    """An elapsed duration starts and runs whatever the calendar says."""
    activities = [*days(5), Activity(round_the_clock(), 2 * 86400), *days(1)]
    network = solve(activities, [Link((0,), (1,)), Link((1,), (2,))], ORIGIN)
    assert network.early_starts[1] == at("09T18:00")
    assert network.early_finishes[1] == at("11T18:00")
    assert network.early_starts[2] == at("12T09:00")


def test_parent_waits_for_all_leaves_and_binds_each() -> None:
    """From a parent the last finish counts, into a parent every leaf is bound."""
    network = solve(days(1, 3, 1, 2), [Link((0, 1), (2, 3))], ORIGIN)
    assert network.early_starts[2:] == [at("08T09:00")] * 2
    assert network.late_finishes[0] == network.late_finishes[1] == at("07T18:00")
    assert network.total_slack[0] == 2 * DAY


@pytest.mark.parametrize(
    ("constraint", "limit", "start", "late_start"),
    [
        ("start_no_earlier_than", "08T09:00", "08T09:00", "08T09:00"),
        ("finish_no_earlier_than", "09T18:00", "09T09:00", "09T09:00"),
        ("must_start_on", "06T09:00", "06T09:00", "06T09:00"),
        ("must_finish_on", "08T18:00", "08T09:00", "08T09:00"),
        ("start_no_later_than", "06T09:00", "07T09:00", "06T09:00"),
        ("finish_no_later_than", "06T18:00", "07T09:00", "06T09:00"),
        ("asap", None, "07T09:00", "07T09:00"),
        ("alap", None, "07T09:00", "07T09:00"),
    ],
)
def test_constraints(constraint: str, limit: str | None, start: str, late_start: str) -> None:
    """A day of work after two others: what each constraint does to its early and late start."""
    activities = days(2, 1)
    instant = at(limit) if limit else None
    activities[1] = replace(activities[1], constraint=constraint, limit=instant)  # type: ignore[arg-type]
    network = solve(activities, [Link((0,), (1,))], ORIGIN)
    assert network.early_starts[1] == at(start)
    assert network.late_starts[1] == at(late_start)


def test_must_beats_links() -> None:
    """What must start before its predecessor ends leaves the predecessor negative slack."""
    activities = days(3, 1)
    activities[1] = replace(activities[1], constraint="must_start_on", limit=at("06T09:00"))
    network = solve(activities, [Link((0,), (1,))], ORIGIN)
    assert network.early_starts[1] == at("06T09:00")
    assert network.total_slack[0] == -2 * DAY


def test_deadline() -> None:
    """A deadline bounds the late finish only."""
    activities = days(3)
    activities[0] = replace(activities[0], deadline=at("06T18:00"))
    network = solve(activities, [], ORIGIN)
    assert network.early_finishes[0] == at("07T18:00")
    assert network.total_slack[0] == -DAY
    assert network.free_slack[0] == 0


def test_as_late_as_possible() -> None:
    """Early dates stay; the schedule uses the late ones, and what follows waits."""
    activities = days(1, 5, 1)
    activities[0] = replace(activities[0], constraint="alap")
    network = solve(activities, [Link((0,), (2,))], ORIGIN)
    assert network.early_starts[0] == ORIGIN
    assert network.starts[0] == at("08T09:00")
    assert network.starts[2] == at("09T09:00")


def test_agreed_dates_hold() -> None:
    """Agreed dates beat the link, which is named as broken."""
    activities = days(3, 1)
    activities[1] = replace(activities[1], start=at("06T09:00"), finish=at("06T18:00"))
    network = solve(activities, [Link((0,), (1,))], ORIGIN)
    assert network.early_starts[1] == at("06T09:00")
    assert [(broken.link, broken.activity, broken.needed) for broken in network.broken] == [(0, 1, at("07T18:00"))]


def test_loop() -> None:
    """The links of a loop are left out and named; what hangs on the loop keeps its links."""
    links = [Link((0,), (1,)), Link((1,), (2,)), Link((2,), (1,)), Link((2,), (3,))]
    network = solve(days(1, 1, 1, 1), links, ORIGIN)
    assert network.dropped == {1, 2}
    assert network.early_starts[3] == at("06T09:00")
    assert network.early_starts[1] == at("06T09:00")


def test_long_chain() -> None:
    """Ten thousand tasks in a row need no recursion."""
    count = 10_000
    activities = [Activity(round_the_clock(), 60)] * count
    network = solve(activities, [Link((n,), (n + 1,)) for n in range(count - 1)], ORIGIN)
    assert (network.finish - ORIGIN).total_seconds() == 60 * count


@given(st.data())
def test_no_task_before_its_predecessor(data: st.DataObject) -> None:
    """In any network starts respect all links, and slack is never less than nothing."""
    count = data.draw(st.integers(1, 8))
    activities = [Activity(TIME, data.draw(st.integers(0, 5)) * 3600) for _ in range(count)]
    links = []
    for after in range(1, count):
        for before in data.draw(st.sets(st.integers(0, after - 1), max_size=2)):
            kind = data.draw(st.sampled_from(["FS", "SS", "FF"]))
            links.append(Link((before,), (after,), kind, data.draw(st.integers(0, 3)) * 3600))
    network = solve(activities, links, ORIGIN)
    ends = {"FS": (network.early_finishes, network.early_starts), "SS": (network.early_starts,) * 2}
    ends["FF"] = (network.early_finishes,) * 2
    for link in links:
        before, after = ends[link.type][0][link.predecessors[0]], ends[link.type][1][link.successors[0]]
        assert TIME.between(before, after) * 60 >= link.lag
    assert min(network.total_slack) == 0
    assert all(0 <= free <= total for free, total in zip(network.free_slack, network.total_slack, strict=True))


def plan(*tasks: dict[str, object], **parts: object) -> dict[str, TaskFigures]:
    """Analyse tasks and return their figures."""
    return dict(figures(*tasks, **parts).schedule.tasks)


def test_tasks_without_dates_or_links_start_with_the_project() -> None:
    """So do milestones."""
    tasks = plan(task("a", duration="2d"), task("m", milestone=True))
    assert tasks["a"].early_start == tasks["m"].early_start == ORIGIN
    assert tasks["m"].early_finish == ORIGIN


@pytest.mark.parametrize(
    ("fields", "start", "finish"),
    [
        ({"start": "2026-01-06", "finish": "2026-01-07"}, "06T09:00", "07T18:00"),
        ({"start": "2026-01-06", "duration": "2d"}, "06T09:00", "07T18:00"),
        ({"finish": "2026-01-07", "duration": "2d"}, "06T09:00", "07T18:00"),
        ({"start": "2026-01-06T14:00", "finish": "2026-01-07T13:00"}, "06T14:00", "07T13:00"),
        ({"duration": "12h"}, "05T09:00", "06T13:00"),
        ({"work": "4d", "assigned": [{"person": "x", "units": 200}]}, "05T09:00", "06T18:00"),
        ({"estimate": {"optimistic": "1d", "likely": "2d", "pessimistic": "9d"}}, "05T09:00", "06T18:00"),
        ({}, "05T09:00", "05T18:00"),
        ({"milestone": True, "finish": "2026-01-07"}, "07T18:00", "07T18:00"),
        ({"duration": "3ed"}, "05T09:00", "08T09:00"),
    ],
)
def test_dates_of_a_task(fields: dict[str, object], start: str, finish: str) -> None:
    """Dates come from what is written: two dates, one and a duration, a duration, effort, or one day."""
    tasks = plan(task("a", **fields), task("b", duration="1d"))  # beside one that gives the plan dates
    assert (tasks["a"].start, tasks["a"].finish) == (at(start), at(finish))


def test_a_child_works_by_its_parents_calendar() -> None:
    """A calendar named by a parent holds for what is below it."""
    settings = {"calendars": {"weekend": {"working_days": ["sat", "sun"]}}}
    tasks = plan(task("p", calendar="weekend", tasks=[task("a", duration="1d")]), settings=settings)
    assert tasks["a"].start == at("10T09:00")
    assert tasks["a"].duration_days == 1


def test_percent_of_a_predecessor_in_another_calendar() -> None:
    """Half of a weekend's two days is one day, though the project does not work then."""
    settings = {"calendars": {"weekend": {"working_days": ["sat", "sun"]}}}
    tasks = plan(
        task("w", calendar="weekend", duration="2d"),
        task("a", duration="1d", after=[{"task": "w", "lag": "50%"}]),
        settings=settings,
    )
    assert tasks["w"].finish == at("11T18:00")
    assert tasks["a"].start == at("13T09:00")


def test_unknown_and_own_predecessors_are_passed_over() -> None:
    """References and loops are errors of the checks; the figures are computed without them."""
    tasks = plan(task("a", duration="1d", after=["nobody", "a"]), task("p", tasks=[task("b", after=["p"])]))
    assert tasks["a"].start == tasks["b"].start == ORIGIN
