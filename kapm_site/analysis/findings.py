"""What the figures say needs a look: problems with a place, in the order of the files.

Here is what the schedule says; what was promised, agreed, used up and to be reached has modules of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kapm_site.analysis.agreed import agreed_findings
from kapm_site.analysis.cadence import Reporting, latest_update
from kapm_site.analysis.calendar_rules import calendar_problems
from kapm_site.analysis.days import finish_day
from kapm_site.analysis.frame import Frame, Item
from kapm_site.analysis.health import all_overrides
from kapm_site.analysis.limits import limit_findings
from kapm_site.analysis.notice import file_of, note, place_of, warn, working_days
from kapm_site.analysis.outlook import BufferFigures, PersonLoad
from kapm_site.analysis.plan import PlannedNetwork
from kapm_site.analysis.practice import practice_findings
from kapm_site.analysis.records import DelayFigures, KpiFigures, ScheduleFigures
from kapm_site.analysis.reserves import buffer_findings, load_findings
from kapm_site.analysis.targets import target_findings
from kapm_site.problem import Problem, Related, sort_problems

PARENT_KEYS = (
    "start",
    "finish",
    "duration",
    "work",
    "cost",
    "milestone",
    "estimate",
    "constraint",
    "deadline",
    "progress",
    "steps",
    "actual_start",
    "actual_finish",
    "remaining",
    "actual_cost",
    "actual_work",
)

GAPS = {
    "cause": "the cause",
    "recovery": "the recovery",
    "owner": "its owner",
    "new_finish": "the new finish",
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What the findings are drawn from."""

    frame: Frame
    plan: PlannedNetwork
    schedule: ScheduleFigures
    delays: DelayFigures
    kpis: Mapping[str, KpiFigures]
    reporting: Reporting
    buffers: Mapping[str, BufferFigures] = field(default_factory=dict)
    loads: tuple[PersonLoad, ...] = ()


def findings_of(facts: Findings) -> tuple[Problem, ...]:
    """Return all findings of a project."""
    frame, schedule = facts.frame, facts.schedule
    unfinished = not schedule.finished
    found = [
        *_calendars(facts),
        *_late_work(facts),
        *_network(facts),
        *limit_findings(frame, schedule),
        *_parents(frame),
        *_overrides(frame),
        *practice_findings(frame, facts.reporting, unfinished=unfinished),
        *agreed_findings(frame, schedule, unfinished=unfinished),
        *target_findings(frame, facts.kpis),
        *buffer_findings(frame, schedule, facts.buffers),
        *load_findings(frame, facts.loads),
    ]
    return tuple(sort_problems(found))


def _calendars(facts: Findings) -> Iterator[Problem]:
    frame = facts.frame
    # not those of the working times, which equal calendars of different files share
    calendar = frame.project.project.calendar or frame.account.client.calendar or frame.settings.calendar
    for known in (calendar, *(frame.settings.calendars[name] for name in frame.calendars)):
        yield from calendar_problems(known, file_of(frame, "project.yaml"))
    if facts.schedule.provisional_from is not None:
        message = (
            f"the plan reaches {facts.schedule.provisional_from.year}, for which {calendar.country} has not published "
            "its days off yet"
        )
        mark = place_of(calendar, "country", fallback=file_of(frame, "project.yaml"))
        yield note(mark, "provisional-calendar", message)


def _late_work(facts: Findings) -> Iterator[Problem]:
    plan, today = file_of(facts.frame, "plan.yaml"), facts.frame.status.date()
    for item in facts.delays.items:
        if item.finished:
            continue
        task = facts.schedule.tasks[item.task_id].task
        lateness = f"is {working_days(item.slip_days)} late" if round(item.slip_days, 1) else "is past its finish"
        if "cause" in item.gaps:
            mark = place_of(task, "id", fallback=plan)
            hint = "add delay: {cause, recovery, owner, new_finish}"
            yield warn(mark, "late-without-cause", f"task '{task.id}' {lateness} and gives no cause", hint)
        elif item.gaps:
            mark = place_of(task, "delay", fallback=plan)
            lacking = ", ".join(GAPS[gap] for gap in item.gaps)
            hint = f"add {', '.join(item.gaps)} to its delay"
            yield warn(mark, "late-without-recovery", f"task '{task.id}' {lateness}, without {lacking}", hint)
        elif item.new_finish is not None and item.new_finish < today:
            mark = place_of(task, "delay", "new_finish", fallback=plan)
            message = f"task '{task.id}' {lateness}, and its new finish of {item.new_finish} has passed as well"
            yield warn(mark, "new-finish-passed", message, "agree on a new_finish that holds, and on its recovery")


