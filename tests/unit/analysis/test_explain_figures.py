"""Every figure can be explained: what it is, the numbers put in, and where they are typed."""

import re
from datetime import date, datetime
from functools import cache
from math import fsum, isclose
from pathlib import Path
from typing import Any

import pytest
from analysis_case import figures, task

from kapm_site.analysis.earned_value import FINISH_FACTORS
from kapm_site.analysis.explain import ALIASES, FIGURES, describe, document_of, explain, names_in, suggest
from kapm_site.analysis.explain.document import look_up, walk_figures
from kapm_site.analysis.explain.estimates import finish_estimate
from kapm_site.analysis.explain.records import Case
from kapm_site.analysis.explain.table import pattern_of
from kapm_site.analysis.records import Analysis
from kapm_site.analysis.status_json import status_of
from kapm_site.pipeline.load import Loaded, analyse_projects, load

ROOT = Path(__file__).parents[3]
PROJECTS = [f"{path.parent.parent.name}/{path.parent.name}" for path in sorted(ROOT.glob("projects/*/*/project.yaml"))]


@cache
def loaded() -> Loaded:
    """Read the examples once."""
    return load(ROOT)


@cache
def example(selector: str) -> Analysis:
    """Analyse a project of the examples."""
    pairs = [pair for pair in loaded().workspace.projects() if pair[1].selector == selector]
    return analyse_projects(loaded(), pairs, date(2026, 11, 20))[0]


def typed_at(path: str, line: int, column: int) -> str:
    """Return what stands at a place of a source file."""
    return loaded().texts[path].split("\n")[line - 1][column - 1 :]


@pytest.mark.parametrize("selector", PROJECTS)
def test_every_figure_of_the_json_is_explained(selector: str) -> None:
    """With the value of the JSON, and at least one input or the reason why it is not known."""
    analysis = example(selector)
    document, status = document_of(analysis), status_of(analysis)
    unexplained = []
    for keys in walk_figures(status):
        explanation = explain(analysis, ".".join(keys), document)
        if explanation is None or not (explanation.inputs or explanation.reason):
            unexplained.append(".".join(keys))
            continue
        assert explanation.figure == ".".join(keys)
        if not isinstance(look_up(status, keys), dict | list):
            assert explanation.value == look_up(status, keys)
        if explanation.value is None:
            assert explanation.reason
    assert unexplained == []


@pytest.mark.parametrize("selector", PROJECTS)
def test_every_figure_has_an_entry_of_its_own(selector: str) -> None:
    """Nothing but the parts of a finding is explained by what stands above it."""
    found = {keys: pattern_of(keys) or "" for keys in walk_figures(document_of(example(selector)))}
    borrowed = {p for keys, p in found.items() if len(p.split(".")) != len(keys) and keys[0] != "missing"}
    assert borrowed <= {"findings.<n>"}


@pytest.mark.parametrize("selector", PROJECTS)
@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("earned_value.bac", "planned cost of "),
        ("earned_value.pv", "pv of "),
        ("earned_value.ev", "ev of "),
        ("earned_value.ac", ""),
        ("progress.actual_percent", ""),
        ("progress.planned_percent", ""),
        ("risks.exposure", ""),
        ("money.spent", ""),
        ("changes.approved_cost", "cost of "),
        ("delays.total_days", ""),
    ],
)
def test_contributions_add_up(selector: str, name: str, prefix: str) -> None:
    """The largest are listed, the others are one line, and together they are the figure."""
    explanation = explain(example(selector), name)
    assert explanation is not None
    if explanation.value is None:
        assert explanation.reason
        return
    parts = [i.value for i in explanation.inputs if i.name.startswith(prefix) or " more " in i.name]
    assert isclose(fsum(v for v in parts if isinstance(v, float | int)), explanation.value, abs_tol=1e-6)


@pytest.mark.parametrize("selector", PROJECTS)
def test_a_place_is_where_the_value_is_typed(selector: str) -> None:
    """Costs, marks and thresholds: the number stands at the line and column named."""
    for name in ("earned_value.ac", "feedback.csat", "feedback.nps", "health.dimensions.cost.health", "risks.exposure"):
        explanation = explain(example(selector), name)
        assert explanation is not None
        for item in (*explanation.inputs, *explanation.settings):
            if item.mark is None or not isinstance(item.value, float | int) or name == "risks.exposure":
                continue
            number = re.match(r"[-+]?[\d_.]+", typed_at(item.mark.path, item.mark.line, item.mark.column))
            assert number is not None, item
            assert float(number[0]) == item.value


@pytest.mark.parametrize("selector", PROJECTS)
def test_numbers_put_into_a_formula_give_the_value(selector: str) -> None:
    """Reckoned again from the text: EV ÷ AC and the like."""
    analysis = example(selector)
    for name in ("sv", "cv", "spi", "cpi", "eac", "etc", "vac", "tcpi", "sv_t_days", "spi_t", "eac_by.cpi_spi_t"):
        explanation = explain(analysis, f"earned_value.{name}")
        assert explanation is not None
        if explanation.value is None or "complete" in explanation.with_numbers:
            continue
        left, _, right = explanation.with_numbers.rpartition(" = ")
        reckoned = eval(_python(left), {"__builtins__": {}})  # noqa: S307 the text is ours
        assert isclose(reckoned, explanation.value, rel_tol=2e-3, abs_tol=0.02), explanation.with_numbers
        assert isclose(eval(_python(right), {"__builtins__": {}}), explanation.value, abs_tol=0.01)  # noqa: S307


