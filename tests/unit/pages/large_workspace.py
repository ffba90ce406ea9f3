"""A project of 150 plan items and 40 risks with every other register well filled, as a large account has it."""

from collections.abc import Iterator
from datetime import date, timedelta

from rich_workspace import FILES
from small_workspace import ERP, STATUS, client

from kapm_site.audience.views import ProjectView

PHASES, TASKS = 10, 14  # 10 × (1 phase + 14 items), of which one each is a milestone
RISKS, CHANGES, DECISIONS, ACTIONS, ANSWERS, MEETINGS, ISSUES, KPIS, LESSONS = 40, 14, 20, 30, 24, 16, 12, 10, 9
_MONDAY = date(2026, 3, 2)
_PEOPLE = ("okafor", "lund", "ortiz")


def large_project() -> ProjectView:
    """Show the project to its client."""
    registers = {
        "plan": ("tasks", _plan()),
        "risks": ("risks", map(_risk, range(RISKS))),
        "changes": ("changes", map(_change, range(CHANGES))),
        "decisions": ("decisions", map(_decision, range(DECISIONS))),
        "actions": ("actions", map(_action, range(ACTIONS))),
        "feedback": ("feedback", map(_answer, range(ANSWERS))),
        "meetings": ("meetings", map(_meeting, range(MEETINGS))),
        "kpis": ("kpis", map(_kpi, range(KPIS))),
        "lessons": ("lessons", map(_lesson, range(LESSONS))),
    }
    texts = {
        f"{ERP}/{name}.yaml": f"audience: client\n{key}:\n{''.join(rows)}" for name, (key, rows) in registers.items()
    }
    texts[f"{ERP}/risks.yaml"] += "issues:\n" + "".join(map(_issue, range(ISSUES)))
    texts[f"{ERP}/risks.yaml"] += "assumptions:\n" + "".join(map(_assumption, range(6)))
    texts[f"{ERP}/project.yaml"] = _project()
    texts[f"{ERP}/baselines.yaml"] = _baseline()
    texts[f"{ERP}/costs.yaml"] = "audience: client\nentries:\n" + "".join(map(_cost, range(8)))
    return client({**FILES, **texts}).projects[0]


def _project() -> str:
    people = "".join(
        f"  - {{id: person{n}, name: Person Number {n}, role: Engineer for hall {n}, organization: client}}\n"
        for n in range(9)
    )
    duties = "".join(
        f"  - {{area: Area {n}, responsible: [okafor], accountable: lund, consulted: [ortiz, person{n}]}}\n"
        for n in range(8)
    )
    goals = "".join(
        f"  - {{id: g{n}, statement: Halve the time that a pallet waits in hall {n}, owner: okafor, due: 2027-01-04,"
        f" metric: {{name: Minutes a pallet waits, unit: min, baseline: 8, target: 4, current: {4 + n}}}}}\n"
        for n in range(5)
    )
    text = FILES[f"{ERP}/project.yaml"].replace("start: 2026-10-05", "start: 2026-03-02")
    text = text.replace("finish: 2026-11-27", "finish: 2027-02-26\nbudget: {amount: 900000, audience: client}")
    text = text.replace("responsibilities:\n", f"{people}responsibilities:\n{duties}")
    return text.replace("goals:\n", f"goals:\n{goals}")


def _baseline() -> str:
    rows = "".join(
        f"      gate{phase}: {{finish: {_MONDAY + timedelta(weeks=5 * phase, days=32)}}}\n" for phase in range(PHASES)
    )
    return f"audience: client\nbaselines:\n  - id: b1\n    approved: 2026-03-01\n    tasks:\n{rows}"


def _plan() -> Iterator[str]:
    for phase in range(PHASES):
        start = _MONDAY + timedelta(weeks=5 * phase)
        yield f"  - id: p{phase}\n    name: Phase {phase + 1} of the rollout\n    owner: okafor\n    tasks:\n"
        for task in range(TASKS - 1):
            first = start + timedelta(weeks=task % 5)
            last = first + timedelta(days=4 + 7 * (task % 2))
            yield (
                f"      - {{id: p{phase}-t{task}, name: Work package {phase + 1}.{task + 1} in hall {task + 1},"
                f" owner: {_PEOPLE[task % 3]}, start: {first}, finish: {last}, cost: {4000 + 300 * task}"
                f"{_done(first, last)}{_deliverable(task)}"
                f"{f', depends_on: [p{phase}-t{task - 1}]' if task % 4 == 1 else ''}}}\n"
            )
        gate = start + timedelta(days=39)
        yield (
            f"      - {{id: gate{phase}, name: Gate {phase + 1} passed, milestone: true, finish: {gate},"
            f" depends_on: [p{phase}-t12]}}\n"
        )


