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
    problems_text,
    refuse_unknown,
    show_problems,
    status_date_option,
    status_moment,
    workspace_option,
)
from kapm_site.commands.executor import executor, executor_option
from kapm_site.commands.parts import ShardType, put_down, refuse_mixed, refuse_strange, some_store
from kapm_site.commands.progress import Stopwatch, reporter
from kapm_site.process.limits import MOST_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kapm_site.cache import Store
    from kapm_site.pipeline.build import Built
    from kapm_site.pipeline.options import BuildOptions
    from kapm_site.pipeline.parts import Shard
    from kapm_site.pipeline.past.sources import Sources
    from kapm_site.pipeline.unchanged import Outcome, Watch


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
@executor_option
@click.option(
    "--time-limit",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(1, 86_400),
    default=MOST_SECONDS,
    show_default=True,
    help="Processor time that one project, report or page may take.",
)
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing for the next build.")
@click.option("--profile", is_flag=True, help="Show how long each stage took, and the memory.")
@click.option(
    "--shard",
    metavar="K/N",
    type=ShardType(),
    help="Make the K-th of N parts of the projects, as one job of a CI matrix; the output is a part, and no site.",
)
@click.option(
    "--merge",
    "parts",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    help="Build from parts that were made with --shard: one of them, or a folder with some; name all.",
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
    scheduler: str | None,
    shard: "Shard | None",
    parts: tuple[str, ...],
    revision: str | None,
    seconds: float,
    status_date: date | datetime | None,
    start: str | None,
    *,
    no_pdf: bool,
    no_cache: bool,
    profile: bool,
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
      kapm build --shard 2/4 -o part-2
      kapm build --merge part-1 --merge part-2 --merge part-3 --merge part-4
    """  # noqa: D301 - Click reads the character
    from kapm_site.cache import NO_STORE, open_store
    from kapm_site.pipeline.options import BuildOptions

    root = find_workspace(context, start)
    folder = Path(target) if target else root / "site"
    _refuse_inside_sources(root, folder)
    refuse_mixed(shard, parts, selectors, only)
    options = partial(
        BuildOptions,
        selectors=selectors,
        only=only,  # type: ignore[arg-type]
        pdf=not no_pdf,
        jobs=jobs or min(2, os.cpu_count() or 1),
        keep_going=keep_going,
        strict=strict,
        seconds=seconds,
        parts=tuple(map(Path, parts)),
    )
    store = NO_STORE if no_cache else open_store(os.environ)
    in_parts = shard is not None or bool(parts)
    watch = _watch(store, root, folder, options) if revision is None and not in_parts else None
    if in_parts:
        # What others have made is nothing to later builds, and to an audit that remembers.
        store = some_store(NO_STORE if parts else store)
    found = watch.recall() if watch else None
    if found and found.status == status_moment(status_date, found.timezone).isoformat():
        context.exit(_tell(found, found.closing.replace("\n", ": nothing has changed\n")))
    if shard:
        refuse_strange(folder)
    else:
        _refuse_foreign(context, folder)
    with _sources(context, root, revision) as sources:
        stages = Stopwatch()
        found = _build(sources, folder, options, status_date, store, stages, scheduler, shard)
    if watch and found.code == FINE:
        watch.keep(found)
    context.exit(_tell(found, f"{found.closing}{stages.table()}\n" if profile else found.closing))


def _watch(store: "Store", root: Path, folder: Path, options: "partial[BuildOptions]") -> "Watch | None":
    """Watch a workspace for whether anything has changed; not one that a passphrase may protect, as that may have."""
    from kapm_site.pipeline.unchanged import Watch

    secret = any(name.startswith("KAPM_PASSPHRASES_") for name in os.environ)
    asked = repr(sorted(options.keywords.items()))
    return None if secret or store.folder is None else Watch(store, root, folder, asked)


def _tell(outcome: "Outcome", closing: str) -> int:
    if outcome.shown:
        click.echo(outcome.shown, err=True)
    click.echo(closing, err=True, nl=False)
    return outcome.code


def _refuse_foreign(context: click.Context, folder: Path) -> None:
    from kapm_site.publish import check_target

    refused = check_target(folder)
    if refused:
        show_problems(refused, {})
        context.exit(WRONG_USAGE if any(p.code == "not-our-folder" for p in refused) else PROBLEMS)


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
    sources: "Sources",
    folder: Path,
    chosen: "partial[BuildOptions]",
    status_date: date | datetime | None,
    store: "Store",
    stages: Stopwatch,
    scheduler: str | None,
    shard: "Shard | None",
) -> "Outcome":
    from kapm_site.pipeline.build import build as build_site
    from kapm_site.pipeline.build import make_part
    from kapm_site.pipeline.load import load_shared
    from kapm_site.pipeline.protection import read_keys
    from kapm_site.pipeline.unchanged import Outcome
    from kapm_site.workspace.collect import collect

    shared = load_shared(collect(sources.root))
    options = chosen(status=status_moment(status_date or sources.status, shared.workspace.settings.timezone))
    refuse_unknown(shared, options.selectors)
    keys = read_keys(shared.workspace, os.environ)
    status, timezone = options.status.isoformat(), shared.workspace.settings.timezone
    work = executor(scheduler, sources.root, options, len(shared.selectors))
    with work as (spread, render), reporter() as stages.told:
        if shard:
            made = make_part(shared, sources, options, stages, spread, store, render, shard)
            return Outcome(status, timezone, *put_down(made, folder, shard, store, shared))
        built = build_site(shared, sources, folder, options, stages, spread, keys, store, render)
    errors = [problem for problem in built.problems if problem.severity == "error"]
    # With an error nothing else matters until it is mended; `kapm check` shows the rest.
    told = built.problems if built.published or not errors else errors
    shown = problems_text(told, shared.texts_of(told))
    return Outcome(status, timezone, shown, _closing(built, folder), _code(built))


def _refuse_inside_sources(root: Path, folder: Path) -> None:
    where = folder.resolve()
    for name in _SOURCES:
        sources = (root / name).resolve()
        if where == root.resolve() or where.is_relative_to(sources) or sources.is_relative_to(where):
            raise click.UsageError(f"'{folder}' holds the sources; name another folder with -o")


def _closing(built: "Built", folder: Path) -> str:
    if built.published is None:
        return "nothing was published; the previous site is as it was\n"
    left_out = f"left out: {', '.join(built.failed)}\n" if built.failed else ""
    return f"{len(built.published.manifest.files)} files in {folder}\n{left_out}"


def _code(built: "Built") -> int:
    codes = {problem.code for problem in built.problems}
    if built.published is None:
        return WRONG_USAGE if "not-our-folder" in codes else PROBLEMS
    # Without Pango the pages are published and the PDFs are not: the user asked for both.
    return PROBLEMS if built.failed or "pango-missing" in codes else FINE
