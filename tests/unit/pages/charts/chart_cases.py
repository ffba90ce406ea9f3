"""What the tests of charts share: labels of a plain language, boxes of texts, and one full set of charts."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from kapm_site.pages.charts import (
    bars,
    curve,
    distribution,
    dumbbell,
    fever,
    gantt,
    heat,
    matrix,
    milestone_trend,
    slips,
    sparkline,
    timeline,
    trend,
    waterfall,
)
from kapm_site.pages.charts.inks import Frame
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.marks import Sheet, Text

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STATUS = date(2026, 11, 20)
WIDE, PRINT, PHONE = Frame(1120), Frame(567), Frame(358)
WIDTHS = (WIDE, PRINT, PHONE)

Box = tuple[float, float, float, float]


def label(day: date, style: str, /) -> str:
    """The labels of a plain English."""
    month = MONTHS[day.month - 1]
    return {
        "day": f"{day.day} {month}",
        "day_year": f"{day.day} {month} {day.year}",
        "week": f"{day.day} {month}",
        "month": month,
        "month_year": f"{month} {day.year}",
        "quarter": f"Q{(day.month + 2) // 3}",
        "quarter_year": f"Q{(day.month + 2) // 3} {day.year}",
        "year": str(day.year),
    }[style]


def box(text: Text) -> Box:
    """The estimated box of a text."""
    width = text_width(text.text, text.size, bold=text.bold)
    left = text.x - {"start": 0, "middle": width / 2, "end": width}[text.anchor]
    return left, text.y - text.size * 0.75, left + width, text.y + text.size * 0.2


def overlaps(texts: Iterable[Text]) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes meet."""
    boxed = [(text.text, box(text)) for text in texts if text.text]
    return [
        (one, two)
        for (one, a), (two, b) in combinations(boxed, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def outside(sheet: Sheet, texts: Iterable[Text]) -> list[str]:
    """Texts that leave the sheet by more than the error of the estimate."""
    return [
        text.text
        for text in texts
        for left, top, right, bottom in (box(text),)
        if left < -2 or top < -2 or right > sheet.width + 2 or bottom > sheet.height + 2
    ]


def plan() -> tuple[gantt.GanttRow, ...]:
    """A small plan with every kind of row, a late critical end and names in three languages."""
    d = date
    row = gantt.GanttRow
    return (
        row("p1", "Build", "phase", 0, d(2026, 6, 1), d(2026, 10, 16), d(2026, 6, 1), d(2026, 10, 16), done=1.0),
        row(
            "a", "Donaudampfschifffahrtsgesellschaftsschnittstelle", "task", 1, d(2026, 6, 1), d(2026, 8, 21), done=1.0
        ),
        row(
            "b",
            "仓库管理系统与财务接口的联合测试",
            "task",
            2,
            d(2026, 8, 24),
            d(2026, 12, 4),
            d(2026, 8, 24),
            d(2026, 11, 20),
            done=0.5,
            late=True,
            cells=("4 Dec", "+10 d"),
            note="50 %",
            depends_on=("a",),
        ),
        row("m1", "Build complete", "milestone", 1, d(2026, 10, 16), d(2026, 10, 16), done=1.0, depends_on=("a",)),
        row("p2", "Cutover", "phase", 0, d(2026, 12, 7), d(2027, 1, 26), d(2026, 12, 7), d(2027, 1, 14), late=True),
        row(
            "c",
            "Final migration",
            "task",
            1,
            d(2026, 12, 7),
            d(2027, 1, 25),
            d(2026, 12, 7),
            d(2027, 1, 13),
            critical=True,
            late=True,
            cells=("25 Jan", "+8 d"),
            depends_on=("b",),
        ),
        row("buf", "Buffer", "buffer", 1, d(2027, 1, 14), d(2027, 1, 25), done=0.4),
        row(
            "m2",
            "Go-live",
            "milestone",
            1,
            d(2027, 1, 26),
            d(2027, 1, 26),
            d(2027, 1, 14),
            d(2027, 1, 14),
            critical=True,
            late=True,
            cells=("26 Jan", "+8 d"),
            depends_on=("c", "unknown"),
        ),
    )


GANTT_WORDS = gantt.GanttWords("Plan", "Eight rows", "Work", ("Finish", "Slip"), "status 20 Nov")
CLOSED = (gantt.ClosedSpan(date(2026, 12, 24), date(2027, 1, 1), "closed"),)
LEVELS = ((0, 0, 0, 0, 1), (0, 0, 0, 1, 1), (0, 0, 1, 1, 2), (0, 1, 1, 2, 2), (0, 1, 2, 2, 2))
MATRIX_WORDS = matrix.MatrixWords(
    "Risks",
    "Two risks",
    "Likelihood",
    "Impact",
    ("1 rare", "2 unlikely", "3 possible", "4 likely", "5 near certain"),
    ("1 minor", "2 small", "3 moderate", "4 serious", "5 severe"),
)
CURVE_WORDS = curve.CurveWords("Progress", "Behind", lambda value: f"{value * 100:.0f} %", "status 20 Nov")
TREND_WORDS = trend.TrendWords("CSAT", "Rising", lambda v: f"{v:.1f}", lambda v: f"{v:.0f}", "target 4.2")
HEAT_WORDS = heat.HeatWords("Health", "Thirteen weeks")
TIMELINE_WORDS = timeline.TimelineWords("Milestones", "All clients", "20 Nov", "{} more".format)
WEEKS = tuple(date(2026, 8, 28) + timedelta(weeks=n) for n in range(13))


ZONES = (
    fever.FeverZone("Buffer intact", 0, 60),
    fever.FeverZone("Plan a response", 30, 90),
    fever.FeverZone("Act now", 100, 100),
)
FEVER_WORDS = fever.FeverWords("Buffers", "Two", "Work before it done", "Buffer used", "{:.0f}%".format)
BUFFERS = (
    fever.FeverBuffer("Pilot buffer", ((0, 0), (12, 20), (30, 35), (41, 60), (52, 74)), alarm=True),
    fever.FeverBuffer("Project buffer", ((0, 0), (20, 0), (45, 10), (70, 22))),
)
STEPS = (
    waterfall.WaterfallStep("Client input", 6, "+6 d", "Stock data of Hamburg: 4 d, key users: 2 d"),
    waterfall.WaterfallStep("Keine Ursache angegeben", 5.5, "+5.5 d", "Integrationstest"),
    waterfall.WaterfallStep("追回的时间", -3.5, "−3.5 d", "切换演练"),
)


def curve_data() -> curve.CurveData:
    """Progress behind plan with a forecast range."""

    def points(*pairs: tuple[date, float]) -> tuple[curve.CurvePoint, ...]:
        return tuple(curve.CurvePoint(day, value) for day, value in pairs)

    start, end = date(2026, 6, 1), date(2027, 1, 26)
    planned = points((start, 0), (STATUS, 0.68), (date(2027, 1, 14), 1))
    early = points((STATUS, 0.62), (date(2027, 1, 19), 1))
    late = points((STATUS, 0.62), (date(2027, 2, 9), 1))
    return curve.CurveData(
        curve.CurveLine(planned, "14 Jan agreed", "68 % planned"),
        curve.CurveLine(points((start, 0), (STATUS, 0.62)), "", "62 % done"),
        forecast=curve.CurveLine(points((STATUS, 0.62), (end, 1)), "26 Jan even chance"),
        band=curve.CurveBand(early, late, "9 Feb four in five"),
    )


def satisfaction() -> tuple[sparkline.Sample, ...]:
    """Six monthly values."""
    values = (3.8, 4.0, 3.9, 4.2, 4.4, 4.3)
    return tuple(sparkline.Sample(date(2026, 6 + n, 15), value) for n, value in enumerate(values))


def every_chart(frame: Frame) -> dict[str, Any]:
    """One chart of each kind; the texts carry characters that markup must escape."""
    d = date
    risks = (matrix.MatrixRisk("r1", "R<1", 4, 4, (3, 4), tip="a & b"), matrix.MatrixRisk("r2", "R2", 2, 5, new=True))
    budget = (bars.BarRow("A & B", (bars.BarPart(412, "ink", "spent"), bars.BarPart(100, "soft", "<rest>")), "€512k"),)
    late = (slips.SlipRow("ERP", 8, "+8 d", critical=True), slips.SlipRow("Store", -2, "−2 d"))
    bins = tuple(distribution.ScoreBin(str(n), n, 0 if n < 7 else 1 if n < 9 else 2) for n in range(11))
    course = milestone_trend.MilestoneCourse("Go-live", ((d(2026, 10, 1), d(2027, 1, 14)), (STATUS, d(2027, 1, 26))))
    health = heat.HeatRow("ERP", ("green", "amber", "red", "stale", "unknown", None) * 2)
    marks = (timeline.TimelineMark(d(2026, 12, 17), "17 Dec Test", d(2026, 12, 11)),)
    row = dumbbell.DumbbellRow(d(2027, 1, 26), d(2027, 1, 14), critical=True, late=True, desc="Go-live")
    return {
        "gantt": gantt.draw_gantt(plan(), GANTT_WORDS, frame, label, status=STATUS, closed=CLOSED),
        "sparkline": sparkline.draw_sparkline(satisfaction(), "CSAT", "rising", frame, target=4.2, amber=4, red=3.5),
        "matrix": matrix.draw_matrix(risks, LEVELS, MATRIX_WORDS, frame),
        "curve": curve.draw_curve(curve_data(), CURVE_WORDS, frame, label, status=STATUS, top=1),
        "bars": bars.draw_bars(budget, "Money", "Spent", frame, mark=bars.BarMark(600, "budget")),
        "strip": bars.draw_bar_strips(budget, "Money", frame)[0],
        "shares": bars.draw_shares(budget[0].parts, "Money", "Spent", frame),
        "slips": slips.draw_slips(late, "Slips", "Two", frame),
        "slip strip": slips.draw_slip_strips(late, "Slips", frame)[0],
        "distribution": distribution.draw_distribution(bins, ("low", "mid", "high"), "NPS", "Scores", frame),
        "trend": trend.draw_trend((trend.TrendLine(satisfaction(), "Acme"),), TREND_WORDS, frame, label, target=4.2),
        "milestone trend": milestone_trend.draw_milestone_trend((course,), "Trend", "One", frame, label),
        "heat": heat.draw_heat((health,), WEEKS, HEAT_WORDS, frame, label),
        "workload": heat.draw_workload(
            (heat.LoadRow("L. Brandt", (0.5, 1.2, None)),), WEEKS, HEAT_WORDS, frame, label, value="{:.0%}".format
        ),
        "timeline": timeline.draw_timeline(
            (timeline.TimelineRow("ERP", marks),), TIMELINE_WORDS, frame, label, status=STATUS, closed=CLOSED
        ),
        "dumbbell": dumbbell.draw_dumbbells((row,), frame, label, status=STATUS)[0],
        "fever": fever.draw_fever(BUFFERS, ZONES, FEVER_WORDS, frame),
        "waterfall": waterfall.draw_waterfall(
            STEPS,
            waterfall.WaterfallEnd("Baseline", "14 Jan"),
            waterfall.WaterfallEnd("Forecast", "26 Jan, +8 d"),
            "Slip",
            "Client input 6",
            frame,
        ),
        "dumbbell head": dumbbell.draw_dumbbell_head(
            (row,), "Dates", frame, label, status=STATUS, status_label="20 Nov"
        ),
    }
