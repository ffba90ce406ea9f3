"""Health, key figures, narrative, progress, money and requests say what the view holds, and nothing it does not."""

from dataclasses import replace
from datetime import date

import pytest
from rich_workspace import printed, project, texts_of, web
from small_workspace import ERP

from kapm_site.analysis.records import CurvePoint
from kapm_site.audience.charter import HealthView
from kapm_site.audience.registers import AskView, KpiView
from kapm_site.audience.views import BaselineView, ForecastView, MoneyView, NarrativeView, ProjectView
from kapm_site.pages.blocks import Beside, Cell, Figure, Pairs, Prose, Section, Table, Tile, Tiles
from kapm_site.pages.brief_tiles import brief_tiles
from kapm_site.pages.charts.curve import Curve
from kapm_site.pages.print_widths import HALF
from kapm_site.pages.reasons import rule_text
from kapm_site.pages.sections import SECTIONS
from kapm_site.pages.sections.changes import changes
from kapm_site.pages.sections.health import health
from kapm_site.pages.sections.kpis import kpis
from kapm_site.pages.sections.money import money
from kapm_site.pages.sections.narrative import narrative, period
from kapm_site.pages.sections.needs_you import needs_you
from kapm_site.pages.sections.progress import progress

NB = "\N{NO-BREAK SPACE}"
BUILDERS = (needs_you, health, kpis, period, narrative, progress, money)
REPORT = {f"{ERP}/reports/001.yaml": "{number: 1, status_date: 2026-11-13, health: {overall: green, dimensions: {}}}\n"}
GREEN = HealthView("green", None, False, None, None, None, None, None, {})
KPI = KpiView(
    "k1", "Kpiname", "unitword", "up", 95, 11, 12, 13, 14, "Ownerword", "Goalword", "Do **descriptionword**", None,
    91.5, date(2026, 11, 6), "red", "worse", ((date(2026, 10, 9), 93), (date(2026, 11, 6), 91.5)),
)  # fmt: skip
MONEY = MoneyView("EUR", 1000, 111, 10, 400, 50, 1050, ((date(2026, 9, 1), 150), (date(2026, 10, 1), 250)), None)
NOTHING = MoneyView("EUR", None, None, None, None, None, None, (), None)
TOLD = NarrativeView(
    date(2026, 11, 13), None, "Ada Okafor", (date(2026, 11, 2), date(2026, 11, 13)),
    "Done **doneword**", "Next nextword", (("Headingword", "Otherword"),), "",
)  # fmt: skip
ASK = AskView(
    "long-ask-id", "Askword", "decision", "Kim Vogt", date(2026, 11, 2), date(2026, 11, 12), "Late **effectword**",
    "open", None, None, -6, 18,
)  # fmt: skip


def shown(**changes: object) -> ProjectView:
    """Show the project with other values of its view."""
    return replace(project(REPORT), **changes)


def the(section: Section | None) -> Section:
    """Give a section that must be there."""
    assert section is not None
    return section


def table(section: Section | None, place: int = 0) -> Table:
    """Give a table of a section."""
    return [block for block in the(section).blocks if isinstance(block, Table)][place]


def pairs(cells: tuple[tuple[str, Cell], ...]) -> dict[str, str]:
    """Give labels with their texts."""
    return {label: cell.text for label, cell in cells}


def tile(kpi: KpiView) -> Tile:
    """Give the tile of a key figure."""
    (block,) = the(kpis(shown(kpis=(kpi,)), web())).blocks
    assert isinstance(block, Tiles)
    return block.tiles[0]


def finding(**changes: object) -> str:
    """Give the finding on money with some figures changed."""
    return the(money(shown(money=replace(MONEY, **changes)), web())).finding


def test_they_stand_in_the_order_of_the_report() -> None:
    """The builders are registered in the order in which a report is read."""
    assert [build for build in SECTIONS if build in BUILDERS] == list(BUILDERS)


@pytest.mark.parametrize("tag", ["en", "zh-CN", "de"])
def test_they_speak_every_language_and_fit_both_media(tag: str) -> None:
    """Each section is built in every language, drawn twice for the site and once for print."""
    view = shown(kpis=(KPI,), money=MONEY, narrative=TOLD, asks=(ASK,))
    for build in BUILDERS:
        for setting, narrow in ((web(tag), 1), (printed(tag), 0)):
            section = the(build(view, setting))
            assert section.title
            drawn = [block for block in section.blocks if isinstance(block, Figure)]
            assert all(len(figure.narrow) == narrow for figure in drawn)


