"""How much each person has to do, week by week, against the time the person has.

Who is `assigned` to a task works on it. An `owner` answers for the result, which by itself takes no time; only where a
task states its `work` and nobody is assigned to it does the owner do that work. Assignments of a parent are no work
either: the work is in its leaves. Milestones and buffers take nobody's time; support that accompanies work does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import fsum

from kapm_site.analysis.earned_value import NO_DATES
from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.measure import FULL
from kapm_site.analysis.outlook import PersonLoad, TeamLoad, WeekLoad
from kapm_site.analysis.plan import is_level_of_effort
from kapm_site.analysis.schedule import Leaves
from kapm_site.analysis.working_time import WorkingTime, round_the_clock, working_time
from kapm_site.model.charter import Person
from kapm_site.model.order import natural
from kapm_site.model.workspace import Project

HOUR = 3600

#: Weeks of a task that are looked at: a date mistyped by centuries must not cost minutes.
MOST_WEEKS = 1040

#: Weeks of all work together, one for each person on each task, that are added up; far more than a team looks at.
MOST_LOADS = 50_000

#: Percent that is no more than the rounding of a sum of shares.
GRAIN = 1e-6


def load_figures(frame: Frame, leaves: Leaves) -> tuple[tuple[PersonLoad, ...], str]:
    """Return the load of everybody who has work left, in the order of the team; people outside it follow by id.

    Of the status week only what lies after the status instant counts, of the work as of the time there is for it. Of a
    plan with more weeks of work than anybody adds up there are no loads, nor of one without dates, whose weeks are
    guesses; the reason says so, and is empty else.
    """
    if frame.leaves and not leaves.dated:
        return (), NO_DATES
    works = [work for index, item in enumerate(frame.leaves) if (work := _work(frame, leaves, index, item))]
    count = sum(len(work.people) * work.stretch.count for work in works)
    if count > MOST_LOADS:
        return (), f"the plan has {count:,} weeks of work for one person on one task, the limit is {MOST_LOADS:,}"
    hours: dict[str, dict[date, dict[str, float]]] = {}
    for work in works:
        for person, monday, amount in _hours(frame, leaves, work):
            week = hours.setdefault(person, {}).setdefault(monday, {})
            week[work.item.task.id] = week.get(work.item.task.id, 0.0) + amount
    team = [person.id for person in frame.project.project.team]
    others = sorted(set(hours) - set(team))
    loads = tuple(_person_load(frame, person, hours[person]) for person in [*team, *others] if person in hours)
    return loads, ""


def overloaded(loads: Iterable[PersonLoad], limit: float = FULL) -> tuple[PersonLoad, ...]:
    """Return the people and weeks with more work than a limit in percent, or with work in a week off."""
    found = (
        replace(load, weeks=tuple(w for w in load.weeks if w.percent > limit + GRAIN or w.available_hours <= 0))
        for load in loads
    )
    return tuple(load for load in found if load.weeks)


def team_load(project: Project, loads: tuple[PersonLoad, ...]) -> TeamLoad:
    """Put the loads of a project together with who its people are."""
    team = tuple((person.id, person.name, (person.email or "").casefold()) for person in project.project.team)
    return TeamLoad(project.client_id, project.selector, team, loads)


def merge_loads(teams: Iterable[TeamLoad]) -> tuple[PersonLoad, ...]:
    """Add up the loads of the same people over several projects.

    People are the same who have the same e-mail address; without one, those of the same client who share id and name.
    The result names them by their full name, sorted, and tasks as `client/project/task`, those of the project that
    takes most first. What a person can give to several projects in a week is what they can give to each, but no more
    than all of their time.
    """
    given = list(teams)
    addresses = _addresses(given)
    gathered: dict[tuple[str, ...], list[tuple[TeamLoad, PersonLoad]]] = {}
    for team in given:
        for load in team.loads:
            gathered.setdefault(_identity(team, load.person, addresses), []).append((team, load))
    merged = (_merged(gathered[identity]) for identity in sorted(gathered))
    return tuple(sorted(merged, key=lambda load: load.person))


def week_name(monday: date) -> str:
    """Return the ISO 8601 name of a week, such as 2026-W47."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The time in which the rest of a leaf is worked on."""

    calendar: WorkingTime
    begin: datetime
    end: datetime

    @property
    def seconds(self) -> int:
        return max(self.calendar.position(self.end) - self.calendar.position(self.begin), 0)

    @property
    def count(self) -> int:
        """How many weeks it touches, of those that are looked at."""
        return min((_monday(self.end) - _monday(self.begin)).days // 7 + 1, MOST_WEEKS)

    def weeks(self) -> Iterator[tuple[date, int]]:
        """Return the Mondays of its weeks and the seconds worked in each."""
        monday, last = _monday(self.begin), _monday(self.end)
        done = self.calendar.position(self.begin)
        for _ in range(MOST_WEEKS):
            upto = self.calendar.position(min(_week_end(monday), self.end))
            if upto > done:
                yield monday, upto - done
            if monday >= last:
                return
            done, monday = max(upto, done), monday + timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Work:
    """A leaf that is not done, with who works on it by which units in percent, and when."""

    index: int
    item: Item
    people: list[tuple[str, float]]
    stretch: _Stretch


def _work(frame: Frame, leaves: Leaves, index: int, item: Item) -> _Work | None:
    """Return what is left of a leaf, None where it takes nobody's time."""
    task = item.task
    if task.milestone or task.buffer or leaves.actuals[index].finished:
        return None
    people = [(assignment.person, assignment.units) for assignment in task.assigned if assignment.units > 0]
    if task.work is not None and task.owner is not None and not task.assigned:
        people = [(task.owner, FULL)]
    return _Work(index, item, people, _stretch(frame, leaves, index, item)) if people else None


def _hours(frame: Frame, leaves: Leaves, work: _Work) -> Iterator[tuple[str, date, float]]:
    """Return who has to work on a leaf in which week, and for how many hours."""
    task, stretch, weeks = work.item.task, work.stretch, list(work.stretch.weeks())
    if task.work is None:
        for person, units in work.people:
            for monday, seconds in weeks:
                yield person, monday, seconds * units / FULL / HOUR
        return
    left = frame.time_of(work.item).seconds_of(task.work) * _share_left(frame, leaves, work.index, work.item) / HOUR
    whole, together = stretch.seconds, fsum(units for _, units in work.people)
    weeks = weeks if whole else [(_monday(stretch.end), 0)]
    for person, units in work.people if left > 0 else ():
        for monday, seconds in weeks:
            yield person, monday, left * units / together * (seconds / whole if whole else 1)


def _stretch(frame: Frame, leaves: Leaves, index: int, item: Item) -> _Stretch:
    """Return when a leaf is worked on; of elapsed time people work the hours of the calendar, if it has any."""
    begin = max(leaves.forecast.starts[index], frame.status)
    return _Stretch(frame.time_of(item), begin, max(leaves.forecast.finishes[index], begin))


def _share_left(frame: Frame, leaves: Leaves, index: int, item: Item) -> float:
    """Return the share of a leaf's work that is left: of its time for support, by `remaining` where it is stated."""
    task, actual, time = item.task, leaves.actuals[index], frame.time_of(item)
    if is_level_of_effort(frame, task):
        begin, end = time.position(leaves.forecast.starts[index]), time.position(leaves.forecast.finishes[index])
        return min(max((end - time.position(frame.status)) / (end - begin), 0.0), 1.0) if end > begin else 0.0
    activity, remaining = leaves.plan.activities[index], task.remaining
    if not actual.started or remaining is None or not activity.seconds:
        return 1 - actual.percent / FULL
    if remaining.elapsed != (activity.calendar is round_the_clock()):
        return 1 - actual.percent / FULL
    return time.seconds_of(remaining) / activity.seconds


def _person_load(frame: Frame, person_id: str, weeks: dict[date, dict[str, float]]) -> PersonLoad:
    person = frame.project.person(person_id)
    capacity = person.capacity if person else FULL
    calendar = _calendar_of(frame, person)
    loads = []
    for monday in sorted(weeks):
        begin = max(datetime.combine(monday, time.min), frame.status)
        seconds = max(calendar.position(_week_end(monday)) - calendar.position(begin), 0)
        available = seconds / HOUR * capacity / FULL
        loads.append(_week_load(frame, monday, weeks[monday], available))
    return PersonLoad(person_id, capacity, tuple(loads))


def _week_load(frame: Frame, monday: date, tasks: dict[str, float], available: float) -> WeekLoad:
    """Set work against time; who has none that week is measured by a usual week of the project's calendar."""
    hours = fsum(tasks.values())
    calendar = frame.time.calendar
    base = available or calendar.hours_per_day * calendar.days_per_week
    order = sorted(tasks, key=lambda task_id: (-tasks[task_id], natural(task_id)))
    return WeekLoad(monday, FULL * hours / base, tuple(order), hours, available)


def _calendar_of(frame: Frame, person: Person | None) -> WorkingTime:
    if person is None or person.calendar not in frame.settings.calendars:
        return frame.time
    return working_time(frame.settings.calendars[person.calendar])


def _addresses(teams: Iterable[TeamLoad]) -> dict[tuple[str, ...], str]:
    """Return the e-mail addresses that are known of people, for the projects in which theirs is left out."""
    return {(team.client, person_id, name): email for team in teams for person_id, name, email in team.people if email}


def _identity(team: TeamLoad, person_id: str, addresses: dict[tuple[str, ...], str]) -> tuple[str, ...]:
    for known, name, email in team.people:
        if known == person_id:
            key = (team.client, person_id, name)
            found = email or addresses.get(key)
            return (found,) if found else key
    return (team.selector, person_id)


def _merged(parts: list[tuple[TeamLoad, PersonLoad]]) -> PersonLoad:
    team, first = parts[0]
    names = {person_id: name for person_id, name, _ in team.people}
    weeks: dict[date, list[tuple[str, float, WeekLoad]]] = {}
    for one, load in parts:
        for week in load.weeks:
            weeks.setdefault(week.monday, []).append((one.selector, load.capacity, week))
    capacity = _together([(load.capacity, load.capacity) for _, load in parts])
    return PersonLoad(
        names.get(first.person, first.person),
        capacity,
        tuple(_merged_week(monday, weeks[monday]) for monday in sorted(weeks)),
    )


def _merged_week(monday: date, parts: list[tuple[str, float, WeekLoad]]) -> WeekLoad:
    hours = fsum(week.hours for _, _, week in parts)
    available = _together([(capacity, week.available_hours) for _, capacity, week in parts])
    percent = FULL * hours / available if available else fsum(week.percent for _, _, week in parts)
    by_hours = sorted(parts, key=lambda part: -part[2].hours)
    tasks = tuple(f"{selector}/{task_id}" for selector, _, week in by_hours for task_id in week.tasks)
    return WeekLoad(monday, percent, tasks, hours, available)


def _together(shares: list[tuple[float, float]]) -> float:
    """Add up what a person gives to projects, by capacity, up to all of the person's time."""
    whole = max((amount * max(FULL / capacity, 1) for capacity, amount in shares if capacity > 0), default=0.0)
    return min(fsum(amount for _, amount in shares), whole)


def _monday(instant: datetime) -> date:
    return instant.date() - timedelta(days=instant.weekday())


def _week_end(monday: date) -> datetime:
    return datetime.combine(date.fromordinal(min(monday.toordinal() + 7, date.max.toordinal())), time.min)
