"""Who last changed each record of a project, and when: the latest change among the lines it is written in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kapm_site.history.blame import Touch
from kapm_site.history.extents import Extent, items_of, region_of
from kapm_site.model.measures import Commitment, CostEntry, Feedback
from kapm_site.model.plan import Plan, Task
from kapm_site.model.record import Record
from kapm_site.model.reports import ReportFile, Update
from kapm_site.model.workspace import Project
from kapm_site.workspace.read import readable_text

RecordKind = Literal[
    "project",
    "goal",
    "person",
    "task",
    "milestone",
    "baseline",
    "risk",
    "issue",
    "assumption",
    "dependency",
    "ask",
    "decision",
    "action",
    "change",
    "kpi",
    "feedback",
    "cost",
    "commitment",
    "meeting",
    "training",
    "lesson",
    "update",
    "report",
]

#: The lists of each file, and the kind of their records; the plan, whose tasks are nested, is walked apart.
_LISTS: dict[str, tuple[tuple[str, RecordKind], ...]] = {
    "project": (("goals", "goal"), ("team", "person")),
    "baselines": (("baselines", "baseline"),),
    "risks": (
        ("risks", "risk"),
        ("issues", "issue"),
        ("assumptions", "assumption"),
        ("dependencies", "dependency"),
    ),
    "asks": (("asks", "ask"),),
    "decisions": (("decisions", "decision"),),
    "actions": (("actions", "action"),),
    "changes": (("changes", "change"),),
    "kpis": (("kpis", "kpi"),),
    "feedback": (("feedback", "feedback"),),
    "costs": (("entries", "cost"), ("commitments", "commitment")),
    "meetings": (("meetings", "meeting"),),
    "training": (("training", "training"),),
    "lessons": (("lessons", "lesson"),),
}
_FILES = ("project", "plan", *(name for name in _LISTS if name != "project"))
#: Fields that name a record, in the order they are tried.
_NAMES = ("title", "name", "statement", "text", "note")


@dataclass(frozen=True, slots=True)
class RecordTouch:
    """A record and its last change.

    Attributes:
        id: As the file has it; empty for records without one.
        name: Its title or name; empty where it has none.
        day: The date by which people know it, such as that of an update; None for other records.
        touch: None where it is changed and not committed yet.
    """

    kind: RecordKind
    id: str
    name: str
    day: date | None
    touch: Touch | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A record and the lines it is written in; None for all of its file."""

    kind: RecordKind
    record: Record | Update
    extent: Extent | None = None


def record_touches(
    project: Project, texts: Mapping[str, bytes], ranks: Mapping[str, Sequence[int]], touches: Sequence[Touch | None]
) -> tuple[RecordTouch, ...]:
    """Find the last change of every record of a project, the latest first.

    Args:
        project: As it was read from the texts.
        texts: Of its files, by path in the workspace.
        ranks: Of each line of a file, the place of its change among the touches; below 0 where that is not at hand,
            and a record all of whose lines are so is left out.
        touches: The oldest first; None for what is not committed yet.
    """
    found: list[tuple[int, _Place]] = []
    for path, places in _places(project, texts):
        rows = _by_line(texts[path], ranks[path])
        found += [(max((rows[row] for row in _rows(place, len(rows))), default=-1), place) for place in places]
    known = sorted((one for one in found if one[0] >= 0), key=lambda one: -one[0])
    return tuple(_record_touch(place, touches[rank]) for rank, place in known)


def _places(project: Project, texts: Mapping[str, bytes]) -> Iterator[tuple[str, list[_Place]]]:
    """Walk the files that hold records, each with its records."""
    for name in _FILES:
        path, owner = f"{project.folder}/{name}.yaml", getattr(project, name)
        if path in texts and owner.node is not None:
            lines = readable_text(texts[path]).splitlines()
            if name == "plan":
                yield path, list(_tasks(owner, len(lines), lines))
            else:
                own = [_charter(owner, lines)] if name == "project" else []
                yield path, [*own, *_listed(owner, _LISTS[name], lines)]
    for update in project.updates:
        yield update.mark.path, [_Place("update", update)]
    for report in project.reports:
        yield report.mark().path, [_Place("report", report)]


def _tasks(owner: Plan | Task, end: int, lines: Sequence[str]) -> Iterator[_Place]:
    """Walk tasks with those below them; what a parent's children say is no change of the parent."""
    places = items_of(owner, "tasks", end, lines) if owner.tasks else []
    for task, (start, after) in zip(owner.tasks, places, strict=True):
        holes = (region_of(task, "tasks", after, lines),) if task.tasks else ()
        yield _Place("milestone" if task.milestone else "task", task, Extent(start, after, holes))
        yield from _tasks(task, after, lines)


def _listed(owner: Record, lists: Sequence[tuple[str, RecordKind]], lines: Sequence[str]) -> Iterator[_Place]:
    for key, kind in lists:
        records: Sequence[Record] = getattr(owner, key)
        places = items_of(owner, key, len(lines), lines) if records else []
        for record, (start, end) in zip(records, places, strict=True):
            yield _Place(kind, record, Extent(start, end))


def _charter(charter: Record, lines: Sequence[str]) -> _Place:
    holes = sorted(region_of(charter, key, len(lines), lines) for key, _ in _LISTS["project"])
    return _Place("project", charter, Extent(0, len(lines), tuple(holes)))


def _rows(place: _Place, count: int) -> Iterable[int]:
    return place.extent.rows() if place.extent else range(count)


def _by_line(content: bytes, ranks: Sequence[int]) -> Sequence[int]:
    """Give ranks by the lines of YAML, which knows more line breaks than git does."""
    lines = readable_text(content).splitlines(keepends=True)
    if len(lines) == len(ranks):
        return ranks
    found, row = [], 0
    for line in lines:
        found.append(ranks[row])
        row += line.endswith("\n")
    return found


def _record_touch(place: _Place, touch: Touch | None) -> RecordTouch:
    record = place.record
    if isinstance(record, ReportFile):
        return RecordTouch(place.kind, f"{record.number:g}", "", record.status_date, touch)
    day = record.date if isinstance(record, Update | Feedback | CostEntry | Commitment) else None
    name = next((text for field in _NAMES if (text := getattr(record, field, None))), "")
    return RecordTouch(place.kind, getattr(record, "id", ""), name, day, touch)
