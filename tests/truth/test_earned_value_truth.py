"""Earned value against nine real projects with their tracking periods, and against published cases."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest
from schedules import TRUTH

from kapm_site.analysis.baseline import BaselineLeaf
from kapm_site.analysis.curve import Curve, Piece, cost_pieces
from kapm_site.analysis.earned_value import Money, Times, earned_schedule, earned_value_figures
from kapm_site.analysis.graph import Link
from kapm_site.analysis.measure import planned_value, share_of
from kapm_site.analysis.network import Network, solve
from kapm_site.analysis.passes import Activity
from kapm_site.analysis.records import EarnedValue
from kapm_site.analysis.working_time import WorkingTime
from kapm_site.model.calendars import Calendar
from kapm_site.model.plan import Cost
from kapm_site.model.scalars import WEEKDAYS

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="shared/truth is not here")

CODES = [path.stem for path in sorted((TRUTH / "dslib/json").glob("*.json"))]
EAC = {"1": "1", "cpi": "cpi", "spi": "spi", "spi_t": "spit", "sci": "sci", "sci_t": "scit"}
EAC |= {"cpi_spi": "08cpi02spi", "cpi_spi_t": "08cpi02spit"}
FINISH = {"pv_1": "pv1", "pv_spi": "pv_spi", "pv_sci": "pv_sci", "ed_1": "ed1", "ed_spi": "ed_spi", "ed_sci": "ed_sci"}
FINISH |= {"es_1": "es1", "es_spi_t": "es_spit", "es_sci_t": "es_scit"}


@dataclass(frozen=True)
class Case:
    """A project of the library, scheduled."""

    data: dict[str, Any]
    time: WorkingTime
    network: Network
    leaves: list[BaselineLeaf]
    costs: list[Cost]


@cache
def case(code: str) -> Case:
    """Read a project of the library and schedule it."""
    data = json.loads((TRUTH / f"dslib/json/{code}.json").read_text("utf-8"))
    raw = data["calendar"]
    time = WorkingTime(
        Calendar(
            working_days=[day for day, worked in zip(WEEKDAYS, raw["working_days"], strict=True) if worked],
            hours=[f"{hour:02}:00-{hour + 1:02}:00" for hour in raw["working_hours"]],
            holidays=[date.fromisoformat(day[:10]) for day in raw["holidays"]],
        )
    )
    activities = data["activities"]
    index = {activity["id"]: number for number, activity in enumerate(activities)}
    network = solve(
        [
            Activity(
                time,
                round(activity["duration_h"] * 3600),
                constraint="start_no_earlier_than" if activity["snet"] else None,
                limit=datetime.fromisoformat(activity["snet"]) if activity["snet"] else None,
            )
            for activity in activities
        ],
        [
            Link((index[link["pred"]],), (index[activity["id"]],), link["type"], round(link["lag_h"] * 3600))
            for activity in activities
            for link in activity["links"]
        ],
        datetime.fromisoformat(data["project_start"]),
    )
    ends = zip(network.early_starts, network.early_finishes, strict=True)
    leaves = [BaselineLeaf(start, finish, None, None, time) for start, finish in ends]
    costs = [Cost(amount=a["total_cost"], fixed=a["fixed_cost"], accrual="start") for a in activities]
    return Case(data, time, network, leaves, costs)


def periods(found: Case) -> Iterator[tuple[datetime, list[dict[str, Any]], dict[str, Any]]]:
    """Return each tracking period: its status date, what was recorded of each activity, and the tool's figures."""
    tracked = {period["status_date"]: period for period in found.data["tracking"]}
    for period in found.data["periods"]:
        rows = [dict(zip(period["columns"], row, strict=True)) for row in period["rows"]]
        yield datetime.fromisoformat(period["status_date"]), rows, tracked[period["status_date"]]


def figures(found: Case, at: datetime, rows: list[dict[str, Any]]) -> EarnedValue:
    """Compute our figures of a period from what was recorded."""
    curve = Curve(
        piece
        for leaf, cost in zip(found.leaves, found.costs, strict=True)
        for piece in cost_pieces(found.time, leaf, cost)
    )
    start = found.time.position(datetime.fromisoformat(found.data["project_start"]))
    pv = sum(row["pv"] for row in rows)
    money = Money(found.data["bac"], pv, sum(row["ev"] for row in rows), sum(row["actual_cost"] or 0 for row in rows))
    planned, actual = found.time.position(found.network.finish) - start, found.time.position(at) - start
    times = Times(planned, actual, earned_schedule(curve, start, money, planned, actual))
    day = found.time.seconds_per_day
    return earned_value_figures(money, times, day, lambda seconds: found.time.finish_at(round(start + seconds)), "")[0]


