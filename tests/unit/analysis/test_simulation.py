import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from analysis_case import START, moment, project, task
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kapm_site.analysis import simulation
from kapm_site.analysis.forecast import forecast_of
from kapm_site.analysis.frame import Frame, frame_of
from kapm_site.analysis.graph import order_graph
from kapm_site.analysis.measure import Actual, actual_of
from kapm_site.analysis.outlook import ForecastRange
from kapm_site.analysis.passes import Dates
from kapm_site.analysis.plan import PlannedNetwork, drives_finish, plan_of
from kapm_site.analysis.simulation import ALL_DONE, NO_NUMPY, NO_TASKS, NOT_ASKED, forecast_range
from kapm_site.analysis.uncertainty import uncertainty_of
from kapm_site.model.client import Client
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account

np = pytest.importorskip("numpy")

from kapm_site.analysis.clock import Clock, from_clock  # noqa: E402 # these need numpy
from kapm_site.analysis.sampled_leaves import Clocks, Future, sampled_leaves  # noqa: E402
from kapm_site.analysis.sampled_network import sampled_dates  # noqa: E402
from kapm_site.analysis.sampling import lengths, lengths_above, share_below, uniforms  # noqa: E402
from kapm_site.analysis.uncertainty import Spread  # noqa: E402
from kapm_site.analysis.working_time import clock_of  # noqa: E402

#: The evening before the first day: nothing has begun.
BEFORE = "2026-01-02"
ONE_TO_NINE = {"optimistic": "1d", "likely": "5d", "pessimistic": "9d"}


@dataclass(frozen=True)
class Case:
    """A project with its plan and forecast."""

    frame: Frame
    plan: PlannedNetwork
    actuals: list[Actual]
    expected: Dates

    @property
    def finish(self) -> datetime:
        """The finish that the forecast without uncertainty expects."""
        leaves = range(len(self.frame.leaves))
        driving = [i for i in leaves if drives_finish(self.frame, self.frame.leaves[i].task)] or leaves
        return max(self.expected.finishes[i] for i in driving)


def case(*tasks: dict[str, Any], at: str = BEFORE, config: Any = None, **parts: Any) -> Case:
    """Schedule and forecast a project of tasks."""
    account = Account("acme", "projects/acme", Client(name="Acme"))
    frame = frame_of(Settings(**(config or {})), account, project(*tasks, **parts), moment(at))
    plan = plan_of(frame)
    actuals = [actual_of(frame, item) for item in frame.leaves]
    return Case(frame, plan, actuals, forecast_of(frame, plan, actuals))


def asked(*tasks: dict[str, Any], **parts: Any) -> tuple[ForecastRange | None, str]:
    """Simulate a project of tasks."""
    built = case(*tasks, **parts)
    return forecast_range(built.frame, built.plan, built.actuals, built.expected)


def simulated(*tasks: dict[str, Any], **parts: Any) -> ForecastRange:
    """Simulate a project of tasks that has a range."""
    found, reason = asked(*tasks, **parts)
    assert found is not None, reason
    assert reason == ""
    return found


def points(low: float, likely: float, high: float, **more: str) -> dict[str, str]:
    """Write an estimate in days."""
    return {"optimistic": f"{low}d", "likely": f"{likely}d", "pessimistic": f"{high}d", **more}


def risk(
    chance: int | None, *affects: str, ends: tuple[float, float, float] = (5, 5, 5), **more: Any
) -> dict[str, Any]:
    """Write a risk that delays tasks."""
    fields = {"title": "R", "probability": chance, "schedule_impact": points(*ends), "affects": affects}
    return {"id": "r", **fields, **more}


def january(day: int, hour: int) -> datetime:
    """Return an hour of January 2026."""
    return datetime.fromisoformat(f"2026-01-{day:02}T{hour:02}")


