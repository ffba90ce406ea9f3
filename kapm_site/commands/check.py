"""`kapm check`: all problems and findings of the workspace."""

from datetime import date, datetime

import click

from kapm_site.commands.common import (
    FINE,
    PROBLEMS,
    find_workspace,
    refuse_unknown,
    status_date_option,
    status_moment,
    workspace_option,
)


@click.command("check", short_help="All problems and findings.")
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif"]),
    default="text",
    show_default=True,
    help="For people, programs, or the diff of a pull request.",
)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@status_date_option
@workspace_option
@click.pass_context
def check(
    context: click.Context,
    selectors: tuple[str, ...],
    form: str,
    status_date: date | datetime | None,
    start: str | None,
    *,
    strict: bool,
) -> None:
    """Show all problems of all files at once, each with its place, what was expected and the remedy.

    SELECTOR is a client (acme) or a project (acme/erp); without one the whole workspace is checked.

    \b
    Examples:
      kapm check
      kapm check acme/erp --format json
    """  # noqa: D301 - Click reads the character
    from kapm_site.pipeline.load import check_projects, load
    from kapm_site.problem.formats import FORMATS

    loaded = load(find_workspace(context, start))
    refuse_unknown(loaded, selectors)
    status = status_moment(status_date, loaded.workspace.settings.timezone)
    problems = check_projects(loaded, selectors, status)
    click.echo(FORMATS[form](problems, loaded.texts).rstrip("\n"))
    failing = {"error", "warning"} if strict else {"error"}
    context.exit(PROBLEMS if any(problem.severity in failing for problem in problems) else FINE)
