from datetime import date, datetime

import pytest
from analysis_case import figures, task

from kapm_site.analysis.baseline import BaselineLeaf
from kapm_site.analysis.curve import Curve, Piece, cost_pieces
from kapm_site.analysis.earned_value import Money, earned_schedule
from kapm_site.analysis.records import Analysis
from kapm_site.analysis.working_time import working_time
from kapm_site.model.calendars import Calendar
from kapm_site.model.plan import Cost

HOUR = 3600

#: Two tasks of five days and 500 each, one after the other; the first is at 40 percent after three days.
FIRST = task("a", duration="5d", cost=500, progress=40, actual_start="2026-01-05")
SECOND = task("b", duration="5d", cost=500, after=["a"])


def week(**parts: object) -> Analysis:
    """Analyse the two tasks after three days."""
    return figures(FIRST, SECOND, **{"at": "2026-01-07", "costs": [{"date": "2026-01-06", "amount": 250}], **parts})


def test_indices() -> None:
    """PV 300, EV 200, AC 250 of 1000: everything by hand."""
    found = week().earned_value
    assert (found.bac, found.pv, found.ev, found.ac) == pytest.approx((1000, 300, 200, 250))
    assert (found.sv, found.cv) == pytest.approx((-100, -50))
    assert (found.spi, found.cpi) == pytest.approx((2 / 3, 0.8))
    assert found.eac == pytest.approx(1000 / 0.8)
    assert (found.etc, found.vac) == pytest.approx((1000, -250))
    assert found.tcpi == pytest.approx(800 / 750)


def test_earned_schedule() -> None:
    """200 was planned for the end of day two; day three has gone by."""
    found = week().earned_value
    assert (found.es_days, found.at_days, found.sv_t_days) == pytest.approx((2, 3, -1))
    assert found.spi_t == pytest.approx(2 / 3)
    assert found.ieac_t == datetime.fromisoformat("2026-01-23T18:00"), "fifteen days instead of ten"


def test_estimates_at_completion() -> None:
    """Cost to date plus the rest at each performance factor."""
    spi, cpi, spi_t = 2 / 3, 0.8, 2 / 3
    factors = {
        "1": 1,
        "cpi": cpi,
        "spi": spi,
        "spi_t": spi_t,
        "sci": spi * cpi,
        "sci_t": spi_t * cpi,
        "cpi_spi": 0.8 * cpi + 0.2 * spi,
        "cpi_spi_t": 0.8 * cpi + 0.2 * spi_t,
    }
    assert week().earned_value.eac_by == pytest.approx({name: 250 + 800 / by for name, by in factors.items()})


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("pv_1", 11),
        ("pv_spi", 15),
        ("pv_sci", 18.75),
        ("ed_1", 11),
        ("ed_spi", 15),
        ("ed_sci", 18),
        ("es_1", 11),
        ("es_spi_t", 15),
        ("es_sci_t", 18),
    ],
)
def test_estimates_of_the_finish(name: str, days: float) -> None:
    """Nine estimates of the duration, in working time from the start on."""
    found = week()
    finish = found.earned_value.finish_by[name]
    assert finish is not None
    weeks, rest = divmod(days * 8 - 1, 40)
    day, hour = divmod(rest + 1, 8)
    expected = date(2026, 1, 5 + int(weeks) * 7 + int(day if hour else day - 1))
    assert (finish.date(), finish.hour) == (expected, 18 if not hour else 9 + int(hour) + (1 if hour > 4 else 0))


@pytest.mark.parametrize(
    ("parts", "none", "reason"),
    [
        ({"costs": []}, ["ac", "cv", "cpi", "eac", "etc", "vac", "tcpi"], "no costs entered up to 2026-01-07"),
        ({"costs": [{"date": "2026-01-06", "amount": 0}]}, ["cpi", "eac", "etc", "vac"], "0"),
        ({"at": "2026-01-02"}, ["spi", "spi_t", "ieac_t"], ""),
        ({"costs": [{"date": "2026-01-06", "amount": 1000}]}, ["tcpi"], "exhausted"),
    ],
)
def test_undefined(parts: dict[str, object], none: list[str], reason: str) -> None:
    """What the data do not support is None, with its reason; never 0, 1 or infinity."""
    found = week(**parts)
    for name in none:
        assert getattr(found.earned_value, name) is None
        assert reason in found.missing[f"earned_value.{name}"]


