"""The whole build: collect → projects, each from its files to its pages → homes and portfolio → PDFs → publish."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kapm_site import __version__
from kapm_site.cache import NO_STORE, LostEntryError, Store
from kapm_site.model.workspace import Account
from kapm_site.pipeline.glyphs import shared_glyphs
from kapm_site.pipeline.kept import KINDS, PDFS, Render, client_key, with_key
from kapm_site.pipeline.load import Loaded
from kapm_site.pipeline.options import BuildOptions
from kapm_site.pipeline.parts import Shard, take_parts
from kapm_site.pipeline.past.history import History
from kapm_site.pipeline.past.sources import Sources
from kapm_site.pipeline.project import Common, ProjectJob, pack
from kapm_site.pipeline.protection import NO_KEYS, Keys, has_protection
from kapm_site.pipeline.site import Progress, Site
from kapm_site.pipeline.spread import Spread
from kapm_site.pipeline.theme import overrides_of
from kapm_site.problem import Mark, Problem, has_errors, sort_problems
from kapm_site.publish import ManifestEntry, Published, Stamp, publish
from kapm_site.render.pango import pango_problem
from kapm_site.render.pdf import render_pdfs
from kapm_site.render.unused import unused_parts
from kapm_site.workspace.folders import is_project, split_by_project


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build.

    Attributes:
        published: None where nothing was published; the previous site is then as it was.
        problems: Of the data, the rendering and the audit.
        failed: Selectors of the projects that were left out.
    """

    published: Published | None
    problems: list[Problem]
    failed: tuple[str, ...] = ()


class _RefusedError(Exception):
    """What was found forbids the build; it stops the publishing half-way, which leaves nothing behind."""


def build(
    shared: Loaded,
    sources: Sources,
    target: Path,
    options: BuildOptions,
    progress: Progress,
    spread: Spread = map,
    keys: Keys = NO_KEYS,
    store: Store = NO_STORE,
    render: Render | None = None,
) -> Built:
    """Build the site of a workspace and publish it all or nothing.

    Args:
        shared: What `load_shared` gave.
        sources: Where its files are.
        target: The site's folder.
        options: What was asked for.
        progress: Is told of each step.
        keys: Of the sites that a passphrase protects; those without one are not published.
        store: Where projects and PDFs are kept, so that what has not changed is not made again.
        spread: Where the projects are made and the clients' roots audited: here, in the processes of `spread_over`, or
            on the machines of `cluster_at`.
        render: Makes the PDFs; None for processes beside this one.
    """
    everything = partial(_build, shared, sources, target, options, progress, spread, keys)
    try:
        return everything(store, render)
    except LostEntryError:  # somebody has emptied the folder meanwhile
        return everything(NO_STORE, render)


def _build(
    shared: Loaded,
    sources: Sources,
    target: Path,
    options: BuildOptions,
    progress: Progress,
    spread: Spread,
    keys: Keys,
    store: Store,
    render: Render | None,
) -> Built:
    work = _begin(shared, sources, options, progress, keys, store, render)
    site, options = work.site, work.options
    if options.parts and (unusable := take_parts(options.parts, _keys_of(work.jobs), store)):
        return Built(None, unusable)
    stamp = Stamp(__version__, options.day.isoformat(), work.history.commit if work.history.is_committed else None)
    try:
        files = site.files(work.jobs, spread, lambda: _refuse(site, site.shared, options))
        keep = _keep(shared, options, keys)
        outcome = publish(files, target, stamp, site.secrets(), keep=keep, spread=spread, store=store)
    except _RefusedError:
        return Built(None, sort_problems([*site.problems, *work.problems]), site.failed)
    progress("publish", 1, 1)
    store.prune()
    if isinstance(outcome, Published):
        return Built(outcome, sort_problems([*site.problems, *work.problems, *outcome.problems]), site.failed)
    return Built(None, sort_problems([*site.problems, *work.problems, *outcome]), site.failed)


@dataclass(frozen=True, slots=True)
class MadePart:
    """What came of the share of a job.

    Attributes:
        problems: Of the data and the rendering.
        failed: Selectors of the projects that have an error.
        refused: What was found forbids the build.
        projects: The key of each project, by selector.
        kept: Kind and key of what was made, in the store.
    """

    problems: list[Problem]
    failed: tuple[str, ...]
    refused: bool
    projects: Mapping[str, str]
    kept: tuple[tuple[str, str], ...]