def days(found: datetime) -> float:
    """Return the working days from the first Monday on: eight hours each, and no holidays in these cases."""
    whole, left = divmod((found.date() - date(2026, 1, 5)).days, 7)
    hours = max(found.hour + found.minute / 60 + found.second / 3600 - 9, 0)
    return 5 * whole + left + (hours if hours <= 4 else max(hours - 1, 4)) / 8


# What is asked for


@pytest.mark.parametrize(
    ("tasks", "parts", "reason"),
    [
        ([], {"forecast": {}}, NO_TASKS),
        ([task("a", duration="5d")], {}, NOT_ASKED),
        ([task("a", duration="5d", progress=100), task("b", duration="1d", progress=100)], {"forecast": {}}, ALL_DONE),
        ([task("a", estimate=ONE_TO_NINE, progress=100), task("b", duration="1d")], {}, NOT_ASKED),
        ([task("a", duration="5d")], {"risks": [risk(3, "a", status="closed")]}, NOT_ASKED),
        ([task("a", duration="5d")], {"risks": [risk(3, "a", status="occurred")]}, NOT_ASKED),
        ([task("a", duration="5d")], {"risks": [risk(3)]}, NOT_ASKED),
        ([task("a", duration="5d")], {"risks": [risk(3, "gone")]}, NOT_ASKED),
        ([task("a", duration="5d")], {"risks": [risk(None, "a")]}, NOT_ASKED),
        ([task("a", duration="5d")], {"risks": [risk(3, "a", schedule_impact=None)]}, NOT_ASKED),
        ([task("a", duration="5d", progress_method="level_of_effort")], {"forecast": {}}, ALL_DONE),
    ],
)
def test_not_asked_for(tasks: list[dict[str, Any]], parts: dict[str, Any], reason: str) -> None:
    """Without anything uncertain that lies ahead there is no range, and the reason says what is missing."""
    assert asked(*tasks, at="2026-01-20", **parts) == (None, reason)


@pytest.mark.parametrize(
    ("fields", "parts", "last"),
    [
        ({"estimate": points(1, 5, 9)}, {}, 9),
        ({"duration": "5d"}, {"risks": [risk(3, "a")]}, 10),
        ({"duration": "10d"}, {"forecast": {}}, 13),
        ({"duration": "10d"}, {"forecast": {"runs": 100}}, 13),
        ({"duration": "10d"}, {"forecast": {"spread_percent": [0, 100]}}, 20),
        ({"duration": "10d", "estimate": points(8, 8, 8)}, {"forecast": {"spread_percent": [0, 100]}}, 8),
        ({"duration": "10d"}, {"forecast": {"seed": 2}, "risks": [risk(5, "a")]}, 15),
        ({"start": START, "finish": "2026-01-09"}, {"forecast": {"spread_percent": [-20, 20]}}, 6),
    ],
)
def test_what_varies(fields: dict[str, Any], parts: dict[str, Any], last: float) -> None:
    """An estimate, a risk, or the stated spread; the default spread only where nothing else varies."""
    found = simulated(task("a", **fields), **parts)
    assert days(found.p95) <= last + 1e-6
    assert days(found.p95) > last - 0.15 * last


