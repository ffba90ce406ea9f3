"""What was spent and ordered, entry by entry, and what people cost."""

from collections.abc import Iterator

from kapm_site.audience.internal import InternalProject
from kapm_site.pages.blocks import Block, Cell, Column, Pairs, Row, Section, Table
from kapm_site.pages.fields import plain, register
from kapm_site.pages.setting import Setting


def costs_section(project: InternalProject, setting: Setting) -> Section | None:
    """Show the entries of costs.yaml, their sums by kind, commitments and the rates of people."""
    words, spent = setting.words, project.notes.analysis.money.spent
    blocks = tuple(
        block for build in (_kinds, _entries, _commitments, _rates) if (block := build(project, setting)) is not None
    )
    if not blocks:
        return None
    told = words.text("internal.costs_total", amount=setting.money(spent)) if spent is not None else ""
    return Section("internal-costs", words.text("internal.costs"), told, blocks=blocks)


def _kinds(project: InternalProject, setting: Setting) -> Block | None:
    kinds = project.notes.analysis.money.by_kind
    pairs = tuple(
        (setting.words.text(f"cost_kind.{kind}"), Cell(setting.money(amount)))
        for kind, amount in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    )
    return Pairs(pairs, setting.words.text("internal.costs_kind")) if pairs else None


def _entries(project: InternalProject, setting: Setting) -> Block | None:
    words, record = setting.words, project.notes.analysis.project
    names = {task.id: task.name for task in record.tasks()}
    entries = sorted(record.costs.entries, key=lambda entry: entry.date, reverse=True)
    rows = tuple(
        Row(
            (
                setting.day(entry.date),
                Cell(words.text(f"cost_kind.{entry.kind}")),
                Cell(setting.money(entry.amount)),
                Cell(names.get(entry.task or "", entry.task or "")),
                plain(entry.note),
            )
        )
        for entry in entries
    )
    labels = ("label.date", "label.kind", "label.amount", "label.task", "label.internal_note")
    return _table("internal.costs", labels, rows, setting) if rows else None


def _commitments(project: InternalProject, setting: Setting) -> Block | None:
    ordered = sorted(project.notes.analysis.project.costs.commitments, key=lambda commitment: commitment.date)
    rows = tuple(Row((setting.day(one.date), Cell(setting.money(one.amount)), plain(one.note))) for one in ordered)
    labels = ("label.due", "label.amount", "label.internal_note")
    return _table("internal.commitments", labels, rows, setting) if rows else None


def _rates(project: InternalProject, setting: Setting) -> Block | None:
    words = setting.words
    rows = tuple(
        Row(
            (
                Cell(person.name),
                plain(person.role),
                Cell(setting.money(person.rate)),
                Cell(words.percent(person.capacity)),
            )
        )
        for person in project.notes.analysis.project.project.team
        if person.rate is not None
    )
    labels = ("label.person", "label.role", "label.rate", "label.capacity")
    return _table("internal.rates", labels, rows, setting) if rows else None


_KINDS = {
    "label.date": "date",
    "label.due": "date",
    "label.amount": "number",
    "label.rate": "number",
    "label.capacity": "number",
    "label.internal_note": "long",
}


def _table(heading: str, labels: tuple[str, ...], rows: tuple[Row, ...], setting: Setting) -> Table:
    title = setting.words.text(heading)
    return register(setting, title, tuple(_columns(labels, setting)), rows, heading=title)


def _columns(labels: tuple[str, ...], setting: Setting) -> Iterator[Column]:
    for label in labels:
        yield Column(setting.words.text(label), _KINDS.get(label, "text"))  # type: ignore[arg-type]
