"""Writes explanations for a terminal."""

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kapm_site.problem.printable import printable

if TYPE_CHECKING:
    from kapm_site.analysis.explain import Explanation, Input
    from kapm_site.analysis.records import Analysis
    from kapm_site.pipeline.explain import CodeExplanation

#: Columns of labels, of names of inputs at most, and of values at most.
_LABEL, _NAME, _VALUE = 10, 56, 44
_PARTS = 30


def print_code(explanation: "CodeExplanation", problems: str) -> None:
    """Print what a code means; `problems` is what was found of it, as text."""
    click.echo(f"{click.style(explanation.code, bold=True)} ({explanation.severity})\n")
    _print_text(f"{explanation.summary} {explanation.meaning}")
    click.echo()
    _print_labelled("To mend", explanation.remedy)
    if explanation.example:
        click.echo(f"\n{click.style('Example', bold=True)}\n")
        click.echo(textwrap.indent(explanation.example, "  "))
    if explanation.found is not None:
        click.echo(f"\n{click.style('Found', bold=True)}\n")
        click.echo(textwrap.indent(problems, "  ") if explanation.found else "  nowhere")


def print_figure(explanation: "Explanation", analysis: "Analysis | None") -> None:
    """Print how a figure came about; without an analysis, what it is."""
    head = click.style(explanation.figure, bold=True)
    if analysis is None:
        click.echo(f"{head}\n")
    else:
        click.echo(f"{head} of {analysis.project.selector} on {analysis.status.date()}: {_both(explanation)}\n")
    _print_text(explanation.sentence)
    click.echo()
    _print_labelled("Formula", explanation.formula)
    _print_labelled("Source", explanation.source)
    _print_labelled("Numbers", explanation.with_numbers)
    _print_labelled("Unknown", explanation.reason)
    _print_labelled("To add", explanation.remedy if explanation.reason else "")
    if analysis is None:
        _print_labelled("Numbers", f"kapm explain {explanation.figure} CLIENT/PROJECT")
        return
    currency = analysis.money.currency
    _print_inputs("Made of", explanation.inputs, currency, untyped="")
    _print_inputs("Decided by", explanation.settings, currency, untyped="default")
    _print_inputs("Holds", explanation.parts[:_PARTS], currency, untyped="")
    if len(explanation.parts) > _PARTS:
        click.echo(f"  and {len(explanation.parts) - _PARTS} more")


def print_index() -> None:
    """Print all figures with a line each."""
    from kapm_site.analysis.explain import TOPICS

    for topic, figures in TOPICS.items():
        click.echo(click.style(topic, bold=True))
        for name, figure in figures.items():
            click.echo(f"  {name:<44} {figure.sentence}")
        click.echo()
    click.echo("kapm explain FIGURE CLIENT/PROJECT puts a project's numbers in; kapm explain CODE tells of a problem.")


def _both(explanation: "Explanation") -> str:
    """Return the value as a page shows it, and as it was computed where that says more."""
    value = explanation.value
    exact = isinstance(value, float) and f"{value!r}".removesuffix(".0") not in explanation.shown.replace(",", "")
    return f"{explanation.shown} (computed: {value!r})" if exact else explanation.shown


def _print_inputs(title: str, inputs: "Sequence[Input]", currency: str, *, untyped: str) -> None:
    if not inputs:
        return
    from rich.cells import cell_len, set_cell_size

    from kapm_site.analysis.explain import show

    click.echo(f"\n{click.style(title, bold=True)}")
    rows = [
        (
            _short(item.name, _NAME),
            _short(show(item.value, item.unit, currency) if item.value is not None else "", _VALUE),
            f"{item.mark.path}:{item.mark.line}" if item.mark else untyped,
        )
        for item in inputs
    ]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(2)]
    for name, value, place in rows:
        gap = " " * (widths[1] - cell_len(value))
        click.echo(f"  {set_cell_size(name, widths[0])}  {gap}{value}  {place}".rstrip())


def _print_labelled(label: str, text: str) -> None:
    if text:
        first, *rest = _wrapped(text, _LABEL)
        click.echo(click.style(f"{label:<{_LABEL}}", bold=True) + first)
        for line in rest:
            click.echo(" " * _LABEL + line)


def _print_text(text: str) -> None:
    for line in _wrapped(text, 0):
        click.echo(line)


def _wrapped(text: str, indent: int) -> Iterator[str]:
    width = min(shutil.get_terminal_size().columns, 100) - indent
    lines = textwrap.wrap(text, max(width, 40), break_long_words=False, break_on_hyphens=False)
    yield from map(printable, lines or [""])


def _short(text: str, width: int) -> str:
    line = printable(" ".join(text.split()))
    return line if len(line) <= width else f"{line[: width - 1]}…"
