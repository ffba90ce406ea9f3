"""`kapm build`: the sites and PDFs."""

import os
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kapm_site.commands.common import (
    FINE,
    PROBLEMS,
    WRONG_USAGE,
    find_workspace,
    refuse_unknown,
    show_problems,
    status_date_option,
    status_moment,
    workspace_option,
)
from kapm_site.commands.progress import reporter
from kapm_site.render.limits import MOST_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kapm_site.pipeline.build import Built
    from kapm_site.pipeline.options import BuildOptions
    from kapm_site.pipeline.past.sources import Sources


#: Folders of a workspace that hold what people wrote.
_SOURCES = ("projects", "attachments", "templates")


@click.command("build", short_help="The sites and PDFs.")
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@click.option(
    "-o", "--output", "target", metavar="DIR", default=None, help="The site's folder; default: site beside kapm.yaml."
)
@click.option("--only", type=click.Choice(["clients", "internal"]), help="One side of the site; the other stays.")
@click.option("--no-pdf", is_flag=True, help="Leave the PDF reports out.")
@click.option("--jobs", metavar="N", type=click.IntRange(1), default=None, help="Processes that work; default: two.")
@click.option(
    "--time-limit",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(1, 86_400),
    default=MOST_SECONDS,
    show_default=True,
    help="Processor time that one project, report or page may take.",
)
@click.option("--strict", is_flag=True, help="Warnings fail the build.")
@click.option("--at", "revision", metavar="REV", help="As the workspace was at this commit, branch or tag.")
@click.option("--keep-going", is_flag=True, help="Publish the sound projects although others have errors.")
@status_date_option
@workspace_option
@click.pass_context
def build(
    context: click.Context,
    selectors: tuple[str, ...],
    target: str | None,
    only: str | None,
    jobs: int | None,
    revision: str | None,
    seconds: float,
    status_date: date | datetime | None,
    start: str | None,
    *,
    no_pdf: bool,
    strict: bool,
    keep_going: bool,
) -> None:
    """Build the clients' sites, the internal portfolio and the PDF reports.

    The site is written beside its folder, audited, and swapped in: all of it or nothing. With an error in the
    data, nothing is published and the previous site stays. A SELECTOR makes the pages of that client anew, and the
    portfolio; the other clients' pages stay as they are.

    \b
    Examples:
      kapm build
      kapm build acme -o public --no-pdf
      kapm build --at HEAD~20 -o then
    """  # noqa: D301 - Click reads the character
    from kapm_site.pipeline.options import BuildOptions
    from kapm_site.publish import check_target

    root = find_workspace(context, start)
    folder = Path(target) if target else root / "site"
    _refuse_inside_sources(root, folder)
    refused = check_target(folder)
    if refused:
        show_problems(refused, {})
        context.exit(WRONG_USAGE if any(p.code == "not-our-folder" for p in refused) else PROBLEMS)
    options = partial(
        BuildOptions,
        selectors=selectors,
        only=only,  # type: ignore[arg-type]
        pdf=not no_pdf,
        jobs=jobs or min(2, os.cpu_count() or 1),
        keep_going=keep_going,
        strict=strict,
        seconds=seconds,
    )
    with _sources(context, root, revision) as sources:
        context.exit(_build(sources, folder, options, status_date))


@contextmanager
def _sources(context: click.Context, root: Path, revision: str | None) -> "Iterator[Sources]":
    from kapm_site.pipeline.past.sources import Sources, find_past, past_sources
    from kapm_site.problem import Problem

    if revision is None:
        yield Sources(root)
        return
    past = find_past(root, revision)
    if isinstance(past, Problem):
        show_problems([past], {})
        context.exit(PROBLEMS)
    with past_sources(root, *past) as sources:
        yield sources


def _build(
    sources: "Sources", folder: Path, chosen: "Callable[..., BuildOptions]", status_date: date | datetime | None
) -> int:
    from kapm_site.pipeline.build import build as build_site
    from kapm_site.pipeline.load import load_shared
    from kapm_site.pipeline.protection import read_keys
    from kapm_site.pipeline.spread import WORTH_PROCESSES, spread_over
    from kapm_site.workspace import collect

    shared = load_shared(collect(sources.root))
    options = chosen(status=status_moment(status_date or sources.status, shared.workspace.settings.timezone))
    refuse_unknown(shared, options.selectors)
    processes = options.jobs if len(shared.selectors) >= WORTH_PROCESSES else 1
    keys = read_keys(shared.workspace, os.environ)
    with spread_over(processes, options.seconds) as spread, reporter() as progress:
        built = build_site(shared, sources, folder, options, progress, spread, keys)
    errors = [problem for problem in built.problems if problem.severity == "error"]
    # With an error nothing else matters until it is mended; `kapm check` shows the rest.
    show_problems(built.problems if built.published or not errors else errors, shared.all_texts())
    return _report(built, folder)


def _refuse_inside_sources(root: Path, folder: Path) -> None:
    where = folder.resolve()
    for name in _SOURCES:
        sources = (root / name).resolve()
        if where == root.resolve() or where.is_relative_to(sources) or sources.is_relative_to(where):
            raise click.UsageError(f"'{folder}' holds the sources; name another folder with -o")


def _report(built: "Built", folder: Path) -> int:
    if built.published is None:
        click.echo("nothing was published; the previous site is as it was", err=True)
        return WRONG_USAGE if any(p.code == "not-our-folder" for p in built.problems) else PROBLEMS
    click.echo(f"{len(built.published.manifest.files)} files in {folder}", err=True)
    if built.failed:
        click.echo(f"left out: {', '.join(built.failed)}", err=True)
        return PROBLEMS
    # Without Pango the pages are published and the PDFs are not: the user asked for both.
    return PROBLEMS if any(p.code == "pango-missing" for p in built.problems) else FINE
