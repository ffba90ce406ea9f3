"""Section 10: work done against work planned."""

from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Figure, Section
from kapm_site.pages.charts.curve import Curve, CurveWords, draw_curve
from kapm_site.pages.charts.curve_data import CurveData, CurveLine, CurvePoint
from kapm_site.pages.setting import Setting

_WHOLE = 100
_ON_PLAN = 0.5
_HEIGHTS = {"web": 320, "print": 220}


def progress(view: ProjectView, setting: Setting) -> Section | None:
    """Draw the planned and the actual course."""
    if view.actual_percent is None or not view.curve:
        return None
    words = setting.words
    wide, narrow = setting.widths
    drawn = _draw(view, setting, wide)
    if drawn is None:
        return None
    small = _draw(view, setting, narrow) if narrow else None
    figure = Figure((drawn,), (small,) if small else ())
    return Section("progress", words.text("section.progress"), _finding(view, setting), blocks=(figure,))


def _draw(view: ProjectView, setting: Setting, width: int) -> Curve | None:
    words = setting.words
    planned = tuple(CurvePoint(point.day, point.planned_percent / _WHOLE) for point in view.curve)
    actual = tuple(
        CurvePoint(point.day, point.actual_percent / _WHOLE) for point in view.curve if point.actual_percent is not None
    )
    shown = words.percent(view.actual_percent or 0)
    plan = words.percent(view.planned_percent or 0)
    data = CurveData(
        planned=CurveLine(planned, words.text("label.plan"), words.text("chart.plan", percent=plan)),
        done=CurveLine(actual, words.text("chart.actual"), words.text("chart.done", percent=shown)),
    )
    title = words.text("chart.progress_title")
    status = words.text("page.status_date_short") if words.has("page.status_date_short") else ""
    frame = CurveWords(title, _finding(view, setting), lambda share: words.percent(share * _WHOLE), status)
    return draw_curve(
        data,
        frame,
        setting.frame(width),
        setting.tick,
        status=view.status,
        height=_HEIGHTS[setting.medium],
        top=1,
    )


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    if view.actual_percent is None:
        return ""
    actual = words.percent(view.actual_percent)
    if view.planned_percent is None:
        return words.text("finding.progress_on_plan", actual=actual)
    planned = words.percent(view.planned_percent)
    gap = view.actual_percent - view.planned_percent
    if abs(gap) < _ON_PLAN or actual == planned:
        return words.text("finding.progress_on_plan", actual=actual)
    name = "finding.progress_ahead" if gap > 0 else "finding.progress_behind"
    return words.text(name, actual=actual, planned=planned)