def test_a_section_without_anything_to_say_vanishes() -> None:
    """Without figures, texts or requests there is no heading that stands over nothing."""
    bare = shown(kpis=(), money=None, narrative=None, asks=(), actual_percent=None, curve=())
    assert [build(bare, web()) for build in BUILDERS if build is not health] == [None] * 6
    assert money(shown(money=NOTHING), web()) is None
    assert narrative(shown(narrative=replace(TOLD, others=(("Empty", ""),))), web()) is None


def test_health_shows_now_and_then_and_why() -> None:
    """A row holds the health, the last one and the reason; a declared one says that it was declared, until when."""
    declared = replace(
        GREEN, health="amber", previous="red", declared=True, reason="Reasonword", expires=date(2026, 12, 4)
    )
    ruled = replace(GREEN, health="red", rule_id="reason.overall", facts={"names": "cost"})
    shows = table(health(shown(health=ruled, dimensions=(("quality", declared),)), web()))
    overall, quality = ([(cell.health, cell.text) for cell in row.cells] for row in shows.rows)
    assert overall[:2] == [("", "Overall"), ("red", "Off track")]
    assert "Cost" in overall[3][1]
    assert quality[:3] == [("", "Quality"), ("amber", "At risk"), ("red", "Off track")]
    assert quality[3:] == [("", "Declared: Reasonword"), ("", f"4{NB}Dec{NB}2026")]


SINCE = f"since 13{NB}Nov{NB}2026"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("green", None, "All dimensions are on track."),
        ("amber", None, "1 dimension needs attention: Cost."),
        ("amber", "amber", "1 dimension needs attention: Cost."),
        ("amber", "green", f"1 dimension turned worse {SINCE}: Cost."),
        ("amber", "red", f"1 dimension improved {SINCE}: Cost. 1 dimension needs attention: Cost."),
        ("green", "red", f"1 dimension improved {SINCE}: Cost. All dimensions are on track."),
        ("unknown", None, ""),
    ],
)
def test_the_finding_on_health_says_what_moved_and_what_matters(now: str, before: str | None, said: str) -> None:
    """It names what turned worse or better since the last report, and what needs attention."""
    cost = replace(GREEN, health=now, previous=before)
    assert the(health(shown(dimensions=(("scope", GREEN), ("cost", cost))), web())).finding == said


@pytest.mark.parametrize(
    ("tag", "missed", "met"),
    [
        ("en", "The key figure misses its target.", "The key figure meets its target."),
        ("zh-CN", "该指标未达标。", "该指标已达标。"),
        ("de", "Die Kennzahl verfehlt ihr Ziel.", "Die Kennzahl erreicht ihr Ziel."),
    ],
)
def test_one_key_figure_is_not_all_of_several(tag: str, missed: str, met: str) -> None:
    """Chinese says 均 of two or more."""
    told = [the(kpis(shown(kpis=(replace(KPI, status=one),)), web(tag))).finding for one in ("red", "green")]
    assert told == [missed, met]


@pytest.mark.parametrize(("points", "said"), [(100.0, "100"), (12.25, "12.3")])
def test_points_have_the_decimals_they_need(points: float, said: str) -> None:
    """A whole number of points is not more exact for a zero behind it."""
    told = rule_text("reason.schedule_behind", {"points": points}, web().words)
    assert told == f"Progress is {said} percentage points behind plan."


def test_a_change_waits_as_long_in_its_section_as_in_the_reason_of_health() -> None:
    """Both count working days."""
    requested = "[{id: c1, title: Add a dashboard, date: 2026-01-30, impact: {days: 3}}]"
    view = project({f"{ERP}/changes.yaml": f"audience: client\nchanges: {requested}\n"})
    scope = dict(view.dimensions)["scope"]
    waited = web().words.days(scope.facts["days"])  # type: ignore[arg-type]
    assert waited == f"210{NB}working days"
    assert waited in the(changes(view, web())).finding