def _network(facts: Findings) -> Iterator[Problem]:
    frame, network = facts.frame, facts.plan.network
    for broken in network.broken:
        link, item = facts.plan.links[broken.link], frame.leaves[broken.activity]
        if facts.schedule.tasks[item.task.id].finished:
            continue
        end = "start" if link.link.type in ("FS", "SS") and not item.task.milestone else "finish"
        held = network.starts[broken.activity] if end == "start" else network.finishes[broken.activity]
        allowed = _first_day(frame, item, broken.needed, is_start=end == "start")
        message = (
            f"task '{item.task.id}' is agreed to {end} on {held.date()}, but its dependency on "
            f"'{link.dependency.task}' ({link.dependency.type}) allows {allowed} at the earliest"
        )
        mark = place_of(link.item.task, "depends_on", link.number, fallback=file_of(frame, "plan.yaml"))
        related = Related(place_of(item.task, end, fallback=file_of(frame, "plan.yaml")), f"the agreed {end}")
        hint = "move the dates, change the link's type or lag, or let the schedule find the dates"
        yield warn(mark, "broken-dependency", message, hint, related)
    for index in sorted(network.clamped):
        task = frame.leaves[index].task
        message = f"task '{task.id}' would start before the project's start {frame.origin.date()}"
        mark = place_of(task, "depends_on", fallback=file_of(frame, "plan.yaml"))
        yield warn(mark, "clamped-start", message, "shorten the lead, or let the project start earlier")
    yield from _baseline(facts)


def _baseline(facts: Findings) -> Iterator[Problem]:
    frame = facts.frame
    if not facts.schedule.has_baseline and frame.leaves:
        message = "no approved baseline; today's plan stands in for it"
        hint = "run kapm baseline when the plan is agreed"
        yield note(file_of(frame, "plan.yaml"), "no-baseline", message, hint)
    for item in frame.leaves if facts.schedule.has_baseline else ():
        if facts.schedule.tasks[item.task.id].baseline_finish is None:
            message = (
                f"task '{item.task.id}' is not in baseline '{facts.schedule.baseline_id}'; no value is planned for it"
            )
            mark = place_of(item.task, "id", fallback=file_of(frame, "plan.yaml"))
            yield note(mark, "not-in-baseline", message, "approve the change and record a new baseline")


def _first_day(frame: Frame, item: Item, needed: datetime, *, is_start: bool) -> date:
    """Return the day on which a link lets an item start or finish."""
    return frame.time_of(item).next_start(needed).date() if is_start else finish_day(needed)


def _parents(frame: Frame) -> Iterator[Problem]:
    for item in frame.items:
        if not item.is_parent:
            continue
        own = [key for key in PARENT_KEYS if getattr(item.task, key) not in (None, False, ())]
        if own:
            verb = "is" if len(own) == 1 else "are"
            message = f"task '{item.task.id}' has subtasks; its own {', '.join(own)} {verb} ignored"
            mark = item.task.key_mark(own[0])
            mark = mark if mark.path else file_of(frame, "plan.yaml")
            yield warn(mark, "parent-own-values", message, "remove what rolls up from the subtasks")


def _overrides(frame: Frame) -> Iterator[Problem]:
    update = latest_update(frame)
    fallback = update.mark if update and update.mark.path else file_of(frame, "project.yaml")
    for override in all_overrides(frame):
        if override.expires < frame.status.date():
            message = f"declared health '{override.health}' of {override.dimension} expired on {override.expires}"
            hint = "remove it, or renew its reason and expires"
            yield warn(place_of(override, "expires", fallback=fallback), "override-expired", message, hint)
