import json
from datetime import date, datetime
from typing import Any

from analysis_case import figures
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapm_site.analysis.status_json import status_of
from kapm_site.model.plan import Plan

IDS = [f"t{n}" for n in range(6)]
DATES = st.one_of(
    st.dates(date(2025, 12, 1), date(2026, 6, 1)),
    st.datetimes(datetime.fromisoformat("2025-12-01"), datetime.fromisoformat("2026-06-01")).map(
        lambda instant: instant.replace(second=0, microsecond=0)
    ),
    st.sampled_from([date(1900, 1, 1), date(2200, 12, 31)]),
)
DAYS = st.dates(date(2025, 12, 1), date(2026, 6, 1))
DURATIONS = st.sampled_from(["0d", "1d", "0.3d", "90m", "2w", "1mo", "3ed", "8eh", "9999d"])
LAGS = st.one_of(DURATIONS, st.sampled_from(["-1d", "-30d", "50%", "-50%", "900%", "-3ed"]))
NUMBERS = st.one_of(st.floats(0, 1e5), st.sampled_from([0, 1e15, 1e-300]))
CALENDARS = {
    "night": {"hours": ["00:00-06:00", "22:00-24:00"]},
    "weekend": {"working_days": ["sat", "sun"], "hours_per_day": 3},
    "void": {"working_days": []},
    "never": {"holidays": [{"from": "1900-01-01", "to": "2200-12-31"}]},
}
TASK = {
    "start": DATES,
    "finish": DATES,
    "duration": DURATIONS,
    "work": DURATIONS,
    "actual_start": DATES,
    "actual_finish": DATES,
    "remaining": DURATIONS,
    "deadline": DATES,
    "progress": st.floats(0, 100),
    "cost": st.fixed_dictionaries(
        {"amount": NUMBERS, "fixed": NUMBERS, "accrual": st.sampled_from(["start", "prorated", "end"])}
    ),
    "actual_cost": st.floats(-1e15, 1e15),
    "milestone": st.booleans(),
    "buffer": st.booleans(),
    "calendar": st.sampled_from([*CALENDARS, "unknown"]),
    "progress_method": st.sampled_from(["percent", "0/100", "50/50", "20/80", "milestones", "level_of_effort"]),
    "delay": st.fixed_dictionaries({"cause": st.just("scope")}, optional={"new_finish": DAYS}),
    "constraint": st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                ["asap", "alap", "start_no_later_than", "finish_no_earlier_than", "must_finish_on"]
            ),
            "date": st.one_of(st.none(), DATES),
        }
    ),
    "depends_on": st.lists(
        st.fixed_dictionaries(
            {"task": st.sampled_from([*IDS, "nobody"]), "type": st.sampled_from(["FS", "SS", "FF", "SF"])},
            optional={"lag": LAGS},
        ),
        max_size=2,
    ),
}
BASELINES = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.just("b"),
            "approved": st.one_of(st.none(), DAYS),
            "tasks": st.dictionaries(
                st.sampled_from(IDS),
                st.fixed_dictionaries(
                    {}, optional={"start": DATES, "finish": DATES, "cost": NUMBERS, "work": DURATIONS}
                ),
            ),
        }
    ),
    max_size=2,
)
COSTS = st.lists(
    st.fixed_dictionaries({"date": DAYS, "amount": st.floats(-1e15, 1e15)}, optional={"task": st.sampled_from(IDS)}),
    max_size=3,
)


@st.composite
def plans(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw a tree of tasks, however senseless."""
    roots: list[dict[str, Any]] = []
    line: list[dict[str, Any]] = []
    for task_id in IDS[: draw(st.integers(0, len(IDS)))]:
        fields = {name: draw(values) for name, values in TASK.items() if draw(st.integers(0, 2)) == 0}
        line = line[: draw(st.integers(0, len(line)))]
        (line[-1].setdefault("tasks", []) if line else roots).append({"id": task_id, "name": "x", **fields})
        line.append((line[-1]["tasks"] if line else roots)[-1])
    return roots


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(tasks=plans(), start=st.one_of(st.none(), DATES), at=DATES, baselines=BASELINES, costs=COSTS)
def test_any_plan_has_figures(**case: Any) -> None:
    """No plan that reads raises anything or yields a number that is none, and each finding has its place."""
    tasks = case.pop("tasks")
    found = figures(
        *tasks, **case, budget={"amount": 1000}, settings={"calendars": CALENDARS, "calendar": {"country": "CN"}}
    )
    json.dumps(status_of(found), allow_nan=False)
    for problem in found.findings:
        assert problem.mark.path
    dated = found.schedule.start is not None
    for figure in found.schedule.tasks.values():
        assert 0 <= figure.percent_complete <= 100
        assert 0 <= figure.planned_percent <= 100
        assert ((figure.start or figure.early_start or figure.late_start) is not None) == dated
        assert not dated or (figure.forecast_start is not None and figure.forecast_finish is not None)
        if figure.forecast_start and figure.forecast_finish:
            assert figure.forecast_start <= figure.forecast_finish
    for point in found.progress.curve:
        assert 0 <= point.planned_percent <= 100
    Plan(tasks=tasks)


def test_deep_and_wide() -> None:
    """Nine levels and two thousand leaves take no recursion and no minute."""
    tree: dict[str, Any] = {"id": "leaf", "name": "x", "duration": "1d"}
    for level in range(9):
        tree = {"id": f"level-{level}", "name": "x", "tasks": [tree]}
    wide = [
        {"id": f"w{n}", "name": "x", "duration": "1d", "depends_on": [f"w{n - 1}"] if n else []} for n in range(2000)
    ]
    found = figures(tree, *wide)
    assert found.schedule.tasks["leaf"].wbs == "1.1.1.1.1.1.1.1.1.1"
    assert len(found.schedule.critical_path) == 2000


def test_same_figures_again() -> None:
    """The same records and status date give the same figures."""
    tasks = [{"id": "a", "name": "A", "duration": "3d"}, {"id": "b", "name": "B", "depends_on": ["a"]}]
    assert status_of(figures(*tasks)) == status_of(figures(*tasks))
