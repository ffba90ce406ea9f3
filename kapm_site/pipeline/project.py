"""One project, from its files to its pages: the unit of work of a build, in this process or in another."""

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis
from kapm_site.audience import InternalProject, PortfolioProject, ProjectView, portfolio_project
from kapm_site.audience.overview import overview
from kapm_site.cache import Shelved
from kapm_site.checks import check_project
from kapm_site.history.lost import LostObjectsError
from kapm_site.model.reports import EDITIONS
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.pages.imprint import Version
from kapm_site.pages.languages import for_internal, in_language
from kapm_site.pages.reuse import BuiltSections
from kapm_site.pipeline.assets import Shelf
from kapm_site.pipeline.glyphs import project_glyphs
from kapm_site.pipeline.options import BuildOptions
from kapm_site.pipeline.pages import Root, client_project_files, internal_project_files, report_file
from kapm_site.pipeline.past.history import ProjectHistory
from kapm_site.pipeline.past.seen import Seen, see_as_far
from kapm_site.pipeline.past.touched import project_touches
from kapm_site.pipeline.released.enclosed import Enclosed, enclose
from kapm_site.pipeline.reports import Report, Source, address_of, pdf_settings, report_of
from kapm_site.pipeline.secrets import project_secrets, texts_of, told_texts
from kapm_site.pipeline.sections import Written
from kapm_site.pipeline.theme import may_have_theme
from kapm_site.problem import Mark, Problem, has_errors, sort_problems
from kapm_site.publish import Secret, SiteFile, client_root
from kapm_site.workspace.folders import ProjectFiles
from kapm_site.workspace.read import read_project


@dataclass(frozen=True, slots=True)
class Common:
    """What all projects of a client are made with.

    Attributes:
        root: The workspace.
        account: The client, without its projects.
        attachments: Paths of the pictures that its pages may show.
        sound: Neither its own file nor those above it have an error.
        pages: For whom pages are made.
        pdf: Reports are made as well.
        version: Of the project that is being made.
    """

    root: Path
    sound: bool
    settings: Settings
    account: Account
    attachments: frozenset[str]
    options: BuildOptions
    pages: frozenset[str]
    pdf: bool
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class ProjectJob:
    """A project to make.

    Attributes:
        common: A pickled `Common`, packed once for all projects of a client.
        history: Its way through the commits; None where git does not know it.
        known: Problems that were found in its folder from above: of names, and of files that cannot be read.
        version: Of what its pages are made of; None where that is in no commit.
        key: Of all that goes into it; empty where nothing is kept.
    """

    common: bytes
    part: ProjectFiles
    history: ProjectHistory | None = None
    known: tuple[Problem, ...] = ()
    version: Version | None = None
    key: str = ""

    def given_up(self, reason: str) -> "MadeProject":
        """Say why the project is left out."""
        folder = self.part.folder
        hint = "look for what is much larger than elsewhere, and in your own templates for loops; or raise --time-limit"
        problem = Problem(Mark(folder), "project-too-large", f"the project's pages are not made: {reason}", hint=hint)
        # What its files say must stay out of the other pages all the same.
        held = project_secrets(read_project(self.part)[0])
        return MadeProject(folder.removeprefix("projects/"), sound=False, problems=[problem], held=held)


@dataclass(slots=True)
class MadeProject:
    """What came of a project.

    Attributes:
        selector: Its name on the command line.
        sound: Neither its files nor those above it have an error.
        problems: Of its files, without those that were known.
        findings: What its figures say needs a look.
        faults: Of its pages.
        client: What its client may see, for the start page; None where it may see nothing, or where there is an error.
            In the store, where there is one.
        internal: What the portfolio shows of it; None where there is an error.
        pictures: That its pages show, by web root.
        reports: PDFs to make, with their path and whether they are internal.
        held: All that its files say, for the audit; in the store, where there is one.
        told: All that its client may read of it, likewise.
    """

    selector: str
    sound: bool
    problems: list[Problem]
    findings: tuple[Problem, ...] = ()
    faults: list[Problem] = field(default_factory=list)
    client: ProjectView | Shelved | None = None
    internal: PortfolioProject | None = None
    files: list[SiteFile] = field(default_factory=list)
    pictures: dict[str, dict[str, bytes]] = field(default_factory=dict)
    reports: list[tuple[str, Report, bool]] = field(default_factory=list)
    held: Iterable[Secret] = ()
    told: Iterable[str] = ()


def pack(common: Common) -> bytes:
    """Pack what all projects of a client are made with."""
    return pickle.dumps(common, pickle.HIGHEST_PROTOCOL)


