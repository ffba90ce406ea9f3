"""The work breakdown as a reader sees it: hidden items vanish, their visible children move up."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from kapm_site.analysis.measure import FULL
from kapm_site.analysis.records import ScheduleFigures, TaskFigures
from kapm_site.audience.charter import DelayView, DeliverableView, LinkView, TaskView
from kapm_site.audience.copying import copied
from kapm_site.audience.reader import Reader
from kapm_site.model.charter import Audience
from kapm_site.model.plan import Task


def task_views(reader: Reader, schedule: ScheduleFigures) -> tuple[TaskView, ...]:
    """Return the visible items in the order of the plan, numbered anew."""
    plan = reader.project.plan
    visible = list(_visible(reader, plan.tasks, plan.audience, 0))
    names = {task.id: task.name for task, _ in visible}
    numbers: list[int] = []
    views = []
    for index, (task, depth) in enumerate(visible):
        numbers = [*numbers[:depth], (numbers[depth] if depth < len(numbers) else 0) + 1]
        is_parent = index + 1 < len(visible) and visible[index + 1][1] > depth
        wbs = ".".join(map(str, numbers))
        views.append(_view(reader, task, schedule.tasks[task.id], names, wbs=wbs, depth=depth, is_parent=is_parent))
    return tuple(views)


def day_of(moment: date | datetime | None) -> date | None:
    """Return the day of an instant."""
    return moment.date() if isinstance(moment, datetime) else moment


def expected_day(task: TaskView) -> date | None:
    """Return the day on which a task was finished, else is expected to be."""
    return task.actual_finish or task.forecast_finish or task.finish


def is_done(task: TaskView) -> bool:
    """Tell whether nothing of a task was left to do at the status date; an announced finish is none yet."""
    return task.percent_complete >= FULL


def is_late_item(task: TaskView) -> bool:
    """Tell whether a task stands in the register of delays: work that is late itself, not the phase around it."""
    return task.late and not task.is_parent and not task.buffer


def follows(task: TaskView, status: date) -> bool:
    """Tell whether late work was not to have begun yet: it is late only with the work before it."""
    due = task.baseline_start or task.start
    begun = task.actual_start is not None or task.actual_finish is not None or task.percent_complete > 0
    return not begun and due is not None and due > status


def lacks_answer(task: TaskView, status: date) -> bool:
    """Tell whether cause or recovery of a late item is still to be said.

    Of work that follows other work that one is asked instead; finished work needs no recovery.
    """
    if follows(task, status):
        return False
    if task.delay is None:
        return True
    return task.actual_finish is None and not is_done(task) and not task.delay.recovery


def unanswered(reader: Reader, tasks: Iterable[TaskView], status: date) -> frozenset[str]:
    """Name the late items whose cause or recovery the reader is told to be missing.

    What we have yet to write down is for us to know; a client is told of none.
    """
    if not reader.internal:
        return frozenset()
    return frozenset(task.id for task in tasks if is_late_item(task) and lacks_answer(task, status))


def plan_span(tasks: Iterable[TaskView], status: date) -> tuple[date, date] | None:
    """Return the first and the last day of a plan, the status date among them; None where nothing has a date."""
    days = [day for task in tasks for day in (task.start, task.forecast_finish or task.finish) if day]
    return (min(*days, status), max(*days, status)) if days else None


def _visible(
    reader: Reader, tasks: tuple[Task, ...], inherited: Audience | None, depth: int
) -> Iterator[tuple[Task, int]]:
    for task in tasks:
        audience = task.audience or inherited
        shown = reader.sees(audience)
        if shown:
            yield task, depth
        yield from _visible(reader, task.tasks, audience, depth + shown)


def _view(
    reader: Reader, task: Task, figures: TaskFigures, names: dict[str, str], *, wbs: str, depth: int, is_parent: bool
) -> TaskView:
    estimate, constraint, source = task.estimate, task.constraint, task.source
    return copied(
        TaskView,
        task,
        wbs=wbs,
        depth=depth,
        is_parent=is_parent,
        owner=reader.name(task.owner),
        assigned=tuple((reader.name(a.person) or "", a.units) for a in task.assigned),
        start=day_of(figures.start),
        finish=day_of(figures.finish),
        baseline_start=day_of(figures.baseline_start),
        baseline_finish=day_of(figures.baseline_finish),
        forecast_start=day_of(figures.forecast_start),
        forecast_finish=day_of(figures.forecast_finish),
        actual_start=day_of(task.actual_start),
        actual_finish=day_of(task.actual_finish),
        deadline=day_of(task.deadline),
        duration_days=figures.duration_days,
        depends_on=tuple(
            LinkView(link.task, names[link.task], link.type, link.lag) for link in task.depends_on if link.task in names
        ),
        constraint=(constraint.type, day_of(constraint.date)) if constraint else None,
        estimate=(estimate.optimistic, estimate.likely, estimate.pessimistic, estimate.distribution)
        if estimate
        else None,
        steps=tuple((step.name, step.weight, step.done) for step in task.steps),
        source=(source.system, source.key, source.url) if source else None,
        delay=copied(DelayView, task.delay, owner=reader.name(task.delay.owner)) if task.delay else None,
        deliverable=copied(DeliverableView, task.deliverable, by=reader.name(task.deliverable.by))
        if task.deliverable
        else None,
        slip_days=figures.slip_days,
        late=figures.late,
        critical=figures.critical,
        percent_complete=figures.percent_complete,
        planned_percent=figures.planned_percent,
    )