def _done(first: date, last: date) -> str:
    if last < STATUS - timedelta(weeks=3):
        return f", progress: 100, actual_start: {first}, actual_finish: {last}"
    if last < STATUS:
        return (
            f", progress: 70, actual_start: {first}, delay: {{cause: client, recovery: Work on two Saturdays and ask"
            f" the foreman for one more person, owner: ortiz, new_finish: {last + timedelta(weeks=5)}}}"
        )
    return f", progress: 40, actual_start: {first}" if first <= STATUS else ""


def _deliverable(task: int) -> str:
    return ", deliverable: {acceptance: submitted, submitted: 2026-11-14}" if task == 5 else ""


def _risk(n: int) -> str:
    return (
        f"  - {{id: r{n}, title: Supply of part {n} is late or short, category: schedule, owner: {_PEOPLE[n % 3]},"
        f" probability: {1 + n % 5}, impact: {1 + n * 3 % 5}, response: reduce, exposure: {1000 * (n + 1)},"
        f" cause: The maker of part {n} has one line only, effect: Phase {1 + n % PHASES} starts a week later,"
        f" plan: A second source is asked for by the end of the month, raised: 2026-06-{1 + n % 28:02},"
        f" due: 2026-12-{1 + n % 28:02}, status: open}}\n"
    )


def _issue(n: int) -> str:
    return (
        f"  - {{id: i{n}, title: Scanner in hall {n} reads short labels twice, severity: {1 + n % 5}, owner: ortiz,"
        f" raised: 2026-10-{1 + n:02}, due: 2026-12-{1 + n:02}, status: open}}\n"
    )


def _assumption(n: int) -> str:
    return f"  - {{id: as{n}, text: The floor of hall {n} bears a rack of eight tons, validated: 2026-11-07}}\n"


def _cost(n: int) -> str:
    return f"  - {{date: 2026-{3 + n:02}-28, amount: {40000 + 9000 * n}, kind: labor}}\n"


def _lesson(n: int) -> str:
    return (
        f"  - {{id: l{n}, date: 2026-10-{1 + n:02}, title: Ask the foreman of hall {n} first, kind: keep,"
        f" what: He knew of the beam that the drawings did not show}}\n"
    )


def _change(n: int) -> str:
    state = "status: proposed" if n % 3 else f"status: approved, decided: 2026-10-{10 + n:02}, by: lund"
    return (
        f"  - {{id: c{n}, title: Add a view of hall {n} for its foreman, requested_by: vogt, date: 2026-10-{1 + n:02},"
        f" reason: The foreman sees nothing today, {state}, impact: {{days: {n % 4}, cost: {900 * n}}}}}\n"
    )


def _decision(n: int) -> str:
    return (
        f"  - {{id: d{n}, date: 2026-{9 + n % 2:02}-{1 + n:02}, title: Hall {n} keeps its own label, by: lund,"
        f" rationale: Its carriers ask for it}}\n"
    )


def _action(n: int) -> str:
    ends = f"done: 2026-11-{1 + n % 19:02}" if n % 3 == 0 else f"due: 2026-12-{1 + n % 28:02}"
    raised = f"2026-10-{1 + n % 28:02}"
    return f"  - {{id: a{n}, title: Send the floor plan of hall {n}, owner: ortiz, raised: {raised}, {ends}}}\n"


def _answer(n: int) -> str:
    score = f"csat: {3 + n % 3}" if n % 3 else f"nps: {6 + n % 5}"
    return (
        f"  - {{id: f{n}, date: 2026-{8 + n // 8:02}-{1 + n % 8:02}, from: lund, channel: survey, {score},"
        f" quote: The {n}. delivery came as agreed and was easy to unload, response: We keep it so, status: done}}\n"
    )


def _meeting(n: int) -> str:
    return (
        f"  - {{id: m{n}, name: Steering committee {n}, date: 2026-{3 + n // 2:02}-{1 + 14 * (n % 2):02},"
        f" attendees: [okafor, lund], notes: We went through the open points of hall {n}}}\n"
    )


def _kpi(n: int) -> str:
    values = ", ".join(f"2026-{month:02}: {80 + (n * 5 + month * 2) % 19}" for month in range(1, 11))
    return (
        f"  - {{id: k{n}, name: Lines picked an hour in hall {n}, unit: '%', direction: up, target: 95, amber: 90,"
        f" red: 80, owner: okafor, values: {{{values}}}}}\n"
    )
