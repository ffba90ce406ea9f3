"""One project, from its files to its pages: the unit of work of a build, in this process or in another."""

import pickle
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis
from kapm_site.audience import InternalProject, PortfolioProject, ProjectView, portfolio_project
from kapm_site.checks import check_project
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.pages.imprint import Version
from kapm_site.pages.reuse import BuiltSections
from kapm_site.pipeline.assets import Shelf
from kapm_site.pipeline.history import ProjectHistory
from kapm_site.pipeline.options import BuildOptions
from kapm_site.pipeline.pages import Root, client_project_files, internal_project_files, report_file
from kapm_site.pipeline.reports import EDITIONS, Report, Source, report_of
from kapm_site.pipeline.secrets import project_secrets, told_texts
from kapm_site.pipeline.sections import Written
from kapm_site.pipeline.seen import Seen, see
from kapm_site.pipeline.touched import project_touches
from kapm_site.problem import Problem, has_errors, sort_problems
from kapm_site.publish import OutputFile, Secret, client_root
from kapm_site.workspace import ProjectFiles, read_project


@dataclass(frozen=True, slots=True)
class Common:
    """What all projects of a client are made with.

    Attributes:
        root: The workspace.
        account: The client, without its projects.
        attachments: Paths of the pictures that its pages may show.
        version: Of the sources; None where they are in no commit.
        sound: Neither its own file nor those above it have an error.
        pages: For whom pages are made.
        pdf: Reports are made as well.
    """

    root: Path
    sound: bool
    settings: Settings
    account: Account
    attachments: frozenset[str]
    options: BuildOptions
    version: Version | None
    pages: frozenset[str]
    pdf: bool


@dataclass(frozen=True, slots=True)
class ProjectJob:
    """A project to make.

    Attributes:
        common: A pickled `Common`, packed once for all projects of a client.
        history: Its way through the commits; None where git does not know it.
        known: Problems that were found in its folder from above: of names, and of files that cannot be read.
    """

    common: bytes
    part: ProjectFiles
    history: ProjectHistory | None = None
    known: tuple[Problem, ...] = ()


@dataclass(slots=True)
class MadeProject:
    """What came of a project.

    Attributes:
        selector: Its name on the command line.
        sound: Neither its files nor those above it have an error.
        problems: Of its files, without those that were known.
        findings: What its figures say needs a look.
        faults: Of its pages.
        client: What its client may see; None where it may see nothing, or where there is an error.
        internal: What the portfolio shows of it; None where there is an error.
        pictures: That its pages show, by web root.
        reports: PDFs to make, with their path and whether they are internal.
        held: All that its files say, for the audit.
        told: All that its client may read of it.
    """

    selector: str
    sound: bool
    problems: list[Problem]
    findings: tuple[Problem, ...] = ()
    faults: list[Problem] = field(default_factory=list)
    client: ProjectView | None = None
    internal: PortfolioProject | None = None
    files: list[OutputFile] = field(default_factory=list)
    pictures: dict[str, dict[str, bytes]] = field(default_factory=dict)
    reports: list[tuple[str, Report, bool]] = field(default_factory=list)
    held: list[Secret] = field(default_factory=list)
    told: tuple[str, ...] = ()


def pack(common: Common) -> bytes:
    """Pack what all projects of a client are made with."""
    return pickle.dumps(common, pickle.HIGHEST_PROTOCOL)


def make_project(job: ProjectJob) -> MadeProject:
    """Read, check and analyse a project, and make its pages; with an error in its files, report that alone."""
    common = _unpacked(job.common)
    project, problems, _ = read_project(job.part)
    workspace = Workspace(common.settings, (common.account,), common.attachments)
    problems += check_project(common.account, project, workspace)
    sound = common.sound and not has_errors([*job.known, *problems])
    made = MadeProject(project.selector, sound, problems, held=project_secrets(project))
    if sound:
        analysis = analyse(common.settings, common.account, project, common.options.status)
        made.findings = tuple(analysis.findings)
        made.sound = not has_errors(analysis.findings)
        if made.sound:
            seen = see(analysis, job.history, sort_problems([*job.known, *problems]))
            _make(made, analysis, _with_touches(seen, job, project) if "internal" in common.pages else seen, common)
    return made


def _with_touches(seen: Seen, job: ProjectJob, project: Project) -> Seen:
    """Say on the internal page who last changed each record, where git knows the project."""
    if job.history is None:
        return seen
    touches = project_touches(job.history.repository, job.history.line, project, job.part.files.texts)
    return replace(seen, internal=replace(seen.internal, notes=replace(seen.internal.notes, touches=touches)))


@lru_cache(maxsize=16)
def _unpacked(common: bytes) -> Common:
    found: Common = pickle.loads(common)  # noqa: S301 packed by `pack`, in this build
    return found


def _make(made: MadeProject, analysis: Analysis, seen: Seen, common: Common) -> None:
    made.problems += seen.problems
    made.internal = _alone(portfolio_project(seen.internal))
    built, written = None, Written()
    if seen.client is not None:
        made.client = replace(seen.client, before=None)
        made.told = tuple(dict.fromkeys(told_texts(common.account, analysis.project, seen.client)))
        if "client" in common.pages:
            built = _make_client(made, seen.client, written, common)
    if "internal" in common.pages:
        _make_internal(made, seen.internal, built, written, common)


def _alone(project: PortfolioProject) -> PortfolioProject:
    """Leave out the earlier view, which homes and portfolio do not show: views are kept until the last project."""
    return replace(project, view=replace(project.view, before=None))


def _make_client(made: MadeProject, view: ProjectView, written: Written, common: Common) -> BuiltSections:
    root = new_root(client_root(view.client_id), view.client_id, common)
    built = client_project_files(root, view, written)
    base = common.settings.publishing.base_url
    address = f"{base.rstrip('/')}/{view.client_id}/{view.id}/" if base else ""
    _finish(made, root, view, f"{root.path}/{view.id}", common, address)
    return built


def _make_internal(
    made: MadeProject, project: InternalProject, client: BuiltSections | None, written: Written, common: Common
) -> None:
    root = new_root("internal", None, common)
    internal_project_files(root, project, client, written)
    _finish(made, root, project.view, f"{root.path}/{project.view.client_id}/{project.view.id}", common, "")


def new_root(path: str, client: str | None, common: Common) -> Root:
    """Begin a web root, or a project's part of one."""
    shelf, rules = Shelf(common.root), common.settings.health
    return Root(path, client, common.root, common.attachments, common.version, rules, common.options.pdf, shelf)


def _finish(made: MadeProject, root: Root, view: ProjectView, folder: str, common: Common, address: str) -> None:
    """Take over what a root has become, and set the reports that lie in it."""
    for edition in EDITIONS if common.pdf else ():
        source = Source(common.root, root.known, root.rules, common.version)
        internal = root.client is None
        report, faults = report_of(view, edition, common.account, source, internal=internal, address=address)
        made.faults += faults
        if report is not None:
            made.reports.append((f"{folder}/{report_file(edition)}", report, internal))
    made.files += root.files
    made.faults += [*root.problems, *root.shelf.problems]
    made.pictures[root.path] = root.shelf.pictures
