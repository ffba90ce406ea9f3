"""Compares the critical path with published networks, and with dates and slack that other tools have stored."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from comparing import TRUTH, Compared, Topic, equal, instant, names, number
from schedules import Schedule, load

from kapm_site.analysis.graph import Link
from kapm_site.analysis.network import Network, solve
from kapm_site.analysis.passes import Activity
from kapm_site.analysis.working_time import round_the_clock

ORIGIN = datetime.fromisoformat("2026-01-01")
DATES = {name: f"{name}es" if name.endswith("finish") else f"{name}s" for name in ("early_start", "early_finish")}
DATES |= {name: f"{name}es" if name.endswith("finish") else f"{name}s" for name in ("late_start", "late_finish")}
DATES |= {"start": "starts", "finish": "finishes"}
SLACKS = ("total_slack", "free_slack", "start_slack", "finish_slack")

#: Half a minute: slack is stored in tenths of a minute, and as a float.
GRAIN = 0.5
#: In the database files of Microsoft Project the reader of the truth took free slack for a hundredth of its minutes.
DATABASE, HUNDREDTHS = ".mpd.", 100


def psplib(file: str) -> Iterator[Compared]:
    """Compare the length of a network with the published one."""
    text = (TRUTH / "psplib/sm" / file).read_text("utf-8")
    published = int(re.findall(r"MPM-Time\s*\n(.*)", text)[0].split()[5])
    relations = text.split("PRECEDENCE RELATIONS:")[1].split("****")[0].splitlines()[2:]
    requests = text.split("REQUESTS/DURATIONS:")[1].split("****")[0].splitlines()[3:]
    lengths = {int(row.split()[0]): int(row.split()[2]) for row in requests if row.strip()}
    after = {int(row.split()[0]): list(map(int, row.split()[3:])) for row in relations if row.strip()}
    network = simple([lengths[n] for n in sorted(lengths)], [(n, m) for n in after for m in after[n]])
    yield number(file, "MPM-Time", hours(network.finish), published, 0)


def simple(lengths: list[float], pairs: list[tuple[int, int]]) -> Network:
    """Schedule activities of some hours, numbered from 1, with plain links."""
    activities = [Activity(round_the_clock(), round(length * 3600)) for length in lengths]
    return solve(activities, [Link((before - 1,), (after - 1,)) for before, after in pairs], ORIGIN)


def hours(moment: datetime) -> float:
    """Return the hours since the origin."""
    return (moment - ORIGIN).total_seconds() / 3600


def textbook(file: str) -> Iterator[Compared]:
    """Compare early starts with those of a textbook."""
    case = json.loads((TRUTH / "cpm_textbook" / file).read_text("utf-8"))
    network = simple(case["duration"], [(before, after) for before, after in case["precedence"]])
    for index, expected in enumerate(case["published_early_times"]):
        yield number(file, f"early start of {index + 1}", hours(network.early_starts[index]), expected, 1e-9)


@cache
def validation_cases(method: str) -> dict[str, Any]:
    """Return the cases of the validation suite of pmcontrols for a method."""
    path = TRUTH / "evm/pmcontrols_validation_cases.json"
    cases = json.loads(path.read_text("utf-8"))["cases"] if path.exists() else []
    return {case["id"]: case for case in cases if case["method"] == method}


def worked_network(case_id: str) -> Iterator[Compared]:
    """Compare duration, dates, slack and critical path with a worked example."""
    case = validation_cases("cpm")[case_id]
    activities, expected = case["inputs"]["activities"], case["expected"]
    places = {activity["id"]: place for place, activity in enumerate(activities, 1)}
    pairs = [(places[before], places[activity["id"]]) for activity in activities for before in activity["predecessors"]]
    network = simple([activity["duration"] for activity in activities], pairs)
    yield number(case_id, "duration", hours(network.finish), expected["project_duration"], case["tol"])
    critical = [activity["id"] for n, activity in enumerate(activities) if network.total_slack[n] <= 0]
    yield equal(case_id, "critical path", critical, expected["critical_path"])
    columns = {"es": "early_starts", "ef": "early_finishes", "ls": "late_starts", "lf": "late_finishes"}
    for activity, row in expected["schedule"].items():
        index = places[activity] - 1
        for name, column in columns.items():
            ours = hours(getattr(network, column)[index])
            yield number(case_id, f"{activity} {name}", ours, row[name], case["tol"])
        yield number(case_id, f"{activity} slack", network.total_slack[index] / 3600, row["slack"], case["tol"])


def stored(folder: str, file: str, fields: tuple[str, ...], *, waiting_only: bool = False) -> Iterator[Compared]:
    """Compare fields of all tasks that a tool has scheduled by itself with the values it stored."""
    schedule = load(TRUTH / folder / file)
    for index, task in enumerate(schedule.tasks):
        if task["mode"] != "AUTO_SCHEDULED" or task["external"] or (waiting_only and task["actual_start"]):
            continue
        for field in fields:
            yield _stored(schedule, file, index, field)


def _stored(schedule: Schedule, file: str, index: int, field: str) -> Compared:
    task, network = schedule.tasks[index], schedule.network
    calendar = schedule.activities[index].calendar
    item = f"task {task['id']} {field}"
    if field in DATES:
        compared = instant(file, item, calendar, getattr(network, DATES[field])[index], task["expect"][field])
    elif field == "critical":
        compared = equal(file, item, network.total_slack[index] <= 0, task["expect"]["critical"])
    else:
        theirs = task["expect"][f"{field}_min"]
        if field == "free_slack" and DATABASE in file:
            theirs *= HUNDREDTHS
        compared = number(file, item, slack(schedule, index, field), theirs, GRAIN)
    why = "" if compared.same else contradiction(schedule, index, field)
    return Compared(file, item, compared.ours, compared.theirs, compared.off, compared.tolerance, why)


def slack(schedule: Schedule, index: int, field: str) -> float:
    """Return slack in minutes of the activity's calendar."""
    network, calendar = schedule.network, schedule.activities[index].calendar
    if field == "start_slack":
        return calendar.between(network.early_starts[index], network.late_starts[index])
    if field == "finish_slack":
        return calendar.between(network.early_finishes[index], network.late_finishes[index])
    return float(getattr(network, field)[index]) / 60