def test_every_none_has_a_reason() -> None:
    """Of all figures of earned value, in a project that has not begun."""
    found = week(at="2026-01-02", costs=[])
    for name in ("bac", "pv", "ev", "ac", "spi", "cpi", "eac", "etc", "vac", "tcpi", "spi_t", "ieac_t"):
        if getattr(found.earned_value, name) is None:
            assert found.missing[f"earned_value.{name}"]
    for name, value in found.earned_value.eac_by.items():
        assert value is not None or found.missing[f"earned_value.eac_by.{name}"]
    for name, instant in found.earned_value.finish_by.items():
        assert instant is not None or found.missing[f"earned_value.finish_by.{name}"]


def test_nothing_earned_yet() -> None:
    """Money spent without progress: CPI is 0, its estimate undefined, the one at factor 1 is not."""
    found = figures(
        task("a", duration="5d", cost=500), at="2026-01-07", costs=[{"date": "2026-01-06", "amount": 50}]
    ).earned_value
    assert (found.cpi, found.spi_t, found.es_days) == (0, 0, 0)
    assert found.eac is None
    assert found.ieac_t is None
    assert found.eac_by["1"] == 550


def test_no_planned_cost() -> None:
    """Without any planned cost there is no earned value; what was spent is still told."""
    found = figures(task("a", duration="5d"), at="2026-01-07", costs=[{"date": "2026-01-06", "amount": 50}])
    assert found.earned_value.ac == 50
    assert found.earned_value.spi is None
    assert found.missing["earned_value.spi"] == "no task of the baseline has a planned cost"


def test_complete() -> None:
    """Time stops with the last finish: SPI(t) is planned over actual duration, EAC is what was spent."""
    done = task("a", start="2026-01-05", finish="2026-01-09", cost=500, actual_start="2026-01-05")
    baselines = [
        {
            "id": "b",
            "approved": "2026-01-02",
            "tasks": {"a": {"start": "2026-01-05", "finish": "2026-01-09", "cost": 500}},
        }
    ]
    costs = [{"date": "2026-01-06", "amount": 600}]
    found = figures(
        {**done, "actual_finish": "2026-01-14"}, at="2026-02-20", baselines=baselines, costs=costs
    ).earned_value
    assert (found.at_days, found.es_days) == (8, 5)
    assert found.spi_t == pytest.approx(5 / 8)
    assert found.ieac_t == datetime.fromisoformat("2026-01-14T18:00")
    assert (found.eac, found.etc, found.vac) == (600, 0, -100)
    assert set(found.eac_by.values()) == {600}
    assert found.tcpi is None


def test_level_of_effort_is_on_plan() -> None:
    """Support earns what is planned, so its schedule variance is 0."""
    found = figures(task("pm", duration="10d", cost=1000, progress_method="level_of_effort"), at="2026-01-09")
    assert found.earned_value.pv == found.earned_value.ev == 500


@pytest.mark.parametrize(
    ("accrual", "at", "pv"),
    [
        ("start", "2026-01-05T09:00", 0),
        ("start", "2026-01-05T13:00", 125),
        ("end", "2026-01-05T13:00", 25),
        ("end", "2026-01-06", 200),
        ("prorated", "2026-01-05T13:00", 50),
    ],
)
def test_planned_value_by_accrual(accrual: str, at: str, pv: float) -> None:
    """Two days, 200 of which 100 are fixed: nothing until after the start, then by accrual."""
    cost = {"amount": 200, "fixed": 100, "accrual": accrual}
    found = figures(task("a", duration="2d", cost=cost), at=at)
    assert found.earned_value.pv == pytest.approx(pv)


