"""The whole build: load → check → analyse → view → pages → render → publish."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from kapm_site import __version__
from kapm_site.analysis.records import Analysis
from kapm_site.analysis.status_json import status_of
from kapm_site.audience import ClientView, InternalView, ProjectView, client_view, internal_view
from kapm_site.history.commit import head_commit
from kapm_site.model.workspace import Account, Project
from kapm_site.pipeline.assets import Shelf
from kapm_site.pipeline.load import Loaded, analyse_projects, selected
from kapm_site.pipeline.options import BuildOptions
from kapm_site.pipeline.pages import Root, client_root_files, internal_root_files
from kapm_site.pipeline.reports import EDITIONS, Report, Source, check_length, jobs_of, report_file, report_of
from kapm_site.pipeline.secrets import secrets_of
from kapm_site.problem import Mark, Problem, has_errors, sort_problems
from kapm_site.publish import ManifestEntry, OutputFile, Published, Stamp, client_root, publish
from kapm_site.render.files.data import json_bytes
from kapm_site.render.pango import pango_problem
from kapm_site.render.pdf import render_pdfs

Progress = Callable[[str, int, int], None]


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


@dataclass(slots=True)
class _Site:
    """What a build has made so far."""

    roots: list[Root] = field(default_factory=list)
    files: list[OutputFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def build(loaded: Loaded, root: Path, target: Path, options: BuildOptions, progress: Progress) -> Built:
    """Build the site of a workspace that was loaded, and publish it all or nothing."""
    chosen = selected(loaded.workspace, options.selectors)
    failed = tuple(project.selector for account, project in chosen if not loaded.is_sound(account, project))
    if _is_refused(loaded, chosen, failed, options):
        return Built(None, list(loaded.problems), failed)
    sound = [pair for pair in loaded.workspace.projects() if loaded.is_sound(*pair)]
    analyses = _analysed(loaded, sound, options, progress)
    findings = [finding for analysis in analyses for finding in analysis.findings]
    if options.strict and any(finding.severity != "info" for finding in findings):
        return Built(None, sort_problems([*loaded.problems, *findings]), failed)
    pango = pango_problem(Mark(".")) if options.pdf else None
    if pango is not None:
        options, findings = replace(options, pdf=False), [*findings, pango]
    commit = head_commit(root)
    views = _client_views(loaded, analyses, options)
    site = _make(loaded, root, views, analyses, options, commit.label if commit else "", progress)
    problems = sort_problems([*loaded.problems, *findings, *_unprotected(loaded), *site.problems])
    if has_errors(site.problems):
        return Built(None, problems, failed)
    stamp = Stamp(__version__, options.day.isoformat(), commit.id if commit else None)
    secrets = secrets_of(loaded.workspace, loaded.files, views, root)
    progress("publish", 0, 1)
    outcome = publish(site.files, target, stamp, secrets, keep=_keep(loaded, options))
    progress("publish", 1, 1)
    if isinstance(outcome, Published):
        return Built(outcome, sort_problems([*problems, *outcome.problems]), failed)
    return Built(None, sort_problems([*problems, *outcome]), failed)


def _is_refused(
    loaded: Loaded, chosen: list[tuple[Account, Project]], failed: tuple[str, ...], options: BuildOptions
) -> bool:
    """Tell whether the data forbid the build: by an error in what was asked for, with `strict` by any problem."""
    if options.strict and any(problem.severity != "info" for problem in loaded.problems):
        return True
    if not chosen or has_errors(loaded.shared_problems):
        return True
    return bool(failed) and not (options.keep_going and len(failed) < len(chosen))


def _is_publishable(account: Account) -> bool:
    """Tell whether a client's site may be written: what nothing protects yet as it should be is not."""
    return account.client.protection in ("none", "external")


def _unprotected(loaded: Loaded) -> list[Problem]:
    """Name the clients whose sites are held back because nothing encrypts them yet."""
    message = "protection 'passphrase' is not available in this version, so the client's site is not built"
    hint = "use 'external' with a login in front of the host"
    return [
        Problem(account.client.mark("protection"), "protection-missing", message, "warning", hint=hint)
        for account in loaded.workspace.accounts
        if account.client.protection == "passphrase"
    ]


def _analysed(
    loaded: Loaded, sound: list[tuple[Account, Project]], options: BuildOptions, progress: Progress
) -> list[Analysis]:
    count = 0

    def done() -> None:
        nonlocal count
        count += 1
        progress("analyse", count, len(sound))

    return analyse_projects(loaded, sound, options.status, done)


def _client_views(loaded: Loaded, analyses: list[Analysis], options: BuildOptions) -> list[ClientView]:
    """Views of the clients whose sites may be published."""
    settings = loaded.workspace.settings
    views = []
    for account in loaded.workspace.accounts:
        if not _is_publishable(account):
            continue
        own = [analysis for analysis in analyses if analysis.account.id == account.id]
        view = client_view(settings, account, own, options.day)
        if view.projects:
            views.append(view)
    return views


