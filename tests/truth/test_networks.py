"""The critical path against networks with published or stored dates."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from schedules import TRUTH, Schedule, load

from kapm_site.analysis.graph import Link
from kapm_site.analysis.network import solve
from kapm_site.analysis.passes import Activity
from kapm_site.analysis.working_time import round_the_clock

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="shared/truth is not here")

ORIGIN = datetime.fromisoformat("2026-01-01")
DATES = ("early_start", "early_finish", "late_start", "late_finish")
SLACKS = ("total_slack", "free_slack")

#: Values that the tool stored stale or in another unit, by file, task and field.
STALE = {
    ("NewProductDev.mpp.e81bec.json", task, field) for task in (10, 11, 23) for field in ("late_start", "late_finish")
}
STALE |= {
    ("bug1.mpp.a142cd.json", task, field) for task in (3, 4) for field in ("late_start", "late_finish", "total_slack")
}
STALE |= {("project_RetrieveExceptions_test.mpp.25964a.json", 2, field) for field in ("late_start", "late_finish")}


def files(folder: str, pattern: str = "*.json") -> list[Path]:
    """Return the files of a kind."""
    return sorted((TRUTH / folder).glob(pattern))


def clean(path: Path) -> bool:
    """Tell whether nothing in a file has progressed: the tool dates what follows progress by rules of its own."""
    return not any(task["pct"] for task in json.loads(path.read_text("utf-8"))["tasks"])


def differences(path: Path) -> Iterator[tuple[str, str, object, object]]:
    """Return what differs from the stored values, task by task."""
    schedule = load(path)
    for index, task in enumerate(schedule.tasks):
        if task["mode"] != "AUTO_SCHEDULED" or task["external"]:
            continue
        for field in (*DATES, *SLACKS):
            if (path.name, task["id"], field) not in STALE and not (
                path.suffixes[0] == ".mpd" and field == "free_slack"
            ):
                yield from compare(schedule, index, field)


def compare(schedule: Schedule, index: int, field: str) -> Iterator[tuple[str, str, object, object]]:
    """Compare one value: dates by the working time between them, slack to half a minute."""
    task, network = schedule.tasks[index], schedule.network
    if field in DATES:
        found = getattr(network, f"{field}es" if field.endswith("finish") else f"{field}s")[index]
        expected = datetime.fromisoformat(task["expect"][field])
        same = schedule.activities[index].calendar.between(found, expected) == 0
    else:
        found, expected = getattr(network, field)[index] / 60, task["expect"][f"{field}_min"]
        same = abs(found - expected) < 0.5
    if not same:
        yield task["name"], field, found, expected


@pytest.mark.parametrize("path", [path for path in files("msproject/json") if clean(path)], ids=lambda path: path.name)
def test_microsoft_project(path: Path) -> None:
    """Early and late dates and slack are those that Microsoft Project stored."""
    assert list(differences(path)) == []


@pytest.mark.parametrize("path", files("mpxj_generated/json"), ids=lambda path: path.name)
def test_mpxj(path: Path) -> None:
    """Random networks, also on China's calendar of 2026, get the dates of a peer."""
    assert list(differences(path)) == []


@pytest.mark.parametrize("path", files("psplib/sm", "*.sm"), ids=lambda path: path.name)
def test_psplib(path: Path) -> None:
    """The length of each network is the published one."""
    text = path.read_text("utf-8")
    published = int(re.findall(r"MPM-Time\s*\n(.*)", text)[0].split()[5])
    relations = text.split("PRECEDENCE RELATIONS:")[1].split("****")[0].splitlines()[2:]
    requests = text.split("REQUESTS/DURATIONS:")[1].split("****")[0].splitlines()[3:]
    lengths = {int(row.split()[0]): int(row.split()[2]) for row in requests if row.strip()}
    activities = [Activity(round_the_clock(), lengths[number] * 60) for number in sorted(lengths)]
    links = [
        Link((int(row.split()[0]) - 1,), (int(successor) - 1,))
        for row in relations
        if row.strip()
        for successor in row.split()[3:]
    ]
    network = solve(activities, links, ORIGIN)
    assert (network.finish - ORIGIN).total_seconds() / 60 == published


def test_textbook() -> None:
    """Burke's five activities."""
    case = json.loads((TRUTH / "cpm_textbook/r_projectmanagement.json").read_text("utf-8"))
    activities = [Activity(round_the_clock(), round(length * 3600)) for length in case["duration"]]
    links = [Link((before - 1,), (after - 1,)) for before, after in case["precedence"]]
    network = solve(activities, links, ORIGIN)
    hours = [(start - ORIGIN).total_seconds() / 3600 for start in network.early_starts]
    assert hours == case["published_early_times"]
