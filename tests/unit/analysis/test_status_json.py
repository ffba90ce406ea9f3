import json
from datetime import datetime

from analysis_case import figures, task

from kapm_site.analysis.days import finish_day
from kapm_site.analysis.status_json import status_of

TASK_KEYS = [
    "wbs",
    "start",
    "finish",
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "total_slack_days",
    "free_slack_days",
    "critical",
    "forecast_start",
    "forecast_finish",
    "percent_complete",
    "planned_percent",
    "bac",
    "pv",
    "ev",
    "ac",
]
EARNED_VALUE_KEYS = [
    "bac",
    "pv",
    "ev",
    "ac",
    "sv",
    "cv",
    "spi",
    "cpi",
    "eac",
    "eac_by",
    "etc",
    "vac",
    "tcpi",
    "es_days",
    "at_days",
    "sv_t_days",
    "spi_t",
    "ieac_t",
    "finish_by",
]
PROJECT_KEYS = [
    "client",
    "project",
    "health",
    "progress",
    "schedule",
    "earned_value",
    "forecast",
    "buffers",
    "workload",
    "kpis",
    "risks",
    "feedback",
    "delays",
    "changes",
    "findings",
    "missing",
]


def status(**parts: object) -> dict[str, object]:
    """Write the figures of a small project as JSON and read them back."""
    found = figures(
        task("a", duration="2d", cost=100, actual_start="2026-01-05", progress=50),
        task("m", milestone=True, after=["a"]),
        **{"at": "2026-01-05", **parts},
    )
    return json.loads(json.dumps(status_of(found), allow_nan=False))  # type: ignore[no-any-return]


def test_keys() -> None:
    """The keys are those of the contract, all of them and no others."""
    found = status()
    assert sorted(found) == sorted(PROJECT_KEYS)
    assert sorted(found["earned_value"]) == sorted(EARNED_VALUE_KEYS)  # type: ignore[call-overload]
    assert sorted(found["schedule"]["tasks"]["a"]) == sorted(TASK_KEYS)  # type: ignore[index]
    assert list(found["health"]["dimensions"]["risk"]) == [  # type: ignore[index]
        "health",
        "rule",
        "previous",
        "computed",
        "declared",
    ]


def test_dates() -> None:
    """Dates are dates, early and late dates are to the minute, a milestone is on the day of its finish."""
    tasks = status()["schedule"]["tasks"]  # type: ignore[index]
    assert (tasks["a"]["start"], tasks["a"]["finish"]) == ("2026-01-05", "2026-01-06")
    assert (tasks["a"]["early_start"], tasks["a"]["late_finish"]) == ("2026-01-05T09:00", "2026-01-06T18:00")
    assert (tasks["m"]["start"], tasks["m"]["finish"]) == ("2026-01-06", "2026-01-06")


def test_null_has_a_reason() -> None:
    """What is not known is null, and `missing` says why by its dotted name."""
    found = status(kpis=[{"id": "k", "name": "K"}])
    missing = found["missing"]
    assert found["earned_value"]["cpi"] is None  # type: ignore[index]
    assert missing["earned_value.cpi"] == "no costs entered up to 2026-01-05"  # type: ignore[index]
    assert found["kpis"] == {"k": {"value": None, "target": None, "status": "unknown", "trend": None}}
    assert missing["kpis.k.value"] == "no value up to 2026-01-05"  # type: ignore[index]
    assert found["forecast"] is None
    assert "forecast" in missing  # type: ignore[operator]


def test_every_null_has_a_reason() -> None:
    """Wherever there is a null, it or something above it is in `missing`."""
    found = status(kpis=[{"id": "k", "name": "K"}], baselines=[{"id": "b", "approved": "2026-01-02", "tasks": {}}])
    missing = found.pop("missing")
    paths = nulls(found)
    assert "schedule.tasks.m.bac" in paths
    for path in paths:
        assert any(path == name or path.startswith(f"{name}.") for name in missing), path  # type: ignore[attr-defined]


def nulls(value: object, path: str = "") -> list[str]:
    """Return the dotted paths of all nulls."""
    if value is None:
        return [path.strip(".")]
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [null for key, item in inside for null in nulls(item, f"{path}.{key}")]


def test_finding() -> None:
    """A finding is given like any problem."""
    found = status(asks=[{"id": "x", "title": "X", "due": "2026-01-02"}])
    assert found["findings"][0] == {  # type: ignore[index]
        "path": "projects/acme/case/asks.yaml",
        "line": 1,
        "column": 1,
        "severity": "warning",
        "message": "ask 'x' was to be answered by 2026-01-02 and is open",
        "code": "overdue-ask",
        "hint": "follow it up; add its answer, or agree on a new due:",
        "related": [],
    }


def test_midnight_belongs_to_the_day_before() -> None:
    """Work until 24:00 is finished on that day, not on the next."""
    assert str(finish_day(datetime.fromisoformat("2026-01-06T00:00"))) == "2026-01-05"
    assert str(finish_day(datetime.fromisoformat("2026-01-06T00:01"))) == "2026-01-06"
