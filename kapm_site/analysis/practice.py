"""What was promised to people and is late: reports, meetings and their minutes, actions, answers, acceptance.

A finding is something to act on this week. Each limit below leaves what sorts itself out within a few days alone.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from kapm_site.analysis.frame import Frame
from kapm_site.analysis.health import latest_update, stale_update
from kapm_site.analysis.notice import file_of, place_of, warn, working_days
from kapm_site.model.charter import PlannedMeeting
from kapm_site.model.measures import Meeting
from kapm_site.model.settings import Cadence
from kapm_site.problem import Problem

#: How a meeting repeats: days and months to the next one, and how many working days later than that it may be.
#: The third Thursdays of two months lie up to a week more than a month apart, a meeting may move within its week, and
#: its minutes take a day or two. A daily meeting has no minutes to go by, so it is not watched.
RHYTHMS: dict[str, tuple[int, int, int]] = {
    "weekly": (7, 0, 2),
    "biweekly": (14, 0, 3),
    "fortnightly": (14, 0, 3),
    "monthly": (0, 1, 5),
    "quarterly": (0, 3, 10),
}

#: Working days in which minutes are written, and days after which nobody could write them any more.
MINUTES_DAYS, MINUTES_FORGOTTEN = 3, 30

#: Working days a client may take to accept a deliverable: two weeks, as most contracts have it, and as long as a
#: change may wait by default.
ACCEPTANCE_DAYS = 10


def practice_findings(frame: Frame, *, unfinished: bool) -> Iterator[Problem]:
    """Return what is late of what people wait for; reports and regular meetings end with the work."""
    if unfinished:
        yield from _reports(frame)
        yield from _regular_meetings(frame)
    yield from _minutes(frame)
    yield from _actions(frame)
    yield from _asks(frame)
    yield from _acceptance(frame)


def next_due(last: date, cadence: Cadence) -> date:
    """Return the day by which the status is to be reported again."""
    days, months, _ = RHYTHMS[cadence]
    return _later(last, days, months)


def _later(day: date, days: int, months: int) -> date:
    """Return the day that is some days and months later; the last of its month where that has fewer days."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last) + timedelta(days)
        except (ValueError, OverflowError):
            continue
    return day


def _since(frame: Frame, day: date) -> float:
    """Return how many working days have gone by since the end of a day."""
    return frame.time.days_between(frame.time.day_finish(day), frame.status)


def _reports(frame: Frame) -> Iterator[Problem]:
    charter, today = frame.project.project, frame.status.date()
    update, stale = latest_update(frame), stale_update(frame)
    if stale is not None:
        limit = charter.communication.report.stale_after
        message = f"the last update is of {stale.date}, older than {limit}: no health is claimed"
        mark = place_of(charter, "communication", "report", "stale_after", fallback=file_of(frame, "project.yaml"))
        yield warn(mark, "status-stale", message, "write updates/<date>.md")
    cadence = charter.communication.report.cadence or frame.settings.publishing.report_cadence
    if cadence is None:
        return
    told = [report.status_date for report in frame.project.reports if report.status_date <= today]
    told += [update.date] if update else []
    last = max(told, default=frame.origin.date())
    due = next_due(last, cadence)
    if due < today:
        message = f"a {cadence} report was due on {due}, the last status is of {last}"
        if not told:
            message = f"a {cadence} report was due on {due}, none has been written yet"
        mark = place_of(charter, "communication", "report", "cadence", fallback=file_of(frame, "project.yaml"))
        yield warn(mark, "report-overdue", message, "write updates/<date>.md and release the report")


def _regular_meetings(frame: Frame) -> Iterator[Problem]:
    charter, today = frame.project.project, frame.status.date()
    for planned in charter.communication.meetings:
        rhythm = RHYTHMS.get((planned.cadence or "").strip().casefold())
        if rhythm is None:
            continue
        *step, grace = rhythm
        held = [meeting.date for meeting in frame.project.meetings.meetings if _is_one_of(meeting, planned)]
        last = max((day for day in held if day <= today), default=None)
        due = _later(last or frame.origin.date(), *step)
        if due < today and _since(frame, due) > grace:
            told = f"was last held on {last}, the next was due by {due}"
            if last is None:
                told = f"has not been held since the start on {frame.origin.date()}, the first was due by {due}"
            message = f"{planned.cadence} meeting '{planned.id}' {told}"
            hint = f"hold it and enter it in meetings.yaml as '{planned.name}', or change its cadence"
            mark = place_of(planned, "cadence", fallback=file_of(frame, "project.yaml"))
            yield warn(mark, "meeting-missed", message, hint)


def _is_one_of(meeting: Meeting, planned: PlannedMeeting) -> bool:
    """Tell whether a meeting is one of a series: by its name, which may go on with a number or an occasion."""
    return meeting.name.casefold().startswith(planned.name.casefold())


def _minutes(frame: Frame) -> Iterator[Problem]:
    agreed = {action.meeting for action in frame.project.actions.actions}
    forgotten = frame.status.toordinal() - MINUTES_FORGOTTEN
    for meeting in frame.project.meetings.meetings:
        if meeting.notes or meeting.decisions or meeting.actions or meeting.id in agreed:
            continue
        if meeting.date.toordinal() >= forgotten and _since(frame, meeting.date) > MINUTES_DAYS:
            message = f"meeting '{meeting.id}' of {meeting.date} has neither notes nor decisions nor actions"
            hint = "write its notes, decisions or actions, or delete it if it was not held"
            mark = place_of(meeting, "date", fallback=file_of(frame, "meetings.yaml"))
            yield warn(mark, "meeting-without-minutes", message, hint)


def _actions(frame: Frame) -> Iterator[Problem]:
    today = frame.status.date()
    for action in frame.project.actions.actions:
        if action.due is not None and action.due < today and (action.done is None or action.done > today):
            message = f"action '{action.id}' was due on {action.due} and is not done"
            mark = place_of(action, "due", fallback=file_of(frame, "actions.yaml"))
            yield warn(mark, "overdue-action", message, "add done: with its date, or agree on a new due:")


def _asks(frame: Frame) -> Iterator[Problem]:
    today = frame.status.date()
    for ask in frame.project.asks.asks:
        if ask.status == "open" and ask.due is not None and ask.due < today:
            message = f"ask '{ask.id}' was to be answered by {ask.due} and is open"
            mark = place_of(ask, "due", fallback=file_of(frame, "asks.yaml"))
            yield warn(mark, "overdue-ask", message, "follow it up; add its answer, or agree on a new due:")


def _acceptance(frame: Frame) -> Iterator[Problem]:
    for item in frame.items:
        result = item.task.deliverable
        if result is None or result.acceptance != "submitted" or result.submitted is None:
            continue
        days = _since(frame, result.submitted)
        if days > ACCEPTANCE_DAYS:
            message = (
                f"the deliverable of task '{item.task.id}' was submitted on {result.submitted} and has waited "
                f"{working_days(days)} for its acceptance, the limit is {ACCEPTANCE_DAYS}"
            )
            hint = "ask for the decision; set acceptance: accepted or rejected, with decided: and by:"
            mark = place_of(item.task, "deliverable", "submitted", fallback=file_of(frame, "plan.yaml"))
            yield warn(mark, "acceptance-waiting", message, hint)
