"""The projects of two sides, matched, and what each reader of them sees change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kapm_site.analysis.analyse import analyse
from kapm_site.audience import ProjectView, client_project
from kapm_site.audience.looks import hidden_since, still_visible
from kapm_site.audience.project import project_view
from kapm_site.compare import Difference, compare
from kapm_site.language import language_for
from kapm_site.model.settings import HealthRules
from kapm_site.pages.changed import told
from kapm_site.pages.opening import headline
from kapm_site.pipeline.diff.records import ProjectDiff, ReaderDiff, Standing, State, WorkspaceDiff
from kapm_site.pipeline.diff.sides import Side
from kapm_site.pipeline.pages import setting_of
from kapm_site.problem import Problem, has_errors, sort_problems

#: Share of a project's files that must be the same for it to be one that was renamed.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class _Views:
    """A project on one side, for each reader; None for a client who may not know of it."""

    client: ProjectView | None
    internal: ProjectView
    rules: HealthRules


def diff(before: Side, after: Side, status: date | datetime, wanted: Iterable[str] = ()) -> WorkspaceDiff:
    """Compare two states of a workspace as of one status date, so that the mere passing of days is no change.

    Args:
        before: The earlier side.
        after: The later one.
        status: The status date of both.
        wanted: Selectors; all projects where there is none.
    """
    chosen = set(wanted)
    found, quiet = [], []
    for old, new in _pairs(before, after):
        selector = _selector(new or old)
        if chosen and not chosen & {selector, selector.split("/")[0], _selector(old)}:
            continue
        one = _project(before, after, old, new, status)
        if one.state == "changed" and one.client.is_empty and one.internal.is_empty and not one.hidden and not one.was:
            quiet.append(selector)
        else:
            found.append(one)
    day = status.date() if isinstance(status, datetime) else status
    return WorkspaceDiff(before.name, after.name, day, tuple(found), tuple(quiet))


def _pairs(before: Side, after: Side) -> Iterator[tuple[str, str]]:
    """Give the folders of the projects that are not made from the same; empty where a side has none."""
    new = [folder for folder in after.projects if folder not in before.projects]
    gone = [folder for folder in before.projects if folder not in after.projects]
    was = {}
    for folder in new:
        same = [one for one in gone if _of_one_client(before, after, one, folder)]
        old = max(same, key=lambda one: _likeness(before, after, one, folder), default="")
        if old and _likeness(before, after, old, folder) >= _ALIKE:
            was[folder] = old
            gone.remove(old)
    for folder in after.projects:
        old = was.get(folder, folder if folder in before.projects else "")
        if not old or old != folder or before.inputs(folder) != after.inputs(folder):
            yield old, folder
    yield from ((folder, "") for folder in gone)


def _of_one_client(before: Side, after: Side, old: str, new: str) -> bool:
    """Tell whether two projects are one client's, whose folder may be renamed; else it goes for one and is new."""
    then, now = old.rpartition("/")[0], new.rpartition("/")[0]
    return then == now or (then not in after.files.folders and now not in before.files.folders)


def _likeness(before: Side, after: Side, old: str, new: str) -> float:
    """Return the share of files with the same name and content."""
    then = {path.removeprefix(old): text for path, text in before.projects[old].files.texts.items()}
    now = {path.removeprefix(new): text for path, text in after.projects[new].files.texts.items()}
    same = sum(then.get(path) == text for path, text in now.items())
    return same / max(len(then), len(now), 1)


def _project(before: Side, after: Side, old: str, new: str, status: date | datetime) -> ProjectDiff:
    then = _views(before, old, status) if old else None
    now = _views(after, new, status) if new else None
    if isinstance(now, list):
        return _unread(new, now, "broken", then if isinstance(then, _Views) else None)
    if isinstance(then, list):
        return _unread(new or old, then, "mended", now)
    client, internal, hidden = _readers(then, now)
    name, owner = _names(now or then, new or old)
    return ProjectDiff(
        selector=_selector(new or old),
        name=name,
        client_name=owner,
        state="changed" if then and now else "new" if now else "gone",
        was=_selector(old) if old and new and old != new else "",
        client=client,
        internal=internal,
        hidden=hidden,
    )


def _unread(folder: str, errors: list[Problem], state: State, known: _Views | None) -> ProjectDiff:
    """Name a project that cannot be compared, as the side that could be read calls it."""
    name, owner = _names(known, folder)
    return ProjectDiff(_selector(folder), name, owner, state, problems=tuple(errors))


def _names(views: _Views | None, folder: str) -> tuple[str, str]:
    """Return what readers call a project and its client."""
    return (views.internal.name, views.internal.client_name) if views else (_selector(folder), "")


def _views(side: Side, folder: str, status: date | datetime) -> _Views | list[Problem]:
    account, project, problems = side.read(folder)
    if has_errors(problems):
        return sort_problems(problem for problem in problems if problem.severity == "error")
    settings = side.shared.workspace.settings
    analysis = analyse(settings, account, project, status)
    if has_errors(analysis.findings):
        return [finding for finding in analysis.findings if finding.severity == "error"]
    return _Views(client_project(analysis), project_view(analysis, internal=True), settings.health)


def _readers(then: _Views | None, now: _Views | None) -> tuple[ReaderDiff, ReaderDiff, tuple[str, ...]]:
    old, new = (then.client if then else None), (now.client if now else None)
    hidden: tuple[str, ...] = ()
    if old is not None and new is not None and now is not None:
        hidden = hidden_since(old, new, now.internal)
        old = still_visible(old, new, now.internal)
    client = _reader(old, new, _differences(old, new), now or then, internal=False)
    before, after = (then.internal if then else None), (now.internal if now else None)
    told_already = {_key(one) for one in client.differences}
    rest = tuple(one for one in _differences(before, after) if _key(one) not in told_already)
    internal = _reader(before, after, rest, now or then, internal=True)
    return client, internal, hidden


def _differences(before: ProjectView | None, after: ProjectView | None) -> tuple[Difference, ...]:
    return compare(before, after) if before is not None and after is not None else ()


def _reader(
    before: ProjectView | None,
    after: ProjectView | None,
    differences: tuple[Difference, ...],
    views: _Views | None,
    *,
    internal: bool,
) -> ReaderDiff:
    view = after or before
    if view is None or views is None:
        return ReaderDiff(None, None)
    words = language_for(view.language, dict(view.brand.vocabulary))
    sentences = told(differences, words, view.currency)
    return ReaderDiff(
        _standing(before, views.rules, internal=internal) if before else None,
        _standing(after, views.rules, internal=internal) if after else None,
        sentences,
        differences,
    )


def _standing(view: ProjectView, rules: HealthRules, *, internal: bool) -> Standing:
    return Standing(view.health.health, headline(view, setting_of(view, rules, internal=internal)))


def _key(one: Difference) -> tuple[object, ...]:
    return (one.topic, one.kind, one.id, one.before, one.after)


def _selector(folder: str) -> str:
    return folder.removeprefix("projects/")
