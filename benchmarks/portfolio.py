"""Writes a workspace of any number of like projects: 58 plan items, 12 risks, 15 answers, 8 KPIs of 12 months."""

# ruff: noqa: INP001 # scripts, no package

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

PROJECTS_A_CLIENT = 20
PHASES = 8
TASKS_A_PHASE = 6
MONTHS = [f"2025-{month:02}" for month in (11, 12)] + [f"2026-{month:02}" for month in range(1, 11)]
STATUS = date(2026, 11, 20)
_MONDAY = date(2026, 3, 2)


def write_portfolio(root: Path, projects: int) -> None:
    """Write the workspace; the same number always gives the same files."""
    _write(root / "kapm.yaml", "organization: {name: Tidewater Delivery}\ncurrency: EUR\ncalendar: {country: DE}\n")
    for number in range(projects):
        client = root / "projects" / f"client-{number // PROJECTS_A_CLIENT:03}"
        if number % PROJECTS_A_CLIENT == 0:
            _write(client / "client.yaml", f"name: Client {number // PROJECTS_A_CLIENT:03} plc\nprotection: none\n")
        folder = client / f"project-{number:05}"
        _write(folder / "project.yaml", _project(number))
        _write(folder / "plan.yaml", "audience: client\ntasks:\n" + "".join(_plan(number)))
        _write(folder / "risks.yaml", "audience: client\nrisks:\n" + "".join(map(_risk, range(12))))
        _write(folder / "feedback.yaml", "audience: client\nfeedback:\n" + "".join(map(_answer, range(15))))
        _write(folder / "kpis.yaml", "audience: client\nkpis:\n" + "".join(_kpi(n, number) for n in range(8)))
        _write(folder / "updates" / "2026-11-20.md", _update(number))


def _project(number: int) -> str:
    return (
        f"name: Rollout {number:05}\naudience: client\nmanager: ana\nstart: {_MONDAY}\nfinish: 2027-01-29\n"
        "team:\n"
        "  - {id: ana, name: Ana Okafor, role: Project manager}\n"
        "  - {id: bo, name: Bo Lindqvist, role: Engineer}\n"
        "budget: {amount: 480000, audience: client}\n"
    )


def _plan(number: int) -> Iterator[str]:
    """Eight phases of six tasks, a milestone after the second, and one at the end: 58 items."""
    before = ""
    for phase in range(PHASES):
        start = _MONDAY + timedelta(weeks=5 * phase)
        yield f"  - id: p{phase}\n    name: Phase {phase + 1}\n    owner: ana\n    tasks:\n"
        for task in range(TASKS_A_PHASE):
            name = f"p{phase}-t{task}"
            first = start + timedelta(weeks=task % 5)
            last = first + timedelta(days=4)
            yield (
                f"      - id: {name}\n        name: Work package {phase + 1}.{task + 1} of rollout {number:05}\n"
                f"        owner: {'ana' if task % 2 else 'bo'}\n        start: {first}\n        finish: {last}\n"
                f"        cost: {4000 + 500 * task}\n"
            )
            if before and task == 0:
                yield f"        depends_on: [{before}]\n"
            yield from _actuals(first, last)
        before = f"p{phase}-t4"
        if phase % 7 == 1:
            yield (
                f"      - {{id: m{phase}, name: Gate {phase}, owner: ana, milestone: true,"
                f" finish: {start + timedelta(days=34)}, depends_on: [{before}]}}\n"
            )
    yield "  - {id: closed, name: Closed, owner: ana, milestone: true, finish: 2027-01-29}\n"


def _actuals(first: date, last: date) -> Iterator[str]:
    if last < STATUS:
        yield f"        progress: 100\n        actual_start: {first}\n        actual_finish: {last}\n"
    elif first <= STATUS:
        yield f"        progress: 40\n        actual_start: {first}\n"


def _risk(n: int) -> str:
    return (
        f"  - id: r{n}\n    title: Supply of part {n} is late\n    category: schedule\n    owner: ana\n"
        f"    probability: {1 + n % 5}\n    impact: {1 + (n * 3) % 5}\n    response: reduce\n"
        f"    cause: The maker of part {n} has one line only.\n"
        f"    effect: Phase {1 + n % PHASES} starts a week later.\n"
        f"    plan: A second source is asked for **{n} parts** by the end of the month.\n"
        f"    raised: 2026-06-{1 + n:02}\n    due: 2026-12-{1 + n:02}\n    status: open\n"
        f"    exposure: {1000 * (n + 1)}\n"
    )


def _answer(n: int) -> str:
    score = f"csat: {3 + n % 3}" if n % 3 else f"nps: {6 + n % 5}"
    return (
        f"  - id: f{n}\n    date: 2026-{9 + n // 8:02}-{1 + n % 8:02}\n    from: Reader {n}\n    channel: survey\n"
        f"    {score}\n    quote: The {n}. delivery came as agreed.\n    response: We keep it so.\n"
        f"    owner: ana\n    status: done\n"
    )


def _kpi(n: int, number: int) -> str:
    values = "".join(f"      {month}: {80 + (n * 5 + i * 2 + number) % 19}\n" for i, month in enumerate(MONTHS))
    return (
        f"  - id: k{n}\n    name: Measure {n}\n    unit: '%'\n    direction: up\n    target: 95\n"
        "    amber: 90\n    red: 80\n"
        f"    owner: ana\n    values:\n{values}"
    )


def _update(number: int) -> str:
    return (
        f"---\nheadline: Rollout {number:05} is in its eighth phase.\naudience: client\n---\n\n"
        "## Done\n\n- The seventh phase is **accepted**\n- Training is held\n\n## Next\n\n- The eighth phase\n"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
