"""Whether the finish dates of released reports held, and how long answers took."""

from kapm_site.audience.internal import InternalProject
from kapm_site.pages.blocks import Block, Cell, Column, Row, Section, Tone
from kapm_site.pages.calibration import LEVELS, Promise, held_by_level, promises
from kapm_site.pages.calibration_blocks import calibration_note, held_finding, held_table, response_table
from kapm_site.pages.fields import register
from kapm_site.pages.response_times import ask_times, feedback_times
from kapm_site.pages.setting import Setting

_OUTCOMES: dict[bool | None, tuple[str, Tone]] = {
    True: ("calibration.kept", "good"),
    False: ("calibration.missed", "bad"),
    None: ("calibration.open", "soft"),
}


def calibration_section(project: InternalProject, setting: Setting) -> Section | None:
    """Show what was promised and what came of it; None without a released date and without a dated answer."""
    view, words = project.view, setting.words
    found = promises(view, finished=project.notes.analysis.schedule.finished)
    counts = held_by_level(found)
    response = response_table(ask_times(view), feedback_times(view), setting, heading=bool(found))
    blocks = (*held_table(counts, setting), *_reports(found, setting), *response)
    if not blocks:
        return None
    note = calibration_note(words, dates=bool(found), answers=bool(response))
    title = words.text("calibration.title") if found else words.text("calibration.response")
    return Section("internal-calibration", title, held_finding(counts, words), note, blocks)


def _reports(found: tuple[Promise, ...], setting: Setting) -> list[Block]:
    """List the dates of each report with their outcome, the latest first."""
    if not found:
        return []
    words = setting.words
    by_report: dict[int, dict[int, Promise]] = {}
    for one in found:
        by_report.setdefault(one.report.number, {})[one.level] = one
    rows = [
        Row((_report(next(iter(levels.values())), setting), *(_cell(levels.get(level), setting) for level in LEVELS)))
        for _, levels in sorted(by_report.items(), reverse=True)
    ]
    columns = (Column(words.text("label.report")), *(Column(f"P{level}", "date") for level in LEVELS))
    return [register(setting, words.text("page.reports"), columns, rows, heading=words.text("page.reports"), lead=6)]


def _report(one: Promise, setting: Setting) -> Cell:
    words, report = setting.words, one.report
    date = words.date(report.status_date)
    return Cell(words.text("page.previous_report", number=words.number(report.number), date=date))


def _cell(one: Promise | None, setting: Setting) -> Cell:
    if one is None:
        return Cell()
    outcome, tone = _OUTCOMES[one.held]
    return Cell(setting.words.date(one.day), tone=tone, note=setting.words.text(outcome), sort=one.day.isoformat())
