"""What shows several projects, clients' start pages and the portfolio, as pieces of work for any process.

Start pages are kept by a key of the projects that they show.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from kapm_site.audience import ClientView, InternalView, ProjectView
from kapm_site.cache import Shelved, Store, digest, pack_records, recall, take_or_make
from kapm_site.pipeline.pages import Root, client_home_files, portfolio_files
from kapm_site.pipeline.spread import Spread
from kapm_site.problem import Mark, Problem

_KIND = "homes"


@dataclass(frozen=True, slots=True)
class HomeJob:
    """A client's start pages to make.

    Attributes:
        root: The client's web root.
        view: What the client may see, without its projects.
        projects: What it may see of each, or where in the store that is.
        sealed: The pages will be published encrypted.
    """

    root: Root
    view: ClientView
    projects: tuple[ProjectView | Shelved, ...]
    sealed: bool

    @property
    def key(self) -> str:
        """The same for the same pages; empty where what they show is not in a store.

        Keys of projects hold all that its client's projects have in common, settings, pictures and theme among it.
        """
        keys = [project.key for project in self.projects if isinstance(project, Shelved)]
        if len(keys) < len(self.projects):
            return ""
        return digest(*keys, repr((self.view.client_id, self.root.version, self.sealed)))

    def given_up(self, reason: str) -> Root:
        """Say why there is no start page."""
        return _given_up(self.root, f"the start page of client {self.view.client_id!r} is not made: {reason}")


@dataclass(frozen=True, slots=True)
class PortfolioJob:
    """The portfolio to make."""

    root: Root
    view: InternalView

    def given_up(self, reason: str) -> Root:
        """Say why there is no portfolio."""
        return _given_up(self.root, f"the portfolio is not made: {reason}")


def make_homes(jobs: Iterable[HomeJob], spread: Spread, store: Store) -> Iterator[Root]:
    """Make what is in clients' web roots beside their projects, or take what was kept of it, in order.

    Args:
        jobs: One for each client.
        spread: Where they are made.
        store: Where they are kept.
    """

    def make(rest: list[HomeJob]) -> Iterator[Root]:
        for job, root in zip(rest, spread(make_home, map(_with_views, rest)), strict=True):
            if job.key and not root.problems:
                shelf = root.shelf
                kept = (root.files, shelf.contents, shelf.shared, shelf.problems)
                store.put(_KIND, job.key, pack_records(kept))
            yield root

    return take_or_make(jobs, partial(_is_kept, store), partial(_kept_home, store), make)


def make_home(job: HomeJob) -> Root:
    """Make what is in a client's web root beside its projects."""
    client_home_files(job.root, job.view, sealed=job.sealed)
    return job.root


def _with_views(job: HomeJob) -> HomeJob:
    """Read what the pages show, which may lie in a store that only this machine has."""
    projects = tuple(one.read() if isinstance(one, Shelved) else one for one in job.projects)
    return replace(job, view=replace(job.view, projects=projects), projects=())


def _is_kept(store: Store, job: HomeJob) -> bool:
    return bool(job.key) and store.has(_KIND, job.key)


def _kept_home(store: Store, job: HomeJob) -> Root | None:
    found = recall(store, _KIND, job.key)
    if not isinstance(found, tuple):
        return None
    job.root.files, shelf = found[0], job.root.shelf
    shelf.contents, shelf.shared, shelf.problems = found[1:]
    return job.root


def make_portfolio(job: PortfolioJob) -> Root:
    """Make what is in the internal web root beside the projects."""
    portfolio_files(job.root, job.view)
    return job.root


def _given_up(root: Root, message: str) -> Root:
    hint = "look for loops in your own templates, or raise --time-limit"
    root.problems.append(Problem(Mark("templates"), "project-too-large", message, hint=hint))
    return root
