"""Reads the schedules of `shared/truth`: their calendars, activities and links, as the passes want them."""

import json
import os
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from kapm_site.analysis.graph import Link
from kapm_site.analysis.network import Network, solve
from kapm_site.analysis.passes import Activity
from kapm_site.analysis.working_time import WorkingTime, round_the_clock
from kapm_site.model.calendars import Calendar

#: Where the data lie; elsewhere where the environment says so.
TRUTH = Path(os.environ.get("KAPM_TRUTH") or Path(__file__).parents[2] / "../shared/truth")
NAMES = {"MONDAY": "mon", "TUESDAY": "tue", "WEDNESDAY": "wed", "THURSDAY": "thu"}
NAMES |= {"FRIDAY": "fri", "SATURDAY": "sat", "SUNDAY": "sun"}
CONSTRAINTS = {
    "START_NO_EARLIER_THAN": "start_no_earlier_than",
    "START_NO_LATER_THAN": "start_no_later_than",
    "FINISH_NO_EARLIER_THAN": "finish_no_earlier_than",
    "FINISH_NO_LATER_THAN": "finish_no_later_than",
    "MUST_START_ON": "must_start_on",
    "MUST_FINISH_ON": "must_finish_on",
    "AS_LATE_AS_POSSIBLE": "alap",
}


@dataclass(frozen=True)
class Schedule:
    """A solved schedule file: the tasks that can be compared, and what was found for each."""

    data: dict[str, Any]
    tasks: list[dict[str, Any]]
    activities: list[Activity]
    network: Network


@cache
def load(path: Path) -> Schedule:
    """Read a schedule as Microsoft Project or MPXJ stored it, and solve it."""
    data = json.loads(path.read_text("utf-8"))
    calendars = {calendar["name"]: WorkingTime(calendar_of(calendar, data)) for calendar in data["calendars"]}
    tasks = data["tasks"]
    leaves = [task for task in tasks if not task["summary"] and task["active"]]
    index = {task["uid"]: i for i, task in enumerate(leaves)}
    default = calendars[data["default_calendar"]]
    activities = [activity_of(task, calendars, default) for task in leaves]
    links = [
        link
        for task in tasks
        for raw in task["links"]
        if (link := link_of(raw, task, tasks, index, default)) is not None
    ]
    return Schedule(data, leaves, activities, solve(activities, links, datetime.fromisoformat(data["start"])))


def calendar_of(raw: dict[str, Any], data: dict[str, Any]) -> Calendar:
    """Turn a calendar of the file into one of ours."""
    hours = {NAMES[day]: tuple(map(minutes_of, ranges)) for day, ranges in raw["week"].items()}
    off = [{"from": date.fromisoformat(day)} for day, ranges in raw["exceptions"].items() if not ranges]
    worked = [
        {"date": date.fromisoformat(day), "hours": tuple(map(minutes_of, ranges))}
        for day, ranges in raw["exceptions"].items()
        if ranges
    ]
    return Calendar(
        working_days=tuple(day for day, ranges in hours.items() if ranges),
        hours=hours,
        hours_per_day=data["minutes_per_day"] / 60,
        holidays=off,
        working_dates=worked,
    )


def minutes_of(pair: list[str]) -> tuple[int, int]:
    """Read `["08:00", "12:00"]`; an end at midnight is that of the day."""
    begin, end = (int(text[:2]) * 60 + int(text[3:5]) for text in pair)
    return begin, end or 1440


def activity_of(task: dict[str, Any], calendars: dict[str, WorkingTime], default: WorkingTime) -> Activity:
    """Turn a task into an activity; what is scheduled by hand, or has begun, holds its dates."""
    elapsed = (task["duration_units"] or "").startswith("e")
    calendar = round_the_clock() if elapsed else calendars[task["calendar"]] if task["calendar"] else default
    pinned = task["mode"] == "MANUALLY_SCHEDULED" or task["external"] or task["actual_start"] is not None
    moment = datetime.fromisoformat
    return Activity(
        calendar=calendar,
        seconds=round((task["duration_min"] or 0) * 60),
        start=moment(task["expect"]["start"]) if pinned else None,
        finish=moment(task["expect"]["finish"]) if pinned else None,
        constraint=CONSTRAINTS.get(task["constraint"]),  # type: ignore[arg-type]
        limit=moment(task["constraint_date"]) if task["constraint_date"] else None,
        deadline=moment(task["deadline"]) if task["deadline"] else None,
    )


def link_of(
    raw: dict[str, Any], task: dict[str, Any], tasks: list[dict[str, Any]], index: dict[int, int], default: WorkingTime
) -> Link | None:
    """Turn a link into one between leaves."""
    predecessor = next((other for other in tasks if other["uid"] == raw["pred_uid"]), None)
    if predecessor is None:
        return None
    before, after = leaves_of(predecessor, tasks, index), leaves_of(task, tasks, index)
    units, lag = raw["lag_units"], raw["lag"]
    if not before or not after:
        return None
    percent = lag if "%" in units else None
    return Link(before, after, raw["type"], lag_seconds(lag, units), units.startswith("e"), percent, default)


def lag_seconds(lag: float, units: str) -> int:
    """Return the seconds a lag is worth, at eight hours a day."""
    minutes = {"m": 1, "h": 60, "d": 480, "w": 2400, "em": 1, "eh": 60, "ed": 1440, "ew": 10080, "mo": 9600}
    return round(lag * minutes.get(units, 0) * 60)


def leaves_of(task: dict[str, Any], tasks: list[dict[str, Any]], index: dict[int, int]) -> tuple[int, ...]:
    """Return the indexes of the leaves of a task, of a leaf itself."""
    if not task["summary"]:
        return (index[task["uid"]],) if task["uid"] in index else ()
    inside = (other for other in tasks if other["outline"].startswith(task["outline"] + "."))
    return tuple(index[other["uid"]] for other in inside if other["uid"] in index)