def test_small_values_are_not_written_as_nothing() -> None:
    """As many decimals as tell something, in the tile of every edition alike."""
    rate = replace(KPI, unit="%", value=0.59, target=0.5, series=())
    full, brief = tile(rate), brief_tiles(shown(kpis=(rate,), actual_percent=None, money=None), printed())[-1]
    assert (full.value, brief.value) == ("0.59%", "0.59%")
    assert full.note.startswith("target 0.5%")
    assert tile(replace(KPI, value=0.0004, series=())).value == "0.0004"
    assert tile(replace(KPI, value=0.03716, series=())).value == "0.037"
    assert tile(replace(KPI, value=0.0, series=())).value == "0"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"target": None, "amber": None, "red": None}, ""),
        ({"amber": None, "red": None}, "The dashed line is the target."),
        ({"target": None}, "From the dotted lines on a figure is close to the limit (amber) or off target (red)."),
    ],
)
def test_only_lines_that_are_drawn_are_explained(changes: dict[str, None], said: str) -> None:
    """A key figure without target or thresholds has no such lines."""
    assert the(kpis(shown(kpis=(replace(KPI, **changes),)), web())).note == said  # type: ignore[arg-type]


def test_what_turned_worse_does_not_hide_what_was_bad_before() -> None:
    """A dimension that has long been off track is named beside the one that turned worse."""
    cost = replace(GREEN, health="amber", previous="green")
    risk = replace(GREEN, health="red", previous="red")
    said = the(health(shown(dimensions=(("cost", cost), ("risk", risk))), web())).finding
    assert said.endswith("2 dimensions need attention: Cost and Risk.")


def test_a_tile_holds_every_field_of_its_kpi() -> None:
    """Value, unit, target, status, trend and course stand on the tile, all else in its details."""
    one = tile(KPI)
    assert (one.name, one.value, one.unit, one.health) == ("Kpiname", "91.5", "unitword", "red")
    assert one.health_text == web().words.text("kpi_status.red")
    assert one.chart is not None
    assert all(part in one.note for part in ("95", web().words.text("trend.worse"), f"6{NB}Nov{NB}2026"))
    details = " ".join(pairs(one.details).values())
    for said in ("Ownerword", "Goalword", "**descriptionword**", "11", "12", "13", "14", f"9{NB}Oct{NB}2026: 93"):
        assert said in details


def test_a_kpi_without_a_value_claims_none() -> None:
    """A dash stands for a value that is not known; neither unit nor course is shown, nor is it judged."""
    silent = replace(KPI, value=None, day=None, status="unknown", trend=None, target=None, series=())
    one = tile(silent)
    assert (one.value, one.unit, one.note, one.chart) == ("–", "", "", None)
    assert the(kpis(shown(kpis=(silent,)), web())).finding == ""


def test_key_figures_off_target_come_first() -> None:
    """The finding counts those that miss their target, and their tiles stand first."""
    fine = replace(KPI, id="k2", name="Fineword", status="green")
    section = the(kpis(shown(kpis=(fine, KPI)), web()))
    (block,) = section.blocks
    assert isinstance(block, Tiles)
    assert [one.name for one in block.tiles] == ["Kpiname", "Fineword"]
    assert section.finding == "1 of 2 key figures misses its target: Kpiname."
    assert the(kpis(shown(kpis=(fine,)), web())).finding == "The key figure meets its target."


@pytest.mark.parametrize(
    ("thresholds", "status", "told"),
    [
        ({"amber": 90.0, "red": 80.0}, "amber", "Close to the limit"),
        ({"amber": None, "red": None}, "amber", "Misses its target"),
        ({"target": None, "amber": None, "red": None}, "unknown", "No target set"),
    ],
)
def test_a_key_figure_without_thresholds_is_close_to_no_limit(
    thresholds: dict[str, float | None], status: str, told: str
) -> None:
    """What a miss of the target alone means, and a value that nothing is asked of, has words of its own."""
    (block,) = the(kpis(shown(kpis=(replace(KPI, status=status, **thresholds),)), web())).blocks
    assert isinstance(block, Tiles)
    assert block.tiles[0].health_text == told


def test_the_update_is_told_in_its_own_words() -> None:
    """Done, next and other headings are shown as written; period and author are said once, by the first of them."""
    note = f"2{NB}Nov – 13{NB}Nov{NB}2026 · Ada Okafor"
    view = shown(narrative=TOLD)
    both, others = the(period(view, web())), the(narrative(view, web()))
    done, coming = Prose("Done **doneword**", heading="Done this period"), Prose("Next nextword", heading="Next period")
    assert both.blocks == (Beside(done, coming),)
    assert the(period(view, printed())).blocks == (Beside(done, coming, HALF, HALF),)
    long = shown(narrative=replace(TOLD, done="- A sentence of the period.\n" * 60))
    assert [type(block) for block in the(period(long, printed())).blocks] == [Prose, Prose]
    assert others.blocks == (Prose("Otherword", heading="Headingword"),)
    assert (both.note, others.note) == (note, "")
    alone = the(period(shown(narrative=replace(TOLD, done=None)), web()))
    assert (alone.title, alone.note, alone.blocks) == ("Next period", note, (Prose("Next nextword"),))
    assert the(narrative(shown(narrative=replace(TOLD, done=None, next=None)), web())).note == note


