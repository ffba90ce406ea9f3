"""Section 17, lessons: what to keep doing and what to do differently."""

from datetime import date

from kapm_site.audience.registers import LessonView
from kapm_site.audience.views import ProjectView
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Cell, Column, Row, Section
from kapm_site.pages.fields import filled, identity, plain, register, titled, written
from kapm_site.pages.setting import Setting


def lessons(view: ProjectView, setting: Setting) -> Section | None:
    """Show lessons, the latest first."""
    if not view.lessons:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.lesson"), "long"),
        Column(words.text("label.kind")),
        Column(words.text("label.date"), "date"),
        Column(words.text("label.action")),
    )
    ordered = sorted(view.lessons, key=lambda one: (one.date or date.min, natural(one.id)), reverse=True)
    rows = [_row(one, setting) for one in ordered]
    table = register(setting, words.text("section.lessons"), columns, rows, lead=5, printed=2, file="lessons")
    finding = words.plural("finding.lessons", len(view.lessons))
    return Section("lessons", words.text("section.lessons"), finding, blocks=(table,), short=words.text("nav.lessons"))


def _row(one: LessonView, setting: Setting) -> Row:
    words = setting.words
    cells = (
        Cell(titled(words, one.id, one.title), tone="strong"),
        Cell(words.text(f"lesson_kind.{one.kind}"), tone="good" if one.kind == "keep" else ""),
        setting.day(one.date),
        plain(one.action),
    )
    details = filled((words.text("label.what"), written(setting, one.what)), identity(words, one.id))
    return Row(cells, id=f"lesson-{one.id}", details=details)
