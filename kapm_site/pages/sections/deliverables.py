"""Section 15: what the client accepts, and how far acceptance is."""

from datetime import date

from kapm_site.audience.charter import DeliverableView, TaskView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Cell, Column, Row, Section, Tone
from kapm_site.pages.fields import part_of, plain, register, sentences, titled
from kapm_site.pages.setting import Setting

#: What is to be done about it comes first.
_ORDER = {"rejected": 0, "submitted": 1, "pending": 2, "accepted": 3}
_TONES: dict[str, Tone] = {"rejected": "bad", "submitted": "warn", "accepted": "good"}


def deliverables(view: ProjectView, setting: Setting) -> Section | None:
    """Show deliverables: rejected, waiting, to come, accepted."""
    found = [(task, task.deliverable) for task in view.tasks if task.deliverable]
    if not found:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.deliverable"), "long"),
        Column(words.text("label.due"), "date"),
        Column(words.text("label.submitted"), "date"),
        Column(words.text("label.decided"), "date"),
        Column(words.text("label.by")),
        Column(words.text("label.acceptance")),
    )
    found.sort(key=lambda pair: (_ORDER[pair[1].acceptance], _due(pair[0]) or date.max, pair[0].wbs))
    rows = [_row(task, state, setting) for task, state in found]
    table = register(setting, words.text("section.deliverables"), columns, rows)
    return Section("deliverables", words.text("section.deliverables"), _finding(found, setting), blocks=(table,))


def _finding(found: list[tuple[TaskView, DeliverableView]], setting: Setting) -> str:
    words = setting.words
    counts = {name: sum(state.acceptance == name for _, state in found) for name in _ORDER}
    ids = ("finding.deliverables_none", "finding.deliverables_accepted", "finding.deliverables_all")
    rejected, waiting = counts["rejected"], counts["submitted"]
    return sentences(
        words,
        part_of(words, ids, counts["accepted"], len(found)),
        words.plural("finding.deliverables_waiting", waiting) if waiting else "",
        words.plural("finding.deliverables_rejected", rejected) if rejected else "",
    )


def _row(task: TaskView, state: DeliverableView, setting: Setting) -> Row:
    words = setting.words
    cells = (
        Cell(titled(words, task.wbs, task.name), tone="strong"),
        setting.day(_due(task)),
        setting.day(state.submitted),
        setting.day(state.decided),
        plain(state.by),
        Cell(words.text(f"acceptance.{state.acceptance}"), tone=_TONES.get(state.acceptance, "")),
    )
    return Row(cells, id=f"deliverable-{task.id}")


def _due(task: TaskView) -> date | None:
    return task.baseline_finish or task.finish
