"""Explains what names the project, what the figures say needs a look, and why figures are not known."""

from collections.abc import Iterator

from kapm_site.analysis.explain.records import Case, Figure, Input
from kapm_site.analysis.explain.sources import COUNT, HOUSE
from kapm_site.analysis.explain.typed import first, setting


def _client(case: Case) -> Iterator[Input]:
    client = case.analysis.account.client
    yield setting(client, "name", "name of the client", "text")


def _project(case: Case) -> Iterator[Input]:
    yield setting(case.analysis.project.project, "name", "name of the project", "text")


def _findings(case: Case) -> Iterator[Input]:
    found = case.analysis.findings
    if len(case.keys) > 1:
        found = found[int(case.keys[1]) :][:1]
    listed = [Input(f"{finding.severity} [{finding.code}]", finding.message, "text", finding.mark) for finding in found]
    yield from first(listed, "findings")
    if not listed:
        yield Input("findings", 0, "number")


def _reason(case: Case) -> Iterator[Input]:
    name = ".".join(case.keys[1:])
    if name:
        yield Input(name, None)
        return
    missing: dict[str, str] = case.value or {}
    yield from first([Input(key, reason, "text") for key, reason in missing.items()], "figures")
    yield Input("figures that are not known", len(missing), "number")


def _related(case: Case) -> Iterator[Input]:
    for related in case.analysis.findings[int(case.keys[1])].related:
        yield Input(related.message, None, "text", related.mark)


FIGURES: dict[str, Figure] = {
    "client": Figure("text", "Whose project it is.", "Name of the client's folder", COUNT, inputs=(_client,)),
    "project": Figure("text", "Which project it is.", "Name of the project's folder", COUNT, inputs=(_project,)),
    "findings": Figure(
        "group",
        "What the figures say needs a look.",
        "The warnings and notes of `kapm check` that come from figures; `kapm explain CODE` explains one",
        HOUSE,
        inputs=(_findings,),
    ),
    "findings.<n>": Figure(
        "group",
        "Something the figures say needs a look.",
        "A rule with a code of its own; `kapm explain CODE` explains it",
        HOUSE,
        inputs=(_findings, _related),
    ),
    "missing": Figure(
        "group",
        "Which figures are not known, and why.",
        "A figure that the data do not support is left open rather than guessed",
        HOUSE,
        inputs=(_reason,),
    ),
    "missing.<figure>": Figure(
        "text",
        "Why a figure is not known.",
        "A figure that the data do not support is left open rather than guessed",
        HOUSE,
        inputs=(_reason,),
    ),
}
