"""Section 12: risks on their matrix and in their register; then issues, assumptions and dependencies."""

from dataclasses import replace

from kapm_site.audience.registers import RiskView
from kapm_site.audience.views import ProjectView
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Beside, Block, Cell, Column, Figure, Row, Section, Table, Tone
from kapm_site.pages.charts.matrix import MatrixRisk, MatrixWords, RiskMatrix, draw_matrix
from kapm_site.pages.excerpts import first_sentence
from kapm_site.pages.fields import (
    counted,
    filled,
    identity,
    listed,
    plain,
    register,
    sentences,
    spelled,
    titled,
    written,
)
from kapm_site.pages.print_widths import PAGE, side_by_side, stack_up
from kapm_site.pages.sections.issues import assumption_table, dependency_table, issue_finding, issue_table
from kapm_site.pages.sections.risk_weeks import risk_weeks
from kapm_site.pages.setting import Setting

#: A matrix wider than this has cells too long for the eye.
_WIDEST = 720
#: The matrix in print: its width in pixels, then in millimetres its column and its height; and names beside it.
_PRINTED, _MATRIX_SIDE, _MATRIX_HEIGHT, _NAMED = 280, 76, 96, 10
#: Marks that a cell of the matrix has above each other at most.
_LINES = {"web": 4, "print": 2}
_ORDER = {"open": 0, "occurred": 0, "closed": 1}
_SIDE = 5
#: Risks that show their details on paper.
_DETAILED = 2


def risks(view: ProjectView, setting: Setting) -> Section | None:
    """Show what may go wrong, what has, what is taken for granted and what others must bring."""
    words = setting.words
    lists = [
        issue_table(view, setting),
        assumption_table(view, setting),
        dependency_table(view, setting),
    ]
    tables = [table for table in lists if table]
    others: list[Block] = list(tables)
    if not view.risks and not others:
        return None
    matrix, register_ = _matrix(view, setting), _table(view, setting)
    own: list[Block] = [block for block in (matrix, register_) if block]
    own += risk_weeks(view, setting)
    if setting.medium == "print":
        # The matrix cannot be broken: the registers use the room that is left before it.
        own = [register_] if register_ else []
        others = _beside(matrix, register_, tables, view, setting)
    return Section(
        id="risks",
        title=words.text("section.risks_issues") if others else words.text("section.risks"),
        finding=sentences(words, _finding(view, setting), issue_finding(view, setting)),
        blocks=(*own, *others),
        short=words.text("section.risks"),
    )


def by_weight(risks: tuple[RiskView, ...]) -> list[RiskView]:
    """Put risks in order: closed ones last, then by score, then by what is at stake."""
    return sorted(risks, key=lambda r: (_ORDER[r.status], -(r.score or 0), -(r.exposure or 0), natural(r.id)))


def score_cell(risk: RiskView, before: ProjectView | None, setting: Setting) -> Cell:
    """Show the score of a risk, and in what way it moved since the last report."""
    tone: Tone = "strong" if _acts(risk, setting) and risk.status != "closed" else ""
    shown = counted(setting.words, risk.score)
    return Cell(shown.text, tone=tone, note=movement(risk, before, setting), sort=shown.sort)


def movement(risk: RiskView, before: ProjectView | None, setting: Setting) -> str:
    """Say how the score of a risk moved since the last report; nothing without one."""
    words = setting.words
    if before is None or risk.score is None or risk.status == "closed":
        return ""
    earlier = _earlier(risk, before)
    if earlier is None:
        return words.text("risk_move.new")
    if earlier.score is None or earlier.score == risk.score:
        return ""
    name = "risk_move.up" if risk.score > earlier.score else "risk_move.down"
    return words.text(name, before=words.number(earlier.score))


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    known = [risk for risk in view.risks if risk.status == "open"]
    if not known:
        return ""
    above = by_weight(tuple(risk for risk in known if _acts(risk, setting)))
    unscored = sum(risk.score is None for risk in known)
    if above:
        told = words.plural("finding.risks_above", len(above), title=above[0].title)
    else:
        told = words.text("finding.risks_below") if unscored < len(known) else ""
    unknown = words.plural("finding.risks_unscored", unscored) if unscored else ""
    exposure = view.risk_summary.exposure
    at_stake = (
        words.plural("finding.risks_open", len(known), exposure=setting.money(exposure)) if exposure is not None else ""
    )
    return sentences(words, told, unknown, at_stake)