def _python(text: str) -> str:
    without = re.sub(r"[A-Z]{3}|\bd\b|,|%", "", text)
    return without.replace("÷", "/").replace("×", "*").replace("−", "-").strip()


@pytest.mark.parametrize("selector", PROJECTS)
def test_each_estimate_of_the_finish_can_be_reckoned_again(selector: str) -> None:
    """Start plus the days of the formula, in working time, is the date of the JSON to the minute."""
    analysis = example(selector)
    document = document_of(analysis)
    for name in FINISH_FACTORS:
        case = Case(analysis, document, ("earned_value", "finish_by", name))
        found = finish_estimate(case, name)
        if case.value is None:
            continue
        assert found is not None
        weighing = case.weighing
        finish = weighing.time.finish_at(round(weighing.start + found[0] * weighing.time.seconds_per_day))
        assert abs((finish - datetime.fromisoformat(case.value)).total_seconds()) < 60, name


def test_what_is_not_known_says_why_and_what_to_add() -> None:
    """Costs that nobody entered leave CPI open."""
    analysis = figures(task("a", duration="5d", cost=100), at="2026-01-06")
    explanation = explain(analysis, "earned_value.cpi")
    assert explanation is not None
    assert (explanation.value, explanation.with_numbers) == (None, "")
    assert explanation.reason == "no costs entered up to 2026-01-06"
    assert "costs.yaml" in explanation.remedy


def test_a_plan_without_tasks_is_explained_by_reasons() -> None:
    """No figure of an empty project is without a word."""
    analysis = figures()
    for name in names_in(analysis):
        explanation = explain(analysis, name)
        assert explanation is not None
        assert explanation.inputs or explanation.reason or explanation.parts, name


def test_a_threshold_is_typed_or_the_default() -> None:
    """What nobody wrote has no place."""
    typed = explain(example("harbourline/warehouse-rollout"), "health.dimensions.risk.health")
    assert typed is not None
    assert {str(item.mark).split(":")[0] for item in typed.settings} == {"kapm.yaml"}
    default = explain(figures(task("a")), "health.dimensions.risk.health")
    assert default is not None
    assert [(item.value, item.mark) for item in default.settings] == [(12, None), (20, None)]


def test_a_declared_health_names_its_reason_and_its_rule() -> None:
    """Both what the rule says and what a person declared instead."""
    override = {"dimension": "risk", "health": "green", "reason": "Insured", "expires": "2026-02-01"}
    analysis = figures(
        task("a"), risks=[{"id": "r", "title": "R", "probability": 5, "impact": 5}], health_override=[override]
    )
    explanation = explain(analysis, "health.dimensions.risk.health")
    assert explanation is not None
    assert explanation.value == "green"
    assert explanation.with_numbers == "highest score 25 ≥ red 20 (r): red; declared green until 2026-02-01"
    assert ("its reason", "Insured") in [(item.name, item.value) for item in explanation.inputs]


def test_ids_may_have_points() -> None:
    """The longest id that fits is meant."""
    analysis = figures(task("a", tasks=[task("a.b", duration="1d")]), task("a.b.c", duration="2d"))
    explanation = explain(analysis, "schedule.tasks.a.b.c.duration_days")
    assert explanation is not None
    assert explanation.value == 2
    assert explanation.inputs[0].name == "duration of a.b.c"


def test_a_date_names_what_it_waits_for() -> None:
    """The early start of a task is the early finish of its predecessor."""
    analysis = figures(task("a", duration="2d"), task("b", duration="1d", after=["a"]))
    explanation = explain(analysis, "schedule.tasks.b.early_start")
    assert explanation is not None
    inputs = {item.name: item.value for item in explanation.inputs}
    assert inputs["schedule.tasks.a.early_finish"] == "2026-01-06T18:00"


@pytest.mark.parametrize(("name", "figure"), sorted(ALIASES.items()))
def test_the_names_that_kpis_use_are_understood(name: str, figure: str) -> None:
    """`cost.cpi` of a KPI is `earned_value.cpi`."""
    general = describe(name)
    assert general is not None
    assert general.figure == figure


def test_unknown_names_are_refused_with_the_nearest() -> None:
    """A typing error, and the last part of a name alone."""
    analysis = figures(task("a"))
    assert explain(analysis, "earned_value.cpy") is None
    assert explain(analysis, "schedule.tasks.z.bac") is None
    assert describe("nothing.of.the.kind") is None
    assert suggest("earned_value.cpy", names_in(analysis)) == "earned_value.cpi"
    assert suggest("cpi", FIGURES) == "earned_value.cpi"
    assert suggest("xyzzy", FIGURES) == ""


def test_a_figure_in_general_has_no_numbers() -> None:
    """Without a project it is what, formula and source; an id stands for any."""
    general = describe("schedule.tasks.some.task.total_slack_days")
    assert general is not None
    assert general.figure == "schedule.tasks.<task>.total_slack_days"
    assert (general.value, general.with_numbers, general.inputs) == (None, "", ())
    assert general.formula
    assert general.source


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_an_entry_is_a_sentence_a_formula_and_a_source(name: str) -> None:
    """Whole sentences, units known, inputs to be found."""
    figure = FIGURES[name]
    for text in (figure.sentence, figure.source, *filter(None, [figure.remedy])):
        assert text[0].isupper()
        assert text.endswith(".")
    assert figure.formula
    assert "|" not in figure.sentence + figure.formula
    assert figure.inputs
    references: list[Any] = re.findall(r"\{([^{}.][^{}]*)\}", figure.numbers) if isinstance(figure.numbers, str) else []
    assert [reference for reference in references if reference not in FIGURES] == []
