"""Whether the finish dates that all projects gave held, and how long answers took."""

from kapm_site.audience.internal import InternalView
from kapm_site.language import Language
from kapm_site.pages.blocks import Block, Cell, Column, Row, Section
from kapm_site.pages.calibration import LEVELS, Held, held_by_level, promises
from kapm_site.pages.calibration_blocks import (
    calibration_note,
    held_finding,
    held_table,
    held_text,
    response_table,
)
from kapm_site.pages.fields import register
from kapm_site.pages.portfolio.shared import about, all_projects, subject
from kapm_site.pages.response_times import ask_times, feedback_times, together
from kapm_site.pages.setting import Setting


def calibration_section(view: InternalView, setting: Setting) -> Section | None:
    """Count the dates that held over all projects and in each; None without a decided date and a dated answer."""
    words, projects = setting.words, all_projects(view)
    found = [(project, promises(project.view, finished=project.finished)) for project in projects]
    counts = held_by_level(one for _, some in found for one in some)
    rows = [
        Row((subject(project.view, section="internal-calibration"), *_held(own, words)), about=about(project.view))
        for project, some in found
        if (own := held_by_level(some))
    ]
    asks = together([ask_times(project.view) for project in projects])
    feedback = together([feedback_times(project.view) for project in projects])
    response = response_table(asks, feedback, setting, heading=bool(counts))
    blocks = (*held_table(counts, setting), *_projects(rows, setting), *response)
    if not blocks:
        return None
    note = calibration_note(words, dates=bool(counts), answers=bool(response))
    title = words.text("calibration.title") if counts else words.text("calibration.response")
    return Section("calibration", title, held_finding(counts, words), note, blocks)


def _held(counts: tuple[Held, ...], words: Language) -> list[Cell]:
    known = {one.level: one for one in counts}
    return [Cell(held_text(known[level], words)) if level in known else Cell() for level in LEVELS]


def _projects(rows: list[Row], setting: Setting) -> list[Block]:
    if not rows:
        return []
    words = setting.words
    columns = (Column(words.text("label.project")), *(Column(f"P{level}", "number") for level in LEVELS))
    title = words.text("portfolio.money_projects")
    return [register(setting, title, columns, rows, heading=title)]