@pytest.mark.parametrize(
    ("actual", "planned", "said"),
    [
        (64, 70, "64% is done where 70% was planned."),
        (72, 70, "72% is done, more than the planned 70%."),
        (70.2, 70, "70% is done, as planned."),
        (70, None, "70% is done."),
    ],
)
def test_progress_is_held_against_the_plan(actual: float, planned: float | None, said: str) -> None:
    """The sentence compares what is done with what was planned, and claims no plan where none is known."""
    found = shown(actual_percent=actual, planned_percent=planned, forecast=None)
    assert the(progress(found, web())).finding == said


def test_progress_says_how_sure_the_finish_is() -> None:
    """Even chance and four in five, in words and as the band of the curve; where nothing is unsure, neither."""
    days = {"p50": date(2027, 1, 8), "p80": date(2027, 1, 22), "p95": date(2027, 2, 5)}
    unsure = the(progress(shown(forecast=ForecastView(**days, runs=10_000)), web()))
    assert unsure.finding.endswith(
        "there is an even chance to finish by 8\xa0Jan\xa02027, four in five by 22\xa0Jan\xa02027."
    )
    figure, _ = unsure.blocks
    assert isinstance(figure, Figure)
    assert isinstance(figure.wide[0], Curve)
    assert len(figure.wide[0].band) == 2
    sure = the(progress(shown(forecast=ForecastView(days["p50"], days["p50"], days["p50"], 10_000)), web()))
    assert "chance" not in sure.finding


def test_progress_is_drawn_without_what_is_still_unknown() -> None:
    """A curve whose work has not begun shows the plan alone."""
    ahead = tuple(CurvePoint(date(2026, 12, day), 10.0 * day, None, None, None, None) for day in (1, 5, 10))
    figure, _ = the(progress(shown(curve=ahead, actual_percent=0.0, planned_percent=0.0), web())).blocks
    assert isinstance(figure, Figure)


def test_the_plan_is_drawn_to_its_own_finish() -> None:
    """The label of its end stands where the plan ends, not where a late forecast does."""
    view = shown()
    schedule = replace(view.schedule, baseline_finish=date(2026, 11, 11), forecast_finish=date(2026, 12, 18))
    courses = ((11, 2, 0, 0), (11, 9, 80, 40), (11, 11, 100, None), (12, 18, 100, None))
    curve = tuple(CurvePoint(date(2026, month, day), *shares, None, None, None) for month, day, *shares in courses)
    section = the(progress(replace(view, schedule=schedule, curve=curve, status=date(2026, 11, 9)), web()))
    drawn = next(block for block in section.blocks if isinstance(block, Figure)).wide[0]
    assert isinstance(drawn, Curve)
    places = {text.text: text.x for text in drawn.labels}
    assert places[f"Plan finishes 11{NB}Nov"] < places[f"Forecast finish 18{NB}Dec"] - 50


def test_the_curve_is_told_by_month() -> None:
    """The end of each month and the status date, which says what the sentence above says; after it only the plan."""
    curve = tuple(
        CurvePoint(day, planned, actual, None, None, None)
        for day, planned, actual in (
            (date(2026, 10, 9), 5.0, 4.0),
            (date(2026, 10, 30), 20.0, 15.0),
            (date(2026, 11, 20), 50.0, 41.0),
            (date(2026, 11, 27), 60.0, None),
            (date(2026, 12, 18), 100.0, None),
        )
    )
    view = shown(curve=curve, actual_percent=41.0, planned_percent=50.0)
    table = the(progress(view, web())).blocks[1]
    assert isinstance(table, Table)
    assert [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows] == [
        ["30 Oct 2026", "20%", "15%"],
        ["20 Nov 2026", "50%", "41%"],
        ["27 Nov 2026", "60%", ""],
        ["18 Dec 2026", "100%", ""],
    ]
    assert table.more == "The same as a table"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"eac": 900}, "We expect to finish at €900, €100 below the budget of €1,000."),
        ({"eac": 1001}, "We expect to finish at the budget of €1,000."),
        ({"eac": 1050}, "We expect to finish at €1,050, €50 above the budget and within the tolerance of 10%."),
        ({"eac": 1101}, "We expect to finish at €1,101, €101 above the budget of €1,000."),
        ({"tolerance_percent": None}, "We expect to finish at €1,050, €50 above the budget of €1,000."),
        ({"eac": None}, "€400 of €1,000 is spent, 40%."),
        ({"budget": None}, "We expect to finish at €1,050."),
        ({"budget": None, "eac": None}, "€400 is spent so far."),
        ({"eac": None, "spent": None}, "The budget is €1,000."),
    ],
)
def test_money_says_what_its_reader_may_see(changes: dict[str, float | None], said: str) -> None:
    """Every figure may be hidden: the sentence compares those that are left."""
    assert finding(**changes) == said