@pytest.mark.parametrize("code", CODES)
def test_dates(code: str) -> None:
    """All starts and finishes of the plan follow from links, lags and pins."""
    found = case(code)
    for activity, start, finish in zip(
        found.data["activities"], found.network.early_starts, found.network.early_finishes, strict=True
    ):
        expect = activity["expect"]
        assert found.time.between(start, datetime.fromisoformat(expect["start"])) == 0
        assert found.time.between(finish, datetime.fromisoformat(expect["end"])) == 0


@pytest.mark.parametrize("code", CODES)
def test_planned_value(code: str) -> None:
    """Planned value of every activity in every period, to two cents."""
    found = case(code)
    index = {activity["id"]: number for number, activity in enumerate(found.data["activities"])}
    for at, rows, _ in periods(found):
        for row in rows:
            leaf, cost = found.leaves[index[row["id"]]], found.costs[index[row["id"]]]
            assert planned_value(cost, leaf, at, share_of(leaf, at)) == pytest.approx(row["pv"], abs=0.02)


@pytest.mark.parametrize("code", CODES)
def test_indices(code: str) -> None:
    """PV, EV, AC, variances and indices of every period."""
    found = case(code)
    for at, rows, tracked in periods(found):
        earned = figures(found, at, rows)
        for name in ("pv", "ev", "ac", "sv", "cv"):
            assert getattr(earned, name) == pytest.approx(tracked[name], abs=0.02 + 1e-7 * found.data["bac"])
        for name in ("spi", "cpi"):
            if tracked[name] is not None and getattr(earned, name) is not None:
                assert getattr(earned, name) == pytest.approx(tracked[name], abs=1e-4)


@pytest.mark.parametrize("code", CODES)
def test_earned_schedule(code: str) -> None:
    """Earned schedule of every period, to the hour that the tool rounds to; on plateaus too."""
    found = case(code)
    for at, rows, tracked in periods(found):
        earned = figures(found, at, rows)
        assert earned.es_days is not None
        assert earned.es_days * 8 == pytest.approx(tracked["es_h"], abs=1.2)


@pytest.mark.parametrize("code", CODES)
def test_estimates(code: str) -> None:
    """Eight estimates of cost; nine of the finish, to the hours by which the tool's rounding of ES is blown up."""
    found = case(code)
    for at, rows, tracked in periods(found):
        earned = figures(found, at, rows)
        for name, column in EAC.items():
            if earned.eac_by[name] is not None:
                assert earned.eac_by[name] == pytest.approx(
                    tracked[f"eac_{column}" if name != "1" else "eac1"], rel=0.01
                )
        for name, column in FINISH.items():
            finish = earned.finish_by[name]
            if finish is not None and tracked[f"eact_{column}"] is not None:
                expected = datetime.fromisoformat(tracked[f"eact_{column}"])
                hours = abs(found.time.between(finish, expected)) / 60
                assert hours <= blown_up(found, earned, name), (name, finish, expected)


def blown_up(found: Case, earned: EarnedValue, name: str) -> float:
    """Return the hours by which an estimate may differ because the tool rounds ES to the hour before it divides."""
    if not name.startswith("es") or not earned.es_days:
        return 1.2
    factor = {"es_1": 1, "es_spi_t": earned.spi_t, "es_sci_t": (earned.spi_t or 0) * (earned.cpi or 0)}[name]
    return 1.2 * max(1, found.data["planned_duration_h"] / (earned.es_days * 8)) / min(factor or 1, 1)


def published(case_id: str) -> dict[str, Any]:
    """Return a published case."""
    cases = json.loads((TRUTH / "evm/published_cases.json").read_text("utf-8"))
    return next(entry for entry in cases if entry["id"] == case_id)  # type: ignore[no-any-return]


def test_published_earned_schedule() -> None:
    """PM Knowledge Center's eleven weeks, of which seven are printed."""
    entry = published("pmkc-es")["published"]
    planned = [0, *entry["PV"][:9]]
    hour = 3600
    curve = Curve(Piece(week * hour, (week + 1) * hour, planned[week + 1] - planned[week]) for week in range(9))
    earned = [
        earned_schedule(curve, 0, Money(150, 1, value, None), 9 * hour, (week + 1) * hour) / hour
        for week, value in enumerate(entry["EV"])
    ]
    assert earned[:7] == pytest.approx([*entry["ES_first_six"], entry["ES_week7"]], abs=0.005)
    assert earned[7:] == pytest.approx([6, 7, 8, 9])


def test_published_indices() -> None:
    """The case of the PRA package."""
    entry = published("pra-r")
    expected = entry["published"]
    money = Money(entry["inputs"]["BAC"], expected["PV"], expected["EV"], entry["inputs"]["AC"])
    found, _ = earned_value_figures(money, Times(5, 3, 2.5), 1, lambda _: None, "")
    assert (found.sv, found.cv) == (expected["SV"], expected["CV"])
    assert (found.spi, found.cpi) == pytest.approx((expected["SPI"], expected["CPI"]))
