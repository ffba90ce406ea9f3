"""Times the simulated forecast: 200 tasks with 300 links, each with a three-point estimate, in 10,000 runs.

    python benchmarks/simulation.py             the mark that a release has to keep: one second
    python benchmarks/simulation.py 1000 2000   other numbers of tasks and runs

Loading numpy and scheduling the plan are not counted; the best of three.
"""

# ruff: noqa: INP001, T201 # a script that prints

import sys
from datetime import date
from random import Random
from time import perf_counter

from kapm_site.analysis.forecast import forecast_of
from kapm_site.analysis.frame import frame_of
from kapm_site.analysis.measure import actual_of
from kapm_site.analysis.plan import plan_of
from kapm_site.analysis.simulation import forecast_range
from kapm_site.model.charter import Charter
from kapm_site.model.client import Client
from kapm_site.model.plan import Plan
from kapm_site.model.registers import RisksFile
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project

MARK = 1.0  # seconds
TASKS, RUNS = 200, 10_000
_STATUS = date(2026, 3, 2)


def main() -> None:
    """Time the simulation and say whether it keeps the mark."""
    tasks, runs = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (TASKS, RUNS)  # noqa: PLR2004 # both or none
    frame = frame_of(Settings(), Account("c", "projects/c", Client(name="C")), _project(tasks, runs), _STATUS)
    plan = plan_of(frame)
    actuals = [actual_of(frame, item) for item in frame.leaves]
    expected = forecast_of(frame, plan, actuals)
    seconds = []
    for _ in range(3):
        start = perf_counter()
        found, reason = forecast_range(frame, plan, actuals, expected)
        seconds.append(perf_counter() - start)
        if found is None:
            sys.exit(reason)
    verdict = "" if (tasks, runs) != (TASKS, RUNS) else ", kept" if min(seconds) <= MARK else ", MISSED"
    print(f"{tasks} tasks, {len(plan.links)} links, {runs} runs: {min(seconds):.2f} s (mark {MARK:.2f} s{verdict})")


def _project(tasks: int, runs: int) -> Project:
    """Build a plan in which each task follows one or two of the ten before it, a third of the links not plain FS."""
    random = Random(1)  # noqa: S311 # the same plan each time
    shapes, types = ("triangular", "pert", "uniform"), ("FS", "FS", "FS", "FS", "SS", "FF")
    plan = []
    for number in range(tasks):
        before = random.sample(range(max(0, number - 10), number), min(number, 1 + number % 2))
        links = [{"task": f"t{i}", "type": random.choice(types), "lag": random.choice(("0d", "1d"))} for i in before]
        likely = random.randint(2, 15)
        points = {"optimistic": f"{0.7 * likely:.1f}d", "likely": f"{likely}d", "pessimistic": f"{2 * likely}d"}
        estimate = {**points, "distribution": shapes[number % 3]}
        plan.append({"id": f"t{number}", "name": f"T{number}", "estimate": estimate, "depends_on": links})
    charter = Charter(name="Case", start=_STATUS, calendar={"country": "DE"}, forecast={"runs": runs})
    delay = {"optimistic": "2d", "likely": "5d", "pessimistic": "20d"}
    risks = [
        {"id": f"r{i}", "title": f"R{i}", "probability": 1 + i % 5, "schedule_impact": delay, "affects": [f"t{i}"]}
        for i in range(0, tasks, 20)
    ]
    return Project("c", "case", "projects/c/case", charter, Plan(tasks=plan), risks=RisksFile(risks=risks))


if __name__ == "__main__":
    main()
