"""`kapm audit`: proves that a built folder holds nothing internal and nothing of another client."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kapm_site.problem import Problem, has_errors

if TYPE_CHECKING:
    from kapm_site.publish import Secrets

NO_PROBLEMS, PROBLEMS, WRONG_USAGE = 0, 1, 2


@click.command("audit")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "-C",
    "start",
    metavar="DIR",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The workspace, or a folder in it; by default the current one.",
)
@click.pass_context
def audit(context: click.Context, folder: Path, start: Path) -> None:
    r"""Prove that a built folder holds nothing internal and nothing of another client.

    Every file in a client's folder is taken apart again, down to the comments of a page, the outline of a
    PDF and the metadata of an image, and compared with all that the workspace holds and the client may
    not read.

    \b
    Example:
      kapm build && kapm audit site
    """
    from kapm_site.publish import audit_folder  # noqa: PLC0415 - `kapm --help` stays fast
    from kapm_site.workspace import find_root  # noqa: PLC0415 - as above

    root = find_root(start)
    if root is None:
        raise click.UsageError("no kapm.yaml here or above; name the workspace with -C DIR")
    secrets = _secrets(root)
    label = folder.as_posix()
    problems = secrets if isinstance(secrets, list) else audit_folder(folder, secrets, label=label)
    for problem in problems:
        click.echo(_lines(problem))
    if not has_errors(problems):
        click.echo(f"{label}: nothing internal and nothing foreign in any client's folder", err=True)
    context.exit(_exit_code(problems))


def _secrets(root: Path) -> "Secrets | list[Problem]":
    """Load the workspace: what it holds and what each client may read, or why that cannot be told."""
    secrets: Secrets | list[Problem] = import_module("kapm_site.pipeline").workspace_secrets(root)
    return secrets


def _exit_code(problems: list[Problem]) -> int:
    if any(problem.code == "not-our-folder" for problem in problems):
        return WRONG_USAGE
    return PROBLEMS if has_errors(problems) else NO_PROBLEMS


def _lines(problem: Problem) -> str:
    related = [f"  {place.mark}: {place.message}" for place in problem.related]
    hint = [f"  hint: {problem.hint}"] if problem.hint else []
    return "\n".join([str(problem), *related, *hint])
