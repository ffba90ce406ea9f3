"""What internal readers see of the past: earned value by week, how forecasts held, how long answers took."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from rich_workspace import project, texts_of, web
from small_workspace import STATUS, internal_page, setting
from weekly_looks import with_looks

from kapm_site.audience.internal import InternalProject
from kapm_site.audience.registers import AskView, FeedbackView
from kapm_site.audience.views import ProjectView, ReportView
from kapm_site.pages.blocks import Figure, Section, Table
from kapm_site.pages.calibration import Held, held_by_level, promises
from kapm_site.pages.charts.curve import Curve
from kapm_site.pages.charts.trend import Trend
from kapm_site.pages.internal_notes.calibration import calibration_section
from kapm_site.pages.internal_notes.trends import trends_section
from kapm_site.pages.internal_notes.value_lines import value_lines
from kapm_site.pages.response_times import ResponseTimes, ask_times, feedback_times, together
from kapm_site.pages.reuse import build_sections
from kapm_site.pages.sections import SECTIONS

NB = "\N{NO-BREAK SPACE}"
DAY = timedelta(days=1)


def seen(view: ProjectView, *, finished: bool = False) -> InternalProject:
    """Show a view on the internal page."""
    whole = internal_page()
    analysis = whole.notes.analysis
    tasks = {name: replace(task, finished=finished) for name, task in analysis.schedule.tasks.items()}
    schedule = replace(analysis.schedule, tasks=tasks)
    return replace(whole, view=view, notes=replace(whole.notes, analysis=replace(analysis, schedule=schedule)))


def followed(count: int = 60) -> ProjectView:
    """Show the first project with figures that moved in week 30; SPI(t) is not known before."""
    return with_looks(
        internal_page().view,
        count,
        spi={0: 1.0, 30: 0.91},
        cpi={0: 1.02},
        spi_t={30: 0.953},
        eac={0: 80000.0, 30: 84000.4},
        baseline={0: "b0", 40: "b1"},
    )


def tables(section: Section | None) -> list[list[list[str]]]:
    """Give the words of all tables of a section."""
    assert section is not None
    return [
        [[cell.text.replace(NB, " ") for cell in row.cells] for row in block.rows]
        for block in section.blocks
        if isinstance(block, Table)
    ]


def test_earned_value_is_listed_week_by_week() -> None:
    """The latest first: today, the last week, the week before the figures moved."""
    (rows,) = tables(trends_section(seen(followed()), setting()))
    assert len(rows) == 61
    assert rows[0][0] == "20 Nov 2026"
    assert rows[1] == ["13 Nov 2026", "0.91", "1.02", "0.95", "€84,000"]
    assert rows[31] == ["17 Apr 2026", "1.00", "1.02", "", "€80,000"]


def test_the_lines_end_with_their_values() -> None:
    """Three indices against one, the estimate against the budget, and the new baseline across both."""
    section = trends_section(seen(followed()), setting())
    assert section is not None
    assert section.id == "internal-trends"
    charts = [block.wide[0] for block in section.blocks if isinstance(block, Figure)]
    indices, estimate = charts
    assert isinstance(indices, Trend)
    assert isinstance(estimate, Trend)
    assert {text.text for text in indices.labels} == {"SPI 0.63", "CPI 0.91", "SPI(t) 0.57", "Planned"}
    assert {text.text for text in estimate.labels} == {"EAC €88k", "Budget"}
    assert (len(indices.breaks), len(estimate.breaks)) == (1, 1)
    assert len({course.dash for course in indices.courses}) == 3


def test_early_weeks_do_not_flatten_the_indices() -> None:
    """An index of a week in which hardly anything was planned is in the table alone, and the caption says so."""
    view = with_looks(internal_page().view, 60, spi={0: 9.0, 5: 0.9}, planned_percent={0: 1.0, 5: 12.0})
    section = trends_section(seen(view), setting())
    assert section is not None
    figure = next(block for block in section.blocks if isinstance(block, Figure))
    assert isinstance(figure.wide[0], Trend)
    assert max(float(text.text) for text in figure.wide[0].axis if text.anchor == "end") <= 1
    assert "less than 10% of the work" in figure.caption
    assert tables(section)[0][-1][1] == "9.00"


def test_the_estimate_moves_in_steps() -> None:
    """A booking moves it at once: between two looks its line is level, then upright."""
    section = trends_section(seen(followed()), setting())
    assert section is not None
    estimate = [block.wide[0] for block in section.blocks if isinstance(block, Figure)][1]
    assert isinstance(estimate, Trend)
    places = [tuple(map(float, place.split())) for place in estimate.courses[0].d[1:].split("L")]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(places))


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", f"The estimate at completion rose from €80,000 on 26{NB}Sep{NB}2025 to €88,000."),
        ("zh-CN", "完工估算由 2025年9月26日的 €80,000 升至 €88,000。"),
    ],
)
def test_the_estimate_is_compared_with_the_first_week(tag: str, said: str) -> None:
    """The sentence names both amounts and the day of the first."""
    section = trends_section(seen(followed()), setting(tag))
    assert section is not None
    assert section.finding == said


def test_without_weeks_or_figures_there_are_no_trends() -> None:
    """One week is no course, and weeks without money and earned value have none."""
    assert trends_section(seen(followed(1)), setting()) is None
    assert trends_section(seen(with_looks(replace(internal_page().view, money=None))), setting()) is None


def test_earned_value_never_reaches_a_clients_page() -> None:
    """Even from looks that should not hold it, no section of the client is made."""
    client = with_looks(project(), spi={0: 0.4711}, cpi={0: 0.4712}, spi_t={0: 0.4713}, eac={0: 47140.0})
    built = build_sections(client, web())
    told = "".join(texts_of(section) + str(section) for section in built.of(*SECTIONS))
    assert not [word for word in ("SPI", "CPI", "EAC", "0.47", "47,140", "47k") if word in told]
    assert not [one for one in built.found.values() if {"looks.spi", "looks.cpi", "looks.eac"} & one.fields]


def report(number: int, p50: int | None, p80: int | None, day: int = 100) -> ReportView:
    """Make a report some days before the status date, whose dates lie some days after it."""
    given = [None if n is None else STATUS + n * DAY for n in (p50, p80)]
    return ReportView(number, STATUS - day * DAY, "green", *given)


REPORTS = (
    report(1, -40, -5),
    report(2, -20, 0),
    report(3, -1, 30, 50),
    report(4, None, None, 40),
    report(5, 10, None, 30),
)


@pytest.mark.parametrize(
    ("finish", "held"),
    [
        (None, [(50, 0, 3), (80, 0, 1)]),
        (-10, [(50, 2, 4), (80, 3, 3)]),
        (-30, [(50, 2, 3), (80, 3, 3)]),
    ],
    ids=["running", "finished ten days ago", "finished on the day of report 5"],
)
def test_dates_that_held_are_counted(finish: int | None, held: list[tuple[int, int, int]]) -> None:
    """A running project has missed what has passed, not today; a finished one has decided all that was forecast."""
    schedule = project().schedule
    if finish is not None:
        schedule = replace(schedule, forecast_finish=STATUS + finish * DAY)
    view = replace(project(), reports=REPORTS, schedule=schedule)
    found = promises(view, finished=finish is not None)
    assert [(one.level, one.held, one.of) for one in held_by_level(found)] == held


@pytest.mark.parametrize(
    ("tag", "finding", "counts"),
    [
        ("en", "3 of 3 finish dates given with 80% confidence held.", [["P50", "2 of 4", "50%", "50%"]]),
        (
            "zh-CN",
            "以 80% 把握给出的 3\N{NO-BREAK SPACE}个完成日期中，3\N{NO-BREAK SPACE}个兑现。",
            [["P50", "4 个中 2 个", "50%", "50%"]],
        ),
    ],
)
def test_shares_are_shown_with_their_sample(tag: str, finding: str, counts: list[list[str]]) -> None:
    """How many of how many, beside what was promised; then each report with what came of its dates."""
    schedule = replace(project().schedule, forecast_finish=STATUS - 10 * DAY)
    view = replace(project(), reports=REPORTS, schedule=schedule, asks=(), feedback=())
    section = calibration_section(seen(view, finished=True), setting(tag))
    assert section is not None
    assert (section.id, section.finding) == ("internal-calibration", finding)
    first, second = tables(section)
    assert first[:1] == counts
    assert [row[0] for row in second] == [
        setting(tag)
        .words.text("page.previous_report", number=str(n), date=setting(tag).words.date(REPORTS[n - 1].status_date))
        .replace(NB, " ")
        for n in (5, 3, 2, 1)
    ]


def test_each_date_has_its_outcome() -> None:
    """Held, missed or open, in words."""
    view = replace(project(), reports=REPORTS, asks=(), feedback=())
    section = calibration_section(seen(view), setting())
    assert section is not None
    table = section.blocks[1]
    assert isinstance(table, Table)
    assert [[cell.note for cell in row.cells[1:]] for row in table.rows] == [
        ["open", ""], ["missed", "open"], ["missed", "open"], ["missed", "missed"],
    ]  # fmt: skip


def ask(raised: int | None, answered: int | None, status: str = "answered") -> AskView:
    """Make an ask, its days counted before the status date."""
    days = [None if n is None else STATUS - n * DAY for n in (raised, answered)]
    return AskView("a", "Ask", "input", None, days[0], None, None, status, days[1], None, None, None)


def remark(name: str, said: int, *, answered: bool, quote: str | None = "Slow") -> FeedbackView:
    """Make a remark of some days before the status date."""
    like = project().feedback[0]
    status = "done" if answered else "new"
    return replace(like, id=name, date=STATUS - said * DAY, quote=quote, response=None, status=status)


def test_answers_of_the_client_are_measured_by_their_days() -> None:
    """From asked to answered; what has no day or runs backwards is no measure; open ones are counted."""
    asks = (ask(20, 10), ask(9, 9), ask(30, 1), ask(None, 3), ask(1, 5), ask(4, None, "open"))
    assert ask_times(replace(project(), asks=asks)) == ResponseTimes((0, 10, 29), 1)


def test_answers_to_feedback_are_measured_by_the_weeks_that_knew_of_them() -> None:
    """The first week that knew: ten weeks ago the second, today the third; what the first week knew has no day."""
    said = (
        remark("old", 300, answered=True),
        remark("second", 80, answered=True),
        remark("today", 5, answered=True),
        remark("open", 90, answered=False),
        remark("mark", 90, answered=True, quote=None),
    )
    view = with_looks(replace(project(), feedback=said), 20, answered={0: ("old",), 10: ("old", "second")})
    assert feedback_times(view) == ResponseTimes((5, 10), 1)
    assert feedback_times(replace(view, looks=())) == ResponseTimes((), 1)
    assert together([feedback_times(view), ResponseTimes((7,), 2)]) == ResponseTimes((5, 7, 10), 3)


def test_response_times_are_shown_with_their_number() -> None:
    """Median and longest of each, and what waits; without a dated answer there is no section."""
    view = replace(project(), asks=(ask(20, 10), ask(9, 4)), feedback=(remark("open", 9, answered=False),), reports=())
    section = calibration_section(seen(view), setting())
    assert tables(section) == [
        [["The client, to our requests", "2", "7.5", "10", "0"], ["We, to feedback", "0", "", "", "1"]]
    ]
    assert section is not None
    assert section.title == "Response times"
    assert calibration_section(seen(replace(view, asks=())), setting()) is None


def test_a_share_never_stands_without_dates() -> None:
    """Levels of which no date is decided are left out."""
    assert held_by_level(()) == ()
    found = promises(replace(project(), reports=(report(1, -3, 3),)), finished=False)
    assert held_by_level(found) == (Held(50, 0, 1),)


def test_the_value_lines_stand_with_their_figures() -> None:
    """Planned value, earned value and actual cost of today beside the status date, and each month in a table."""
    project = internal_page()
    blocks = value_lines(project, setting())
    figure, table = blocks
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    chart = figure.wide[0]
    assert isinstance(chart, Curve)
    earned = project.notes.analysis.earned_value
    said = {text.text for text in chart.labels}
    amounts = {"PV": earned.pv, "EV": earned.ev, "AC": earned.ac, "BAC": earned.bac}
    money = {name: setting().words.money_short(value, "EUR") for name, value in amounts.items() if value is not None}
    assert {f"{name} {amount}" for name, amount in money.items()} <= said
    assert [row.cells[0].text.replace(NB, " ")[-8:] for row in table.rows[:2]] == ["Oct 2026", "Nov 2026"]
    assert value_lines(replace(project, view=replace(project.view, curve=())), setting()) == []