@pytest.mark.parametrize(
    ("accrual", "fields", "ev"),
    [
        ("start", {}, 0),
        ("start", {"actual_start": "2026-01-05"}, 100),
        ("start", {"actual_start": "2026-01-05", "progress": 50}, 150),
        ("end", {"actual_start": "2026-01-05", "progress": 50}, 50),
        ("end", {"actual_start": "2026-01-05", "actual_finish": "2026-01-06"}, 200),
        ("prorated", {"actual_start": "2026-01-05", "progress": 50}, 100),
    ],
)
def test_earned_value_by_accrual(accrual: str, fields: dict[str, object], ev: float) -> None:
    """What accrues at the start is earned as soon as there is an actual start, what accrues at the end only then."""
    cost = {"amount": 200, "fixed": 100, "accrual": accrual}
    assert figures(task("a", duration="2d", cost=cost, **fields), at="2026-01-06").earned_value.ev == ev


def test_actual_cost_of_a_task_beats_its_entries() -> None:
    """The project adds what was entered for parents and for no task; later entries wait."""
    costs = [
        {"date": "2026-01-05", "amount": 10, "task": "a"},
        {"date": "2026-01-05", "amount": 20, "task": "b"},
        {"date": "2026-01-05", "amount": 40, "task": "p"},
        {"date": "2026-01-05", "amount": 80},
        {"date": "2026-01-09", "amount": 999},
    ]
    parent = task("p", tasks=[task("a", cost=100, actual_cost=1), task("b", cost=100)])
    found = figures(parent, task("c", cost=100), costs=costs, at="2026-01-05")
    tasks = found.schedule.tasks
    assert (tasks["a"].ac, tasks["b"].ac, tasks["p"].ac, tasks["c"].ac) == (1, 20, 61, None)
    assert found.earned_value.ac == 141
    assert found.money.spent == 150, "money is what costs.yaml says"


def test_plateau() -> None:
    """On a stretch where nothing is planned, a project on plan is on time, not ahead and not behind."""
    curve = Curve([Piece(0, 8 * HOUR, 100), Piece(24 * HOUR, 32 * HOUR, 100)])
    money = Money(200, 100, 100, None)
    times = {actual: earned_schedule(curve, 0, money, 32 * HOUR, actual * HOUR) / HOUR for actual in (4, 12, 30)}
    assert times == pytest.approx({4: 8, 12: 12, 30: 24})


def test_complete_before_a_tail_without_cost() -> None:
    """When all value is earned the schedule is earned to its end, whatever still follows for free."""
    curve = Curve([Piece(0, 8 * HOUR, 100)])
    assert earned_schedule(curve, 0, Money(100, 100, 100, None), 40 * HOUR, 16 * HOUR) == 40 * HOUR


def test_nothing_is_planned_at_the_very_start() -> None:
    """The curve agrees with the figures: what accrues at the start counts from just after it."""
    time = working_time(Calendar())
    begin, end = datetime.fromisoformat("2026-01-05T09:00"), datetime.fromisoformat("2026-01-05T18:00")
    cost = Cost(amount=100, fixed=100, accrual="start")
    curve = Curve(cost_pieces(time, BaselineLeaf(begin, end, cost, None, time), cost))
    start = time.position(begin)
    assert (curve.value(start), curve.value(start + 1)) == (0, 100)


def test_curve() -> None:
    """Pieces add up, steps count at their own position."""
    curve = Curve([Piece(0, 10, 100), Piece(5, 5, 7), Piece(5, 15, 10)])
    assert [curve.value(x) for x in (-1, 0, 4, 5, 10, 15, 99)] == pytest.approx([0, 0, 40, 57, 112, 117, 117])
    assert curve.total == pytest.approx(117)
    assert Curve([]).value(5) == 0


def test_work_in_another_calendar_accrues_in_its_own_time() -> None:
    """Weekend work is planned value by Monday morning, and the curve knows it."""
    settings = {"calendars": {"weekend": {"working_days": ["sat", "sun"]}}}
    found = figures(
        task("a", duration="5d", cost=500, progress=100),
        task("w", start="2026-01-10", finish="2026-01-11", calendar="weekend", cost=200),
        task("b", start="2026-01-12", finish="2026-01-16", cost=500),
        at="2026-01-10",
        settings=settings,
    )
    assert found.earned_value.pv == pytest.approx(600)
    assert found.earned_value.es_days == pytest.approx(5)
    assert found.progress.curve[-1].pv == pytest.approx(1200)
