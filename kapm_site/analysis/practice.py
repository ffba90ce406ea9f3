"""What was promised to people and is late: reports, meetings and their minutes, actions, answers, acceptance.

A finding is something to act on this week. Each limit below leaves what sorts itself out within a few days alone.
"""

from collections.abc import Iterator
from datetime import date

from kapm_site.analysis.cadence import RHYTHMS, Reporting, later
from kapm_site.analysis.frame import Frame
from kapm_site.analysis.notice import file_of, place_of, warn, working_days
from kapm_site.model.charter import PlannedMeeting
from kapm_site.model.measures import Meeting
from kapm_site.problem import Mark, Problem

#: Working days in which minutes are written, and days after which nobody could write them any more.
MINUTES_DAYS, MINUTES_FORGOTTEN = 3, 30

#: Working days a client may take to accept a deliverable: two weeks, as most contracts have it, and as long as a
#: change may wait by default.
ACCEPTANCE_DAYS = 10


def practice_findings(frame: Frame, reporting: Reporting, *, unfinished: bool) -> Iterator[Problem]:
    """Return what is late of what people wait for; reports and regular meetings end with the work."""
    if unfinished:
        yield from _reports(frame, reporting)
        yield from _regular_meetings(frame)
    yield from _minutes(frame)
    yield from _actions(frame)
    yield from _asks(frame)
    yield from _acceptance(frame)
    yield from _decisions(frame)


def _since(frame: Frame, day: date) -> float:
    """Return how many working days have gone by since the end of a day."""
    return frame.time.days_between(frame.time.day_finish(day), frame.status)


def _reports(frame: Frame, reporting: Reporting) -> Iterator[Problem]:
    charter, last = frame.project.project, reporting.last

    def agreed(key: str) -> Mark:
        return place_of(charter, "communication", "report", key, fallback=file_of(frame, "project.yaml"))

    if reporting.stale:
        key = "cadence" if charter.communication.report.stale_after is None else "stale_after"
        told = f"no update since {last}" if reporting.sign != "start" else f"no update since the start on {last}"
        message = f"{told}, longer than {reporting.allowed} allows: health is shown as stale"
        yield warn(agreed(key), "status-stale", message, "write updates/<date>.md, or release a report")
    if reporting.overdue:
        message = f"a {reporting.cadence} report was due on {reporting.due}, the last status is of {last}"
        if reporting.sign == "start":
            message = f"a {reporting.cadence} report was due on {reporting.due}, none has been written yet"
        yield warn(agreed("cadence"), "report-overdue", message, "write updates/<date>.md and release the report")


def _regular_meetings(frame: Frame) -> Iterator[Problem]:
    charter, today = frame.project.project, frame.status.date()
    for planned in charter.communication.meetings:
        rhythm = RHYTHMS.get((planned.cadence or "").strip().casefold())
        if rhythm is None:
            continue
        *step, grace = rhythm
        held = [meeting.date for meeting in frame.project.meetings.meetings if _is_one_of(meeting, planned)]
        last = max((day for day in held if day <= today), default=None)
        due = later(last or frame.origin.date(), *step)
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


def _decisions(frame: Frame) -> Iterator[Problem]:
    today = frame.status.date()
    for decision in frame.project.decisions.decisions:
        if decision.date > today:
            message = f"decision '{decision.id}' is dated {decision.date}, after the status date {today}"
            hint = "correct its date; what is still to be decided is an ask, or a change that is proposed"
            mark = place_of(decision, "date", fallback=file_of(frame, "decisions.yaml"))
            yield warn(mark, "decision-to-come", message, hint)


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
