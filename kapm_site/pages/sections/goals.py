"""Section 17, goals: what the project is for, and how far each goal is on its way."""

from typing import Literal

from kapm_site.audience.charter import GoalView
from kapm_site.audience.charters import way_done
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Cell, Column, Row, Section, Tone
from kapm_site.pages.charts.bars import BarPart, BarRow, draw_bar_strips
from kapm_site.pages.fields import filled, needed_digits, part_of, plain, register, sentences, with_unit, written
from kapm_site.pages.setting import Setting

GoalStatus = Literal["met", "missed", "open", "unmeasured"]
_TONES: dict[GoalStatus, Tone] = {"met": "good", "missed": "bad", "open": "", "unmeasured": "soft"}
_STRIP = 96


def goals(view: ProjectView, setting: Setting) -> Section | None:
    """Show each goal with its measure at the start, today and as a target."""
    if not view.goals:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.goal"), "long"),
        Column(words.text("label.start_value"), "number"),
        Column(words.text("label.current"), "number"),
        Column(words.text("label.target"), "number"),
        Column(words.text("label.distance"), "chart"),
        Column(words.text("label.due"), "date"),
        Column(words.text("label.owner")),
    )
    rows = [_row(goal, view, setting) for goal in view.goals]
    table = register(setting, words.text("section.goals"), columns, rows, file="goals")
    return Section("goals", words.text("section.goals"), _finding(view, setting), blocks=(table,))


def goal_status(goal: GoalView, view: ProjectView) -> GoalStatus:
    """Tell whether a goal is reached, missed at its date, still open, or cannot be measured."""
    if goal.current is None or goal.target is None:
        return "unmeasured"
    if (share := way_done(goal)) is not None and share >= 1:
        return "met"
    return "missed" if goal.due is not None and goal.due < view.status else "open"


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    states = {goal.id: goal_status(goal, view) for goal in view.goals}
    met = sum(state == "met" for state in states.values())
    missed = sum(state == "missed" for state in states.values())
    coming = [(goal.due, goal.statement) for goal in view.goals if goal.due and states[goal.id] == "open"]
    if missed:
        more = words.plural("finding.goals_overdue", missed)
    elif coming:
        due, statement = min(coming)
        more = words.text("finding.goals_next", statement=statement.rstrip(".。"), date=words.date(due))
    else:
        more = ""
    told = part_of(words, ("finding.goals_none", "finding.goals", "finding.goals_all"), met, len(view.goals))
    return sentences(words, told, more)


def _row(goal: GoalView, view: ProjectView, setting: Setting) -> Row:
    words = setting.words
    state = goal_status(goal, view)
    cells = (
        Cell(goal.statement, tone="strong"),
        _value(goal.baseline, goal, setting),
        _value(goal.current, goal, setting),
        _value(goal.target, goal, setting),
        _strip(goal, state, setting),
        setting.day(goal.due),
        plain(goal.owner) if setting.medium == "web" else Cell(),
    )
    details = filled(
        (words.text("label.owner"), plain(goal.owner) if setting.medium == "print" else Cell()),
        (words.text("label.metric"), plain(goal.measure)),
        (words.text("label.achievable_because"), written(setting, goal.achievable_because)),
        (words.text("label.relevant_to"), plain(goal.relevant_to)),
        (words.text("label.id"), plain(goal.id)),
    )
    return Row(cells, id=f"goal-{goal.id}", details=details)


def _value(value: float | None, goal: GoalView, setting: Setting) -> Cell:
    """Write a value with its unit and with as many decimals as its neighbours need."""
    if value is None:
        return Cell()
    words = setting.words
    digits = needed_digits((goal.baseline, goal.current, goal.target), 2)
    if goal.unit in ("%", "percent"):
        return Cell(words.percent(value, digits))
    unit = goal.unit or "" if value is goal.target else ""
    return Cell(with_unit(words.number(value, digits), unit))


def _strip(goal: GoalView, state: GoalStatus, setting: Setting) -> Cell:
    """Draw the way to the target and say where the goal stands."""
    words = setting.words
    status = words.text(f"goal_status.{state}")
    share = way_done(goal)
    if share is None:
        return Cell(status, tone=_TONES[state])
    text = words.text("page.way_done", percent=words.percent(100 * share))
    row = BarRow(goal.statement, (BarPart(100 * min(max(share, 0), 1)),), text)
    title = "" if setting.medium == "web" else words.text("chart.distance_title")
    strips = draw_bar_strips([row], title, setting.frame(_STRIP), top=100)
    return Cell(text, tone=_TONES[state], note=status, chart=strips[0])
