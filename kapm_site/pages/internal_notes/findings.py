"""Findings of the check with their places, and the figures that the data do not support."""

from kapm_site.audience.internal import InternalProject
from kapm_site.language import Language
from kapm_site.pages.blocks import Cell, Column, Row, Section, Tone
from kapm_site.pages.fields import register
from kapm_site.pages.setting import Setting
from kapm_site.problem import Mark, Problem

_GRAVITY = {"error": 0, "warning": 1, "info": 2}
_WORDS = {"error": "internal.error", "warning": "internal.warning", "info": "internal.info"}
_TONES: dict[str, Tone] = {"error": "bad", "warning": "warn", "info": "soft"}


def findings_section(project: InternalProject, setting: Setting) -> Section | None:
    """List what the check found in the project's files and figures, the gravest first."""
    findings = project.notes.findings
    if not findings:
        return None
    words, folder = setting.words, project.view.folder
    columns = (
        Column(words.text("label.severity")),
        Column(words.text("label.finding"), "long"),
        Column(words.text("label.finding_code")),
        Column(words.text("label.place")),
    )
    rows = [_row(problem, folder, words) for problem in sorted(findings, key=_order)]
    table = register(setting, words.text("internal.findings"), columns, rows)
    warnings = sum(problem.severity != "info" for problem in findings)
    told = words.plural("internal.findings_count", warnings) if warnings else ""
    return Section("internal-findings", words.text("internal.findings"), told, blocks=(table,))


def missing_section(project: InternalProject, setting: Setting) -> Section | None:
    """Name each figure that cannot be computed, and what it lacks."""
    missing = project.notes.analysis.missing
    if not missing:
        return None
    words = setting.words
    columns = (Column(words.text("label.figure")), Column(words.text("label.reason"), "long"))
    there = program_language(words)
    rows = [Row(tuple(Cell(text, language=there) for text in pair)) for pair in sorted(missing.items())]
    table = register(setting, words.text("internal.missing"), columns, rows)
    told = words.plural("internal.missing_count", len(missing))
    return Section("internal-missing", words.text("internal.missing"), told, blocks=(table,))


def program_language(words: Language) -> str:
    """Return the tag of what is shown word for word as the program says it; nothing on an English page."""
    return "" if words.tag.startswith("en") else "en"


def _order(problem: Problem) -> tuple[int, str, int, int, str]:
    mark = problem.mark
    return _GRAVITY[problem.severity], mark.path, mark.line, mark.column, problem.code


def _row(problem: Problem, folder: str, words: Language) -> Row:
    severity, there = words.text(_WORDS[problem.severity]), program_language(words)
    related = tuple((_place(other.mark, folder), Cell(other.message, language=there)) for other in problem.related)
    return Row(
        (
            Cell(severity, tone=_TONES[problem.severity]),
            Cell(problem.message, note=problem.hint, language=there),
            Cell(problem.code, language=there),
            Cell(_place(problem.mark, folder)),
        ),
        details=related,
    )


def _place(mark: Mark, folder: str) -> str:
    """Name a place within the project's folder, as an editor understands it."""
    return str(mark).removeprefix(f"{folder}/")