def test_numpy_is_loaded_only_to_simulate() -> None:
    """An analysis without a range costs no import of numpy."""
    code = "import sys, kapm_site.analysis.analyse, kapm_site.analysis.simulation; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where numpy is missing the reason says what to install."""
    for name in ("runs", "sampled_leaves"):
        monkeypatch.delitem(sys.modules, f"{simulation.__package__}.{name}", raising=False)
        monkeypatch.delattr(f"{simulation.__package__}.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert asked(task("a", estimate=ONE_TO_NINE)) == (None, NO_NUMPY)


# Distributions


@pytest.mark.parametrize("shape", ["triangular", "pert", "uniform"])
@pytest.mark.parametrize("ends", [(0, 0, 8), (0, 8, 8), (2, 3, 9), (4, 6, 8)])
def test_distributions_are_inverses(shape: Any, ends: tuple[float, float, float]) -> None:
    """The share below the length of a share is that share."""
    spread = Spread(*ends, shape)
    shares = np.linspace(0.001, 0.999, 199)
    assert [share_below(spread, x) for x in lengths(spread, shares)] == pytest.approx(list(shares), abs=2e-5)


@pytest.mark.parametrize(
    ("spread", "mean", "variance"),
    [
        (Spread(2, 4, 12, "triangular"), 6, (4 + 16 + 144 - 8 - 24 - 48) / 18),
        (Spread(2, 4, 12, "pert"), 5, (5 - 2) * (12 - 5) / 7),
        (Spread(2, 4, 12, "uniform"), 7, 100 / 12),
    ],
)
def test_moments(spread: Spread, mean: float, variance: float) -> None:
    """Means (a+m+b)/3, (a+4m+b)/6, (a+b)/2; variances by their formulas, PERT's (mean-a)(b-mean)/7."""
    found = lengths(spread, (np.arange(100_000) + 0.5) / 100_000)
    assert found.mean() == pytest.approx(mean, rel=1e-5)
    assert found.var() == pytest.approx(variance, rel=1e-4)


def test_condition_on_what_has_elapsed() -> None:
    """Triangular 4, 6, 8 above 6: P(T > x) is ((8-x)/2)², so the median lies at 8 - √2; above 8 there is nothing."""
    halves = np.array([0.5])
    assert lengths_above(Spread(4, 6, 8), 6, halves) == pytest.approx(8 - 2**0.5)
    assert lengths_above(Spread(4, 6, 8), 3, halves) == pytest.approx(6)
    assert lengths_above(Spread(4, 6, 8), 8, halves) is None


def test_draws_depend_on_seed_and_name_alone() -> None:
    """The same name draws the same, another name or seed something else; each stratum is met once."""
    first = uniforms(1, "task:a", 1000)
    assert (first == uniforms(1, "task:a", 1000)).all()
    for other in (uniforms(1, "task:b", 1000), uniforms(2, "task:a", 1000)):
        assert abs(np.corrcoef(first, other)[0, 1]) < 0.15
    assert sorted((first * 1000).astype(int)) == list(range(1000))


# Progress


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        ({"actual_start": START}, 5, 8),
        ({"actual_start": START, "progress": 50}, 5 + 2, 5 + 4),
        ({"actual_start": START, "remaining": "3d"}, 5 + 3 * 4 / 6, 5 + 3 * 8 / 6),
        ({"actual_start": START, "remaining": "0d"}, 5, 5),
        ({"actual_start": START, "delay": {"cause": "scope", "new_finish": "2026-01-14"}}, 5 + 3 * 4 / 6, 5 + 4),
        ({"actual_start": START, "actual_finish": "2026-01-14"}, 8, 8),
        ({}, 5 + 4, 5 + 8),
        ({"delay": {"cause": "scope", "new_finish": "2026-01-30"}}, 14 + 4, 14 + 8),
    ],
)
def test_progress_is_a_condition(fields: dict[str, Any], low: float, high: float) -> None:
    """Triangular 4, 6, 8 after the fifth day: longer than what has gone by, or what is left with the same spread.

    The new finish of a task not begun, day 20, lets it start six days before.
    """
    found = simulated(task("a", estimate=points(4, 6, 8), **fields), at="2026-01-09")
    ends = [day for day, _ in found.finishes]
    assert days(datetime.combine(ends[0], found.p50.time())) >= low - 1
    assert low <= days(found.p50) <= days(found.p95) <= high
    assert days(found.p95) - days(found.p50) >= 0.1 * (high - low)


def test_overtaken_estimate() -> None:
    """What has taken longer than thought possible begins anew, as the forecast without uncertainty does."""
    found = simulated(task("a", estimate=points(1, 2, 3), actual_start=START), at="2026-01-09")
    assert 5 + 1 <= days(found.p50) <= 5 + 3


