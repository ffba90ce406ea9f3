"""What is told of registers, people, measures and money, when somebody has edited the files."""

from datetime import date

import pytest
from compare_case import Edit, Told, Who, differences, told

NOV, DEC = 11, 12

R3 = "  - {id: r3, title: Old risk, probability: 2, impact: 2, status: closed, closed: 2026-11-04}\n"
K1 = """  - {id: k1, name: Orders, unit: a day, target: 100, amber: 100, red: 80, values: {2026-11-06: 110}}
"""
G1 = """  - {id: g1, statement: Faster, due: 2026-12-31, metric: {name: Hours, baseline: 60, target: 24, current: 40}}
"""


def day(month: int, number: int) -> date:
    """Return a day of the year."""
    return date(2026, month, number)


CASES: dict[str, tuple[list[Edit], list[Told]]] = {
    "a risk was added": (
        [("risks.yaml", "issues:", "  - {id: r4, title: New, probability: 3, impact: 2}\nissues:")],
        [("risk", "added", "r4", None, (3, 2), None, None)],
    ),
    "a risk was added that is closed": (
        [("risks.yaml", "issues:", "  - {id: r4, title: New, probability: 3, impact: 2, status: closed}\nissues:")],
        [("risk", "done", "r4", None, (3, 2), None, None)],
    ),
    "a risk moved in the matrix": (
        [("risks.yaml", "staff, probability: 2, impact: 2", "staff, probability: 2, impact: 4")],
        [("risk", "moved", "r1", (2, 2), (2, 4), None, None)],
    ),
    "a risk was closed and assessed otherwise": (
        [("risks.yaml", "staff, probability: 2, impact: 2", "staff, probability: 1, impact: 2, status: closed")],
        [("risk", "done", "r1", (2, 2), (1, 2), None, None)],
    ),
    "a risk occurred": (
        [("risks.yaml", "staff, probability: 2, impact: 2", "staff, probability: 2, impact: 2, status: occurred")],
        [("risk", "occurred", "r1", (2, 2), (2, 2), None, None)],
    ),
    "a risk was opened again": (
        [("risks.yaml", ", status: closed, closed: 2026-11-04", "")],
        [("risk", "reopened", "r3", (2, 2), (2, 2), None, None)],
    ),
    "an open risk was deleted": (
        [("risks.yaml", "  - {id: r1, title: Vendor is short of staff, probability: 2, impact: 2}\n", "")],
        [("risk", "removed", "r1", (2, 2), None, None, None)],
    ),
    "a closed risk was deleted": (
        [("risks.yaml", R3, "")],
        [],
    ),
    "a closed risk was assessed otherwise": (
        [("risks.yaml", "risk, probability: 2, impact: 2, status: closed", "risk, probability: 1, status: closed")],
        [],
    ),
    "an issue was added": (
        [("risks.yaml", "assumptions:", "  - {id: i3, title: New defect, severity: 3}\nassumptions:")],
        [("issue", "added", "i3", None, 3, None, None)],
    ),
    "an issue became severe": (
        [("risks.yaml", "severity: 2}", "severity: 3}")],
        [("issue", "changed", "i1", 2, 3, None, None)],
    ),
    "a resolved issue was more severe": ([("risks.yaml", "severity: 3, status", "severity: 4, status")], []),
    "an issue was resolved": (
        [("risks.yaml", "severity: 2}", "severity: 2, status: resolved, resolution: New scanner}")],
        [("issue", "done", "i1", 2, 2, None, None)],
    ),
    "a resolved issue was closed": ([("risks.yaml", "status: resolved", "status: closed")], []),
    "an issue was opened again": (
        [("risks.yaml", "severity: 3, status: resolved", "severity: 3, status: open")],
        [("issue", "reopened", "i2", 3, 3, None, None)],
    ),
    "an assumption was found true": (
        [("risks.yaml", "text: Licences are there", "text: Licences are there, validated: 2026-11-18")],
        [("assumption", "done", "s1", None, day(NOV, 18), None, None)],
    ),
    "a dependency was met": (
        [("risks.yaml", "needed_by: 2026-12-04", "needed_by: 2026-12-04, status: met")],
        [("dependency", "done", "d1", "open", "met", None, None)],
    ),
    "a dependency was broken": (
        [("risks.yaml", "needed_by: 2026-12-04", "needed_by: 2026-12-09, status: broken")],
        [("dependency", "changed", "d1", "open", "broken", None, None)],
    ),
    "a dependency is needed later": (
        [("risks.yaml", "needed_by: 2026-12-04", "needed_by: 2026-12-10")],
        [("dependency", "changed", "d1", day(DEC, 4), day(DEC, 10), 2, None)],
    ),
    "an ask was added": (
        [("asks.yaml", "  - {id: a3", "  - {id: a4, title: New, due: 2026-12-03}\n  - {id: a3")],
        [("ask", "added", "a4", None, day(DEC, 3), None, None)],
    ),
    "an ask was added that is answered": (
        [("asks.yaml", "  - {id: a3", "  - {id: a4, title: New, status: answered, answered: 2026-11-19}\n  - {id: a3")],
        [("ask", "answered", "a4", None, day(NOV, 19), None, None)],
    ),
    "an ask was answered": (
        [("asks.yaml", "due: 2026-12-04", "due: 2026-12-04, status: answered, answered: 2026-11-19")],
        [("ask", "answered", "a1", day(DEC, 4), day(NOV, 19), None, None)],
    ),
    "an ask is due later": (
        [("asks.yaml", "due: 2026-12-04", "due: 2026-12-11")],
        [("ask", "moved", "a1", day(DEC, 4), day(DEC, 11), 3, None)],
    ),
    "an ask was withdrawn": (
        [("asks.yaml", "due: 2026-12-04", "due: 2026-12-04, status: withdrawn")],
        [("ask", "removed", "a1", day(DEC, 4), None, None, None)],
    ),
    "an ask is asked again": (
        [("asks.yaml", "status: answered, answered: 2026-11-04, outcome: Yes", "due: 2026-12-02")],
        [("ask", "reopened", "a3", None, day(DEC, 2), None, None)],
    ),
    "a change was asked for": (
        [("changes.yaml", "  - {id: c2", "  - {id: c3, title: New, date: 2026-11-18}\n  - {id: c2")],
        [("change", "added", "c3", None, day(NOV, 18), None, None)],
    ),
    "a change was approved": (
        [("changes.yaml", "cost: 4000}}", "cost: 4000}, status: approved, decided: 2026-11-19}")],
        [("change", "decided", "c1", "proposed", "approved", None, None)],
    ),
    "a change was approved and made at once": (
        [("changes.yaml", "cost: 4000}}", "cost: 4000}, status: implemented}")],
        [("change", "decided", "c1", "proposed", "approved", None, None)],
    ),
    "a change was rejected after all": (
        [("changes.yaml", "status: approved", "status: rejected")],
        [("change", "decided", "c2", "approved", "rejected", None, None)],
    ),
    "a change was made": (
        [("changes.yaml", "status: approved", "status: implemented")],
        [("change", "changed", "c2", "approved", "implemented", None, None)],
    ),
    "a decision was taken": (
        [("decisions.yaml", "  - {id: n1", "  - {id: n2, title: Use two sites, date: 2026-11-19}\n  - {id: n1")],
        [("decision", "added", "n2", None, day(NOV, 19), None, None)],
    ),
    "a decision that is dated later is none yet": (
        [("decisions.yaml", "  - {id: n1", "  - {id: n2, title: Use two sites, date: 2026-11-21}\n  - {id: n1")],
        [],
    ),
    "an action was agreed": (
        [("actions.yaml", "  - {id: t1", "  - {id: t2, title: Call, due: 2026-12-02}\n  - {id: t1")],
        [("action", "added", "t2", None, day(DEC, 2), None, None)],
    ),
    "an action was done": (
        [("actions.yaml", "due: 2026-12-04", "due: 2026-12-04, done: 2026-11-19")],
        [("action", "done", "t1", day(DEC, 4), day(NOV, 19), None, None)],
    ),
    "an action is due later": (
        [("actions.yaml", "due: 2026-12-04", "due: 2026-12-10")],
        [("action", "moved", "t1", day(DEC, 4), day(DEC, 10), 2, None)],
    ),
    "feedback came": (
        [("feedback.yaml", "  - {id: f1", "  - {id: f2, date: 2026-11-18, from: vogt, quote: Fine}\n  - {id: f1")],
        [("feedback", "added", "f2", None, day(NOV, 18), None, None)],
    ),
    "feedback came that is answered": (
        [("feedback.yaml", "  - {id: f1", "  - {id: f2, date: 2026-11-18, response: We will}\n  - {id: f1")],
        [("feedback", "answered", "f2", None, day(NOV, 18), None, None)],
    ),
    "feedback was answered": (
        [("feedback.yaml", "nps: 8", "nps: 8, response: Thank you, status: done")],
        [("feedback", "answered", "f1", None, day(NOV, 9), None, None)],
    ),
    "satisfaction fell": (
        [("feedback.yaml", "csat: 4.5, nps: 8", "csat: 4.3, nps: 7")],
        [("satisfaction", "changed", "", 4.5, 4.3, None, None)],
    ),
    "satisfaction fell by less than is shown": ([("feedback.yaml", "csat: 4.5, nps: 8", "csat: 4.46")], []),
    "a KPI fell below its target": (
        [("kpis.yaml", "2026-11-06: 110", "2026-11-06: 110, 2026-11-20: 90")],
        [("kpi", "crossed", "k1", 110, 90, None, None)],
    ),
    "a KPI rose further": (
        [("kpis.yaml", "2026-11-06: 110", "2026-11-06: 110, 2026-11-20: 120")],
        [("kpi", "changed", "k1", 110, 120, None, None)],
    ),
    "a KPI rose by less than is shown": ([("kpis.yaml", "2026-11-06: 110", "2026-11-06: 110.01")], []),
    "a KPI was added": (
        [("kpis.yaml", "  - {id: k1", "  - {id: k3, name: Errors, values: {2026-11-06: 3}}\n  - {id: k1")],
        [("kpi", "added", "k3", None, 3, None, None)],
    ),
    "a KPI was removed": (
        [("kpis.yaml", K1, "")],
        [("kpi", "removed", "k1", 110, None, None, None)],
    ),
    "a KPI lost its thresholds": (
        [("kpis.yaml", "target: 100, amber: 100, red: 80, ", "")],
        [("kpi", "changed", "k1", 110, 110, None, None)],
    ),
    "a KPI that measures a goal rose, which is told of the KPI": (
        [("kpis.yaml", "2026-11-06: 400", "2026-11-06: 400, 2026-11-20: 500")],
        [("kpi", "changed", "k2", 400, 500, None, None)],
    ),
    "amounts of another currency are not compared": (
        [("project.yaml", "budget: {amount: 80000", "currency: USD\nbudget: {amount: 90000")],
        [],
    ),
    "the budget rose": (
        [("project.yaml", "amount: 80000", "amount: 90000")],
        [("budget", "changed", "", 80000, 90000, None, None)],
    ),
    "the reserve fell": (
        [("project.yaml", "contingency: 5000", "contingency: 3000")],
        [("budget", "changed", "", 80000, 80000, None, None)],
    ),
    "the budget rose by cents": ([("project.yaml", "amount: 80000", "amount: 80000.4")], []),
    "more was spent": (
        [("costs.yaml", "amount: 20000}", "amount: 20000}\n  - {date: 2026-11-18, amount: 500}")],
        [("spent", "changed", "", 20000, 20500, None, None)],
    ),
    "a goal was set": (
        [("project.yaml", "budget:", "  - {id: g3, statement: No paper}\nbudget:")],
        [("goal", "added", "g3", None, None, None, None)],
    ),
    "a goal was given up": (
        [("project.yaml", G1, "")],
        [("goal", "removed", "g1", 24, None, None, None)],
    ),
    "a goal was reached": (
        [("project.yaml", "current: 40", "current: 22")],
        [("goal", "done", "g1", 40, 22, None, None)],
    ),
    "a goal is nearer": (
        [("project.yaml", "current: 40", "current: 30")],
        [("goal", "changed", "g1", 40, 30, None, None)],
    ),
    "a goal asks for more": (
        [("project.yaml", "target: 24", "target: 20")],
        [("goal", "changed", "g1", 24, 20, None, None)],
    ),
    "a goal is due later": (
        [("project.yaml", "due: 2026-12-31", "due: 2027-01-05")],
        [("goal", "changed", "g1", day(DEC, 31), date(2027, 1, 5), 3, None)],
    ),
    "somebody joined": (
        [("project.yaml", "  - {id: lee", "  - {id: kit, name: Kit Roe, role: Trainer}\n  - {id: lee")],
        [("person", "added", "kit", None, "Trainer", None, None)],
    ),
    "a training was planned": (
        [("training.yaml", "  - {id: l1", "  - {id: l2, title: Drivers, date: 2026-12-03}\n  - {id: l1")],
        [("training", "added", "l2", None, day(DEC, 3), None, None)],
    ),
    "a training was held": (
        [("training.yaml", "date: 2026-12-02", "date: 2026-11-19, status: done, attended: 11")],
        [("training", "done", "l1", day(DEC, 2), day(NOV, 19), None, None)],
    ),
    "a training is on another day": (
        [("training.yaml", "date: 2026-12-02", "date: 2026-12-09")],
        [("training", "changed", "l1", day(DEC, 2), day(DEC, 9), 3, None)],
    ),
    "a training was cancelled": (
        [("training.yaml", "date: 2026-12-02", "date: 2026-12-02, status: cancelled")],
        [("training", "changed", "l1", "planned", "cancelled", None, None)],
    ),
    "a meeting was held": (
        [("meetings.yaml", "  - {id: m1", "  - {id: m2, name: Workshop, date: 2026-11-18}\n  - {id: m1")],
        [("meeting", "added", "m2", None, day(NOV, 18), None, None)],
    ),
    "a meeting that is to come was not held": (
        [("meetings.yaml", "  - {id: m1", "  - {id: m2, name: Workshop, date: 2026-11-21}\n  - {id: m1")],
        [],
    ),
    "a lesson was learnt": (
        [("lessons.yaml", "  - {id: w1", "  - {id: w2, title: Ask twice, date: 2026-11-18}\n  - {id: w1")],
        [("lesson", "added", "w2", None, day(NOV, 18), None, None)],
    ),
}


@pytest.mark.parametrize("who", ["client", "internal"])
@pytest.mark.parametrize(("edits", "expected"), CASES.values(), ids=CASES)
def test_a_change_of_a_register_is_told_once(who: Who, edits: list[Edit], expected: list[Told]) -> None:
    """Each edit is told as what it is, and nothing else is."""
    assert told(differences(edits, who)) == expected
