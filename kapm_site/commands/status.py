"""`kapm status`: the analysed figures in the terminal, or all of them as JSON."""

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from kapm_site.commands.common import (
    FINE,
    PROBLEMS,
    find_workspace,
    refuse_unknown,
    show_problems,
    status_date_option,
    status_moment,
    workspace_option,
)

if TYPE_CHECKING:
    from kapm_site.analysis.records import Analysis

_MARKS = {"green": "● green", "amber": "▲ amber", "red": "■ red", "stale": "◌ stale", "unknown": "? unknown"}
_WIDE = 200
_STYLES = {"green": "green", "amber": "yellow", "red": "red"}


@click.command("status", short_help="The analysed figures.")
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@click.option("--json", "as_json", is_flag=True, help="All figures, as in the contract of the JSON.")
@status_date_option
@workspace_option
@click.pass_context
def status(
    context: click.Context,
    selectors: tuple[str, ...],
    status_date: date | datetime | None,
    start: str | None,
    *,
    as_json: bool,
) -> None:
    """Show health, progress, dates and money of projects.

    A project with errors is left out and its problems are shown; the others are reported all the same.

    \b
    Examples:
      kapm status
      kapm status acme/erp --json
    """  # noqa: D301 - Click reads the character
    from kapm_site.pipeline.load import load
    from kapm_site.pipeline.status import report_status, status_json

    loaded = load(find_workspace(context, start))
    refuse_unknown(loaded, selectors)
    moment = status_moment(status_date, loaded.workspace.settings.timezone)
    report = report_status(loaded, selectors, moment)
    if as_json:
        click.echo(status_json(report))
    else:
        click.echo(f"Status of {report.status}")
        _print_table(report.analyses)
        show_problems(report.problems, loaded.texts)
    context.exit(PROBLEMS if report.problems else FINE)


def _print_table(analyses: "list[Analysis]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Project", "Health"):
        table.add_column(head, overflow="fold")
    for head in ("Progress", "Plan", "Finish", "Slip, days", "SPI", "CPI"):
        table.add_column(head, justify="right")
    for analysis in analyses:
        table.add_row(*_row(analysis))
    # Not on a terminal nothing is folded, so that a line is a project.
    Console(width=None if sys.stdout.isatty() else _WIDE).print(table)


def _row(analysis: "Analysis") -> list[str]:
    health = analysis.health.overall.health
    style = _STYLES.get(health, "dim")
    finish = analysis.schedule.forecast_finish
    return [
        analysis.project.selector,
        f"[{style}]{_MARKS[health]}[/{style}]",
        _number(analysis.progress.actual_percent, "{:.0f} %"),
        _number(analysis.progress.planned_percent, "{:.0f} %"),
        finish.date().isoformat() if finish else "–",
        _number(analysis.schedule.slip_days, "{:+.1f}"),
        _number(analysis.earned_value.spi, "{:.2f}"),
        _number(analysis.earned_value.cpi, "{:.2f}"),
    ]


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else form.format(value)
