"""Section 10: work done against work planned."""

from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Block, Cell, Column, Figure, Row, Section, Table
from kapm_site.pages.charts.curve import Curve, CurveWords, draw_curve
from kapm_site.pages.charts.curve_data import Break, CurveBand, CurveData, CurveLine, CurvePoint
from kapm_site.pages.fields import sentences
from kapm_site.pages.past import Course, course, has_past, month_ends
from kapm_site.pages.setting import Setting

_WHOLE = 100
_ON_PLAN = 0.5
_HEIGHTS = {"web": 320, "print": 150}

_Past = tuple[Course[float | None], Course[float | None]]


def progress(view: ProjectView, setting: Setting) -> Section | None:
    """Draw the planned and the actual course."""
    if view.actual_percent is None or not view.curve:
        return None
    words = setting.words
    past = _past(view, setting)
    data = _courses(view, past, setting)
    wide, narrow = setting.widths
    drawn = _draw(data, view, setting, wide)
    if drawn is None:
        return None
    small = _draw(data, view, setting, narrow) if narrow else None
    caption = words.text("chart.progress_known") if any(line.points for line in data.known) else ""
    figure = Figure((drawn,), (small,) if small else (), caption=caption)
    told = sentences(words, _finding(view, setting), _range(view, setting))
    blocks: tuple[Block, ...] = (figure, *_months(view, setting), *_weeks(past, setting))
    return Section("progress", words.text("section.progress"), told, blocks=blocks)


def _past(view: ProjectView, setting: Setting) -> _Past:
    """What was planned and done by each week, as it was known then; on the site alone, where enough is known."""
    if setting.medium == "print" or not has_past(view):
        return (), ()
    return (
        course(view, lambda look: look.planned_percent, view.planned_percent),
        course(view, lambda look: look.actual_percent, view.actual_percent),
    )


def _known(values: Course[float | None]) -> CurveLine:
    return CurveLine(tuple(CurvePoint(day, value / _WHOLE) for day, value in values if value is not None))


def _weeks(past: _Past, setting: Setting) -> list[Table]:
    """List what was known in each week, the latest first."""
    words = setting.words
    rows = tuple(
        Row((setting.day(day), *(Cell("" if x is None else words.percent(x, 1)) for x in (planned, done))))
        for (day, planned), (_, done) in reversed(list(zip(*past, strict=True)))
    )
    columns = (
        Column(words.text("label.week")),
        Column(words.text("label.planned_percent"), "number"),
        Column(words.text("label.percent_done"), "number"),
    )
    title = words.text("chart.progress_weeks")
    return [Table(title, columns, rows, lead=0, more=title)] if rows else []


def _months(view: ProjectView, setting: Setting) -> list[Table]:
    """List plan and progress at the end of each month, and today."""
    if setting.medium == "print":
        return []
    words = setting.words
    planned = {point.day: point.planned_percent for point in view.curve}
    actual = {point.day: point.actual_percent for point in view.curve if point.day < view.status}
    if view.planned_percent is not None:
        planned[view.status], actual[view.status] = view.planned_percent, view.actual_percent
    rows = tuple(
        Row((setting.day(day), Cell(words.percent(planned[day])), _share(actual.get(day), setting)))
        for day in sorted(month_ends(planned) | ({view.status} & planned.keys()))
    )
    columns = (
        Column(words.text("label.date")),
        Column(words.text("label.planned_percent"), "number"),
        Column(words.text("label.percent_done"), "number"),
    )
    return [Table(words.text("chart.progress_title"), columns, rows, lead=0, more=words.text("page.see_table"))]


def _share(percent: float | None, setting: Setting) -> Cell:
    return Cell("" if percent is None else setting.words.percent(percent))


def _range(view: ProjectView, setting: Setting) -> str:
    """Say how sure the finish is, where anything about it is unsure."""
    words, found = setting.words, view.forecast
    if found is None or found.p50 == found.p80:
        return ""
    return words.text("finding.progress_range", p50=words.date(found.p50), p80=words.date(found.p80))


