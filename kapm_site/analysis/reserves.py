"""What is used up: the buffers of the schedule and the time of the people."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from kapm_site.analysis.frame import Frame
from kapm_site.analysis.notice import file_of, note, place_of, warn, working_days
from kapm_site.analysis.outlook import BufferFigures, PersonLoad
from kapm_site.analysis.records import ScheduleFigures
from kapm_site.analysis.workload import overloaded
from kapm_site.problem import Problem

#: Percent of a person's capacity above which a week counts as too much: half a day more evens out within the week.
OVERLOAD_PERCENT = 110

#: Weeks that are looked at, from that of the status date on: what lies further off will be planned again.
WEEKS_AHEAD = 6

#: Tasks that are named of a week; who has more knows them, and the pages list all.
TASKS_NAMED = 3

#: Percent of a buffer up to which amber is not told: at the start of a chain any delay at all is amber.
SLIGHT_PERCENT = 10

FULL = 100


def buffer_findings(frame: Frame, schedule: ScheduleFigures, buffers: Mapping[str, BufferFigures]) -> Iterator[Problem]:
    """Return the buffers that are used up faster than the work they protect gets done.

    A buffer behind finished work protects nothing any more.
    """
    for buffer in buffers.values():
        percent, done = buffer.consumed_percent, buffer.chain_complete_percent
        if percent is None or (done is not None and done >= FULL):
            continue
        task = schedule.tasks[buffer.id].task
        mark = place_of(task, "id", fallback=file_of(frame, "plan.yaml"))
        share = f"with {done or 0:.0f} % of the work before it done"
        message = (
            f"{working_days(buffer.consumed_days)} of the {buffer.size_days:.3g} of buffer '{buffer.id}' are used up "
            f"({percent:.0f} %), {share}"
        )
        if buffer.zone == "red" or percent >= FULL:
            hint = "carry out the recovery now, or agree on a later finish with the client"
            yield warn(mark, "buffer-eaten", message, hint)
        elif buffer.zone == "amber" and percent > SLIGHT_PERCENT:
            yield note(mark, "buffer-low", message, "prepare what is done if it goes on")


def load_findings(frame: Frame, loads: Iterable[PersonLoad]) -> Iterator[Problem]:
    """Return the people who have more to do in the coming weeks than they have time for: one finding for each."""
    today = frame.status.date()
    monday = today - timedelta(days=today.weekday())
    for load in overloaded(loads, OVERLOAD_PERCENT):
        heavy = [week for week in load.weeks if 0 <= (week.monday - monday).days < 7 * WEEKS_AHEAD]
        if not heavy:
            continue
        worst = max(heavy, key=lambda week: week.percent)  # the first of equals
        share = (
            f"{worst.percent:.0f} % of capacity" if worst.available_hours > 0 else "in which there is no time at all"
        )
        tasks = ", ".join(f"'{task}'" for task in worst.tasks[:TASKS_NAMED])
        more = f" and {len(worst.tasks) - TASKS_NAMED} more" if len(worst.tasks) > TASKS_NAMED else ""
        weeks = "1 week" if len(heavy) == 1 else f"{len(heavy)} weeks"
        message = (
            f"person '{load.person}' has more work than time in {weeks} of the next {WEEKS_AHEAD}; most in that of "
            f"{worst.monday}, {share}: {tasks}{more}"
        )
        person = frame.project.person(load.person)
        fallback = file_of(frame, "project.yaml")
        mark = place_of(person, "id", fallback=fallback) if person else fallback
        hint = "move a task, assign it to somebody else, or lower its units"
        yield warn(mark, "over-allocated", message, hint)
