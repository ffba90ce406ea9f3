"""`milestones.ics`: the dates of a project for the reader's own calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kapm_site.audience.charter import TaskView
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.pages.fields import cadence_text
from kapm_site.pages.files.rhythm import Repeat, expected


@dataclass(frozen=True, slots=True)
class Event:
    """Something that takes place on a day, all day long.

    Attributes:
        uid: Stays the same from build to build, so that a calendar moves the event instead of doubling it.
        kind: Its category, in the reader's words.
        done: It has taken place.
        repeats: The rule by which it comes again, up to `until`.
    """

    uid: str
    day: date
    summary: str
    description: str
    kind: str
    done: bool
    repeats: Repeat | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The events of a project; `stamp` is the day that they are told of."""

    name: str
    language: str
    stamp: date
    events: tuple[Event, ...]


def project_calendar(view: ProjectView, words: Language) -> Calendar:
    """Collect milestones, answers that are needed, meetings and trainings with a date, the earliest first."""
    found = [*_milestones(view, words), *_asks(view, words), *_meetings(view, words), *_trainings(view, words)]
    found += _regular(view, words)
    return Calendar(
        name=words.text("calendar.title", project=view.name),
        language=words.tag,
        stamp=view.status,
        events=tuple(sorted(found, key=lambda event: (event.day, event.uid))),
    )


def _milestones(view: ProjectView, words: Language) -> Iterator[Event]:
    for task in view.tasks:
        day = task.actual_finish or task.forecast_finish or task.finish
        if task.milestone and day:
            yield Event(
                _uid(view, task.id),
                day,
                words.text("calendar.milestone", project=view.name, name=task.name),
                _about(task, words),
                words.text("label.milestone"),
                task.actual_finish is not None,
            )


def _about(task: TaskView, words: Language) -> str:
    """Say whether the date holds, then what the milestone is."""
    lines = []
    if task.actual_finish:
        lines.append(words.text("page.done_on", date=words.date(task.actual_finish)))
    if task.baseline_finish:
        lines.append(words.text("page.agreed_date", date=words.date(task.baseline_finish)))
    if slip := round(task.slip_days or 0, 1):
        days = words.days(abs(slip))
        lines.append(words.text("page.late_by", days=days) if slip > 0 else words.text("page.early_by", days=days))
    if task.description:
        lines.append(task.description)
    return "\n".join(lines)


def _asks(view: ProjectView, words: Language) -> Iterator[Event]:
    for ask in view.asks:
        if ask.status == "open" and ask.due:
            owner = words.text("page.labelled", label=words.text("label.owner"), value=ask.owner) if ask.owner else ""
            yield Event(
                _uid(view, "ask", ask.id),
                ask.due,
                words.text("calendar.ask", title=ask.title),
                "\n".join(text for text in (view.name, owner, ask.effect) if text),
                words.text("label.ask"),
                done=False,
            )


def _meetings(view: ProjectView, words: Language) -> Iterator[Event]:
    for meeting in view.meetings:
        yield Event(
            _uid(view, "meeting", meeting.id),
            meeting.date,
            words.text("calendar.milestone", project=view.name, name=meeting.name),
            ", ".join(meeting.attendees),
            words.text("label.meeting"),
            meeting.date <= view.status,
        )


def _regular(view: ProjectView, words: Language) -> Iterator[Event]:
    """Expect the regular meetings until the plan ends, as far as those that were held show a rule."""
    until = view.schedule.forecast_finish or view.schedule.finish
    for planned in view.communication.meetings:
        rule = expected(planned, view.meetings, view.status)
        if rule and until and rule.first <= until:
            cadence = cadence_text(words, planned.cadence)
            about = (words.text("calendar.expected", cadence=cadence), ", ".join(planned.attendees))
            yield Event(
                _uid(view, "regular", planned.id),
                rule.first,
                words.text("calendar.milestone", project=view.name, name=planned.name),
                "\n".join(text for text in about if text),
                words.text("label.meeting"),
                done=False,
                repeats=rule,
                until=until,
            )


def _trainings(view: ProjectView, words: Language) -> Iterator[Event]:
    for training in view.training:
        if training.date and training.status != "cancelled":
            about = (training.audience_group, training.trainer)
            yield Event(
                _uid(view, "training", training.id),
                training.date,
                words.text("calendar.milestone", project=view.name, name=training.title),
                "\n".join(text for text in about if text),
                words.text("label.training"),
                training.status == "done",
            )


def _uid(view: ProjectView, *record: str) -> str:
    """Name an event; an id has no colon, so a task never has the name of a record of a register."""
    return f"{view.client_id}-{view.id}-{':'.join(record)}@kapm"