def test_money_lists_every_figure_and_month() -> None:
    """All figures stand beside their labels; months run backwards with the sum up to each."""
    section = the(money(shown(money=MONEY), web()))
    listed = next(block for block in section.blocks if isinstance(block, Pairs))
    assert set(pairs(listed.pairs).values()) == {"€1,000", "€111", "10%", "€400", "€50", "€1,050"}
    months = [tuple(cell.text for cell in row.cells) for row in table(section).rows]
    assert [row[1:] for row in months] == [("€250", "€400"), ("€150", "€150")]
    assert any(isinstance(block, Figure) for block in section.blocks)


def test_a_hidden_figure_is_neither_listed_nor_drawn() -> None:
    """A client who sees the budget alone reads nothing of what was spent."""
    section = the(money(shown(money=replace(NOTHING, budget=1000)), web()))
    said = texts_of(section) + " ".join(
        text for block in section.blocks if isinstance(block, Pairs) for text in pairs(block.pairs)
    )
    assert "Budget" in said
    assert not any(word in said for word in ("Spent", "Committed", "EAC"))


def test_open_requests_come_first_with_the_days_that_are_left() -> None:
    """Open requests stand by due date with days left or overdue; answered ones follow with their outcome."""
    later = replace(ASK, id="a2", title="Laterword", due=date(2026, 12, 1), days_left=7)
    old = replace(
        ASK, id="a3", title="Oldword", status="answered", answered=date(2026, 11, 9),
        outcome="Took **outcomeword**", days_left=None, days_waiting=None,
    )  # fmt: skip
    section = the(needs_you(shown(asks=(old, later, ASK)), web()))
    waiting, closed = table(section), table(section, 1)
    assert [row.cells[0].text for row in waiting.rows] == ["Askword", "a2 Laterword"]
    assert [(row.cells[3].text, row.cells[3].note) for row in waiting.rows] == [
        (f"12{NB}Nov{NB}2026", f"6{NB}working days overdue"),
        (f"1{NB}Dec{NB}2026", f"7{NB}working days left"),
    ]
    assert waiting.rows[0].cells[3].tone == "bad"
    assert [row.cells[4].text for row in waiting.rows] == ["Late **effectword**"] * 2
    assert closed.rows[0].cells[4].text == "Took **outcomeword**"
    assert "1 request is overdue, by" in section.finding
    assert "**effectword**" in pairs(closed.rows[0].details)[web().words.text("label.effect_if_late")]


def test_no_field_of_a_request_is_left_out() -> None:
    """Kind, owner, dates, waiting time and id of a request are all on the page."""
    said = texts_of(needs_you(shown(asks=(ASK,)), web()))
    for part in ("long-ask-id", "Askword", "Decision", "Kim Vogt", f"2{NB}Nov{NB}2026", f"18{NB}working days", "Open"):
        assert part in said


def test_nothing_is_needed_when_all_is_answered() -> None:
    """With answered requests only, the section says that nothing is needed."""
    answered = replace(ASK, status="answered", answered=date(2026, 11, 9), days_left=None, days_waiting=None)
    assert "nothing" in the(needs_you(shown(asks=(answered,)), web())).finding


def test_a_new_baseline_is_marked_on_the_curve() -> None:
    """From its approval on progress is held against another plan; the first baseline breaks nothing."""
    recorded = [BaselineView(f"b{day}", None, date(2026, 11, day), None, None, counts=day == 16) for day in (2, 16, 30)]
    figure, _ = the(progress(shown(baselines=tuple(recorded), forecast=None), web())).blocks
    assert isinstance(figure, Figure)
    chart = figure.wide[0]
    assert isinstance(chart, Curve)
    assert [text.text for text in chart.labels if "baseline" in text.text] == ["New baseline 16\xa0Nov"]
    assert len(chart.status) == 2
