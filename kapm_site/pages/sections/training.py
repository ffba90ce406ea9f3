"""Section 17, training: what is taught to whom, and who came."""

from datetime import date

from kapm_site.audience.registers import TrainingView
from kapm_site.audience.views import ProjectView
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Cell, Column, Row, Section, Tone
from kapm_site.pages.fields import counted, filled, identity, listed, part_of, plain, register, sentences, titled
from kapm_site.pages.setting import Setting

_ORDER = {"planned": 0, "done": 1, "cancelled": 2}
_TONES: dict[str, Tone] = {"cancelled": "soft"}


def training(view: ProjectView, setting: Setting) -> Section | None:
    """Show the training plan: what comes next first, then what was held."""
    if not view.training:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.training"), "long"),
        Column(words.text("label.date"), "date"),
        Column(words.text("label.audience_group")),
        Column(words.text("label.trainer")),
        Column(words.text("label.planned"), "number"),
        Column(words.text("label.attended"), "number"),
        Column(words.text("label.rating"), "number"),
        Column(words.text("label.status")),
    )
    ordered = sorted(view.training, key=lambda one: (_ORDER[one.status], one.date or date.max, natural(one.id)))
    rows = [_row(one, setting) for one in ordered]
    table = register(setting, words.text("section.training"), columns, rows, printed=4, dense=True, file="training")
    return Section("training", words.text("section.training"), _finding(view, setting), blocks=(table,))


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    counted_ones = [one for one in view.training if one.status != "cancelled"]
    held = [one for one in counted_ones if one.status == "done"]
    ids = ("finding.training_none", "finding.training_held", "finding.training_all")
    told = part_of(words, ids, len(held), len(counted_ones)) if counted_ones else ""
    known = [one for one in held if one.planned and one.attended is not None]
    planned, attended = sum(one.planned or 0 for one in known), sum(one.attended or 0 for one in known)
    if not known:
        return told
    came = words.text(
        "finding.training_attendance",
        attended=words.number(attended),
        planned=words.number(planned),
        percent=words.percent(100 * attended / planned),
    )
    return sentences(words, told, came)


def _row(one: TrainingView, setting: Setting) -> Row:
    words = setting.words
    cells = (
        Cell(titled(words, one.id, one.title), tone="strong"),
        setting.day(one.date),
        plain(one.audience_group),
        plain(one.trainer),
        counted(words, one.planned),
        counted(words, one.attended),
        counted(words, one.rating),
        Cell(words.text(f"training_status.{one.status}"), tone=_TONES.get(one.status, "")),
    )
    details = filled(
        (words.text("label.attendees"), listed(words, one.attendees)),
        identity(words, one.id),
    )
    return Row(cells, id=f"training-{one.id}", details=details)
