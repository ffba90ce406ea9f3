from datetime import date
from math import sqrt

import pytest
from analysis_case import figures, project, task

from kapm_site.analysis.changes import change_figures
from kapm_site.analysis.feedback import feedback_figures
from kapm_site.analysis.kpis import kpi_figures, status_of
from kapm_site.analysis.money import money_figures
from kapm_site.analysis.risks import risk_figures
from kapm_site.model.measures import Feedback, Kpi
from kapm_site.model.registers import Change, Risk
from kapm_site.model.settings import SatisfactionRules

SCALE = (10, 30, 50, 70, 90)
TODAY = date(2026, 11, 20)


def test_risks() -> None:
    """Exposure by the probability scale, the top by score and then by money, cells for the matrix."""
    risks = [
        Risk(id="a", title="A", probability=3, impact=4, exposure=1000),
        Risk(id="b", title="B", probability=4, impact=3, exposure=5000),
        Risk(id="c", title="C", probability=5, impact=5, exposure=100, status="closed"),
        Risk(id="d", title="D"),
        Risk(id="e", title="E", probability=3, impact=4),
    ]
    found = risk_figures(risks, SCALE)
    assert found.open == 4
    assert found.exposure == 0.5 * 1000 + 0.7 * 5000
    assert [risk.id for risk in found.top] == ["b", "a", "e", "d"]
    assert found.scores == {"a": 12, "b": 12, "e": 12}
    assert found.cells == {(3, 4): ("a", "e"), (4, 3): ("b",)}


def test_no_risks() -> None:
    """Without an amount there is no exposure, not one of 0."""
    assert risk_figures([], SCALE).exposure is None
    assert risk_figures([Risk(id="a", title="A", probability=1, impact=1)], SCALE).exposure is None


def told(day: str, **marks: float) -> Feedback:
    """Build an answer."""
    return Feedback(id=f"f-{day}-{len(marks)}", date=day, **marks)


def test_csat() -> None:
    """Mean and top two, over all time and over the last days; what was said later does not count."""
    feedback = [
        told("2026-01-10", csat=2),
        told("2026-11-01", csat=4),
        told("2026-11-20", csat=5),
        told("2026-11-19"),
        told("2026-11-21", csat=1),
    ]
    found = feedback_figures(feedback, TODAY, SatisfactionRules())
    assert found.csat is not None
    assert found.recent_csat is not None
    assert (found.csat.mean, found.csat.n) == (pytest.approx(11 / 3), 3)
    assert found.csat.top_two_percent == pytest.approx(200 / 3)
    assert (found.recent_csat.mean, found.recent_csat.n) == (4.5, 2)
    assert found.csat_by_month == ((date(2026, 1, 1), 2.0), (date(2026, 11, 1), 4.5))
    assert found.n == 4


def test_nps() -> None:
    """Half promoters, a sixth detractors, 324 answers: 33.3 with a standard error of 4.14 points."""
    marks = [9] * 162 + [7] * 108 + [6] * 54
    found = feedback_figures([told("2026-11-01", nps=mark) for mark in marks], TODAY, SatisfactionRules()).nps
    assert found is not None
    assert found.score == pytest.approx(100 / 3)
    assert found.standard_error == pytest.approx(100 * sqrt((2 / 3 - 1 / 9) / 324))
    assert found.standard_error == pytest.approx(4.14, abs=0.005)


def test_no_feedback() -> None:
    """Nobody asked: undefined."""
    found = feedback_figures([], TODAY, SatisfactionRules())
    assert (found.csat, found.nps, found.n) == (None, None, 0)


def test_changes() -> None:
    """Approved and implemented changes run; proposed ones might; rejected ones do neither."""
    changes = [
        Change(id="a", title="A", status="approved", impact={"days": 3, "cost": 100}),
        Change(id="b", title="B", status="implemented", impact={"days": -1}),
        Change(id="c", title="C", status="proposed", impact={"days": 5, "cost": 7}),
        Change(id="d", title="D", status="rejected", impact={"days": 50, "cost": 70}),
        Change(id="e", title="E"),
    ]
    found = change_figures(changes, date(2026, 1, 31))
    assert (found.approved_days, found.approved_cost) == (2, 100)
    assert (found.proposed, found.proposed_days, found.proposed_cost) == (2, 5, 7)


