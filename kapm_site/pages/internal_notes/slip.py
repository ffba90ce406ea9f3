"""Where the slip came from: when the expected finish moved, and which work on the driving chain moved it."""

from math import fsum

from kapm_site.analysis.delays import UNSTATED
from kapm_site.analysis.outlook import DelayWindow, SlipStep
from kapm_site.analysis.schedule import GRAIN
from kapm_site.analysis.slip import by_cause
from kapm_site.audience.internal import InternalProject
from kapm_site.language import Language
from kapm_site.pages.blocks import Block, Cell, Column, Row, Section
from kapm_site.pages.fields import register
from kapm_site.pages.setting import Setting


def slip_section(project: InternalProject, setting: Setting) -> Section | None:
    """Show the windows between looks at the plan, and the steps along the chain that drives the finish."""
    outlook = project.notes.analysis.outlook
    blocks = [_windows(outlook.windows, setting), _steps(outlook.slip_steps, project, setting)]
    shown = tuple(block for block in blocks if block is not None)
    if not shown:
        return None
    words = setting.words
    return Section("internal-slip", words.text("internal.slip"), _finding(outlook.slip_steps, words), blocks=shown)


def _finding(steps: tuple[SlipStep, ...], words: Language) -> str:
    causes = by_cause(steps)
    cause, days = next(iter(causes.items()), ("", 0.0))
    if days <= 0:
        return words.text("internal.slip_none")
    is_late = fsum(causes.values()) >= GRAIN
    told = "internal.slip_cause" if is_late else "internal.slip_made_up"
    return words.text(told, cause=_cause(cause, words), days=words.days(days))


def _windows(windows: tuple[DelayWindow, ...], setting: Setting) -> Block | None:
    if not windows:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.period")),
        Column(words.text("label.expected_before"), "date"),
        Column(words.text("label.expected_after"), "date"),
        Column(words.text("label.moved_days"), "number"),
    )
    title = words.text("internal.slip_windows")
    rows = [
        Row((_until(one, words), setting.day(one.before), setting.day(one.after), _moved(one.days, words)))
        for one in windows
    ]
    return register(setting, title, columns, rows, heading=title)


def _steps(steps: tuple[SlipStep, ...], project: InternalProject, setting: Setting) -> Block | None:
    if not steps:
        return None
    words, names = setting.words, {task.id: task.name for task in project.view.tasks}
    columns = (
        Column(words.text("label.task"), "long"),
        Column(words.text("label.cause")),
        Column(words.text("label.moved_days"), "number"),
    )
    title = words.text("internal.slip_chain")
    rows = [
        Row(
            (
                Cell(names.get(one.task_id or "", words.text("internal.slip_rest"))),
                Cell(_cause(one.cause, words)),
                _moved(one.days, words),
            )
        )
        for one in steps
    ]
    return register(setting, title, columns, rows, heading=title)


def _until(window: DelayWindow, words: Language) -> Cell:
    if not window.name:
        return Cell(words.text("internal.slip_today"))
    name = words.text("internal.slip_report", number=window.name) if window.name.isdecimal() else window.name
    return Cell(words.text("internal.slip_until", name=name), note=words.date(window.finish))


def _moved(days: float, words: Language) -> Cell:
    return Cell(words.day_count(days, signed=True))


def _cause(cause: str, words: Language) -> str:
    return words.text("cause.none" if cause == UNSTATED else f"cause.{cause}")
