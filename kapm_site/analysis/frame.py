"""What every figure of a project starts from: its calendars, its origin, and the instant the figures are of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kapm_site.analysis.working_time import WorkingTime, working_time
from kapm_site.model.plan import Task
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the work breakdown in its place.

    Attributes:
        path: Ids of the parents, outermost first.
        leaves: Indexes of the leaves below it among all leaves; its own where it is a leaf.
        calendar: Name of the calendar it works by: its own, else its nearest parent's that has one, else that of the
            people assigned to it, where all of them have the same.
    """

    task: Task
    wbs: str
    path: tuple[str, ...]
    leaves: range
    calendar: str | None

    @property
    def is_parent(self) -> bool:
        """Tell whether it has items below it."""
        return bool(self.task.tasks)


@dataclass(frozen=True, slots=True)
class Frame:
    """A project with its calendars at a status instant.

    Attributes:
        status: The instant the figures are of, local time.
        time: Working time of the project's calendar.
        calendars: Working time of the further calendars by name.
        items: The work breakdown, parents before their children.
        leaves: The items without children, in the same order.
        origin: Where tasks start that have neither dates nor links.
    """

    settings: Settings
    account: Account
    project: Project
    status: datetime
    time: WorkingTime
    calendars: dict[str, WorkingTime]
    items: tuple[Item, ...]
    leaves: tuple[Item, ...]
    origin: datetime

    def time_of(self, item: Item) -> WorkingTime:
        """Return the working time an item runs in."""
        return self.calendars.get(item.calendar, self.time) if item.calendar else self.time


def frame_of(settings: Settings, account: Account, project: Project, status: date | datetime) -> Frame:
    """Put a project's calendars and work breakdown together; a bare status date is the end of its working time."""
    calendar = project.project.calendar or account.client.calendar or settings.calendar
    time = working_time(calendar)
    now = status.replace(tzinfo=None) if isinstance(status, datetime) else time.day_finish(status)
    people = {person.id: person.calendar for person in project.project.team}
    items = tuple(_items(project.plan.tasks, people))
    named = {item.calendar for item in items if item.calendar in settings.calendars}
    return Frame(
        settings=settings,
        account=account,
        project=project,
        status=now,
        time=time,
        calendars={name: working_time(settings.calendars[name]) for name in sorted(filter(None, named))},
        items=items,
        leaves=tuple(item for item in items if not item.is_parent),
        origin=_origin(project, items, time, now),
    )


def _origin(project: Project, items: tuple[Item, ...], time: WorkingTime, status: datetime) -> datetime:
    """Return the agreed start, else the earliest date in the plan, else the status day."""
    if project.project.start is not None:
        return time.start_of(project.project.start)
    dates = [
        time.start_of(moment)
        for item in items
        for moment in (item.task.start, item.task.finish, item.task.actual_start, item.task.actual_finish)
        if moment is not None and not item.is_parent
    ]
    return min(dates, default=time.day_start(status.date()))


def _items(tasks: tuple[Task, ...], people: Mapping[str, str | None]) -> Iterator[Item]:
    """Walk the tree without recursion; a parent's range of leaves is known by counting them first."""
    counts: dict[int, int] = {}
    for task in reversed(list(_walk(tasks))):
        counts[id(task)] = sum(counts[id(child)] for child in task.tasks) or 1
    first = 0
    open_items: list[tuple[Task, str, tuple[str, ...], str | None]] = [
        (task, str(number), (), None) for number, task in reversed(list(enumerate(tasks, 1)))
    ]
    while open_items:
        task, wbs, path, inherited = open_items.pop()
        calendar = task.calendar or inherited
        own = calendar or _calendar_of_people(task, people)
        yield Item(task, wbs, path, range(first, first + counts[id(task)]), own)
        first += 0 if task.tasks else 1
        inside = (*path, task.id)
        open_items += [
            (child, f"{wbs}.{number}", inside, calendar) for number, child in reversed(list(enumerate(task.tasks, 1)))
        ]


def _calendar_of_people(task: Task, people: Mapping[str, str | None]) -> str | None:
    """Return the calendar of those who work on a leaf, where all of them have the same."""
    calendars = {people.get(assignment.person) for assignment in task.assigned}
    return calendars.pop() if len(calendars) == 1 and not task.tasks else None


def _walk(tasks: tuple[Task, ...]) -> Iterator[Task]:
    stack = list(reversed(tasks))
    while stack:
        task = stack.pop()
        yield task
        stack.extend(reversed(task.tasks))