def _draw(data: CurveData, view: ProjectView, setting: Setting, width: int) -> Curve | None:
    words = setting.words
    title, status = words.text("chart.progress_title"), words.date(view.status, "short")
    return draw_curve(
        data,
        CurveWords(title, _finding(view, setting), lambda share: words.percent(share * _WHOLE), status),
        setting.frame(width),
        setting.tick,
        status=view.status,
        height=_HEIGHTS[setting.medium],
        top=1,
    )


def _courses(view: ProjectView, past: _Past, setting: Setting) -> CurveData:
    words = setting.words
    planned = _planned(view)
    actual = tuple(
        CurvePoint(point.day, point.actual_percent / _WHOLE) for point in view.curve if point.actual_percent is not None
    )
    done, plan = words.percent(view.actual_percent or 0), words.percent(view.planned_percent or 0)
    ends = words.text("chart.plan_finishes", date=words.date(planned[-1].day, "short"))
    # Beyond its end the plan has no course on which today's share could be marked.
    now = words.text("chart.plan", percent=plan) if view.status <= planned[-1].day else ""
    return CurveData(
        planned=CurveLine(planned, ends, now),
        done=CurveLine(actual, "", words.text("chart.done", percent=done)),
        forecast=_forecast(view, actual, setting),
        band=_band(view, actual, setting),
        breaks=_breaks(view, planned, setting),
        known=(_known(past[0]), _known(past[1])),
    )


def _planned(view: ProjectView) -> tuple[CurvePoint, ...]:
    """Draw the plan to its own finish; the curve goes on to that of the forecast."""
    end = view.schedule.baseline_finish or view.curve[-1].day
    points = [CurvePoint(point.day, point.planned_percent / _WHOLE) for point in view.curve]
    return tuple(point for point in points if point.day <= end) or tuple(points)


def _forecast(view: ProjectView, actual: tuple[CurvePoint, ...], setting: Setting) -> CurveLine:
    """Draw straight from where the work stands to where it is expected to end."""
    finish = view.schedule.forecast_finish
    if not actual or actual[-1].value >= 1 or finish is None or finish <= actual[-1].day:
        return CurveLine()
    label = setting.words.text("chart.forecast_finishes", date=setting.words.date(finish, "short"))
    return CurveLine((actual[-1], CurvePoint(finish, 1.0)), label)


def _band(view: ProjectView, actual: tuple[CurvePoint, ...], setting: Setting) -> CurveBand | None:
    """Draw where the course may run: from an even chance to finish to four in five."""
    found = view.forecast
    if found is None or found.p50 == found.p80 or not actual or actual[-1].value >= 1 or found.p50 <= actual[-1].day:
        return None
    early, late = ((actual[-1], CurvePoint(day, 1.0)) for day in (found.p50, found.p80))
    label = setting.words.text("chart.range_finishes", date=setting.words.date(found.p80, "short"))
    return CurveBand(early, late, label)


def _breaks(view: ProjectView, planned: tuple[CurvePoint, ...], setting: Setting) -> tuple[Break, ...]:
    """Mark the days on which another plan was approved: what was done before was held against the one before."""
    words = setting.words
    days = sorted(one.approved for one in view.baselines if one.approved is not None and one.approved <= view.status)
    inside = (day for day in days[1:] if planned[0].day <= day)
    return tuple(Break(day, words.text("chart.rebaseline", date=words.date(day, "short"))) for day in inside)


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    if view.actual_percent is None:
        return ""
    actual = words.percent(view.actual_percent)
    if view.planned_percent is None:
        return words.text("finding.progress_done", actual=actual)
    planned = words.percent(view.planned_percent)
    gap = view.actual_percent - view.planned_percent
    if abs(gap) < _ON_PLAN or actual == planned:
        return words.text("finding.progress_on_plan", actual=actual)
    name = "finding.progress_ahead" if gap > 0 else "finding.progress_behind"
    return words.text(name, actual=actual, planned=planned)
