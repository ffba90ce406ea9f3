"""Explains problem codes and figures: what they are in general, and how they came about in a project."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kapm_site.analysis.explain import FIGURES, TOPICS, Explanation, Input, suggest
from kapm_site.analysis.records import Analysis
from kapm_site.pipeline.load import Loaded, check_projects
from kapm_site.problem import Problem
from kapm_site.problem.catalogue import CATALOGUE
from kapm_site.problem.catalogue.examples import example_of
from kapm_site.problem.formats.machine import problem_data


@dataclass(frozen=True, slots=True)
class CodeExplanation:
    """What a problem code means, and where it was found.

    Attributes:
        example: What `kapm check` prints of such a problem; empty where none can be shown.
        found: The problems of the code in what was asked about; None where nothing was.
    """

    code: str
    severity: str
    summary: str
    meaning: str
    remedy: str
    example: str
    found: tuple[Problem, ...] | None = None


def explain_code(code: str, found: tuple[Problem, ...] | None = None) -> CodeExplanation | None:
    """Explain a problem code; None of a word that is none."""
    entry = CATALOGUE.get(code)
    if entry is None:
        return None
    return CodeExplanation(code, entry.severity, entry.summary, entry.meaning, entry.remedy, example_of(code), found)


def problems_of_code(
    loaded: Loaded, code: str, selectors: Iterable[str], status: date | datetime
) -> tuple[Problem, ...]:
    """Return the problems of a code in the selected projects."""
    return tuple(problem for problem in check_projects(loaded, list(selectors), status) if problem.code == code)


def likely_word(word: str, names: Iterable[str] = ()) -> str:
    """Return the code or figure that was probably meant; empty where none is like the word."""
    return suggest(word, [*CATALOGUE, *FIGURES, *names])


def code_data(explanation: CodeExplanation) -> dict[str, Any]:
    """Turn the explanation of a code into what JSON holds of it."""
    names = ("code", "severity", "summary", "meaning", "remedy", "example")
    data: dict[str, Any] = {name: getattr(explanation, name) for name in names}
    if explanation.found is not None:
        data["found"] = [problem_data(problem) for problem in explanation.found]
    return data


def figure_data(explanation: Explanation, analysis: Analysis | None) -> dict[str, Any]:
    """Turn the explanation of a figure into what JSON holds of it; without an analysis it is of no project."""
    return {
        "figure": explanation.figure,
        "project": analysis.project.selector if analysis else None,
        "status_date": analysis.status.date().isoformat() if analysis else None,
        "value": explanation.value,
        "shown": explanation.shown,
        "sentence": explanation.sentence,
        "formula": explanation.formula,
        "source": explanation.source,
        "with_numbers": explanation.with_numbers,
        "inputs": [_input_data(item) for item in explanation.inputs],
        "settings": [_input_data(item) for item in explanation.settings],
        "reason": explanation.reason,
        "remedy": explanation.remedy,
    }


def index_data() -> dict[str, Any]:
    """Return all that can be explained as JSON holds it."""
    figures = [
        {
            "figure": name,
            "topic": topic,
            "sentence": figure.sentence,
            "formula": figure.formula,
            "source": figure.source,
        }
        for topic, known in TOPICS.items()
        for name, figure in known.items()
    ]
    codes = [{"code": code, "summary": entry.summary} for code, entry in sorted(CATALOGUE.items())]
    return {"figures": figures, "codes": codes}


def _input_data(item: Input) -> dict[str, Any]:
    mark = item.mark
    return {
        "name": item.name,
        "value": item.value,
        "path": mark.path if mark else None,
        "line": mark.line if mark else None,
        "column": mark.column if mark else None,
    }
