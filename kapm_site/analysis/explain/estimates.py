"""Explains the eight estimates at completion and the nine estimates of the finish."""

from collections.abc import Iterator

from kapm_site.analysis.earned_value import EAC_FACTORS, FINISH_FACTORS, Factors
from kapm_site.analysis.explain.earned_value import ADD_COST, ADD_PROGRESS, ADD_SPENT
from kapm_site.analysis.explain.earned_value import FIGURES as EARNED_VALUE
from kapm_site.analysis.explain.records import Case, Figure, Input
from kapm_site.analysis.explain.sources import KNOWLEDGE_CENTER
from kapm_site.analysis.explain.typed import working_day

FACTORS = {
    "1": ("1", "as planned from now on"),
    "cpi": ("CPI", "at the cost of work so far"),
    "spi": ("SPI", "at the pace so far"),
    "spi_t": ("SPI(t)", "at the pace in time so far"),
    "sci": ("SPI × CPI", "at the pace and the cost so far together"),
    "sci_t": ("SPI(t) × CPI", "at the pace in time and the cost so far together"),
    "cpi_spi": ("(0.8 CPI + 0.2 SPI)", "mostly at the cost so far, a little at the pace"),
    "cpi_spi_t": ("(0.8 CPI + 0.2 SPI(t))", "mostly at the cost so far, a little at the pace in time"),
}

FORMULAS = {
    "pv_1": "PD − SV × PD ÷ BAC",
    "pv": "PD ÷ PF",
    "ed": "AT + (max(PD, AT) − AT × SPI) ÷ PF",
    "es": "AT + (PD − ES) ÷ PF",
}
BY = {
    "pv": "planned value",
    "ed": "earned duration",
    "es": "earned schedule",
}


def _factor(case: Case, name: str) -> float | None:
    figures = case.analysis.earned_value
    return Factors(figures.spi, figures.cpi, figures.spi_t).of(name)


def _cost_numbers(case: Case) -> str:
    figures, factor = case.analysis.earned_value, _factor(case, case.keys[-1])
    if figures.ev is not None and figures.ev == figures.bac:
        return "{earned_value.ac}, as the work is complete"
    if factor is None:
        return ""
    return f"{{earned_value.ac}} + ({{earned_value.bac}} − {{earned_value.ev}}) ÷ {factor:.4f} = {{}}"


def _finish_numbers(case: Case) -> str:
    name = case.keys[-1]
    found = finish_estimate(case, name)
    if found is None or case.value is None:
        return ""
    days, numbers = found
    begin = case.weighing.time.start_at(case.weighing.start)
    return f"{begin:%F} + {numbers} = {begin:%F} + {days:,.2f} d = {{}}"


def finish_estimate(case: Case, name: str) -> tuple[float, str] | None:
    """Return an estimate of the whole duration in working days, and its formula with numbers."""
    figures, planned, factor = (
        case.analysis.earned_value,
        case.weighing.planned_days,
        _factor(case, FINISH_FACTORS[name]),
    )
    at, es, spi = figures.at_days, figures.es_days, figures.spi
    if planned is None or not factor or at is None or es is None or not figures.bac:
        return None
    if name == "pv_1":
        sv = figures.sv or 0.0
        days, numbers = (
            planned - sv * planned / figures.bac,
            f"{planned:g} d − {sv:,.2f} × {planned:g} d ÷ {figures.bac:,.2f}",
        )
    elif name.startswith("pv"):
        days, numbers = planned / factor, f"{planned:g} d ÷ {factor:.4f}"
    elif name.startswith("es"):
        days, numbers = at + (planned - es) / factor, f"{at:g} d + ({planned:g} − {es:.2f}) d ÷ {factor:.4f}"
    elif spi is None:
        return None
    else:
        reach = max(planned, at)
        days = at + (reach - at * spi) / factor
        numbers = f"{at:g} d + ({reach:g} − {at:g} × {spi:.4f}) d ÷ {factor:.4f}"
    return max(days, 0.0), numbers


def _factor_inputs(case: Case) -> Iterator[Input]:
    figures = case.analysis.earned_value
    for name, value in (("spi", figures.spi), ("cpi", figures.cpi), ("spi_t", figures.spi_t)):
        if value is not None and _uses(case.keys[-1], name):
            yield Input(f"earned_value.{name}", value, "ratio")


def _uses(estimate: str, factor: str) -> bool:
    """Tell whether an estimate goes by an index, by itself or within a product or mix."""
    parts = estimate.replace("sci_t", "spi_t cpi").replace("sci", "spi cpi").replace("cpi_spi", "cpi spi")
    return factor in parts.replace("_spi", " spi").replace("ed_", "spi ").split()


def _cost_figure(name: str) -> Figure:
    factor, words = FACTORS[name]
    return Figure(
        "money",
        f"What the project will have cost at its end if the rest of the work goes {words}.",
        f"EAC = AC + (BAC − EV) ÷ {factor}; of complete work EAC = AC",
        KNOWLEDGE_CENTER,
        _cost_numbers,
        inputs=(_factor_inputs, *EARNED_VALUE["earned_value.eac"].inputs),
        remedy=ADD_SPENT,
    )


def _finish_figure(name: str) -> Figure:
    factor, words = FACTORS[FINISH_FACTORS[name]]
    by = name.partition("_")[0]
    formula = FORMULAS.get(name) or FORMULAS[by].replace("PF", f"({factor})" if " " in factor else factor)
    return Figure(
        "moment",
        f"When the work will be complete, reckoned by {BY[by]}, if the rest goes {words}.",
        f"Finish = start + {formula}, in working time; PD is the planned duration",
        KNOWLEDGE_CENTER,
        _finish_numbers,
        inputs=(_factor_inputs, *EARNED_VALUE["earned_value.ieac_t"].inputs),
        settings=(working_day,),
        remedy=ADD_PROGRESS,
    )


FIGURES: dict[str, Figure] = {
    "earned_value.eac_by": Figure(
        "group",
        "What the project will have cost at its end, by eight views of how the rest of the work will go.",
        "EAC = AC + (BAC − EV) ÷ PF, PF being the performance factor of each",
        KNOWLEDGE_CENTER,
        inputs=EARNED_VALUE["earned_value.eac"].inputs,
        remedy=ADD_COST,
    ),
    **{f"earned_value.eac_by.{name}": _cost_figure(name) for name in EAC_FACTORS},
    "earned_value.finish_by": Figure(
        "group",
        "When the work will be complete, by nine ways to reckon it.",
        "By planned value, earned duration and earned schedule, each with three performance factors",
        KNOWLEDGE_CENTER,
        inputs=EARNED_VALUE["earned_value.ieac_t"].inputs,
        remedy=ADD_COST,
    ),
    **{f"earned_value.finish_by.{name}": _finish_figure(name) for name in FINISH_FACTORS},
}
