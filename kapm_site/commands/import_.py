"""`kapm import`: a plan of another system into the files of a project."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kapm_site.commands.common import find_workspace, workspace_option
from kapm_site.commands.files import write_files
from kapm_site.problem import has_errors
from kapm_site.problem.printable import printable

if TYPE_CHECKING:
    from kapm_site.importers import ImportResult, Reader


@click.command("import", short_help="Import a plan of another system.")
@click.argument("system", metavar="SYSTEM")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into", "selector", required=True, metavar="CLIENT/PROJECT", help="The project; made where it is absent."
)
@click.option("--dry-run", is_flag=True, help="Print what would change and write nothing.")
@workspace_option
@click.pass_context
def import_(
    context: click.Context, system: str, source: Path, selector: str, start: str | None, *, dry_run: bool
) -> None:
    """Import the plan in the file SOURCE, as SYSTEM (msproject) exports it.

    A project that is there is merged: tasks are recognised by their `source` key, comments and what people have
    edited stay, and every value that changes is printed as old → new. Every row that is not carried over is named
    with its reason. Nothing is deleted.

    \b
    Examples:
      kapm import msproject plan.xml --into acme/erp --dry-run
      kapm import msproject plan.xml --into acme/erp
    """  # noqa: D301 - Click reads the character
    from kapm_site.importers import run_import
    from kapm_site.workspace.collect import collect

    reader = _reader(system)
    root = find_workspace(context, start)
    result = run_import(reader, source.read_bytes(), source.name, selector, collect(root))
    _print(result)
    if has_errors(result.problems):
        context.exit(1)
    if not dry_run:
        write_files(root, result.files)
    click.echo(_summary(result, dry_run=dry_run), err=True)


def _reader(system: str) -> "Reader":
    from kapm_site.importers import IMPORTERS

    if system not in IMPORTERS:
        raise click.UsageError(f"unknown system '{system}'; known are {', '.join(sorted(IMPORTERS))}")
    return IMPORTERS[system]


def _print(result: "ImportResult") -> None:
    for change in result.changes:
        click.echo(printable(str(change)))
    for item in result.dropped:
        click.echo(printable(f"dropped {item.kind}: {item.what}: {item.reason}"))
    for tally in result.tallies:
        if tally.read:
            click.echo(f"{tally.kind}s: {tally.read} read, {tally.kept} kept, {tally.read - tally.kept} dropped")
    for problem in result.problems:
        click.echo(printable(str(problem)), err=True)
        if problem.hint:
            click.echo(printable(f"  hint: {problem.hint}"), err=True)


def _summary(result: "ImportResult", *, dry_run: bool) -> str:
    if not result.files:
        return "nothing to write: the files are as the plan says"
    return f"{'would write' if dry_run else 'wrote'} {', '.join(result.files)}"
