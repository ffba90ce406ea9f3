"""Compares earned value and earned schedule with published cases, and with worked ones of a validation suite."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from comparing import TRUTH, Compared, Topic, number
from networks import ORIGIN, validation_cases

from kapm_site.analysis.curve import HOUR, Curve, Piece
from kapm_site.analysis.earned_value import Money, Times, earned_schedule, earned_value_figures
from kapm_site.analysis.records import EarnedValue
from kapm_site.analysis.working_time import round_the_clock

#: What the cases call a figure, and what we call it.
NAMES = {"eac_cpi": "eac", "tcpi_bac": "tcpi", "es": "es_days", "sv_t": "sv_t_days"}
#: An instant has whole seconds, of which a period has 3600.
SECOND = 0.5 / HOUR


@cache
def published() -> dict[str, dict[str, Any]]:
    """Return the published cases by id."""
    path = TRUTH / "evm/published_cases.json"
    return {case["id"]: case for case in json.loads(path.read_text("utf-8"))} if path.exists() else {}


def worked(case_id: str) -> Iterator[Compared]:
    """Compare all figures of a worked case of earned value."""
    case = validation_cases("evm")[case_id]
    found, given = figures(case["inputs"]), case["expected"]
    for name, theirs in given.items():
        if name == "ieac_t":
            finish = found.ieac_t
            ours = None if finish is None else (finish - ORIGIN).total_seconds() / HOUR
        else:
            ours = found.eac_by["1"] if name == "eac_typical" else getattr(found, NAMES.get(name, name))
        # In the suite the estimate of finished work is BAC ÷ CPI, which is what the work has cost.
        yield number(case_id, name, ours, theirs, max(case["tol"] * max(1, abs(theirs)), SECOND * (name == "ieac_t")))


def interpolated(case_id: str) -> Iterator[Compared]:
    """Compare earned schedule between two points of a curve."""
    case = validation_cases("earned_schedule")[case_id]
    inputs = case["inputs"]
    curve = curve_of(inputs["pv"])
    money = Money(inputs["pv"][-1], 1, inputs["ev"], None)
    planned = inputs["periods"][-1] * HOUR
    ours = earned_schedule(curve, 0, money, planned, planned) / HOUR
    yield number(case_id, "es", ours, case["expected"]["es"], case["tol"])


def curve_of(values: list[float]) -> Curve:
    """Return a curve through planned values at whole periods; a period is an hour."""
    steps = enumerate(pairwise(values))
    return Curve(Piece(n * HOUR, (n + 1) * HOUR, later - earlier) for n, (earlier, later) in steps)


def figures(inputs: dict[str, Any]) -> EarnedValue:
    """Return our figures where planned value, EV, AC and the time are given."""
    planned, actual = inputs["periods"][-1] * HOUR, inputs["at"] * HOUR
    curve = curve_of(inputs["pv"])
    money = Money(inputs["pv"][-1], curve.value(actual), inputs["ev"], inputs["ac"])
    return of_sums(money, Times(planned, actual, earned_schedule(curve, 0, money, planned, actual)))


def of_sums(money: Money, times: Times) -> EarnedValue:
    """Return our figures of four sums and three times; a day is a period."""
    clock, start = round_the_clock(), round_the_clock().position(ORIGIN)
    return earned_value_figures(money, times, HOUR, lambda seconds: clock.finish_at(round(start + seconds)), "")[0]


def in_print(case_id: str) -> Iterator[Compared]:
    """Compare with what a source has printed."""
    case = published()[case_id]
    yield from PRINTED[case_id](case["inputs"], case.get("published", {}))


def eleven_weeks(_: dict[str, Any], printed: dict[str, Any]) -> Iterator[Compared]:
    """PM Knowledge Center: seven weeks are printed, four follow from its formula."""
    curve = curve_of([0, *printed["PV"][:9]])
    expected = [*printed["ES_first_six"], printed["ES_week7"], 6, 7, 8, 9]
    for week, (value, theirs) in enumerate(zip(printed["EV"], expected, strict=True), 1):
        ours = earned_schedule(curve, 0, Money(150, 1, value, None), 9 * HOUR, week * HOUR) / HOUR
        yield number("pmkc-es", f"week {week}", ours, theirs, 0.005 + 1e-9)


def five_periods(inputs: dict[str, Any], printed: dict[str, Any]) -> Iterator[Compared]:
    """The example of the PRA package."""
    bac = inputs["BAC"]
    values = [0, *(share * bac for share in inputs["planned"])]
    status = {"periods": range(len(values)), "at": inputs["period"], "ev": inputs["actual_pct"] * bac}
    found = figures({"pv": values, "ac": inputs["AC"], **status})
    for name, theirs in printed.items():
        yield number("pra-r", name, getattr(found, name.lower()), theirs, 1e-7 * max(1, abs(theirs)))


def two_estimates(inputs: dict[str, Any], printed: dict[str, Any]) -> Iterator[Compared]:
    """The estimates of the PRA package; its CPI is given, not computed, so the cost behind it is computed from it."""
    bac, earned, index = inputs["BAC"], inputs["EV"], inputs["CPI"]
    times = Times(5 * HOUR, 3 * HOUR, 2.5 * HOUR)
    by_index = of_sums(Money(bac, earned / inputs["SPI"], earned, earned / index), times)
    by_cost = of_sums(Money(bac, earned / inputs["SPI"], earned, inputs["AC"]), times)
    yield number("pra-r-eac", "EAC_typical", by_index.eac, printed["EAC_typical"], 0.05)
    yield number("pra-r-eac", "EAC_atypical", by_cost.eac_by["1"], printed["EAC_atypical"], 1e-6)


def replanned(inputs: dict[str, Any], printed: dict[str, Any]) -> Iterator[Compared]:
    """The one-time adjustment that sets planned to earned value is the schedule variance shown before it."""
    month = inputs["months"].index(inputs["replan_month"])
    planned, earned = inputs["BCWS_cum"][month], inputs["BCWP_cum"][month]
    found = of_sums(Money(inputs["BCWS_cum"][-1], planned, earned, None), Times(6 * HOUR, (month + 1) * HOUR, HOUR))
    yield number("deltek-mpm-replan", "adjustment", found.sv, printed["replan_adjustment_in_APR"], 0)


PRINTED = {
    "pmkc-es": eleven_weeks,
    "pra-r": five_periods,
    "pra-r-eac": two_estimates,
    "deltek-mpm-replan": replanned,
}

TOPICS = (
    Topic("published earned value and schedule", "evm", published, in_print),
    Topic("worked cases of earned value", "evm", lambda: validation_cases("evm"), worked),
    Topic("worked cases of earned schedule", "evm", lambda: validation_cases("earned_schedule"), interpolated),
)
