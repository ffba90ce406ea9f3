"""Recording a baseline: the plan of today becomes a record of `baselines.yaml`, and no other line changes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, count

from kapm_site.analysis.frame import Frame, Item, frame_of
from kapm_site.analysis.plan import PlannedNetwork, is_dated, plan_of
from kapm_site.analysis.working_time import WorkingTime
from kapm_site.importers.text import slug_of
from kapm_site.model.plan import Baseline, Cost
from kapm_site.model.workspace import Project
from kapm_site.pipeline.load import Loaded, selected
from kapm_site.problem import Mark, Problem, has_errors
from kapm_site.source import decode
from kapm_site.source.edit import Insert, edit_text
from kapm_site.source.emit import Typed, block_text, scalar_text

_HEAD = """\
# Plans as they were approved, written by `kapm baseline`. The latest approved one is what dates and money are
# measured against; the earlier ones stay.
"""
_DECIDED = ("approved", "implemented")
Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class Approval:
    """What is said of a baseline besides its tasks.

    Attributes:
        day: When it was approved; None for a draft, against which nothing is measured.
        by: Id or name of who approved it.
        change: Id of the change that led to it.
    """

    name: str
    day: date | None
    by: str | None = None
    change: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A baseline that is ready to be written.

    Attributes:
        path: Of the file, relative to the workspace; `text` is its new content.
        tasks: How many tasks it records.
        finish: Last day of its last task.
        before: The same of the latest baseline so far.
    """

    path: str
    text: str
    id: str
    approval: Approval
    tasks: int
    finish: date
    before: date | None


def record_baseline(loaded: Loaded, selector: str, approval: Approval, status: date) -> Recorded | list[Problem]:
    """Record the plan of a project as it stands.

    A baseline that a change led to takes the person who decided it where none is given. It is approved on the day it is
    recorded, not on that of the decision: what was measured before was measured against the plan before.

    Returns:
        What to write, or the problems that forbid it: errors of the project, an empty plan, a change that is not
        there or not approved.
    """
    account, project = selected(loaded.workspace, [selector])[0]
    problems = [*loaded.shared_problems, *loaded.problems_of(f"{account.folder}/client.yaml")]
    problems += loaded.problems_of(project.folder)
    if has_errors(problems):
        return problems
    if not project.plan.tasks:
        mark = Mark(f"{project.folder}/plan.yaml")
        return [Problem(mark, "nothing-planned", "the plan has no task", hint="write the plan first")]
    decided = _decided(project, approval)
    if isinstance(decided, Problem):
        return [decided]
    frame = frame_of(loaded.workspace.settings, account, project, status)
    if not is_dated(frame, has_baseline=bool(project.baselines.baselines)):
        message = "the plan names no day, so there is nothing to measure against"
        hint = "give its first tasks a `start`, or the project one and its tasks a `duration`"
        return [Problem(Mark(f"{project.folder}/plan.yaml"), "nothing-planned", message, hint=hint)]
    return _recorded(loaded, frame, decided)


def _decided(project: Project, approval: Approval) -> Approval | Problem:
    """Fill in from the change what was not given."""
    if approval.change is None:
        return approval
    mark = Mark(f"{project.folder}/changes.yaml")
    change = next((one for one in project.changes.changes if one.id == approval.change), None)
    if change is None:
        known = ", ".join(one.id for one in project.changes.changes) or "none"
        message = f"no change '{approval.change}'"
        return Problem(mark, "unknown-change", message, hint=f"changes of the project: {known}")
    if change.status not in _DECIDED:
        message = f"change '{change.id}' is {change.status}, so it cannot lead to a baseline"
        return Problem(change.mark("status"), "change-not-approved", message, hint="record its approval first")
    return replace(approval, by=approval.by or change.by)


def _recorded(loaded: Loaded, frame: Frame, approval: Approval) -> Recorded:
    project = frame.project
    plan = plan_of(frame)
    tasks = {item.task.id: _task(frame, plan, index, item) for index, item in enumerate(frame.leaves)}
    taken = {baseline.id for baseline in project.baselines.baselines}
    baseline_id = _new_id(approval.name, taken)
    record: Data = {"id": baseline_id, "name": approval.name}
    record |= {"approved": approval.day} if approval.day else {}
    record |= {"by": approval.by} if approval.by else {}
    record |= {"change": approval.change} if approval.change else {}
    record["tasks"] = tasks
    path = f"{project.folder}/baselines.yaml"
    latest = max(project.baselines.baselines, key=lambda one: one.approved or date.min, default=None)
    finish = max(instant.date() for instant in plan.network.finishes)
    return Recorded(
        path=path,
        text=_text(loaded, path, record),
        id=baseline_id,
        approval=approval,
        tasks=len(tasks),
        finish=finish,
        before=_finish_of(latest) if latest else None,
    )


def _new_id(name: str, taken: set[str]) -> str:
    """Make an id of a name, with a number where it is taken or has no Latin letter."""
    slug = slug_of(name)
    plain = slug if any(character.isalpha() for character in slug) else ""
    numbered = (f"{plain or 'baseline'}-{number}" for number in count(2 if plain else 1))
    return next(one for one in chain([plain] if plain else [], numbered) if one not in taken)


def _text(loaded: Loaded, path: str, record: Data) -> str:
    """Put the record behind those of the file, or make the file."""
    content = loaded.files.texts.get(path)
    text = decode(content, path)[0] if content is not None else None
    if not text or not text.strip():
        return _HEAD + block_text({"baselines": [record]})
    return edit_text(text, [Insert(("baselines",), record, order=("audience", "baselines"))])


def _task(frame: Frame, plan: PlannedNetwork, index: int, item: Item) -> Data:
    task, time = item.task, frame.time_of(item)
    start, finish = plan.network.starts[index], plan.network.finishes[index]
    found: Data = {} if task.milestone else {"start": _start(time, start)}
    found["finish"] = _finish(time, finish)
    if task.cost is not None:
        found["cost"] = _cost(task.cost)
    if task.work is not None:
        found["work"] = Typed(task.work)
    return found


def _start(time: WorkingTime, instant: datetime) -> date | Typed:
    """Write a start: a bare date where that means the same instant."""
    return instant.date() if instant == time.day_start(instant.date()) else Typed(scalar_text(instant))


def _finish(time: WorkingTime, instant: datetime) -> date | Typed:
    return instant.date() if instant == time.day_finish(instant.date()) else Typed(scalar_text(instant))


def _cost(cost: Cost) -> object:
    if not cost.fixed:
        return cost.amount
    return {"amount": cost.amount, "fixed": cost.fixed, "accrual": cost.accrual}


def _finish_of(baseline: Baseline) -> date | None:
    dates = (moment for task in baseline.tasks.values() for moment in (task.finish, task.start) if moment)
    days = (moment.date() if isinstance(moment, datetime) else moment for moment in dates)
    return max(days, default=None)
