"""Risks over the weeks: how many were open, what was at stake, and which moved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from kapm_site.audience.registers import RiskView
from kapm_site.audience.views import ProjectView
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Block, Cell, Chart, Column, Figure, Row, Table, Tone
from kapm_site.pages.charts.sparkline import Sample, draw_key, draw_sparkline
from kapm_site.pages.charts.trend import TrendLine, TrendWords, draw_trend
from kapm_site.pages.fields import decimals, register, sentences, titled
from kapm_site.pages.past import Course, baseline_marks, corners, course, has_past, moves, new_baselines
from kapm_site.pages.setting import NARROW, Setting

#: The two courses share a line of the site; a score has its small one in a row.
_COURSE, _SPARK = (548, 150), (160, 32)
_HIGHEST = 25.0
#: An axis up to fewer risks would make much of one.
_LEAST_COUNT = 3.0


@dataclass(frozen=True, slots=True)
class _Moved:
    """A risk that moved: its scores while it was open, and what happened last, on which day.

    Attributes:
        kind: new, up, down, closed or occurred.
        before: The score before it moved.
    """

    risk: RiskView
    scores: Course[float]
    kind: str
    day: date
    before: float = 0.0


@dataclass(frozen=True, slots=True)
class _Sum:
    """A figure over all risks, week by week; its axis reaches at least to `least`, of counts in `whole` numbers."""

    values: Course[float]
    title: str
    write: Callable[[float], str]
    least: float = 0.0
    whole: bool = False


def risk_weeks(view: ProjectView, setting: Setting) -> list[Block]:
    """Draw the sums of each week and list the risks that moved; on the site alone, where enough weeks are known."""
    if not has_past(view) or setting.medium == "print":
        return []
    count = course(view, lambda look: float(len(look.risks)), float(sum(r.status == "open" for r in view.risks)))
    exposure = course(view, lambda look: look.exposure, view.risk_summary.exposure)
    if not any(value for _, value in count):
        return []
    figure = _sums(count, exposure, view, setting)
    return [figure, _weeks(count, exposure, setting), *_movement(view, setting)]


def _sums(count: Course[float], exposure: Course[float | None], view: ProjectView, setting: Setting) -> Figure:
    words, breaks, days = setting.words, new_baselines(view), (view.looks[0].day, view.status)
    stakes = tuple((day, value) for day, value in exposure if value is not None)
    lines = (
        _Sum(count, words.text("chart.risk_count"), cache(words.number), _LEAST_COUNT, whole=True),
        _Sum(stakes, words.text("chart.risk_exposure"), cache(partial(words.money_short, currency=setting.currency))),
    )

    def drawn(width: int) -> tuple[Chart, ...]:
        return tuple(chart for line in lines if (chart := _course(line, setting, width, days, breaks)))

    caption = baseline_marks(breaks, words)
    narrow = setting.widths[1] or NARROW
    return Figure(drawn(_COURSE[0]), drawn(narrow), words.text("chart.risk_weeks"), caption, titled=True)


def _course(line: _Sum, setting: Setting, width: int, days: tuple[date, date], breaks: Sequence[date]) -> Chart | None:
    if len(line.values) < 2:  # noqa: PLR2004 - a course has two ends
        return None
    words, write = setting.words, line.write
    ends = (line.values[0], line.values[-1])
    told = [words.text("page.labelled", label=words.date(day), value=write(value)) for day, value in ends]
    return draw_trend(
        [TrendLine(tuple(Sample(day, value) for day, value in corners(line.values)), ends=True)],
        TrendWords(line.title, sentences(words, words.list(told), baseline_marks(breaks, words)), write, write),
        setting.frame(width),
        setting.tick,
        bounds=(0.0, max(line.least, *(value for _, value in line.values))),
        days=days,
        breaks=breaks,
        height=_COURSE[1],
        whole=line.whole,
    )


def _weeks(count: Course[float], exposure: Course[float | None], setting: Setting) -> Table:
    """List the sums from each week in which they changed, the latest first."""
    words = setting.words
    sums = tuple((day, (number, stake)) for (day, number), (_, stake) in zip(count, exposure, strict=True))
    rows = tuple(
        Row((setting.day(day), Cell(words.number(number)), Cell(setting.money(stake))))
        for day, (number, stake) in reversed(moves(sums))
    )
    columns = (
        Column(words.text("label.from_week")),
        Column(words.text("chart.risk_count"), "number"),
        Column(words.text("label.exposure"), "number"),
    )
    return Table(words.text("chart.risk_weeks"), columns, rows, lead=0, more=words.text("page.see_table"))


def _movement(view: ProjectView, setting: Setting) -> list[Block]:
    """List the risks that came, went or were assessed anew, the latest move first."""
    words = setting.words
    weeks = [(look.day, {one.id: one.score for one in look.risks}) for look in view.looks]
    found = [moved for risk in view.risks if (moved := _moved(risk, weeks, view.status))]
    if not found:
        return []
    found.sort(key=lambda one: (-one.day.toordinal(), -(one.risk.score or 0), natural(one.risk.id)))
    columns = (
        Column(words.text("label.risk"), "long"),
        Column(words.text("label.score"), "number"),
        Column(words.text("label.moved")),
        Column(words.text("label.date"), "date"),
        Column(words.text("label.trend"), "chart", chart=_key(setting)),
    )
    days = (view.looks[0].day, view.status)
    title = words.text("chart.risk_moves")
    rows = [_row(one, days, setting) for one in found]
    return [register(setting, title, columns, rows, heading=title, lead=6)]


def _key(setting: Setting) -> Chart:
    """Explain the dotted line of the courses above their column."""
    limit = setting.rules.risk.amber_score
    score = decimals(setting.words, limit)
    return draw_key(setting.words.text("chart.act_from", score=score), setting.frame(_SPARK[0]))


def _moved(risk: RiskView, weeks: Sequence[tuple[date, dict[str, float | None]]], status: date) -> _Moved | None:
    """Tell what happened to a risk last in the weeks that are known; None for one that stayed as it was."""
    known = [(day, scores[risk.id]) for day, scores in weeks if risk.id in scores]
    is_open = risk.status == "open"
    if is_open:
        known.append((status, risk.score))
    scores = tuple((day, score) for day, score in known if score is not None)
    if not scores:
        return None
    if not is_open:
        gone = next((day for day, _ in weeks if day > scores[-1][0]), status)
        return _Moved(risk, scores, risk.status, risk.closed or gone)
    turns = moves(scores)
    if len(turns) > 1:
        (_, before), (day, now) = turns[-2:]
        return _Moved(risk, scores, "up" if now > before else "down", day, before)
    return _Moved(risk, scores, "new", scores[0][0]) if known[0][0] > weeks[0][0] else None


def _row(one: _Moved, days: tuple[date, date], setting: Setting) -> Row:
    words, risk = setting.words, one.risk
    tone: Tone = "bad" if one.kind in ("up", "occurred") else "good" if one.kind in ("down", "closed") else ""
    told = " · ".join(
        words.text("page.labelled", label=words.date(day), value=decimals(words, score))
        for day, score in moves(one.scores)
    )
    width, height = _SPARK
    chart = draw_sparkline(
        [Sample(day, score) for day, score in corners(one.scores)],
        "",
        "",
        setting.frame(width),
        height=height,
        amber=setting.rules.risk.amber_score,
        bounds=(0.0, _HIGHEST),
        days=days,
    )
    score = decimals(words, risk.score) if risk.score is not None and risk.status == "open" else ""
    cells = (
        Cell(titled(words, risk.id, risk.title)),
        Cell(score),
        Cell(_words(one, setting), tone=tone),
        setting.day(one.day),
        Cell(told, chart=chart),
    )
    return Row(cells)


def _words(one: _Moved, setting: Setting) -> str:
    words = setting.words
    if one.kind == "new":
        return words.text("risk_move.new")
    if one.kind in ("closed", "occurred"):
        return words.text(f"risk_status.{one.kind}")
    return words.text(f"risk_move.{one.kind}", before=decimals(words, one.before))