def test_done_work_is_fixed() -> None:
    """A finished task keeps its dates and is on no path any more."""
    done = {"actual_start": START, "actual_finish": "2026-01-06"}
    found = simulated(
        task("a", estimate=points(1, 5, 9), **done), task("b", estimate=points(1, 1, 1), after=["a"]), at="2026-01-06"
    )
    assert found.p50 == found.p95 == january(7, 18)
    assert found.criticality == {"b": 1.0}


# Risks


@pytest.mark.parametrize(
    ("probability", "scale", "late"),
    [
        (1, None, ()),
        (2, None, ("p80", "p90", "p95")),
        (3, None, ("p80", "p90", "p95")),
        (4, None, ("p50", "p80")),
        (2, [10, 20, 50, 70, 90], ("p90", "p95")),
        (2, [10, 0, 50, 70, 90], ()),
        (2, [10, 100, 50, 70, 90], ("p50",)),
    ],
)
def test_point_masses(probability: int, scale: list[int] | None, late: tuple[str, ...]) -> None:
    """Ten days, or fifteen if it strikes: a percentile is one of the two, the first reached by enough runs.

    With 20 % the share of runs done after ten days is 0.8, so P80 is the tenth day. With 10 % P90 is that too.
    """
    forecast = {"forecast": {"probability_scale": scale, "spread_percent": [0, 0]}} if scale else {}
    found = simulated(task("a", duration="10d"), risks=[risk(probability, "a")], **forecast)
    early, struck = january(16, 18), january(23, 18)
    for name in ("p50", "p80", "p90", "p95"):
        assert getattr(found, name) in (early, struck)
    for name in late:
        assert getattr(found, name) == struck
    if not late:
        assert found.p90 == early
    if scale and scale[1] == 20:
        assert found.p80 == early
    assert simulated(task("a", duration="10d"), risks=[risk(1, "a")]).p95 == struck


def test_mean_with_point_masses() -> None:
    """Ten days and half the time five more: 12.5 on average, noon of the thirteenth day."""
    found = simulated(task("a", duration="10d"), risks=[risk(3, "a")])
    assert found.mean == january(21, 13)
    assert found.finishes == (
        *((date(2026, 1, 16 + day), 0.5) for day in range(7)),
        (date(2026, 1, 23), 1.0),
    )


def test_one_strike_for_all_it_affects() -> None:
    """A risk that delays two parallel tasks strikes both or none: half the runs are late, not three quarters."""
    tasks = [task("p", tasks=[task("a", duration="10d"), task("b", duration="10d")])]
    found = simulated(*tasks, risks=[risk(3, "p")])
    assert found.p50 == january(16, 18)
    assert found.finishes[0] == (date(2026, 1, 16), 0.5)
    assert found.criticality == {"a": 1.0, "b": 1.0}


def test_risk_in_elapsed_time() -> None:
    """A delay of three elapsed days runs over the weekend: from Friday 18:00 to Monday 18:00."""
    impact = {"optimistic": "3ed", "likely": "3ed", "pessimistic": "3ed"}
    found = simulated(task("a", duration="5d"), risks=[risk(3, "a", schedule_impact=impact)])
    assert (found.p50, found.p95) == (january(9, 18), january(12, 18))


def test_milestones_of_a_parent_are_not_delayed_twice() -> None:
    """A risk to a phase delays its work; the milestone moves with it, and alone only where it is named."""
    tasks = [task("p", tasks=[task("a", duration="5d"), task("m", milestone=True, after=["a"])])]
    assert simulated(*tasks, risks=[risk(5, "p")]).p95 == january(16, 18)
    assert simulated(*tasks, risks=[risk(5, "m")]).p95 == january(16, 18)


# Networks


def test_criticality_counts_ties() -> None:
    """Both of two paths that take equally long are critical; a shorter one never is."""
    found = simulated(
        task("a", estimate=points(5, 5, 5)),
        task("b", duration="5d"),
        task("short", duration="2d"),
        task("end", milestone=True, after=["a", "b", "short"]),
    )
    assert found.criticality == {"a": 1.0, "b": 1.0, "short": 0.0, "end": 1.0}