def test_changes_stand_as_they_stood_on_the_day() -> None:
    """What was decided later was proposed on the day; what was asked for later was not there."""
    changes = [
        Change(id="a", title="A", date="2026-03-10", status="approved", decided="2026-03-11", impact={"days": 3}),
        Change(id="b", title="B", date="2026-03-20", status="approved", decided="2026-03-25", impact={"days": 7}),
    ]
    found = {
        day: change_figures(changes, date.fromisoformat(day))
        for day in ("2026-03-05", "2026-03-12", "2026-03-21", "2026-03-26")
    }
    assert [one.approved_days for one in found.values()] == [0, 3, 3, 10]
    assert [one.proposed_days for one in found.values()] == [0, 0, 7, 0]


def test_money() -> None:
    """Entries up to the day, by month and kind; commitments; the budget."""
    case = project(
        costs=[
            {"date": "2026-10-02", "amount": 100, "kind": "labor"},
            {"date": "2026-10-30", "amount": -20, "kind": "license"},
            {"date": "2026-11-20", "amount": 50, "kind": "labor"},
            {"date": "2026-11-21", "amount": 999},
        ],
        commitments=[{"date": "2026-12-01", "amount": 30}],
        budget={"amount": 1000, "contingency": 100},
    )
    found = money_figures(case, "EUR", TODAY)
    assert (found.spent, found.committed, found.budget, found.contingency) == (130, 30, 1000, 100)
    assert found.by_month == ((date(2026, 10, 1), 80), (date(2026, 11, 1), 50))
    assert found.by_kind == {"labor": 150, "license": -20}
    assert money_figures(project(), "EUR", TODAY).spent is None, "nothing entered is not nothing spent"


@pytest.mark.parametrize(
    ("fields", "value", "status"),
    [
        ({"direction": "up", "target": 95, "amber": 80, "red": 70}, 80, "green"),
        ({"direction": "up", "target": 95, "amber": 80, "red": 70}, 79.9, "amber"),
        ({"direction": "up", "target": 95, "amber": 80, "red": 70}, 70, "amber"),
        ({"direction": "up", "target": 95, "amber": 80, "red": 70}, 69, "red"),
        ({"direction": "down", "target": 0, "amber": 5, "red": 10}, 5, "green"),
        ({"direction": "down", "target": 0, "amber": 5, "red": 10}, 6, "amber"),
        ({"direction": "down", "target": 0, "amber": 5, "red": 10}, 11, "red"),
        ({"direction": "up", "target": 95}, 95, "green"),
        ({"direction": "up", "target": 95}, 94, "amber"),
        ({"direction": "up", "red": 70}, 71, "green"),
        ({"direction": "up", "red": 70}, 69, "red"),
        ({"direction": "up"}, 69, "unknown"),
        ({"direction": "range", "low": 3, "high": 5}, 3, "green"),
        ({"direction": "range", "low": 3, "high": 5}, 5.1, "amber"),
        ({"direction": "range", "low": 3, "high": 5, "amber": 1, "red": 2}, 6, "green"),
        ({"direction": "range", "low": 3, "high": 5, "amber": 1, "red": 2}, 1.5, "amber"),
        ({"direction": "range", "low": 3, "high": 5, "amber": 1, "red": 2}, 7.5, "red"),
        ({"direction": "range"}, 7.5, "unknown"),
        ({"direction": "up", "target": 95}, None, "unknown"),
    ],
)
def test_kpi_status(fields: dict[str, object], value: float | None, status: str) -> None:
    """On a threshold is not beyond it, in either direction and outside a range."""
    assert status_of(Kpi(id="k", name="K", **fields), value) == status


@pytest.mark.parametrize(
    ("direction", "values", "trend", "distance"),
    [
        ("up", {"2026-09": 70, "2026-10": 75}, "better", 20),
        ("down", {"2026-09": 70, "2026-10": 75}, "worse", 0),
        ("up", {"2026-09": 70, "2026-10": 70}, "steady", 25),
        ("up", {"2026-10": 99}, None, 0),
    ],
)
def test_kpi_trend(direction: str, values: dict[str, float], trend: str | None, distance: float) -> None:
    """The last value against the one before, in the KPI's direction; and what is missing to the target."""
    kpi = Kpi(id="k", name="K", direction=direction, target=95 if direction == "up" else 80, values=values)
    found = kpi_figures([kpi], {}, TODAY)["k"]
    assert (found.trend, found.distance) == (trend, distance)


def test_kpi_months() -> None:
    """A month stands for its last day; the current month's value is known today, a later one is not."""
    kpi = Kpi(id="k", name="K", values={"2026-12": 9, "2026-11": 3, "2026-10": 2, "2026-11-25": 7})
    assert kpi_figures([kpi], {}, TODAY)["k"].series == ((date(2026, 10, 31), 2), (TODAY, 3))