def make_project(job: ProjectJob) -> MadeProject:
    """Read, check and analyse a project, and make its pages; with an error in its files, report that alone."""
    common = replace(_unpacked(job.common), version=job.version)
    project, problems, _ = read_project(job.part)
    workspace = Workspace(common.settings, (common.account,), common.attachments)
    problems += check_project(common.account, project, workspace)
    problems += project_glyphs(project, job.part.files.texts, common.root)
    sound = common.sound and not has_errors([*job.known, *problems])
    made = MadeProject(project.selector, sound, problems, held=project_secrets(project))
    if sound:
        analysis = analyse(common.settings, common.account, project, common.options.status)
        made.findings = tuple(analysis.findings)
        made.sound = not has_errors(analysis.findings)
        if made.sound:
            seen, history = see_as_far(analysis, job.history, sort_problems([*job.known, *problems]))
            if "internal" in common.pages and history is not None:
                seen = _with_touches(seen, history, job, project)
            _make(made, project, seen, history, common)
    return made


def _with_touches(seen: Seen, history: ProjectHistory, job: ProjectJob, project: Project) -> Seen:
    """Say on the internal page who last changed each record."""
    try:
        touches = project_touches(history.repository, history.line, project, job.part.files.texts)
    except LostObjectsError as lost:
        return replace(seen, problems=(*seen.problems, lost.problem))
    return replace(seen, internal=replace(seen.internal, notes=replace(seen.internal.notes, touches=touches)))


@lru_cache(maxsize=16)
def _unpacked(common: bytes) -> Common:
    found: Common = pickle.loads(common)  # noqa: S301 packed by `pack`, in this build
    return found


def _make(made: MadeProject, project: Project, seen: Seen, history: ProjectHistory | None, common: Common) -> None:
    made.problems += seen.problems
    made.internal = portfolio_project(seen.internal)
    built, written, client = None, Written(), seen.client
    if client is not None:
        told = [*told_texts(common.account, project, client)]
        if "client" in common.pages:
            enclosed = _enclosed(made, project, seen, history, common)
            client = replace(client, enclosed=enclosed.shown if enclosed else None)
            told += texts_of(enclosed.view) if enclosed else []
            built = _make_client(made, client, enclosed, written, common)
        made.told = tuple(dict.fromkeys(told))
        made.client = overview(client)
    if "internal" in common.pages:
        internal = for_internal(seen.internal, common.settings.language)
        _make_internal(made, internal, built, written, common)


def _enclosed(
    made: MadeProject, project: Project, seen: Seen, history: ProjectHistory | None, common: Common
) -> Enclosed | None:
    """Find the released report that the client's site holds, where reports are made at all."""
    if history is None or not common.pdf:
        return None
    templates = may_have_theme(common.root)
    try:
        found = enclose(history, project, common.options.day, seen.reported, templates=templates)
    except LostObjectsError as lost:
        found = lost.problem
    if isinstance(found, Problem):
        made.problems.append(found)
        return None
    return found


def _make_client(
    made: MadeProject, view: ProjectView, enclosed: Enclosed | None, written: Written, common: Common
) -> BuiltSections:
    root = new_root(client_root(view.client_id), view.client_id, common)
    built = client_project_files(root, view, written)
    if enclosed is None:
        for tag in view.languages:
            _set_reports(made, root, in_language(view, tag), f"{root.path}/{view.id}", common)
    else:
        for name, content in enclosed.pdfs.items():
            root.add(f"{view.id}/{report_file(name, enclosed.number)}", content)
    _finish(made, root)
    return built


def _make_internal(
    made: MadeProject, project: InternalProject, client: BuiltSections | None, written: Written, common: Common
) -> None:
    root = new_root("internal", None, common)
    internal_project_files(root, project, client, written)
    folder = f"{root.path}/{project.view.client_id}/{project.view.id}"
    _set_reports(made, root, project.view, folder, common, project.notes.analysis)
    _finish(made, root)


def new_root(path: str, client: str | None, common: Common) -> Root:
    """Begin a web root, or a project's part of one."""
    shelf, rules = Shelf(common.root), common.settings.health
    return Root(path, client, common.root, common.attachments, common.version, rules, common.options.pdf, shelf)


def _set_reports(
    made: MadeProject, root: Root, view: ProjectView, folder: str, common: Common, analysis: Analysis | None = None
) -> None:
    """Set the drafts of the reports that lie in a root; `analysis` is for internal readers."""
    internal = analysis is not None
    source = Source(
        common.root, root.known, root.rules, root.version, pdf=pdf_settings(common.settings, common.account)
    )
    address = "" if internal else address_of(common.settings, view)
    for edition in EDITIONS if common.pdf else ():
        report, faults = report_of(view, edition, source, analysis=analysis, address=address)
        made.faults += faults
        if report is not None:
            made.reports.append((f"{folder}/{report_file(report.name)}", report, internal))


def _finish(made: MadeProject, root: Root) -> None:
    """Take over what a root has become."""
    made.files += root.files
    made.faults += [*root.problems, *root.shelf.problems]
    made.pictures[root.path] = root.shelf.pictures