def test_criticality_through_agreed_dates_and_weekends() -> None:
    """What ends on Friday evening drives what is agreed to begin on Monday morning."""
    found = simulated(
        task("a", estimate=points(5, 5, 5)),
        task("b", start="2026-01-12", finish="2026-01-13", after=["a"]),
    )
    assert found.criticality == {"a": 1.0, "b": 1.0}


def test_criticality_by_what_sets_the_start() -> None:
    """Of a parent only the child that ends last drives what follows; by SS only the one that starts it."""
    found = simulated(
        task("p", tasks=[task("a", estimate=points(3, 3, 3)), task("b", duration="4d")]),
        task("c", duration="1d", after=["p"]),
        task("d", duration="9d", after=[{"task": "c", "type": "SS"}]),
    )
    assert found.criticality == {"a": 0.0, "b": 1.0, "c": 1.0, "d": 1.0}


def test_buffers_and_support_do_not_count() -> None:
    """The finish is that of the work, as everywhere."""
    found = simulated(
        task("a", estimate=points(2, 2, 2)),
        task("pm", duration="9d", progress_method="level_of_effort"),
        task("b", duration="5d", buffer=True, after=["a"]),
    )
    assert found.p95 == january(6, 18)
    assert found.criticality == {"a": 1.0}


def test_adding_a_task_moves_no_other_draw() -> None:
    """A task beside the path changes nothing about it, wherever it stands."""
    path = [task("a", estimate=points(4, 6, 9)), task("b", estimate=points(2, 3, 9, distribution="pert"), after=["a"])]
    alone = simulated(*path)
    beside = simulated(task("x", estimate=points(0.1, 0.2, 0.3)), *reversed(path))
    assert (alone.p50, alone.p95, alone.mean) == (beside.p50, beside.p95, beside.mean)


def test_settings() -> None:
    """The number of runs and the seed are those of project.yaml; another seed gives nearly the same."""
    one, two = (simulated(task("a", estimate=ONE_TO_NINE), forecast={"runs": 3001, "seed": n}) for n in (1, 2))
    assert (one.runs, one.seed, two.seed) == (3001, 1, 2)
    assert one != two
    assert abs(days(one.p80) - days(two.p80)) < 0.01


def test_the_curve_is_thinned() -> None:
    """Years of possible finishes give some hundred points, from the first day to the last."""
    found = simulated(task("a", estimate=points(10, 100, 1500)))
    assert 200 < len(found.finishes) <= 402
    assert found.finishes[-1][1] == 1.0
    assert all(a[0] < b[0] and a[1] <= b[1] for a, b in zip(found.finishes, found.finishes[1:], strict=False))


@pytest.mark.parametrize(
    "fields",
    [
        {"estimate": {"optimistic": "9d", "likely": "1d", "pessimistic": "2d"}},
        {"estimate": points(0, 0, 0)},
        {"estimate": points(0, 0, 3), "actual_start": START, "progress": 50},
        {"estimate": {"optimistic": "1d", "likely": "80mo", "pessimistic": "1200mo"}},
        {"estimate": {"optimistic": "1ed", "likely": "2ed", "pessimistic": "9ed"}},
        {"duration": "5d", "progress": 100, "progress_method": "0/100"},
    ],
)
def test_odd_input(fields: dict[str, Any]) -> None:
    """Whatever is written gives a range in order."""
    found = simulated(task("a", **fields), forecast={"spread_percent": [-300, -20], "runs": 50}, at=START)
    assert january(5, 18) <= found.p50 <= found.p80 <= found.p90 <= found.p95


# The clock is that of the calendars