def _make(
    loaded: Loaded,
    root: Path,
    views: list[ClientView],
    analyses: list[Analysis],
    options: BuildOptions,
    version: str,
    progress: Progress,
) -> _Site:
    maker = _Maker(loaded, root, options, version)
    site = _Site()
    if options.only != "internal":
        for view in views:
            if maker.wants(view.client_id):
                maker.client(site, view)
    if options.only != "clients":
        left_out = tuple(
            one.selector for account, one in loaded.workspace.projects() if not loaded.is_sound(account, one)
        )
        internal = internal_view(loaded.workspace, analyses, loaded.problems, options.day, left_out)
        figures = {analysis.project.selector: analysis for analysis in analyses}
        maker.internal(site, internal, lambda selector: json_bytes(status_of(figures[selector])))
    for made in site.roots:
        site.files += made.files
        site.problems += made.problems
    maker.make_pdfs(site, progress)
    return site


class _Maker:
    """Makes the files of one build; holds what all of them need."""

    def __init__(self, loaded: Loaded, root: Path, options: BuildOptions, version: str) -> None:
        self._loaded = loaded
        self._root = root
        self._options = options
        self._version = version
        self._reports: list[tuple[str, Report, bool]] = []
        self._accounts = {account.id: account for account in loaded.workspace.accounts}

    def wants(self, client: str) -> bool:
        """Tell whether the build was asked for this client."""
        selectors = self._options.selectors
        return not selectors or any(selector.split("/")[0] == client for selector in selectors)

    def client(self, site: _Site, view: ClientView) -> None:
        """Make one client's web root."""
        root = self._new_root(client_root(view.client_id), view.client_id)
        account = self._accounts[view.client_id]
        address = f"{view.base_url.rstrip('/')}/{view.client_id}" if view.base_url else ""
        client_root_files(root, view, lambda _project: self._names())
        for project in view.projects:
            where = f"{address}/{project.id}/" if address else ""
            self._queue(root, project, account, f"{root.path}/{project.id}", internal=False, address=where)
        site.roots.append(root)

    def internal(self, site: _Site, view: InternalView, data: Callable[[str], bytes]) -> None:
        """Make the internal web root."""
        root = self._new_root("internal", None)
        internal_root_files(root, view, lambda _project: self._names(), data)
        for account in view.accounts:
            for project in account.projects:
                folder = f"{root.path}/{project.view.client_id}/{project.view.id}"
                self._queue(root, project.view, self._accounts[account.client_id], folder, internal=True)
        site.roots.append(root)

    def make_pdfs(self, site: _Site, progress: Progress) -> None:
        """Make the PDFs that the pages link to."""
        queue = self._reports
        results = render_pdfs(jobs_of(report for _, report, _ in queue), self._options.jobs)
        for count, ((path, report, internal), (pdf, problems)) in enumerate(zip(queue, results, strict=True), 1):
            site.problems += problems
            if pdf is not None:
                site.problems += check_length(report, pdf)
                audience = "internal" if internal else "client"
                site.files.append(OutputFile(path, pdf.content, report.view.client_id, audience))  # type: ignore[arg-type]
            progress("pdf", count, len(queue))

    def _names(self) -> tuple[str | None, str | None]:
        return (report_file("full"), report_file("brief")) if self._options.pdf else (None, None)

    def _new_root(self, path: str, client: str | None) -> Root:
        known = self._loaded.workspace.attachments
        return Root(
            path, client, self._root, known, self._version, self._loaded.workspace.settings.health, Shelf(self._root)
        )

    def _queue(
        self, root: Root, view: ProjectView, account: Account, folder: str, *, internal: bool, address: str = ""
    ) -> None:
        if not self._options.pdf or not self.wants(view.client_id):
            return
        for edition in EDITIONS:
            report, problems = report_of(
                view,
                edition,
                account,
                Source(self._root, root.known, root.rules, self._version),
                internal=internal,
                address=address,
            )
            root.problems += problems
            if report is not None:
                self._reports.append((f"{folder}/{report_file(edition)}", report, internal))


def _keep(loaded: Loaded, options: BuildOptions) -> Callable[[ManifestEntry], bool]:
    """Tell which files of the previous site stay when only a part of it is built."""
    publishable = {account.id for account in loaded.workspace.accounts if _is_publishable(account)}
    asked = {selector.split("/")[0] for selector in options.selectors}

    def keep(entry: ManifestEntry) -> bool:
        if entry.audience == "client" and entry.client not in publishable:
            return False
        if options.only == "clients" and entry.audience == "internal":
            return True
        if options.only == "internal" and entry.audience == "client":
            return True
        return bool(asked) and entry.client is not None and entry.client not in asked

    return keep
