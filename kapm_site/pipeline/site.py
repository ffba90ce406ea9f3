"""The files of a site in the order in which they come to be: projects, PDFs, homes and portfolio, assets."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from kapm_site.audience import PortfolioProject, ProjectView, client_view, internal_view
from kapm_site.cache import Gathered, Shelved, Store
from kapm_site.pages.imprint import Version
from kapm_site.pipeline.assets import DEFAULT_ACCENT, Shelf
from kapm_site.pipeline.home import HomeJob, PortfolioJob, make_homes, make_portfolio
from kapm_site.pipeline.kept import Render, make_pdfs, make_projects, pdf_keys
from kapm_site.pipeline.load import Loaded
from kapm_site.pipeline.options import BuildOptions
from kapm_site.pipeline.pages import Root
from kapm_site.pipeline.past.history import History
from kapm_site.pipeline.project import MadeProject, ProjectJob
from kapm_site.pipeline.protection import Doors, Keys
from kapm_site.pipeline.reports import Report, check_length
from kapm_site.pipeline.secrets import secrets_from, shared_secrets, texts_of
from kapm_site.pipeline.spread import Spread
from kapm_site.pipeline.theme import overrides_of
from kapm_site.problem import Problem, has_errors, limit_problems
from kapm_site.publish import Audience, OutputFile, Secrets, SiteFile, Withdrawn, client_root
from kapm_site.publish.files import CLIENTS_FOLDER

Progress = Callable[[str, int, int], None]


class Site:
    """A site that is being made; it is published while its files come, so that few of them are in memory."""

    def __init__(
        self,
        shared: Loaded,
        root: Path,
        options: BuildOptions,
        history: History,
        progress: Progress,
        keys: Keys,
        store: Store,
        render: Render,
    ) -> None:
        self.shared = shared
        self._root = root
        self._options = options
        self._history = history
        self._progress = progress
        self._keys = keys
        self._store = store
        self._render = render
        self._doors = Doors(shared.workspace, root, keys)
        self._made: list[MadeProject] = []
        self._pictures: dict[str, dict[str, bytes]] = {}
        self._reports: list[tuple[MadeProject, str, Report, bool]] = []
        self._held = Gathered([shared_secrets(shared.workspace)])
        self._told = {account.id: Gathered([(account.id,)]) for account in shared.workspace.accounts}
        self._by_project: dict[str, Gathered] = {}
        self.faults: list[Problem] = list(keys.problems)

    @property
    def chosen(self) -> list[str]:
        """Selectors of the projects that the build was asked for."""
        return [made.selector for made in self._made if self._options.chooses(made.selector)]

    @property
    def failed(self) -> tuple[str, ...]:
        """Selectors of those among them that have an error."""
        return tuple(one.selector for one in self._made if not one.sound and self._options.chooses(one.selector))

    @property
    def problems(self) -> list[Problem]:
        """All problems so far, in the order of the files."""
        found = [problem for made in self._made for problem in (*made.problems, *made.findings)]
        return limit_problems([*self.shared.problems, *found, *self.faults])

    def secrets(self) -> Secrets:
        """Give what the audit is told; it grows with the files."""
        secrets = secrets_from(self._held, self._told, self.shared.files, self._root, self._keys.site_keys)
        return replace(secrets, by_project=self._by_project)

    def make(self, jobs: list[ProjectJob], spread: Spread) -> list[str]:
        """Make projects and their PDFs for the store alone; returns the keys of the PDFs."""
        for _ in chain(self._projects(jobs, spread), self._pdfs()):
            pass
        return pdf_keys(report.job for _, _, report, _ in self._reports)

    def files(
        self, jobs: list[ProjectJob], spread: Spread, decide: Callable[[], None]
    ) -> Iterator[SiteFile | Withdrawn]:
        """Make all files; `decide` is called where what was found may forbid to go on, and raises if it does.

        The PDFs come before what shows several projects: one whose report cannot be made is then left out of it.
        """
        yield from self._doors.shut(self._open_files(jobs, spread, decide))

    def _open_files(
        self, jobs: list[ProjectJob], spread: Spread, decide: Callable[[], None]
    ) -> Iterator[SiteFile | Withdrawn]:
        yield from self._projects(jobs, spread)
        decide()
        yield from self._pdfs()
        decide()
        self._gather_pictures()
        # Only templates of the workspace's own need a process to themselves: the views of all projects are large.
        apart = spread if overrides_of(self._root) else map
        for root in make_homes(self._homes(), apart, self._store):
            yield from self._finished(root)
        if self._options.only != "clients":
            for root in apart(make_portfolio, [self._portfolio()]):
                yield from self._finished(root)
        decide()
        self._progress("publish", 0, 1)

    def _projects(self, jobs: list[ProjectJob], spread: Spread) -> Iterator[SiteFile]:
        for count, made in enumerate(make_projects(jobs, spread, self._store), 1):
            yield from self._take(made)
            self._progress("projects", count, len(jobs))

    def _take(self, made: MadeProject) -> list[SiteFile]:
        """Take over what came of a project, and let go of its files."""
        self._made.append(made)
        self._held.parts.append(made.held)
        of_client = self._told[made.selector.split("/")[0]].parts
        of_client.append(made.told)
        # What the client's own files say comes first and is complete when the homes are made.
        self._by_project[made.selector] = Gathered([of_client[0], made.told])
        self._reports += [(made, *report) for report in made.reports]
        self.faults += made.faults
        files, made.files, made.held, made.told, made.reports = made.files, [], (), (), []
        return files

    def _gather_pictures(self) -> None:
        """Put together the pictures that the pages of sound projects show."""
        for made in self._made:
            for path, contents in made.pictures.items() if made.sound else ():
                self._pictures.setdefault(path, {}).update(contents)
            made.pictures = {}

    def _homes(self) -> Iterator[HomeJob]:
        """Put together what each client may see, also of projects whose pages are not made this time."""
        settings = self.shared.workspace.settings
        shown: dict[str, list[ProjectView | Shelved]] = {}
        for made in self._made:
            if made.client is not None:
                shown.setdefault(made.selector.split("/")[0], []).append(made.client)
        for account in self.shared.workspace.accounts:
            if account.id not in shown:
                continue
            view = client_view(settings, account, (), self._options.day)
            self._told[account.id].parts.append(texts_of(view))
            if client_root(account.id) in self._pictures:
                version = self._history.version_of(f"projects/{account.id}")
                root = self._new_root(client_root(account.id), account.id, version)
                yield HomeJob(root, view, tuple(shown[account.id]), sealed=account.id in self._keys.by_client)

    def _portfolio(self) -> PortfolioJob:
        """Put together what internal readers see of all projects, and let go of it."""
        projects: dict[str, list[PortfolioProject]] = {}
        for made in self._made:
            if made.internal is not None:
                projects.setdefault(made.internal.view.client_id, []).append(made.internal)
                made.internal = None
        failed = tuple(made.selector for made in self._made if not made.sound)
        workspace = self.shared.workspace
        view = internal_view(workspace.settings, workspace.accounts, projects, self._options.day, failed)
        root = self._new_root("internal", None, self._history.version)
        for brand in {project.view.brand.color for made in projects.values() for project in made}:
            root.shelf.put_style(brand or DEFAULT_ACCENT)
        return PortfolioJob(root, view)

    def _finished(self, root: Root) -> Iterator[OutputFile]:
        """Give the files of a root, with all that its pages and those of its projects refer to."""
        self.faults += [*root.problems, *root.shelf.problems]
        yield from root.files
        audience: Audience = "client" if root.client else "internal"
        assets = self._pictures.pop(root.path, {}) | root.shelf.contents
        for name, content in sorted(assets.items()):
            yield OutputFile(f"{root.path}/{name}", content, root.client, audience, name in root.shelf.shared)

    def _new_root(self, path: str, client: str | None, version: Version | None) -> Root:
        workspace = self.shared.workspace
        return Root(
            path,
            client,
            self._root,
            workspace.attachments,
            version,
            workspace.settings.health,
            self._options.pdf,
            Shelf(self._root),
        )

    def _pdfs(self) -> Iterator[SiteFile | Withdrawn]:
        """Make the PDFs that the pages link to; a project whose report cannot be made is taken back whole."""
        queue, failed = self._reports, list[MadeProject]()
        results = make_pdfs((report.job for _, _, report, _ in queue), self._render, self._store)
        for count, ((made, path, report, internal), (pdf, problems)) in enumerate(zip(queue, results, strict=True), 1):
            found = [*problems, *(check_length(report, pdf) if pdf else [])]
            # A character that no font has was found before, where it stands.
            known = {(problem.code, problem.message) for problem in (*self.shared.problems, *made.problems)}
            made.problems += [problem for problem in found if (problem.code, problem.message) not in known]
            if has_errors(found):
                made.sound, made.client, made.internal = False, None, None
                failed.append(made)
            elif pdf is not None:
                client = path.split("/")[1]
                yield OutputFile(path, pdf.content, client, "internal" if internal else "client")
            self._progress("pdf", count, len(queue))
        for made in failed:
            yield from (Withdrawn(f"{root}/{made.selector}") for root in (CLIENTS_FOLDER, "internal"))