@given(
    instant=st.datetimes(*map(datetime.fromisoformat, ("1890-01-01", "2210-12-31"))),
    seconds=st.integers(-(10**8), 10**8),
    calendar=st.sampled_from(
        [{}, {"country": "CN"}, {"hours": ["22:00-24:00", "00:00-06:00"], "working_days": ["sat", "wed"]}]
    ),
)
@settings(max_examples=60, deadline=None)
def test_clock(instant: datetime, seconds: int, calendar: dict[str, Any]) -> None:
    """Positions, starts and finishes are those of the working time, outside the years that count too; so are shifts."""
    time = case(task("a"), calendar=calendar).frame.time
    clock, at = Clock(time, 2026), np.array([clock_of(instant)])
    position = time.position(instant)
    assert clock.position(at)[0] == position
    assert from_clock(clock.start_at(np.array([position]))[0]) == time.start_at(position)
    assert from_clock(clock.finish_at(np.array([position]))[0]) == time.finish_at(position)
    if 1950 < instant.year < 2150:
        moved = from_clock(clock.shift(at, np.array([seconds]))[0])
        assert moved == time.shift(instant.replace(microsecond=0), seconds)


# Any plan

LINKS = ["FS", "SS", "FF", "SF"]
LIMITS = ["alap", "start_no_earlier_than", "finish_no_earlier_than", "must_finish_on", "must_start_on"]
LAGS = ["0d", "1d", "-1d", "4h", "2ed", "50%", "-20%"]
CALENDARS = {"calendars": {"shift": {"hours": ["06:00-14:00"], "working_days": ["mon", "tue", "wed", "sat", "sun"]}}}


@st.composite
def plans(
    draw: st.DrawFn, *, links: Sequence[str] = LINKS, lags: Sequence[str] = LAGS, limits: Sequence[str] = LIMITS
) -> list[Any]:
    """Draw a plan: phases of tasks with all links, calendars, dates, constraints and progress."""
    day = st.dates(date(2026, 1, 1), date(2026, 2, 10)).map(str)
    progress = st.sampled_from(
        [
            *([{}] * 3),
            {"actual_start": START},
            {"progress": 40},
            {"actual_start": START, "remaining": "3d"},
            {"actual_start": START, "actual_finish": "2026-01-08"},
            {"progress_method": "level_of_effort"},
        ]
    )
    tasks: list[dict[str, Any]] = []
    names: list[str] = []
    for number in range(draw(st.integers(1, 7))):
        fields: dict[str, Any] = {"duration": draw(st.sampled_from(["0d", "3h", "1d", "4d", "2ed", "11d"]))}
        fields |= draw(progress)
        kind = draw(st.sampled_from(["plain", "plain", "plain", "dates", "constraint", "milestone", "buffer", "delay"]))
        if kind == "dates":
            fields |= {"start": draw(day)}
        elif kind == "constraint":
            fields["constraint"] = {"type": draw(st.sampled_from(limits)), "date": draw(day)}
        elif kind == "delay":
            fields["delay"] = {"cause": "scope", "new_finish": draw(day)}
        elif kind in ("milestone", "buffer"):
            fields[kind] = True
        if draw(st.booleans()):
            fields["calendar"] = "shift"
        fields["after"] = [
            {"task": name, "type": draw(st.sampled_from(links)), "lag": draw(st.sampled_from(lags))}
            for name in draw(st.lists(st.sampled_from(names), max_size=2, unique=True) if names else st.just([]))
        ]
        inner = task(f"t{number}", **fields)
        is_nested = draw(st.booleans())
        tasks.append(task(f"p{number}", tasks=[inner, task(f"u{number}", duration="2d")]) if is_nested else inner)
        names += [f"t{number}"] + ([f"p{number}"] if is_nested else [])
    return tasks


