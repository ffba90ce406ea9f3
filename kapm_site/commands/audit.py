"""`kapm audit`: proves that a built folder holds nothing internal and nothing of another client."""

import os
from datetime import date
from pathlib import Path

import click

from kapm_site.commands.common import find_workspace, workspace_option
from kapm_site.problem import Problem, has_errors
from kapm_site.problem.printable import printable

NO_PROBLEMS, PROBLEMS, WRONG_USAGE = 0, 1, 2


@click.command("audit")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@workspace_option
@click.pass_context
def audit(context: click.Context, folder: Path, start: str | None) -> None:
    """Prove that a built folder holds nothing internal and nothing of another client.

    Every file in a client's folder is taken apart again, down to the comments of a page, the outline of a
    PDF and the metadata of an image, and compared with all that the workspace holds and the client may
    not read.

    \b
    Example:
      kapm build && kapm audit site
    """  # noqa: D301 - Click reads the character
    from kapm_site.pipeline.secrets import workspace_secrets
    from kapm_site.publish import audit_folder

    root = find_workspace(context, start)
    secrets = workspace_secrets(root, _status_date(folder), os.environ)
    label = folder.as_posix()
    problems = secrets if isinstance(secrets, list) else audit_folder(folder, secrets, label=label)
    for problem in problems:
        click.echo(_lines(problem))
    if not has_errors(problems):
        click.echo(f"{label}: nothing internal and nothing foreign in any client's folder", err=True)
    context.exit(_exit_code(problems))


def _status_date(folder: Path) -> date:
    """Return the status date of a built folder; any day will do where the folder is not one of ours."""
    from kapm_site.publish import Manifest, read_manifest

    manifest = read_manifest(folder)
    return date.fromisoformat(manifest.stamp.status_date) if isinstance(manifest, Manifest) else date(2000, 1, 1)


def _exit_code(problems: list[Problem]) -> int:
    if any(problem.code == "not-our-folder" for problem in problems):
        return WRONG_USAGE
    return PROBLEMS if has_errors(problems) else NO_PROBLEMS


def _lines(problem: Problem) -> str:
    related = [f"  {place.mark}: {place.message}" for place in problem.related]
    hint = [f"  hint: {problem.hint}"] if problem.hint else []
    return "\n".join(map(printable, (str(problem), *related, *hint)))