def test_computed_kpis() -> None:
    """A KPI may follow a figure of the analysis; without the figure it has no value, and says so."""
    names = [
        "schedule.spi",
        "schedule.spi_t",
        "schedule.slip_days",
        "cost.cpi",
        "milestones.on_time_percent",
        "progress.actual_percent",
        "feedback.csat",
        "feedback.nps",
        "budget.spent_percent",
        "risks.exposure",
        "risks.open",
        "asks.open",
    ]
    kpis = [{"id": name, "name": name, "computed": name} for name in names]
    found = figures(
        task("a", duration="4d", cost=400, progress=50, actual_start="2026-01-05"),
        task("m", milestone=True, finish="2026-01-06", actual_finish="2026-01-06"),
        task("n", milestone=True, finish="2026-01-06"),
        at="2026-01-07",
        kpis=kpis,
        costs=[{"date": "2026-01-06", "amount": 100}],
        budget={"amount": 1000},
        risks=[{"id": "r", "title": "R", "probability": 1, "impact": 1, "exposure": 100}],
        asks=[{"id": "q", "title": "Q"}],
        feedback=[{"id": "f", "date": "2026-01-06", "csat": 4}],
    )
    values = {kpi.id: kpi.value for kpi in found.kpis.values()}
    assert values["feedback.nps"] is None
    assert found.missing["kpis.feedback.nps.value"] == "feedback.nps is not known"
    expected = {"schedule.spi": 2 / 3, "schedule.spi_t": 2 / 3, "cost.cpi": 2, "milestones.on_time_percent": 50}
    expected |= {"progress.actual_percent": 50, "feedback.csat": 4, "budget.spent_percent": 10, "schedule.slip_days": 1}
    expected |= {"risks.exposure": 10, "risks.open": 1, "asks.open": 1}
    assert {name: values[name] for name in expected} == pytest.approx(expected)


def test_delays() -> None:
    """Late leaves, the worst first; days by cause; what is not said of each."""
    late = {"start": "2026-01-05", "finish": "2026-01-06", "actual_start": "2026-01-05"}
    delay = {"cause": "client", "recovery": "more people", "owner": "x", "new_finish": "2026-01-12"}
    found = figures(
        task("mute", **late, remaining="1d"),
        task("half", **late, remaining="1d", delay={"cause": "scope"}),
        task("told", **late, remaining="3d", delay=delay),
        task("done", **late, actual_finish="2026-01-07"),
        task("then", start="2026-01-08", finish="2026-01-08", after=["told"]),
        task("fine", start="2026-01-08", finish="2026-01-08"),
        at="2026-01-07T18:00",
    ).delays
    assert [(item.task_id, item.slip_days, item.gaps) for item in found.items] == [
        ("told", 4, ()),
        ("then", 3, ()),
        ("mute", 2, ("cause", "recovery", "new_finish")),
        ("half", 2, ("recovery", "owner", "new_finish")),
        ("done", 1, ("cause",)),
    ]
    # `then` is late with `told` alone: its 3 days are counted there
    assert [item.own_days for item in found.items] == [4, 0, 2, 2, 1]
    assert found.by_cause == {"client": 4, "unstated": 3, "scope": 2}
    assert found.total_days == 9


def test_a_delay_is_counted_where_it_arose() -> None:
    """B is late with A alone, however its own delay is labelled: all 4 days are A's."""
    late = {"start": "2026-01-05", "finish": "2026-01-06", "actual_start": "2026-01-05"}
    found = figures(
        task("a", **late, remaining="3d"),
        task("b", start="2026-01-07", finish="2026-01-08", after=["a"], delay={"cause": "client"}),
        at="2026-01-07T18:00",
    ).delays
    assert found.by_cause == {"unstated": 4}


def test_an_early_estimate_judges_nothing() -> None:
    """One per cent earned at nine times its worth says nothing of the whole; at a fifth it does."""
    for progress, health in ((1, "unknown"), (20, "red")):
        found = figures(
            task(
                "a", start="2026-01-05", finish="2026-12-18", cost=100_000, actual_start="2026-01-05", progress=progress
            ),
            at="2026-01-06",
            costs=[{"date": "2026-01-06", "amount": 9_000 * progress}],
            budget={"amount": 100_000},
        )
        assert found.earned_value.eac is not None
        assert found.health.dimensions["cost"].health == health