@example(
    [
        task("t0", duration="0d"),
        task("t1", duration="1d", progress_method="level_of_effort", buffer=True, after=["t0"]),
        task("t2", duration="0d", after=[{"task": "t1", "type": "FS", "lag": "50%"}]),
        task("t3", duration="2d"),
    ],
    "2026-01-05",
)
@given(plans(), st.sampled_from([BEFORE, START, "2026-01-07", "2026-01-10", "2026-01-14T11:00"]))
@settings(max_examples=150, deadline=None)
def test_without_spread_it_is_the_forecast(tasks: list[Any], status: str) -> None:
    """Where nothing varies, every date is that of the deterministic pass to the second, and so is each percentile."""
    built = case(*tasks, at=status, config=CALENDARS, forecast={"spread_percent": [0, 0], "runs": 7})
    uncertainty = uncertainty_of(built.frame, built.plan, built.actuals)
    future = Future(built.frame, built.plan, built.actuals, built.expected, uncertainty, Clocks(2026))
    links = [link.link for link in built.plan.links]
    graph = order_graph(len(built.frame.leaves), links)
    dates = sampled_dates(sampled_leaves(future, 1, 0, 7), links, graph, future.clocks)
    for index, item in enumerate(built.frame.leaves):
        assert {from_clock(at) for at in dates.finishes[index]} == {built.expected.finishes[index]}
        if not item.task.buffer:
            assert {from_clock(at) for at in dates.starts[index]} == {built.expected.starts[index]}
    found, reason = forecast_range(built.frame, built.plan, built.actuals, built.expected)
    assert reason in ("", ALL_DONE)
    if found is not None:
        assert {found.p50, found.p80, found.p90, found.p95, found.mean} == {built.finish}
        assert set(found.criticality.values()) <= {0.0, 1.0}


@given(plans(), st.sampled_from([START, "2026-01-07", "2026-01-14T11:00"]))
@settings(max_examples=60, deadline=None)
def test_any_range_is_in_order(tasks: list[Any], status: str) -> None:
    """Percentiles rise, nothing lies before the status, and shares lie between nothing and all."""
    built = case(*tasks, at=status, config=CALENDARS, forecast={"spread_percent": [-40, 80], "runs": 60})
    found, reason = forecast_range(built.frame, built.plan, built.actuals, built.expected)
    if found is None:
        assert reason == ALL_DONE
        return
    assert built.frame.status <= found.p50 <= found.p80 <= found.p90 <= found.p95
    assert built.frame.status <= found.mean <= found.p95 + timedelta(days=60)
    assert all(0 <= share <= 1 for share in found.criticality.values())
    assert max(found.criticality.values()) > 0
    shares = [share for _, share in found.finishes]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


#: Plans in which nothing starts earlier because something takes longer.
FORWARD = plans(links=["FS", "SS"], lags=["0d", "1d", "2ed", "50%"], limits=["alap", "start_no_earlier_than"])


@given(FORWARD, st.sampled_from([START, "2026-01-07"]))
@settings(max_examples=40, deadline=None)
def test_more_risk_never_ends_earlier(tasks: list[Any], status: str) -> None:
    """A risk more, or a later pessimistic end, moves no percentile forward.

    What a finish is asked of (FF, SF) starts earlier when it takes longer and, by SS, lets others do so: there it
    need not hold. Nor need it where work has overtaken its estimate: a wider one may not be overtaken yet, and says
    more than that nothing is known of what is left.
    """
    runs = {"spread_percent": [-20, 20], "runs": 60}
    common: dict[str, Any] = {"at": status, "config": CALENDARS}
    plain, _ = asked(*tasks, forecast=runs, **common)
    risky, _ = asked(*tasks, forecast=runs, risks=[risk(3, "t0", "p1", ends=(1, 2, 9))], **common)
    wider, _ = asked(*tasks, forecast={**runs, "spread_percent": [-20, 90]}, **common)
    if plain is None or risky is None or wider is None:
        return
    for name in ("p50", "p80", "p90", "p95"):
        assert getattr(risky, name) >= getattr(plain, name)
        assert any(map(only_begun, tasks)) or getattr(wider, name) >= getattr(plain, name)


def only_begun(one: dict[str, Any]) -> bool:
    """Tell whether a task, or one below it, has a start and nothing else is known of its progress."""
    said = {"actual_start", "remaining", "progress", "actual_finish"} & set(one)
    return said == {"actual_start"} or any(map(only_begun, one.get("tasks", ())))
