"""Section 16: how content the client is, what was said, and what we did about it."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from kapm_site.audience.registers import FeedbackView
from kapm_site.audience.views import ProjectView
from kapm_site.language import isolated
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Beside, Block, Cell, Chart, Column, Figure, Quote, Quotes, Row, Section, Table
from kapm_site.pages.charts.distribution import ScoreBin, draw_distribution
from kapm_site.pages.charts.sparkline import Sample
from kapm_site.pages.charts.trend import TrendLine, TrendWords, draw_trend
from kapm_site.pages.fields import (
    counted,
    decimals,
    filled,
    identity,
    listed,
    plain,
    register,
    sentences,
    table_link,
    written,
)
from kapm_site.pages.setting import NARROW, Setting

_CSAT, _NPS = range(1, 6), range(11)
#: Answers from which a mark from 0 to 10 counts as a promoter's, and up to which as a detractor's.
_PROMOTER, _DETRACTOR, _SATISFIED = 9, 6, 4
#: Widths: on the site half the wide column; in print course and spreads share a line.
_WEB = 548
_PRINT = (230, 170, 240)
_CSAT_BOUNDS, _NPS_BOUNDS = (1, 5), (-100, 100)
_ORDER = {"new": 0, "planned": 1, "done": 2, "declined": 3}


def feedback(view: ProjectView, setting: Setting) -> Section | None:
    """Show satisfaction as course and spread, then each remark with its answer."""
    if not view.feedback:
        return None
    words = setting.words
    blocks: list[Block] = [*_figures(view, setting), *_tables(view, setting)]
    said = [entry for entry in view.feedback if entry.quote]
    silent = [entry for entry in view.feedback if not entry.quote]
    blocks += [
        block for block in (_quotes(said, setting), _marks(silent, setting, file="" if said else "feedback")) if block
    ]
    return Section("feedback", words.text("section.feedback"), _finding(view, setting), blocks=tuple(blocks))


def _finding(view: ProjectView, setting: Setting) -> str:
    words, sums = setting.words, view.feedback_summary
    unanswered = sum(bool(e.quote) and e.status == "new" and not e.response for e in view.feedback)
    level, move = _old_level(view, setting), ""
    if sums.recent_csat:
        level = words.plural("finding.feedback_csat", sums.recent_csat.n, mean=words.number(sums.recent_csat.mean, 1))
        move = _move([value for _, value in sums.csat_by_month], setting)
    elif sums.recent_nps:
        level = words.plural("finding.feedback_nps", sums.recent_nps.n, score=words.signed(sums.recent_nps.score))
    left = words.plural("finding.feedback_open", unanswered) if unanswered else ""
    return sentences(words, level, move, left)


def last_mark(view: ProjectView) -> date | None:
    """Return the day on which somebody last gave a mark."""
    marks = (one.date for one in view.feedback if one.csat is not None or one.nps is not None)
    return max((day for day in marks if day <= view.status), default=None)


def _old_level(view: ProjectView, setting: Setting) -> str:
    """Tell of marks that are too old for the present what they were, and since when there is none."""
    words, sums, last = setting.words, view.feedback_summary, last_mark(view)
    if last is None:
        return ""
    since = words.date(last)
    if sums.csat:
        mean = words.number(sums.csat.mean, 1)
        return words.plural("finding.feedback_csat_old", sums.csat.n, mean=mean, date=since)
    if sums.nps:
        return words.plural("finding.feedback_nps_old", sums.nps.n, score=words.signed(sums.nps.score), date=since)
    return ""


def _move(months: list[float], setting: Setting) -> str:
    """Say whether the last month was better than the one before, as far as one decimal shows it."""
    words = setting.words
    if len(months) < 2:  # noqa: PLR2004 - a move has two ends
        return ""
    before, after = (words.number(value, 1) for value in months[-2:])
    if before == after:
        return ""
    rising = months[-1] > months[-2]
    return words.text("finding.feedback_rising" if rising else "finding.feedback_falling", before=before, after=after)


def _figures(view: ProjectView, setting: Setting) -> list[Block]:
    """Draw course and spread of both measures; in print the two spreads stand beside one course."""
    sums, words = view.feedback_summary, setting.words
    csat, nps = _csat_bins(view, setting), _nps_bins(view, setting)
    names = (words.text("chart.csat_spread"), words.text("chart.nps_spread"))
    csat_name, nps_name = words.text("chart.satisfaction_title"), words.text("figure.feedback.nps")
    if setting.medium == "print":
        course, left, right = _PRINT
        charts = (
            _course(sums.csat_by_month, csat_name, setting, course, _CSAT_BOUNDS),
            _spread(csat, names[0], setting, left),
            _spread(nps, names[1], setting, right),
        )
        shown = tuple(chart for chart in charts if chart)
        return [Figure(shown, titled=True)] if shown else []
    return [
        *_beside(
            _figure(csat_name, lambda w: _course(sums.csat_by_month, csat_name, setting, w, _CSAT_BOUNDS), setting),
            _figure(names[0], lambda w: _spread(csat, names[0], setting, w), setting),
        ),
        *_beside(
            _figure(nps_name, lambda w: _course(sums.nps_by_month, nps_name, setting, w, _NPS_BOUNDS), setting),
            _figure(names[1], lambda w: _spread(nps, names[1], setting, w), setting),
        ),
    ]


def _tables(view: ProjectView, setting: Setting) -> list[Table]:
    """Write the courses by month and the spreads by mark, on the site alone."""
    if setting.medium == "print":
        return []
    return [table for table in (_months(view, setting), _marks_given(view, setting)) if table.rows]


def _months(view: ProjectView, setting: Setting) -> Table:
    words, sums = setting.words, view.feedback_summary
    csat, nps = dict(sums.csat_by_month), dict(sums.nps_by_month)
    rows = tuple(
        Row(
            (
                Cell(words.date(month, "month")),
                Cell(words.number(csat[month], 1) if month in csat else ""),
                Cell(words.signed(nps[month], 0) if month in nps else ""),
            )
        )
        for month in sorted(csat.keys() | nps.keys())
    )
    columns = (
        Column(words.text("label.month")),
        Column(words.text("label.csat"), "number"),
        Column(words.text("figure.feedback.nps"), "number"),
    )
    title = words.text("chart.satisfaction_title")
    return Table(title, columns, rows, lead=0, more=words.text("page.as_table", title=title))


def _marks_given(view: ProjectView, setting: Setting) -> Table:
    words = setting.words
    measures = (
        ("label.csat", Counter(round(entry.csat) for entry in view.feedback if entry.csat is not None)),
        ("label.nps", Counter(round(entry.nps) for entry in view.feedback if entry.nps is not None)),
    )
    rows = tuple(
        Row((Cell(words.text(name)), Cell(words.number(mark)), Cell(words.number(counts[mark]))))
        for name, counts in measures
        for mark in sorted(counts)
    )
    columns = (
        Column(words.text("label.figure")),
        Column(words.text("label.mark"), "number"),
        Column(words.text("label.answers"), "number"),
    )
    title = words.text("label.marks_given")
    return Table(title, columns, rows, lead=0, more=words.text("page.as_table", title=title))


def _beside(left: Figure | None, right: Figure | None) -> list[Block]:
    """Set course and spread of one measure beside each other, as far as there are both."""
    return [Beside(left, right)] if left and right else [one for one in (left, right) if one]


def _figure(heading: str, draw: Callable[[int], Chart | None], setting: Setting) -> Figure | None:
    wide, narrow = draw(_WEB), draw(setting.widths[1] or NARROW)
    return Figure((wide,), (narrow,) if narrow else (), heading) if wide else None


def _csat_bins(view: ProjectView, setting: Setting) -> list[ScoreBin]:
    marks = Counter(round(entry.csat) for entry in view.feedback if entry.csat is not None)
    return [ScoreBin(setting.words.number(n), marks[n], 2 if n >= _SATISFIED else 1) for n in _CSAT]


def _nps_bins(view: ProjectView, setting: Setting) -> list[ScoreBin]:
    marks = Counter(round(entry.nps) for entry in view.feedback if entry.nps is not None)
    return [ScoreBin(setting.words.number(n), marks[n], _group(n)) for n in _NPS]


def _group(mark: int) -> int:
    return 2 if mark >= _PROMOTER else 0 if mark <= _DETRACTOR else 1


def _course(
    months: tuple[tuple[date, float], ...], name: str, setting: Setting, width: int, bounds: tuple[float, float]
) -> Chart | None:
    """Draw the months; a single one is no course."""
    if len(months) < 2:  # noqa: PLR2004 - a course has two ends
        return None
    words = setting.words
    digits = 1 if bounds[0] > 0 else 0
    told = words.list([f"{words.date(month, 'month')} {words.number(value, digits)}" for month, value in months])
    names = TrendWords(
        title=name,
        desc=told,
        value=lambda value: words.number(value, digits),
        tick=lambda value: decimals(words, value),
    )
    line = TrendLine(tuple(Sample(month, value) for month, value in months))
    return draw_trend(
        [line],
        names,
        setting.frame(width),
        setting.tick,
        bounds=bounds,
        height=_height(setting),
        whole=True,
        monthly=True,
    )


def _height(setting: Setting) -> float:
    return 160 if setting.medium == "web" else 104


def _spread(bins: Sequence[ScoreBin], name: str, setting: Setting, width: int) -> Chart | None:
    words = setting.words
    marks = [(one.label, words.number(one.count)) for one in bins if one.count]
    told = words.list([words.text("chart.spread_of", score=label, n=count) for label, count in marks]) if marks else ""
    groups = (
        ("", "", "") if len(bins) == len(_CSAT) else (words.text("nps_group.low"), "", words.text("nps_group.high"))
    )
    return draw_distribution(bins, groups, name, told, setting.frame(width))


def _quotes(entries: list[FeedbackView], setting: Setting) -> Quotes | None:
    """What waits for an answer first, then the latest."""
    if not entries:
        return None
    words = setting.words
    entries.sort(key=lambda entry: (entry.date, natural(entry.id)), reverse=True)
    entries.sort(key=lambda entry: _ORDER[entry.status] > 0)
    lead = 6 if setting.medium == "web" else 2
    rest = len(entries) - lead
    more = ""
    if rest > 0 and setting.medium == "web":
        more = words.text("page.show_all", total=words.number(len(entries)))
    elif rest > 0:
        more = words.plural("page.more_on_site", rest)
    quotes = tuple(_quote(entry, setting, detailed=setting.medium == "web" or not n) for n, entry in enumerate(entries))
    file = table_link(setting, "feedback", words.text("section.feedback"))
    return Quotes(quotes, words.text("section.you_said"), lead, more, file)


def _quote(entry: FeedbackView, setting: Setting, *, detailed: bool) -> Quote:
    words = setting.words
    channel = words.text(f"channel.{entry.channel}") if entry.channel else ""
    source = " · ".join(part for part in (isolated(entry.from_ or ""), words.date(entry.date), channel) if part)
    details = filled(
        (words.text("label.csat"), counted(words, entry.csat)),
        (words.text("label.nps"), counted(words, entry.nps)),
        (words.text("label.owner"), plain(entry.owner)),
        (words.text("label.tasks"), listed(words, entry.tasks)),
        (words.text("label.changes"), listed(words, entry.changes)),
        (words.text("label.id"), plain(entry.id)),
    )
    response, status = written(setting, entry.response).text, words.text(f"feedback_status.{entry.status}")
    return Quote(entry.quote or "", source, response, status, details if detailed else (), setting.written)


def _marks(entries: list[FeedbackView], setting: Setting, *, file: str) -> Table | None:
    if not entries:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.from"), "long"),
        Column(words.text("label.date"), "date"),
        Column(words.text("label.channel")),
        Column(words.text("label.csat"), "number"),
        Column(words.text("label.nps"), "number"),
        Column(words.text("label.status")),
        Column(words.text("label.owner")),
    )
    entries.sort(key=lambda entry: (entry.date, natural(entry.id)), reverse=True)
    rows = [_mark(entry, setting) for entry in entries]
    heading = words.text("section.marks")
    return register(setting, heading, columns, rows, heading=heading, lead=6, printed=3, file=file)


def _mark(entry: FeedbackView, setting: Setting) -> Row:
    words = setting.words
    cells = (
        plain(entry.from_),
        setting.day(entry.date),
        Cell(words.text(f"channel.{entry.channel}") if entry.channel else ""),
        counted(words, entry.csat),
        counted(words, entry.nps),
        Cell(words.text(f"feedback_status.{entry.status}")),
        plain(entry.owner),
    )
    details = filled(
        (words.text("label.we_did"), written(setting, entry.response)),
        (words.text("label.tasks"), listed(words, entry.tasks)),
        (words.text("label.changes"), listed(words, entry.changes)),
        identity(words, entry.id),
    )
    return Row(cells, id=f"feedback-{entry.id}", details=details)
