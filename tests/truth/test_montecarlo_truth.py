"""The simulated forecast against cases whose distribution is known in closed form, and one published in a textbook."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kapm_site.analysis.forecast import forecast_of
from kapm_site.analysis.frame import frame_of
from kapm_site.analysis.measure import actual_of
from kapm_site.analysis.outlook import ForecastRange
from kapm_site.analysis.plan import plan_of
from kapm_site.analysis.simulation import forecast_range
from kapm_site.model.charter import Charter
from kapm_site.model.client import Client
from kapm_site.model.plan import Plan
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project

PATH = Path(__file__).parents[2] / "../shared/truth/montecarlo/analytic_cases.json"
RUNS = 10_000

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="shared/truth/montecarlo is not here")
pytest.importorskip("numpy")

#: Density of the finish at P50, P80 and P90, by which sampling errors of shares become days.
#: Three triangulars 4, 6, 8: nearly normal with σ = √2. The greater of two: 2·F·f of one. PERT 2, 4, 12: σ = √3.
DENSITIES = {
    "serial3-sym": (0.28, 0.197, 0.123),
    "merge2-sym": (0.541, 0.411, 0.304),
    "pert1": (0.20, 0.13, 0.085),
}
LINKS: dict[str, tuple[tuple[str, ...], ...]] = {"serial3-sym": ((), ("a",), ("b",)), "merge2-sym": ((), ())}


@cache
def analytic(name: str) -> dict[str, Any]:
    """Return a case by its id."""
    return next(case for case in json.loads(PATH.read_text("utf-8")) if case["id"] == name)


START = datetime.fromisoformat("2026-01-05")


def simulated(
    points: Sequence[tuple[float, float, float]],
    before: Sequence[Sequence[str]],
    shape: str = "triangular",
    start: str = "2026-01-05",
    **progress: Any,
) -> ForecastRange:
    """Simulate tasks a, b, c … in a calendar that is worked round the clock: a day is a day."""
    calendar = {"working_days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "hours": ["00:00-24:00"]}
    tasks = [
        {
            "id": chr(97 + number),
            "name": "T",
            "depends_on": list(links),
            "estimate": dict(
                zip(("optimistic", "likely", "pessimistic"), (f"{24 * x:.9f}h" for x in ends), strict=True),
                distribution=shape,
            ),
            **progress,
        }
        for number, (ends, links) in enumerate(zip(points, before, strict=True))
    ]
    charter = Charter(name="Case", start=START, calendar={**calendar, "hours_per_day": 24}, forecast={"runs": RUNS})
    built = Project("c", "case", "projects/c/case", charter, Plan(tasks=tasks))
    account = Account("c", "projects/c", Client(name="C"))
    frame = frame_of(Settings(), account, built, datetime.fromisoformat(f"{start}T00:00"))
    plan = plan_of(frame)
    actuals = [actual_of(frame, item) for item in frame.leaves]
    found, reason = forecast_range(frame, plan, actuals, forecast_of(frame, plan, actuals))
    assert found is not None, reason
    return found


def days(instant: datetime) -> float:
    """Return the days since the start."""
    return (instant - START).total_seconds() / 86_400


def percentiles(found: ForecastRange) -> Mapping[str, float]:
    """Return the percentiles in days."""
    return {"P50": days(found.p50), "P80": days(found.p80), "P90": days(found.p90)}


def of(name: str) -> ForecastRange:
    """Simulate one of the cases with percentiles."""
    if name == "pert1":
        return simulated([(2, 4, 12)], [()], "pert")
    return simulated([(4, 6, 8)] * len(LINKS[name]), LINKS[name])


@pytest.mark.parametrize("name", DENSITIES)
def test_percentiles(name: str) -> None:
    """P50, P80 and P90 lie within four standard errors of the runs; the mean within four of its own."""
    truth, found = analytic(name), of(name)
    for (key, value), density, q in zip(percentiles(found).items(), DENSITIES[name], (0.5, 0.8, 0.9), strict=True):
        assert value == pytest.approx(truth[key], abs=4 * sqrt(q * (1 - q) / RUNS) / density), key
    deviation = truth.get("sd", truth.get("sd_exact", 0.8))
    assert days(found.mean) == pytest.approx(truth["mean"], abs=4 * deviation / sqrt(RUNS))


def test_merge_bias() -> None:
    """Two tasks with an even chance each to be done by day 6 have a quarter together, and drive the finish by turns."""
    truth, found = analytic("merge2-sym"), of("merge2-sym")
    # The sixth day ends at the midnight that opens the seventh: its share is that of the day before.
    share = dict(found.finishes)[date(2026, 1, 10)]
    assert share == pytest.approx(truth["P_on_or_before_6"], abs=4 * sqrt(0.25 * 0.75 / RUNS))
    assert list(found.criticality.values()) == pytest.approx(truth["criticality"], abs=4 * sqrt(0.25 / RUNS))


def test_degenerate() -> None:
    """Where no task varies, each percentile is the deterministic finish exactly."""
    assert analytic("deterministic")["theory"] == "P50=P80=deterministic CPM finish, exactly"
    found = simulated([(3, 3, 3), (5, 5, 5), (2, 2, 2)], [(), ("a",), ("a",)])
    assert {days(at) for at in (found.p50, found.p80, found.p90, found.p95, found.mean)} == {8.0}
    assert found.criticality == {"a": 1.0, "b": 1.0, "c": 0.0}


def test_published_chain() -> None:
    """The published critical path as a chain: mean 24; P(T ≤ 28) is that of four beta distributions drawn otherwise.

    The published 0.963 is of a normal distribution with the classic variances ((b-a)/6)², 5 in all. The exact ones,
    (μ-a)(b-μ)/7, make 5.86, and the first task is skewed to the right: about two hundredths less.
    """
    truth = analytic("taylor-pert-published")
    chain = [tuple(truth["activities"][number]) for number in truth["critical_path"]]
    found = simulated(chain, [(), ("a",), ("b",), ("c",)], "pert")
    # The mean of each is (a + 4m + b) / 6: 9 + 5 + 6 + 4.
    assert days(found.mean) == pytest.approx(truth["published"]["tp"], abs=4 * sqrt(5.86 / RUNS))
    random = Random(1)  # noqa: S311 # a second generator to compare with
    shapes = [(a, b - a, 1 + 4 * (m - a) / (b - a), 1 + 4 * (b - m) / (b - a)) for a, m, b in chain]
    totals = [sum(low + width * random.betavariate(*ends) for low, width, *ends in shapes) for _ in range(RUNS)]
    share = dict(found.finishes)[date(2026, 2, 1)]
    expected = sum(total <= 28 for total in totals) / RUNS
    assert share == pytest.approx(expected, abs=4 * sqrt(2 * expected * (1 - expected) / RUNS))
    assert share == pytest.approx(truth["published"]["P_le_28"], abs=0.03)


@pytest.mark.parametrize(("elapsed", "q"), [(5, 0.5), (5, 0.9), (7, 0.5), (7, 0.95)])
def test_under_way(elapsed: int, q: float) -> None:
    """Triangular 4, 6, 8 after five and seven days: P(T > x | T > e) is P(T > x) / P(T > e).

    P(T > x) is (8-x)²/8 beyond the sixth day, 1 - (x-4)²/8 before it.
    """
    above = 1 - (elapsed - 4) ** 2 / 8 if elapsed < 6 else (8 - elapsed) ** 2 / 8
    left = above * (1 - q)
    truth = 8 - sqrt(8 * left) if left < 0.5 else 4 + sqrt(8 * (1 - left))
    density = (8 - truth) / 4 / above if truth > 6 else (truth - 4) / 4 / above
    status = f"2026-01-{5 + elapsed:02}"
    found = simulated([(4, 6, 8)], [()], start=status, actual_start=START)
    value = {0.5: found.p50, 0.9: found.p90, 0.95: found.p95}[q]
    assert days(value) == pytest.approx(truth, abs=4 * sqrt(q * (1 - q) / RUNS) / density)
