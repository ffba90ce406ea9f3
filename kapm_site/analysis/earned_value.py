"""Earned value and earned schedule: indices, estimates at completion, and estimates of the finish.

Sources: PMI's practice standard for the indices and estimates at completion; Lipke for earned schedule; OR-AS PM
Knowledge Center for the nine estimates of the duration. Time is working time of the project's calendar, throughout.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kapm_site.analysis.curve import Curve
from kapm_site.analysis.numbers import finite
from kapm_site.analysis.records import EarnedValue

NO_BUDGET = "no task of the baseline has a planned cost"
NO_DATES = "the plan has no dates"
NO_WORK_PLANNED = "no value was planned up to the status date"
#: Percent of the budget that has to be earned before an estimate of the whole is shown or judged by: the indices swing
#: widely at first. The figure itself is always computed.
EARLY_PERCENT = 5.0
NO_PROGRESS = "no value is earned yet"
NO_COST = "the costs entered up to the status date do not exceed 0"
NOT_BEGUN = "the project has not begun at the status date"
COMPLETE = "the work is complete"
EXHAUSTED = "the budget is exhausted before the work is complete"
OUT_OF_RANGE = "performance is so low that the estimate is no number one can use"

#: Working seconds beyond which an estimate of the finish says nothing.
LONGEST = 100 * 366 * 86_400


@dataclass(frozen=True, slots=True)
class Money:
    """The four sums at the status instant; `ac` None where no cost was ever entered."""

    bac: float
    pv: float
    ev: float
    ac: float | None

    @property
    def is_complete(self) -> bool:
        """Tell whether all value is earned."""
        return self.ev >= self.bac - 1e-9 * max(abs(self.bac), 1.0)


@dataclass(frozen=True, slots=True)
class Times:
    """Working time in seconds since the project's start.

    Attributes:
        planned: Planned duration.
        actual: Time gone by, frozen when the work was completed.
        earned: Earned schedule.
    """

    planned: float
    actual: float
    earned: float


@dataclass(frozen=True, slots=True)
class Factors:
    """Performance factors; None where undefined."""

    spi: float | None
    cpi: float | None
    spi_t: float | None

    def of(self, name: str) -> float | None:
        """Return a factor, or a product or mix of factors, by the name the JSON uses."""
        formulas: dict[str, Callable[[], float | None]] = {
            "1": lambda: 1.0,
            "cpi": lambda: self.cpi,
            "spi": lambda: self.spi,
            "spi_t": lambda: self.spi_t,
            "sci": lambda: _product(self.spi, self.cpi),
            "sci_t": lambda: _product(self.spi_t, self.cpi),
            "cpi_spi": lambda: _mix(self.cpi, self.spi),
            "cpi_spi_t": lambda: _mix(self.cpi, self.spi_t),
        }
        return formulas[name]()


EAC_FACTORS = ("1", "cpi", "spi", "spi_t", "sci", "sci_t", "cpi_spi", "cpi_spi_t")
FINISH_FACTORS = {
    "pv_1": "1",
    "pv_spi": "spi",
    "pv_sci": "sci",
    "ed_1": "1",
    "ed_spi": "spi",
    "ed_sci": "sci",
    "es_1": "1",
    "es_spi_t": "spi_t",
    "es_sci_t": "sci_t",
}


def earned_schedule(curve: Curve, start: int, money: Money, planned: float, actual: float) -> float:
    """Return the time at which the plan would have earned what is earned now, in working seconds since the start.

    On a stretch where nothing is planned every instant would do: it is the one nearest to now, so that a project on
    plan is on time during a planned pause.
    """
    if money.is_complete:
        return planned
    if money.ev <= 0:
        return 0.0
    first, last = curve.reached(money.ev, start)
    return min(max(min(max(actual, first), last), 0.0), planned)


def is_too_early(earned: EarnedValue) -> bool:
    """Tell whether too little is earned for an estimate at completion that a reader could rely on."""
    return bool(earned.bac) and earned.ev is not None and 100 * earned.ev < EARLY_PERCENT * (earned.bac or 0.0)


def earned_value_figures(
    money: Money,
    times: Times,
    seconds_per_day: float,
    finish_after: Callable[[float], datetime | None],
    no_costs: str,
) -> tuple[EarnedValue, dict[str, str]]:
    """Return all figures and, by dotted name, why one of them is undefined.

    Args:
        money: The sums.
        times: Earned schedule and what it is measured against.
        seconds_per_day: What a day is worth.
        finish_after: The instant some working seconds after the project's start.
        no_costs: What to say where no cost was entered.
    """
    missing: dict[str, str] = {}
    factors = _factors(money, times, missing, no_costs)
    estimates = {name: _eac(money, factors.of(name)) for name in EAC_FACTORS}
    durations = {name: _duration(name, money, times, factors) for name in FINISH_FACTORS}
    finishes = {name: _instant(finish_after, value) for name, value in durations.items()}
    ieac_t = _instant(finish_after, _independent(money, times, factors, missing))
    eac = money.ac if money.is_complete else estimates["cpi"]
    tcpi, exhausted = _tcpi(money, no_costs)
    found = EarnedValue(
        bac=money.bac,
        pv=money.pv,
        ev=money.ev,
        ac=money.ac,
        sv=money.ev - money.pv,
        cv=money.ev - money.ac if money.ac is not None else None,
        spi=factors.spi,
        cpi=factors.cpi,
        eac=eac,
        eac_by=estimates,
        etc=eac - money.ac if eac is not None and money.ac is not None else None,
        vac=money.bac - eac if eac is not None else None,
        tcpi=tcpi,
        es_days=times.earned / seconds_per_day,
        at_days=times.actual / seconds_per_day,
        sv_t_days=(times.earned - times.actual) / seconds_per_day,
        spi_t=factors.spi_t,
        ieac_t=ieac_t,
        finish_by=finishes,
    )
    if tcpi is None:
        missing["earned_value.tcpi"] = exhausted
    _explain(found, durations, missing)
    return found, missing


def nothing_earned(reason: str, ac: float | None, no_costs: str) -> tuple[EarnedValue, dict[str, str]]:
    """Return the figures of a project whose baseline has no cost, all undefined save what was spent."""
    names = ("bac", "pv", "ev", "sv", "cv", "spi", "cpi", "eac", "etc", "vac", "tcpi")
    times = ("es_days", "at_days", "sv_t_days", "spi_t", "ieac_t", "eac_by", "finish_by")
    missing = {f"earned_value.{name}": reason for name in names + times}
    if ac is None:
        missing["earned_value.ac"] = no_costs
    return EarnedValue(ac=ac, eac_by=dict.fromkeys(EAC_FACTORS), finish_by=dict.fromkeys(FINISH_FACTORS)), missing


def earned_without_dates(money: Money, no_costs: str) -> tuple[EarnedValue, dict[str, str]]:
    """Return what can be said without a plan in time: what is earned against what it cost."""
    found, missing = earned_value_figures(money, Times(0.0, 0.0, 0.0), 1.0, lambda _: None, no_costs)
    names = ("pv", "sv", "es_days", "at_days", "sv_t_days", "ieac_t")
    estimates = [f"finish_by.{name}" for name in FINISH_FACTORS]
    missing |= {f"earned_value.{name}": NO_DATES for name in (*names, "spi", "spi_t", *estimates)}
    none = replace(found, pv=None, sv=None, es_days=None, at_days=None, sv_t_days=None, ieac_t=None)
    return none, missing


def _factors(money: Money, times: Times, missing: dict[str, str], no_costs: str) -> Factors:
    spi = finite(money.ev / money.pv) if money.pv > 0 else None
    cpi = finite(money.ev / money.ac) if money.ac is not None and money.ac > 0 else None
    spi_t = finite(times.earned / times.actual) if times.actual > 0 else None
    if spi is None:
        missing["earned_value.spi"] = NO_WORK_PLANNED
    if money.ac is None:
        missing |= dict.fromkeys(("earned_value.ac", "earned_value.cv"), no_costs)
    if cpi is None:
        missing["earned_value.cpi"] = no_costs if money.ac is None else NO_COST
    if spi_t is None:
        missing["earned_value.spi_t"] = NOT_BEGUN
    return Factors(spi, cpi, spi_t)


def _eac(money: Money, factor: float | None) -> float | None:
    """Return cost to date plus the rest of the work at a performance factor."""
    if money.ac is None:
        return None
    if money.is_complete:
        return money.ac
    return finite(money.ac + (money.bac - money.ev) / factor) if factor is not None and factor > 0 else None


def _tcpi(money: Money, no_costs: str) -> tuple[float | None, str]:
    if money.ac is None:
        return None, no_costs
    if money.is_complete:
        return None, COMPLETE
    if money.ac >= money.bac:
        return None, EXHAUSTED
    return finite((money.bac - money.ev) / (money.bac - money.ac)), EXHAUSTED


def _duration(name: str, money: Money, times: Times, factors: Factors) -> float | None:
    """Return an estimate of the whole duration in seconds, by planned value, earned duration or earned schedule."""
    factor = factors.of(FINISH_FACTORS[name])
    if factor is None or factor <= 0:
        return None
    if name == "pv_1":
        estimate = times.planned - (money.ev - money.pv) * times.planned / money.bac
    elif name.startswith("pv"):
        estimate = times.planned / factor
    elif name.startswith("es"):
        estimate = times.actual + (times.planned - times.earned) / factor
    elif factors.spi is None:
        return None
    else:
        reach = max(times.planned, times.actual)
        estimate = times.actual + (reach - times.actual * factors.spi) / factor
    return max(estimate, 0.0)


def _independent(money: Money, times: Times, factors: Factors, missing: dict[str, str]) -> float | None:
    """Return IEAC(t) in seconds; of complete work the time it took."""
    if money.is_complete:
        return times.actual
    if factors.spi_t is None or factors.spi_t <= 0:
        missing["earned_value.ieac_t"] = NOT_BEGUN if factors.spi_t is None else NO_PROGRESS
        return None
    return times.planned / factors.spi_t


def _instant(finish_after: Callable[[float], datetime | None], seconds: float | None) -> datetime | None:
    return finish_after(seconds) if seconds is not None and seconds < LONGEST else None


def _explain(found: EarnedValue, durations: Mapping[str, float | None], missing: dict[str, str]) -> None:
    """Add why estimates are undefined: for want of a factor, or because they run out of range."""
    if found.eac is None:
        reason = missing.get("earned_value.cpi", NO_PROGRESS)
        missing |= dict.fromkeys(("earned_value.eac", "earned_value.etc", "earned_value.vac"), reason)
    if found.ieac_t is None:
        missing.setdefault("earned_value.ieac_t", OUT_OF_RANGE)
    for name, estimate in found.eac_by.items():
        if estimate is None:
            no_costs = missing.get("earned_value.ac")
            missing[f"earned_value.eac_by.{name}"] = no_costs or _why(name, missing)
    for name, finish in found.finish_by.items():
        if finish is None:
            reason = OUT_OF_RANGE if durations[name] is not None else _why(FINISH_FACTORS[name], missing)
            missing[f"earned_value.finish_by.{name}"] = reason


def _why(factor: str, missing: Mapping[str, str]) -> str:
    """Return why a factor, or one it is made of, is undefined; a factor of 0 means that nothing is earned."""
    parts = [part for part in ("spi_t", "spi", "cpi") if part in factor.replace("sci_t", "spi_t cpi")]
    if "sci" in factor:
        parts += ["spi", "cpi"]
    reasons = (missing.get(f"earned_value.{part}") for part in parts)
    return next((reason for reason in reasons if reason), NO_PROGRESS)


def _product(first: float | None, second: float | None) -> float | None:
    return first * second if first is not None and second is not None else None


def _mix(cpi: float | None, other: float | None) -> float | None:
    return 0.8 * cpi + 0.2 * other if cpi is not None and other is not None else None
