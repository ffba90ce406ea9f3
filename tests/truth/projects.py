"""Compares schedule and earned value of nine real projects with what their control tool found in each period.

Each project is written down in our own terms and analysed at each status date, as for a user.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from comparing import TRUTH, Compared, Topic, instant, names, number

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis, EarnedValue
from kapm_site.analysis.working_time import WorkingTime, working_time
from kapm_site.model.calendars import Calendar
from kapm_site.model.charter import Charter
from kapm_site.model.client import Client
from kapm_site.model.plan import Plan
from kapm_site.model.scalars import WEEKDAYS
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project

FOLDER = "dslib/json"
#: Money is right to two cents; the tool writes six decimals of a share, which is a millionth of what it is a share of.
CENTS, MILLIONTH = 0.02, 1e-6
#: Hours: the tool rounds earned schedule to the hour, and so do all its dates.
HOUR = 1.2
EAC = {"1": "eac1", "cpi": "eac_cpi", "spi": "eac_spi", "spi_t": "eac_spit", "sci": "eac_sci", "sci_t": "eac_scit"}
EAC |= {"cpi_spi": "eac_08cpi02spi", "cpi_spi_t": "eac_08cpi02spit"}
FINISH = {"pv_1": "pv1", "pv_spi": "pv_spi", "pv_sci": "pv_sci", "ed_1": "ed1", "ed_spi": "ed_spi", "ed_sci": "ed_sci"}
FINISH |= {"es_1": "es1", "es_spi_t": "es_spit", "es_sci_t": "es_scit"}

NOTHING_EARNED = "the tool takes a performance factor of 0 for 1"
RUNS_ON = "the tool lets the time gone by run on after completion"


@dataclass(frozen=True, slots=True)
class Period:
    """A tracking period: its status date, what was recorded of each activity, and the tool's figures."""

    name: str
    status: datetime
    rows: dict[int, dict[str, Any]]
    figures: dict[str, Any]


@cache
def read(file: str) -> dict[str, Any]:
    """Read a project of the library."""
    return json.loads((TRUTH / FOLDER / file).read_text("utf-8"))  # type: ignore[no-any-return]


@cache
def calendar_of(file: str) -> Calendar:
    """Return the calendar of a project; its hours are whole and eight a day."""
    raw = read(file)["calendar"]
    return Calendar(
        working_days=[day for day, worked in zip(WEEKDAYS, raw["working_days"], strict=True) if worked],
        hours=[f"{hour:02}:00-{hour + 1:02}:00" for hour in raw["working_hours"]],
        hours_per_day=len(raw["working_hours"]),
        holidays=[date.fromisoformat(day[:10]) for day in raw["holidays"]],
    )


def time_of(file: str) -> WorkingTime:
    """Return the working time of a project."""
    return working_time(calendar_of(file))


@cache
def periods(file: str) -> tuple[Period, ...]:
    """Return the tracking periods of a project."""
    data = read(file)
    tracked = {period["status_date"]: period for period in data["tracking"]}
    found = []
    for raw in data["periods"]:
        rows = [dict(zip(raw["columns"], row, strict=True)) for row in raw["rows"]]
        day = raw["status_date"]
        by_id = {row["id"]: row for row in rows}
        found.append(Period(raw["name"], datetime.fromisoformat(day), by_id, tracked[day]))
    return tuple(found)


@cache
def analysed(file: str, number_of_period: int | None = None) -> Analysis:
    """Write the project down in our terms, as it stood in a period or as it was planned, and analyse it."""
    data = read(file)
    period = None if number_of_period is None else periods(file)[number_of_period]
    tasks = [_task(file, activity, period) for activity in data["activities"]]
    charter = Charter(name=data["name"], start=data["project_start"], calendar=calendar_of(file))
    project = Project("library", "project", "projects/library/project", charter, Plan(tasks=tasks))
    status = period.status if period else datetime.fromisoformat(data["project_start"])
    return analyse(Settings(), Account("library", "projects/library", Client(name="Library")), project, status)


def _task(file: str, activity: dict[str, Any], period: Period | None) -> dict[str, Any]:
    """Write an activity as a task of plan.yaml."""
    row = period.rows.get(activity["id"]) if period else None
    task: dict[str, Any] = {
        "id": f"a{activity['id']}",
        "name": activity["name"] or "unnamed",
        "duration": f"{activity['duration_h']:g}h",
        "cost": {"amount": activity["total_cost"], "fixed": activity["fixed_cost"], "accrual": "start"},
        "depends_on": [
            {"task": f"a{link['pred']}", "type": link["type"], "lag": f"{link['lag_h']:g}h"}
            for link in activity["links"]
        ],
    }
    if activity["snet"]:
        task["constraint"] = {"type": "start_no_earlier_than", "date": activity["snet"]}
    if period is not None and row is not None and row["actual_start"]:
        begun = datetime.fromisoformat(row["actual_start"])
        task |= {"actual_start": begun, "progress": 100 * row["pct"], "actual_cost": row["actual_cost"] or 0}
        if row["state"] == "Finished":
            # Of three activities the whole days worked run past the status date by which they are finished.
            end = time_of(file).shift(begun, round(row["actual_duration_h"] * 3600))
            task["actual_finish"] = min(end, period.status)
    return task


def planned_dates(file: str) -> Iterator[Compared]:
    """Compare start and end of every activity, and of the project."""
    data, found, time = read(file), analysed(file), time_of(file)
    yield instant(file, "project end", time, found.schedule.finish, data["project_end"])
    for activity in data["activities"]:
        figures = found.schedule.tasks[f"a{activity['id']}"]
        yield instant(file, f"{activity['id']} start", time, figures.start, activity["expect"]["start"])
        yield instant(file, f"{activity['id']} end", time, figures.finish, activity["expect"]["end"])


