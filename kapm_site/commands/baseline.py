"""`kapm baseline`: today's plan as a baseline."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from kapm_site.commands.common import (
    FINE,
    PROBLEMS,
    find_workspace,
    refuse_all_but_a_project,
    show_problems,
    status_date_option,
    status_day,
    workspace_option,
)
from kapm_site.commands.files import write_files

if TYPE_CHECKING:
    from kapm_site.pipeline.baseline import Recorded


@click.command("baseline", short_help="Record today's plan as a baseline.")
@click.argument("selector", metavar="CLIENT/PROJECT")
@click.option("--name", required=True, help="What it is called, such as 'Plan after change 3'.")
@click.option("--change", metavar="ID", help="The approved change that led to it.")
@click.option("--by", metavar="PERSON", help="Who approved it: id of a person or contact, or a name.")
@click.option("--draft", is_flag=True, help="Not approved yet: nothing is measured against it.")
@click.option("--dry-run", is_flag=True, help="Say what would be recorded and write nothing.")
@status_date_option
@workspace_option
@click.pass_context
def baseline(
    context: click.Context,
    selector: str,
    name: str,
    change: str | None,
    by: str | None,
    status_date: date | datetime | None,
    start: str | None,
    *,
    draft: bool,
    dry_run: bool,
) -> None:
    """Record the plan of a project as it stands in baselines.yaml.

    The latest approved baseline is what dates, progress and money are measured against; it is approved on the status
    date. Baselines that are there stay, and so does every other line of the file.

    \b
    Examples:
      kapm baseline acme/erp --name "Plan at the start" --by grace-whitcombe
      kapm baseline acme/erp --name "After change 3" --change cr-03
    """  # noqa: D301 - Click reads the character
    from kapm_site.pipeline.baseline import Approval, record_baseline
    from kapm_site.pipeline.load import load

    root = find_workspace(context, start)
    loaded = load(root)
    refuse_all_but_a_project(loaded, selector)
    if not name.strip():
        raise click.UsageError("--name is empty; say what the baseline is called")
    day = status_day(status_date, loaded.workspace.settings.timezone)
    approval = Approval(name.strip(), None if draft else day, by, change)
    recorded = record_baseline(loaded, selector, approval, day)
    if isinstance(recorded, list):
        show_problems(recorded, loaded.texts)
        context.exit(PROBLEMS)
    if not dry_run:
        write_files(root, {recorded.path: recorded.text})
    click.echo(_told(recorded, dry_run=dry_run))
    context.exit(FINE)


def _told(recorded: "Recorded", *, dry_run: bool) -> str:
    approved = f"approved on {recorded.approval.day}" if recorded.approval.day else "a draft, not approved"
    before = f" (the one before: {recorded.before})" if recorded.before else ""
    verb = "would record" if dry_run else "recorded"
    return (
        f"{verb} baseline '{recorded.id}', {approved}, in {recorded.path}\n"
        f"  {recorded.tasks} tasks, finish {recorded.finish}{before}"
    )
