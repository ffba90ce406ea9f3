"""What commands share: the workspace, the status date, how problems are shown, exit codes."""

import os
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from kapm_site.pipeline.load import Loaded
    from kapm_site.problem import Problem

FINE, PROBLEMS, WRONG_USAGE = 0, 1, 2
#: What is counted on from a status date must still be in the calendar.
_LAST_YEAR = 9000

F = TypeVar("F", bound=Callable[..., Any])


class _StatusDate(click.ParamType[date]):
    """A date, or a local date-time."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date | datetime:
        if isinstance(value, date):
            return value
        text = str(value)
        try:
            found = date.fromisoformat(text) if len(text) == len("2026-11-20") else datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"'{text}' is no date; write YYYY-MM-DD or YYYY-MM-DDTHH:MM", param, ctx)
        if found.year > _LAST_YEAR:
            self.fail(f"'{text}' is later than any plan", param, ctx)
        return found


def workspace_option(command: F) -> F:
    """Add `-C DIR`."""
    return click.option(
        "-C",
        "start",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False),
        help="The workspace, or a folder in it; by default the current one.",
    )(command)


def status_date_option(command: F) -> F:
    """Add `--status-date DATE`."""
    return click.option(
        "--status-date",
        "status_date",
        metavar="DATE",
        type=_StatusDate(),
        help="The day the figures are of; default: SOURCE_DATE_EPOCH, else today in the workspace's time zone.",
    )(command)


def find_workspace(context: click.Context, start: str | None) -> Path:
    """Walk up to `kapm.yaml`; wrong usage where there is none."""
    from kapm_site.workspace.root import find_root

    root = find_root(Path(start or context.obj or "."))
    if root is None:
        raise click.UsageError("no kapm.yaml here or above; name the workspace with -C DIR")
    return root


def status_moment(given: date | datetime | None, timezone: str) -> date | datetime:
    """Return the status date: the one given, else SOURCE_DATE_EPOCH, else today in the workspace's time zone."""
    if given is not None:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        seconds = int(epoch)
        if seconds > datetime(_LAST_YEAR, 1, 1, tzinfo=UTC).timestamp():
            raise click.UsageError(f"SOURCE_DATE_EPOCH={epoch} is later than any plan")
        return datetime.fromtimestamp(seconds, ZoneInfo(timezone)).date()
    return datetime.now(ZoneInfo(timezone)).date()


def status_day(given: date | datetime | None, timezone: str) -> date:
    """Return the day of the status date."""
    moment = status_moment(given, timezone)
    return moment.date() if isinstance(moment, datetime) else moment


def refuse_unknown(loaded: "Loaded", selectors: Iterable[str]) -> None:
    """Refuse selectors that name nothing."""
    unknown = [selector for selector in selectors if selector not in loaded.selectors]
    if unknown:
        known = ", ".join(sorted(selector for selector in loaded.selectors if "/" in selector))
        raise click.UsageError(f"no client or project '{unknown[0]}'; the workspace has {known or 'no project'}")


def refuse_all_but_a_project(loaded: "Loaded", selector: str) -> None:
    """Refuse a selector that names nothing, or all projects of a client."""
    refuse_unknown(loaded, [selector])
    if "/" not in selector:
        raise click.UsageError(f"'{selector}' is a client; name one project: {selector}/<project>")


def problems_text(problems: Iterable["Problem"], texts: dict[str, str]) -> str:
    """Write problems for a person, with the lines they stand in; nothing for none."""
    from kapm_site.problem.formats import FORMATS

    found = list(problems)
    return FORMATS["text"](found, texts).rstrip("\n") if found else ""


def show_problems(problems: Iterable["Problem"], texts: dict[str, str], *, err: bool = True) -> None:
    """Print problems for a person, with the lines they stand in."""
    if text := problems_text(problems, texts):
        click.echo(text, err=err)
