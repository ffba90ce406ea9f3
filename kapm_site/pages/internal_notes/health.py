"""Health as it counts beside what the rules say, with the numbers that decided."""

from kapm_site.audience.charter import HealthView
from kapm_site.audience.internal import InternalProject
from kapm_site.language import Language
from kapm_site.pages.blocks import Cell, Column, Row, Section, Table
from kapm_site.pages.internal_notes.findings import program_language
from kapm_site.pages.reasons import rule_text
from kapm_site.pages.setting import Setting


def health_section(project: InternalProject, setting: Setting) -> Section | None:
    """Say why each dimension is what it is; a declared health has its last day, and all their rule in figures."""
    view, words = project.view, setting.words
    found = (("overall", view.health), *view.dimensions)
    table = Table(
        caption=words.text("internal.health"),
        columns=(
            Column(words.text("label.dimension")),
            Column(words.text("label.counts"), "mark"),
            Column(words.text("label.by_rules"), "mark"),
            Column(words.text("label.last_report"), "mark"),
            Column(words.text("label.why"), "long"),
        ),
        rows=tuple(_row(name, health, words) for name, health in found),
    )
    differing = sum(health.declared and health.health != health.computed for _, health in found)
    told = words.plural("internal.declared_count", differing) if differing else ""
    return Section("internal-health", words.text("internal.health"), told, blocks=(table,))


def _row(name: str, health: HealthView, words: Language) -> Row:
    details: list[tuple[str, Cell]] = []
    if health.declared:
        details.append((words.text("label.reason"), Cell(health.reason or "")))
    if health.expires:
        details.append((words.text("label.expires"), Cell(words.date(health.expires))))
    if health.rule:
        details.append((words.text("label.rule"), Cell(health.rule, language=program_language(words))))
    return Row(
        (
            Cell(words.text(f"dimension.{name}")),
            _mark(health.health, words, note=words.text("label.declared") if health.declared else ""),
            _mark(health.computed, words),
            _mark(health.previous, words),
            Cell(rule_text(health.rule_id, health.facts, words)),
        ),
        strong=name == "overall",
        details=tuple(details),
    )


def _mark(health: str | None, words: Language, note: str = "") -> Cell:
    return Cell(words.text(f"health.{health}"), health=health, note=note) if health else Cell()