def activity_values(file: str) -> Iterator[Compared]:
    """Compare planned and earned value of every activity in every period."""
    budgets = {activity["id"]: activity["total_cost"] for activity in read(file)["activities"]}
    for n, period in enumerate(periods(file)):
        tasks = analysed(file, n).schedule.tasks
        for activity, row in period.rows.items():
            item = f"{period.name}, {activity}"
            figures = tasks[f"a{activity}"]
            yield number(file, f"{item} pv", figures.pv, row["pv"], CENTS)
            yield number(file, f"{item} ev", figures.ev, row["ev"], CENTS + MILLIONTH * budgets[activity])


def sums(file: str) -> Iterator[Compared]:
    """Compare the sums and variances of every period."""
    bac = read(file)["bac"]
    for n, period in enumerate(periods(file)):
        earned = analysed(file, n).earned_value
        yield number(file, f"{period.name} bac", earned.bac, bac, CENTS)
        for name in ("pv", "ev", "ac", "sv", "cv"):
            tolerance = CENTS + MILLIONTH * bac
            yield number(file, f"{period.name} {name}", getattr(earned, name), period.figures[name], tolerance)


def indices(file: str) -> Iterator[Compared]:
    """Compare SPI and CPI of every period in which they are defined."""
    for n, period in enumerate(periods(file)):
        earned = analysed(file, n).earned_value
        for name in ("spi", "cpi"):
            theirs = period.figures[name]
            if getattr(earned, name) is not None or theirs:
                yield number(file, f"{period.name} {name}", getattr(earned, name), theirs, 1e-4)


def earned_schedule(file: str) -> Iterator[Compared]:
    """Compare ES, SV(t) and SPI(t) of every period, to the hour that the tool rounds to."""
    for n, period in enumerate(periods(file)):
        earned, theirs = analysed(file, n).earned_value, period.figures
        yield number(file, f"{period.name} es", hours(earned.es_days), theirs["es_h"], HOUR)
        late = RUNS_ON if _is_complete(earned) else ""
        variance = number(file, f"{period.name} sv_t", hours(earned.sv_t_days), theirs["svt_h"], HOUR)
        yield excused(variance, late)
        tolerance = HOUR / theirs["at_h"] + 1e-6
        yield excused(number(file, f"{period.name} spi_t", earned.spi_t, theirs["spit"], tolerance), late)


def estimates(file: str) -> Iterator[Compared]:
    """Compare the eight estimates of the cost in every period in which cost was recorded."""
    for n, period in enumerate(periods(file)):
        earned = analysed(file, n).earned_value
        for name, column in EAC.items():
            theirs = period.figures[column]
            rounded = HOUR / period.figures["es_h"] if name.endswith("t") and period.figures["es_h"] else 0
            tolerance = CENTS + (1e-5 + rounded) * abs(theirs)
            compared = number(file, f"{period.name} eac {name}", earned.eac_by[name], theirs, tolerance)
            yield excused(compared, "" if earned.ev else NOTHING_EARNED)


def finishes(file: str) -> Iterator[Compared]:
    """Compare the nine estimates of the finish in every period."""
    time = time_of(file)
    for n, period in enumerate(periods(file)):
        earned = analysed(file, n).earned_value
        for name, column in FINISH.items():
            theirs = period.figures[f"eact_{column}"]
            if theirs is None:
                continue
            tolerance = 60 * blown_up(file, earned, name)
            compared = instant(file, f"{period.name} {name}", time, earned.finish_by[name], theirs, tolerance)
            yield excused(compared, RUNS_ON if _is_complete(earned) else "" if earned.ev else NOTHING_EARNED)


def blown_up(file: str, earned: EarnedValue, name: str) -> float:
    """Return the hours an estimate may be off: the tool rounds ES to the hour before it divides by it."""
    if not name.startswith("es") or not earned.es_days:
        return HOUR
    factor = {"es_1": 1, "es_spi_t": earned.spi_t, "es_sci_t": (earned.spi_t or 0) * (earned.cpi or 0)}[name]
    stretch = max(1.0, read(file)["planned_duration_h"] / (earned.es_days * 8))
    return HOUR * stretch / min(factor or 1, 1)


def hours(days: float | None) -> float | None:
    """Return the working hours of some days of eight hours."""
    return None if days is None else days * 8


def excused(compared: Compared, why: str) -> Compared:
    """Excuse a difference, where there is one."""
    return compared if compared.same or not why else replace(compared, excused=why)


def _is_complete(earned: EarnedValue) -> bool:
    return earned.ev is not None and earned.bac is not None and earned.ev >= earned.bac - CENTS


TOPICS = (
    Topic("real projects: starts and ends", FOLDER, lambda: names(FOLDER), planned_dates),
    Topic("real projects: PV and EV of activities", FOLDER, lambda: names(FOLDER), activity_values),
    Topic("real projects: PV, EV, AC, SV, CV", FOLDER, lambda: names(FOLDER), sums),
    Topic("real projects: SPI, CPI", FOLDER, lambda: names(FOLDER), indices),
    Topic("real projects: ES, SV(t), SPI(t)", FOLDER, lambda: names(FOLDER), earned_schedule),
    Topic("real projects: EAC, eight ways", FOLDER, lambda: names(FOLDER), estimates),
    Topic("real projects: EAC(t), nine ways", FOLDER, lambda: names(FOLDER), finishes),
)