def make_part(
    shared: Loaded,
    sources: Sources,
    options: BuildOptions,
    progress: Progress,
    spread: Spread,
    store: Store,
    render: Render | None,
    shard: Shard,
) -> MadePart:
    """Make the projects that fall to a shard, and leave them in the store; nothing is published.

    No passphrase is needed: what protects a site is put around its files when the parts are put together.
    """
    work = _begin(shared, sources, options, progress, None, store, render)
    mine = work.jobs[shard.index - 1 :: shard.count]
    pdfs = work.site.make(mine, spread)
    kept = [*((kind, job.key) for job in mine for kind in KINDS), *((PDFS, key) for key in pdfs)]
    try:
        _refuse(work.site, work.site.shared, work.options)
        refused = False
    except _RefusedError:
        refused = bool(mine)
    found = sort_problems([*work.site.problems, *work.problems])
    return MadePart(found, work.site.failed, refused, _keys_of(mine), tuple(kept))


def _keys_of(jobs: Iterable[ProjectJob]) -> dict[str, str]:
    """Return the key of each project, by selector."""
    return {job.part.folder.removeprefix("projects/"): job.key for job in jobs}


@dataclass(frozen=True, slots=True)
class _Work:
    """A build that is about to begin; `problems` are those that no project has."""

    options: BuildOptions
    history: History
    jobs: list[ProjectJob]
    site: Site
    problems: list[Problem]


def _begin(
    shared: Loaded,
    sources: Sources,
    options: BuildOptions,
    progress: Progress,
    keys: Keys | None,
    store: Store,
    render: Render | None,
) -> _Work:
    """Gather what a build works with; without keys, as if every protected site had one."""
    pango = pango_problem(Mark(".")) if options.pdf else None
    if pango is not None:
        options = replace(options, pdf=False)
    root = sources.root
    history = sources.history(filter(is_project, shared.files.folders), shared.workspace.settings.timezone)
    glyphs = shared_glyphs(shared.workspace, shared.files.texts, root)
    shared = replace(shared, problems=tuple(sort_problems([*shared.problems, *glyphs])))
    jobs = _jobs(shared, root, options, history, keys.may_publish if keys else has_protection, store)
    render = render or partial(render_pdfs, processes=options.jobs, seconds=options.seconds)
    site = Site(shared, root, options, history, progress, keys or NO_KEYS, store, render)
    progress("read", 1, 1)
    more = [*history.problems, *([pango] if pango else []), *unused_parts(overrides_of(root))]
    return _Work(options, history, jobs, site, more)


def _jobs(
    shared: Loaded,
    root: Path,
    options: BuildOptions,
    history: History,
    may_publish: Callable[[Account], bool],
    store: Store,
) -> list[ProjectJob]:
    """Make a job of every project; those that were not asked for tell the portfolio and the audit of themselves."""
    parts = split_by_project(shared.files)
    jobs = []
    for account in shared.workspace.accounts:
        common = _common(shared, account, root, options, publishable=may_publish(account))
        packed, key = pack(common), client_key(shared.files, root, common) if store.folder else ""
        for part in parts.get(account.folder, ()):
            past, known = history.projects.get(part.folder), tuple(shared.problems_of(part.folder))
            job = ProjectJob(packed, part, past, known, history.version_of(part.folder))
            jobs.append(with_key(job, common, key) if key else job)
    return jobs


def _common(
    shared: Loaded,
    account: Account,
    root: Path,
    options: BuildOptions,
    *,
    publishable: bool,
) -> Common:
    wanted = options.asks_for(account.id)
    pages = set()
    if options.only != "internal" and wanted and publishable:
        pages.add("client")
    if options.only != "clients":
        pages.add("internal")
    known = shared.workspace.attachments
    return Common(
        root=root,
        sound=shared.is_account_sound(account),
        settings=shared.workspace.settings,
        account=account,
        attachments=frozenset(p for p in known if not p.startswith("projects/") or p.startswith(f"{account.folder}/")),
        options=options,
        pages=frozenset(pages),
        pdf=options.pdf and wanted,
    )


def _refuse(site: Site, shared: Loaded, options: BuildOptions) -> None:
    """Stop where the data forbid the build: by an error in what was asked for, with `strict` by any problem.

    Raises:
        _RefusedError: They do.
    """
    if options.strict and any(problem.severity != "info" for problem in site.problems):
        raise _RefusedError
    if not site.chosen or has_errors(shared.shared_problems) or has_errors(site.faults):
        raise _RefusedError
    if site.failed and not (options.keep_going and len(site.failed) < len(site.chosen)):
        raise _RefusedError


def _keep(shared: Loaded, options: BuildOptions, keys: Keys) -> Callable[[ManifestEntry], bool]:
    """Tell which files of the previous site stay when only a part of it is built."""
    publishable = {account.id for account in shared.workspace.accounts if keys.may_publish(account)}

    def keep(entry: ManifestEntry) -> bool:
        if entry.audience == "client" and entry.client not in publishable:
            return False
        if options.only == "clients" and entry.audience == "internal":
            return True
        if options.only == "internal" and entry.audience == "client":
            return True
        return entry.client is not None and not options.asks_for(entry.client)

    return keep
