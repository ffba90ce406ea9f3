"""`kapm release`: number and freeze a report, or make released ones again."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
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
from kapm_site.commands.files import write_files, write_whole

if TYPE_CHECKING:
    from kapm_site.history.repository import Repository
    from kapm_site.model.workspace import Account, Project
    from kapm_site.pipeline.load import Loaded
    from kapm_site.pipeline.released.release import Released
    from kapm_site.pipeline.released.verify import Verified
    from kapm_site.problem import Problem


@click.command("release", short_help="Number and freeze a report.")
@click.argument("selector", metavar="CLIENT/PROJECT")
@click.option("--number", metavar="N", type=click.IntRange(1, 99_999), help="Of the report; default: the next one.")
@click.option("--verify", "again", is_flag=True, help="Make released reports again and compare; release nothing.")
@click.option("-o", "--output", metavar="DIR", help="A folder for the PDFs, to look at or to send.")
@click.option("--dry-run", is_flag=True, help="Make the report and write no record of it.")
@status_date_option
@workspace_option
@click.pass_context
def release(
    context: click.Context,
    selector: str,
    number: int | None,
    output: str | None,
    status_date: date | datetime | None,
    start: str | None,
    *,
    again: bool,
    dry_run: bool,
) -> None:
    """Number the report of a project and freeze it: reports/NNN.yaml records what it said and the hashes of its PDFs.

    A report is made from a commit alone, so it can be made again at any time; with --verify that is done, for all
    released reports or for --number N, and what differs is told. With changes that are in no commit nothing is
    released.

    \b
    Examples:
      kapm release acme/erp -o outbox
      kapm release acme/erp --verify
    """  # noqa: D301 - Click reads the character
    from kapm_site.pipeline.load import load, selected
    from kapm_site.pipeline.released.release import committed
    from kapm_site.problem import Problem
    from kapm_site.process.limits import limited_memory

    context.with_resource(limited_memory())
    root = find_workspace(context, start)
    loaded = load(root)
    refuse_all_but_a_project(loaded, selector)
    repository = committed(root)
    if isinstance(repository, Problem):
        show_problems([repository], {})
        context.exit(PROBLEMS)
    owner = selected(loaded.workspace, [selector])[0]
    if again:
        context.exit(_verify(loaded, root, repository, owner[1], number, output))
    day = status_day(status_date, loaded.workspace.settings.timezone)
    context.exit(_release(loaded, root, repository, owner, number, day, output, dry_run=dry_run))


def _release(
    loaded: "Loaded",
    root: Path,
    repository: "Repository",
    owner: "tuple[Account, Project]",
    number: int | None,
    status: date,
    output: str | None,
    *,
    dry_run: bool,
) -> int:
    from kapm_site.pipeline.released.release import release as make_release

    released = make_release(loaded, root, repository, owner, number, status)
    problems = released if isinstance(released, list) else released.problems
    show_problems(problems, loaded.texts_of(problems))
    if isinstance(released, list):
        return PROBLEMS
    if not dry_run:
        write_files(root, {released.path: released.text})
    click.echo(_told(released, dry_run=dry_run))
    names = {f"report-{released.number:03d}-{edition}.pdf": pdf for edition, pdf in released.pdfs.items()}
    _write(output, names)
    return FINE


def _told(released: "Released", *, dry_run: bool) -> str:
    if dry_run:
        return f"would release report {released.number} from commit {released.commit:.7} in {released.path}"
    command = f'git add {released.path} && git commit -m "Report {released.number}"'
    return (
        f"released report {released.number} from commit {released.commit:.7} in {released.path}\nrecord it: {command}"
    )


def _verify(
    loaded: "Loaded", root: Path, repository: "Repository", project: "Project", number: int | None, output: str | None
) -> int:
    from kapm_site.pipeline.past.history import project_histories
    from kapm_site.pipeline.released.verify import verify
    from kapm_site.pipeline.theme import may_have_theme

    wanted = [report for report in project.reports if number is None or report.number == number]
    if not wanted:
        raise click.UsageError(f"{project.selector} has no released report{f' {number}' if number else ''}")
    head = str(repository.git.head.target)
    zone = loaded.workspace.settings.timezone
    history = project_histories(repository, head, [project.folder], zone).get(project.folder)
    if history is None:
        show_problems([_in_no_commit(project)], {})
        return PROBLEMS
    templates = may_have_theme(root)
    found = []
    for report in sorted(wanted, key=lambda one: one.number):
        verified = verify(history, project, report, templates=templates)
        show_problems(verified.problems, {})
        click.echo("\n".join(_account(verified)))
        pdfs = {f"report-{verified.number:03d}-{one.edition}.pdf": one.pdf for one in verified.editions if one.pdf}
        _write(output, pdfs)
        found.append(verified)
    return FINE if all(one.holds for one in found) else PROBLEMS


def _in_no_commit(project: "Project") -> "Problem":
    from kapm_site.problem import Mark, Problem

    hint = f"run: git add {project.folder} && git commit -m Status"
    return Problem(Mark(f"{project.folder}/project.yaml"), "not-in-commit", "the project is in no commit", hint=hint)


_MEANS = {
    "same bytes": "same bytes",
    "same content": "same content, set into other bytes by other versions",
    "other content": "other content",
    "not made": "could not be made",
}


def _account(verified: "Verified") -> list[str]:
    if not verified.editions:
        return [f"report {verified.number}: cannot be made again"]
    lines = [f"report {verified.number} {one.edition}: {_MEANS[one.outcome]}" for one in verified.editions]
    return [*lines, *(f"  {difference}" for difference in verified.differences)]


def _write(output: str | None, files: Mapping[str, bytes]) -> None:
    for name, content in files.items() if output else ():
        file = Path(output or "") / name
        try:
            write_whole(file, content)
        except OSError as error:
            raise click.FileError(str(file), error.strerror or str(error)) from None
        click.echo(str(file), err=True)
