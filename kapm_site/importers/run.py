"""One import from the bytes of a foreign file to the texts of YAML files; nothing is written here."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from kapm_site.importers.calendar_data import calendar_data
from kapm_site.importers.documents import documents
from kapm_site.importers.ids import Ids, choose_ids, used_calendars
from kapm_site.importers.levels import fit_levels
from kapm_site.importers.merge import (
    Merge,
    merge_baselines,
    merge_calendars,
    merge_client,
    merge_plan,
    merge_project,
    people_known,
)
from kapm_site.importers.plan_tree import PlanNode, read_tree, walk
from kapm_site.importers.records import ImportedProject
from kapm_site.importers.result import ImportResult, tallies
from kapm_site.importers.target import Target, find_target
from kapm_site.problem import Mark, Problem, has_errors
from kapm_site.source import MAX_FILE_BYTES
from kapm_site.source.emit import texts
from kapm_site.workspace.collect import SourceFiles
from kapm_site.workspace.read import read

#: Bytes of a foreign file and its name to a plan, and problems.
Reader = Callable[[bytes, str], tuple[ImportedProject | None, list[Problem]]]


def run_import(reader: Reader, content: bytes, source: str, selector: str, files: SourceFiles) -> ImportResult:
    """Work out what an import would write.

    Args:
        reader: The importer of the system.
        content: The foreign file.
        source: Its name in messages, without the path of a machine.
        selector: `client/project`, created where it is absent.
        files: The files of the workspace.

    Returns:
        Texts of files, changes, the account of the rows, and problems; with an error there are no files.
    """
    project, problems = reader(content, source)
    target, more = find_target(selector, files)
    problems += more
    if project is None or target is None:
        return ImportResult(problems=tuple(problems))
    project = fit_levels(replace(project, name=project.name or target.project))
    roots = read_tree(target.value(target.path("plan")), project.system)
    known = {node.key: node.id for node in walk(roots) if node.key is not None}
    taken = {node.id for node in walk(roots)}
    ids = choose_ids(project, known, taken, people_known(target))
    fresh = documents(project, _with_free_calendars(ids, project, target))
    merge = Merge(target, problems=problems + _doubles(roots, target))
    merge_client(merge, target.client.replace("-", " ").title())
    merge_calendars(merge, fresh.calendars)
    merge_project(merge, fresh, source)
    merge_plan(merge, fresh, roots, source)
    merge_baselines(merge, fresh.baselines)
    merge.problems += _obstacles(merge.files, files) or _too_large(merge.files) or _faults(merge.files, files)
    dropped = (*project.dropped, *fresh.dropped)
    return ImportResult(
        {} if has_errors(merge.problems) else dict(sorted(merge.files.items())),
        tuple(merge.changes),
        dropped,
        tallies(project, dropped),
        tuple(merge.problems),
    )


def _with_free_calendars(ids: Ids, project: ImportedProject, target: Target) -> Ids:
    """Put the project's name before the name of a calendar that kapm.yaml uses for other hours."""
    known = target.value("kapm.yaml").get("calendars")
    names: dict[str, str] = {}
    for calendar in used_calendars(project):
        name = ids.calendars[calendar.key]
        data, _ = calendar_data(calendar, project)
        clashes = isinstance(known, dict) and name in known and known[name] != texts(data)
        names[calendar.key] = f"{target.project}-{name}" if clashes else name
    return replace(ids, calendars=names)


def _doubles(roots: list[PlanNode], target: Target) -> list[Problem]:
    """Report keys that several tasks bear, as after copying one; the last of them is merged."""
    counts = Counter(node.key for node in walk(roots) if node.key is not None)
    hint = "delete 'source' from the copy"
    return [
        Problem(Mark(target.path("plan")), "import-twice", f"{count} tasks have source key '{key}'", "warning", hint)
        for key, count in counts.items()
        if count > 1
    ]


def _obstacles(texts_by_path: Mapping[str, str], files: SourceFiles) -> list[Problem]:
    """Return what stands in a file's place and cannot be read, such as a symbolic link."""
    places = {"/".join(path.split("/")[:depth]) for path in texts_by_path for depth in range(1, path.count("/") + 2)}
    return [problem for problem in files.problems if problem.mark.path in places]


def _too_large(texts_by_path: Mapping[str, str]) -> list[Problem]:
    sizes = {path: len(text.encode()) for path, text in texts_by_path.items()}
    hint = "import the plan's parts as several projects"
    return [
        Problem(
            Mark(path),
            "import-too-large",
            f"the file would have {size / MAX_FILE_BYTES:.1f} MiB, the limit is 1 MiB",
            hint=hint,
        )
        for path, size in sizes.items()
        if size > MAX_FILE_BYTES
    ]


def _faults(texts_by_path: Mapping[str, str], files: SourceFiles) -> list[Problem]:
    """Read the workspace as it would be; return the errors that were not there before."""
    after = SourceFiles(
        {**files.texts, **{path: text.encode() for path, text in texts_by_path.items()}},
        files.others,
        files.folders | {folder for path in texts_by_path for folder in _folders(path)},
        files.problems,
    )
    before = {(problem.mark.path, problem.message) for problem in read(files).problems}
    return [
        problem
        for problem in read(after).problems
        if problem.severity == "error" and (problem.mark.path, problem.message) not in before
    ]


def _folders(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(2, len(parts) + 1)]