def _acts(risk: RiskView, setting: Setting) -> bool:
    return risk.score is not None and risk.score >= setting.rules.risk.amber_score


def _earlier(risk: RiskView, before: ProjectView | None) -> RiskView | None:
    return next((one for one in before.risks if one.id == risk.id), None) if before else None


def _matrix(view: ProjectView, setting: Setting) -> Figure | None:
    shown = [_mark(risk, view.before) for risk in by_weight(view.risks) if risk.status == "open"]
    marks = [mark for mark in shown if mark]
    wide, narrow = setting.widths
    largest = _WIDEST if narrow else _PRINTED
    told = _finding(view, setting)
    charts = [_drawn(marks, setting, width, told) for width in (min(wide, largest), narrow) if width]
    if not charts or charts[0] is None:
        return None
    caption = _matrix_caption(marks, [chart for chart in charts if chart], setting)
    return Figure(wide=(charts[0],), narrow=tuple(chart for chart in charts[1:] if chart), caption=caption)


def _beside(
    matrix: Figure | None, shown: Table | None, tables: list[Table], view: ProjectView, setting: Setting
) -> list[Block]:
    """Set the matrix beside what has room there, first the names that the register leaves out; others go in pairs."""
    if matrix is None:
        return side_by_side(tables)
    room = PAGE - _MATRIX_SIDE - 6
    names = _further(view, shown.lead if shown else 0, matrix.caption, setting)
    first = names or next((table for table in tables if not any(row.lines for row in table.rows)), None)
    if first is None:
        return [*side_by_side(tables), matrix]
    left = replace(matrix, caption="") if names else matrix
    right, left_over = stack_up(first, [table for table in tables if table is not first], room, _MATRIX_HEIGHT)
    return [*side_by_side(left_over), Beside(left, right, _MATRIX_SIDE, room)]


def _further(view: ProjectView, shown: int, caption: str, setting: Setting) -> Table | None:
    """Name the risks on the matrix behind the first ones, which the register shows."""
    words = setting.words
    known = [risk for risk in by_weight(view.risks)[shown:] if risk.status == "open"][:_NAMED]
    rows = tuple(
        Row(
            (
                Cell(titled(words, risk.id, risk.title)),
                Cell(score_cell(risk, view.before, setting).text, note=movement(risk, view.before, setting)),
            )
        )
        for risk in known
    )
    columns = (Column(words.text("label.further_risks"), "long"), Column(words.text("label.score"), "number"))
    return Table(words.text("label.further_risks"), columns, rows, lead=len(rows), more=caption) if rows else None


def _matrix_caption(marks: list[MatrixRisk], charts: list[RiskMatrix], setting: Setting) -> str:
    """Explain the signs that occur; the register of the site has all risks, that of paper the first ones."""
    words = setting.words
    plus = "chart.matrix_more" if setting.medium == "web" else "chart.matrix_plus"
    signs = (
        ("chart.matrix_note", True),
        ("chart.matrix_moves", any(chart.moves for chart in charts)),
        ("chart.matrix_new", any(mark.new for mark in marks)),
        (plus, any(chart.hidden for chart in charts)),
    )
    return sentences(words, *(words.text(name) for name, occurs in signs if occurs))


def _drawn(marks: list[MatrixRisk], setting: Setting, width: int, desc: str) -> RiskMatrix | None:
    words = setting.words
    names = MatrixWords(
        title=words.text("chart.matrix_title"),
        desc=desc,
        probability=words.text("chart.probability_axis"),
        impact=words.text("chart.impact_axis"),
        probabilities=tuple(words.text(f"probability.{n}") for n in range(1, _SIDE + 1)),
        impacts=tuple(words.text(f"impact.{n}") for n in range(1, _SIDE + 1)),
    )
    return draw_matrix(marks, _levels(setting), names, setting.frame(width), lines=_LINES[setting.medium])


def _levels(setting: Setting) -> list[list[int]]:
    """Grade the cells: from the amber score one must act, from half of it one must watch."""
    act = setting.rules.risk.amber_score
    sides = range(1, _SIDE + 1)
    return [[2 if p * i >= act else 1 if p * i >= act / 2 else 0 for i in sides] for p in sides]