def contradiction(schedule: Schedule, index: int, field: str) -> str:
    """Return what a stored late date or slack contradicts in its own file, or nothing.

    Two things hold of every row a tool has computed at one time: slack is the working time between its early and late
    dates, and nothing may finish later than the latest finish of the summary it belongs to.
    """
    task, calendar = schedule.tasks[index], schedule.activities[index].calendar
    row = task["expect"]
    gap = calendar.between(datetime.fromisoformat(row["early_finish"]), datetime.fromisoformat(row["late_finish"]))
    if field.startswith("late") and abs(gap - row["finish_slack_min"]) > GRAIN:
        return (
            f"the row itself stores a finish slack of {row['finish_slack_min']:g} minutes, its dates are {gap:g} apart"
        )
    outline = task["outline"].rpartition(".")[0]
    summary = next((other for other in schedule.data["tasks"] if other["outline"] == outline), None)
    if summary and not field.startswith("early") and row["late_finish"] > summary["expect"]["late_finish"]:
        return f"it may finish later than its summary, which may finish by {summary['expect']['late_finish']}"
    return ""


def clean() -> list[str]:
    """Return the plans of Microsoft Project in which nothing has progressed."""
    return [file for file in names("msproject/json") if not _progressed(file)]


def in_progress() -> list[str]:
    """Return the others: their actual dates hold, and what follows them is scheduled."""
    return [file for file in names("msproject/json") if _progressed(file)]


def _progressed(file: str) -> bool:
    data = json.loads((TRUTH / "msproject/json" / file).read_text("utf-8"))
    return any(task["pct"] for task in data["tasks"])


def _stored_topic(name: str, *fields: str) -> Topic:
    return Topic(name, "msproject/json", clean, lambda file: stored("msproject/json", file, fields))


TOPICS = (
    Topic("psplib: length of the network", "psplib/sm", lambda: names("psplib/sm", "*.sm"), psplib),
    Topic("textbook: early starts", "cpm_textbook", lambda: names("cpm_textbook"), textbook),
    Topic("worked networks: dates, slack, path", "evm", lambda: validation_cases("cpm"), worked_network),
    _stored_topic("Microsoft Project: early dates", "early_start", "early_finish"),
    _stored_topic("Microsoft Project: scheduled dates", "start", "finish"),
    _stored_topic("Microsoft Project: late dates", "late_start", "late_finish"),
    _stored_topic("Microsoft Project: total slack", "total_slack"),
    _stored_topic("Microsoft Project: free slack", "free_slack"),
    _stored_topic("Microsoft Project: start and finish slack", "start_slack", "finish_slack"),
    _stored_topic("Microsoft Project: critical or not", "critical"),
    Topic(
        "Microsoft Project: dates behind progress",
        "msproject/json",
        in_progress,
        lambda file: stored("msproject/json", file, ("early_start", "early_finish"), waiting_only=True),
    ),
    Topic(
        "MPXJ: dates and slack",
        "mpxj_generated/json",
        lambda: names("mpxj_generated/json"),
        lambda file: stored("mpxj_generated/json", file, (*list(DATES)[:4], *SLACKS[:2])),
    ),
)
