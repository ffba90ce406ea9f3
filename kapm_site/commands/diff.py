"""`kapm diff`: what a reader would see change between two states."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kapm_site.commands.common import (
    FINE,
    PROBLEMS,
    WRONG_USAGE,
    find_workspace,
    show_problems,
    status_date_option,
    status_moment,
    workspace_option,
)

if TYPE_CHECKING:
    from kapm_site.history.repository import Repository, Revision
    from kapm_site.pipeline.diff import Side


@click.command("diff", short_help="What a reader would see change.")
@click.argument("revisions", nargs=-1, metavar="[REV [REV]]")
@click.option("--audience", type=click.Choice(["client"]), help="Only what clients see.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="Default: text."
)
@click.option("--only", "selectors", metavar="SELECTOR", multiple=True, help="A client or a project; may be repeated.")
@status_date_option
@workspace_option
@click.pass_context
def diff(
    context: click.Context,
    revisions: tuple[str, ...],
    audience: str | None,
    form: str,
    selectors: tuple[str, ...],
    status_date: date | datetime | None,
    start: str | None,
) -> None:
    """Say in words what changes for the readers: first for clients, then for internal readers.

    Without REV the working tree is compared with the last commit, with one REV the working tree with that revision,
    with two the second with the first. Both sides are looked at as of one status date.

    \b
    Examples:
      kapm diff
      kapm diff main HEAD --format markdown
    """  # noqa: D301 - Click reads the character
    from kapm_site.commands.diff_formats import FORMATS
    from kapm_site.pipeline.diff import diff as compare_sides

    if len(revisions) > 2:  # noqa: PLR2004 as many as a comparison has sides
        raise click.UsageError("name one revision or two")
    before, after, day = _sides(context, find_workspace(context, start), revisions)
    status = status_moment(status_date or day, after.shared.workspace.settings.timezone)
    found = compare_sides(before, after, status, selectors)
    faulty = ", ".join(one.selector for one in found.projects if one.state in ("broken", "mended"))
    if faulty and audience == "client":
        click.echo(f"not compared, as there are errors on one side: {faulty}", err=True)
    click.echo(FORMATS[form](found, clients_only=audience == "client").rstrip("\n"))
    context.exit(PROBLEMS if any(one.state == "broken" for one in found.projects) else FINE)


def _sides(context: click.Context, root: Path, revisions: tuple[str, ...]) -> "tuple[Side, Side, date | None]":
    """Give both sides, and the day of the later one where that is a commit."""
    from kapm_site.pipeline.diff import disk_side, revision_side

    names = revisions or ("HEAD",)
    found = [_found(context, root, name) for name in names]
    sides = [revision_side(*past, name) for past, name in zip(found, names, strict=True)]
    if len(sides) == 1:
        return sides[0], disk_side(root), None
    zone = ZoneInfo(sides[1].shared.workspace.settings.timezone)
    return sides[0], sides[1], found[1][1].at.astimezone(zone).date()


def _found(context: click.Context, root: Path, name: str) -> "tuple[Repository, Revision]":
    from kapm_site.pipeline.past.sources import find_past
    from kapm_site.problem import Problem

    past = find_past(root, name)
    if isinstance(past, Problem):
        show_problems([past], {})
        context.exit(WRONG_USAGE)
    return past
