"""Explains a figure of a project, or what it is in general."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kapm_site.analysis.explain.document import document_of, find_keys, inside, walk_figures
from kapm_site.analysis.explain.records import Case, Explanation, Figure, Input, Inputs
from kapm_site.analysis.explain.shown import exact, show
from kapm_site.analysis.explain.table import ALIASES, FIGURES, nearest, pattern_named, pattern_of
from kapm_site.analysis.records import Analysis

#: Why a figure of nothing at all, such as a list without items, is what it is.
NOTHING = "nothing is entered that it could be made of"

_REFERENCE = re.compile(r"\{([^{}]*)\}")


def explain(analysis: Analysis, name: str, document: Mapping[str, Any] | None = None) -> Explanation | None:
    """Explain a figure of a project; None where the project has no such figure.

    Args:
        analysis: The figures.
        name: Dotted, as in `kapm status --json`.
        document: All figures by their keys, for whoever explains many of one project.
    """
    found = document if document is not None else document_of(analysis)
    name = ALIASES.get(name, name)
    keys = find_keys(found, name)
    if keys is None and name in FIGURES and "<" not in name:
        keys = tuple(name.split("."))
    pattern = pattern_of(keys) if keys is not None else None
    if keys is None or pattern is None:
        return None
    case, figure = Case(analysis, found, keys), FIGURES[pattern]
    currency = analysis.money.currency
    inputs = _gather(case, (_references, *figure.inputs))
    reason = _reason(case) or ("" if inputs else NOTHING)
    return Explanation(
        figure=".".join(keys),
        value=case.value,
        shown=show(case.value, figure.unit, currency),
        sentence=figure.sentence,
        formula=figure.formula,
        source=figure.source,
        with_numbers="" if case.value is None else _numbers(case, figure),
        inputs=inputs,
        settings=_gather(case, figure.settings),
        parts=tuple(_parts(case)),
        reason=reason,
        remedy=figure.remedy if reason else "",
    )


def describe(name: str) -> Explanation | None:
    """Explain what a figure is in general, without any project; None of an unknown name."""
    pattern = pattern_named(ALIASES.get(name, name))
    if pattern is None:
        return None
    figure = FIGURES[pattern]
    return Explanation(pattern, None, "", figure.sentence, figure.formula, figure.source, remedy=figure.remedy)


def names_in(analysis: Analysis) -> list[str]:
    """Return the dotted names of all figures of a project."""
    return [".".join(keys) for keys in walk_figures(document_of(analysis))]


def suggest(name: str, known: Iterable[str]) -> str:
    """Return the figure that was probably meant; empty where none is like it."""
    return nearest(name, known)


def _numbers(case: Case, figure: Figure) -> str:
    """Put the numbers into a formula; empty where one of them is not known."""
    template = figure.numbers if isinstance(figure.numbers, str) else figure.numbers(case)
    currency = case.analysis.money.currency
    values: dict[str, str] = {}
    for reference in _REFERENCE.findall(template):
        keys = _keys(case, reference)
        value = case.value if not reference else case.figure(reference)
        pattern = pattern_of(keys)
        if value is None or pattern is None:
            return ""
        values[reference] = exact(value, FIGURES[pattern].unit, currency)
    return _REFERENCE.sub(lambda match: values[match[1]], template)


def _references(case: Case) -> Iterable[Input]:
    """Yield the figures that a formula is made of."""
    pattern = pattern_of(case.keys)
    numbers = FIGURES[pattern].numbers if pattern else ""
    template = numbers if isinstance(numbers, str) else numbers(case) if case.value is not None else ""
    for reference in dict.fromkeys(_REFERENCE.findall(template)):
        keys = _keys(case, reference)
        known = pattern_of(keys)
        if reference and known is not None and case.figure(reference) is not None:
            yield Input(".".join(keys), case.figure(reference), FIGURES[known].unit)


def _keys(case: Case, reference: str) -> tuple[str, ...]:
    if not reference:
        return case.keys
    return (*case.keys[:-1], reference[1:]) if reference.startswith(".") else tuple(reference.split("."))


def _parts(case: Case) -> Iterable[Input]:
    """Yield the figures right below one that holds further ones."""
    for key, value in inside(case.value).items():
        keys = (*case.keys, key)
        pattern = pattern_of(keys)
        yield Input(".".join(keys), value, FIGURES[pattern].unit if pattern else "text")


def _gather(case: Case, sources: Iterable[Inputs]) -> tuple[Input, ...]:
    """Return what all sources find, each thing once."""
    found = [item for source in sources for item in source(case)]
    return tuple({(item.name, item.mark): item for item in reversed(found)}.values())[::-1]


def _reason(case: Case) -> str:
    """Return why a figure is not known: its own reason, or that of what it is part of."""
    missing = case.document.get("missing", {})
    name = ".".join(case.keys)
    if name in missing:
        return str(missing[name])
    if case.value not in (None, "unknown") and not str(case.value).startswith("not enough data"):
        return ""
    parents = (".".join(case.keys[:length]) for length in range(len(case.keys) - 1, 0, -1))
    return next((str(missing[parent]) for parent in parents if parent in missing), "the data do not say")