def _mark(risk: RiskView, before: ProjectView | None) -> MatrixRisk | None:
    if risk.probability is None or risk.impact is None:
        return None
    earlier = _earlier(risk, before)
    known = earlier is not None and earlier.probability is not None and earlier.impact is not None
    previous = (round(earlier.probability or 0), round(earlier.impact or 0)) if earlier and known else None
    new = before is not None and earlier is None
    tip = risk.title
    return MatrixRisk(risk.id, risk.id, round(risk.probability), round(risk.impact), previous, new=new, tip=tip)


def _table(view: ProjectView, setting: Setting) -> Table | None:
    if not view.risks:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.risk"), "long"),
        Column(words.text("label.score"), "number"),
        Column(words.text("label.response"), "text" if setting.medium == "web" else "long"),
        Column(words.text("label.exposure"), "number"),
        Column(words.text("label.owner")),
        Column(words.text("label.due"), "date"),
        *([Column(words.text("label.status"))] if setting.medium == "web" else []),
    )
    rows = [_row(risk, view, setting, detailed=n < _DETAILED) for n, risk in enumerate(by_weight(view.risks))]
    heading = words.text("section.risks")
    return register(setting, heading, columns, rows, heading=heading, lead=6, detailed=_DETAILED, file="risks")


def _row(risk: RiskView, view: ProjectView, setting: Setting, *, detailed: bool) -> Row:
    words, due = setting.words, setting.day(risk.due)
    late = risk.status == "open" and risk.due is not None and risk.due < view.status
    status, web = words.text(f"risk_status.{risk.status}"), setting.medium == "web"
    # On paper most are open, and a column for that would make the others narrow.
    note = "" if web or risk.status == "open" else status
    cells = (
        Cell(titled(words, risk.id, risk.title), tone="strong", note=note),
        score_cell(risk, view.before, setting),
        _response(risk, setting, whole=detailed),
        Cell(setting.money(risk.exposure)),
        plain(risk.owner),
        Cell(due.text, tone="bad" if late else "", sort=due.sort),
        *([Cell(status)] if web else []),
    )
    return Row(cells, id=f"risk-{risk.id}", details=_details(risk, setting))


def _response(risk: RiskView, setting: Setting, *, whole: bool) -> Cell:
    """Show the kind of the response; on paper also what is done first, unless the whole plan stands below."""
    kind = setting.words.text(f"risk_response.{risk.response}") if risk.response else ""
    if setting.medium == "web" or whole or not risk.plan:
        return Cell(kind)
    plan = first_sentence(risk.plan)
    return Cell(setting.words.text("page.labelled", label=kind, value=plan) if kind else plan, markdown=True)


def _details(risk: RiskView, setting: Setting) -> tuple[tuple[str, Cell], ...]:
    words = setting.words
    plan = (words.text("label.plan"), written(setting, risk.plan))
    on_paper = setting.medium == "print"  # where a page may end between the lines of a record
    return filled(
        *([plan] if on_paper else []),
        (words.text("label.cause"), plain(risk.cause)),
        (words.text("label.event"), plain(risk.event)),
        (words.text("label.effect"), plain(risk.effect)),
        *([] if on_paper else [plan]),
        (words.text("label.probability"), counted(words, risk.probability)),
        (words.text("label.impact"), counted(words, risk.impact)),
        (words.text("label.proximity"), setting.day(risk.proximity)),
        (words.text("label.schedule_impact"), Cell(_impact(risk, setting))),
        (words.text("label.affects"), listed(words, risk.affects)),
        (words.text("label.category"), Cell(words.text(f"risk_category.{risk.category}"))),
        (words.text("label.raised"), setting.day(risk.raised)),
        (words.text("label.closed"), setting.day(risk.closed)),
        identity(words, risk.id),
    )


def _impact(risk: RiskView, setting: Setting) -> str:
    if risk.schedule_impact is None:
        return ""
    words = setting.words
    optimistic, likely, pessimistic = (spelled(words, duration) for duration in risk.schedule_impact)
    return words.text("page.three_points", optimistic=optimistic, likely=likely, pessimistic=pessimistic)
