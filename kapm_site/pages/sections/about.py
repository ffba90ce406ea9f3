"""What the project is: description, who is responsible, what was agreed, and the baselines it is held against."""

from kapm_site.audience.views import BaselineView, ProjectView
from kapm_site.pages.blocks import Block, Cell, Column, Pairs, Prose, Row, Section
from kapm_site.pages.fields import Pair, filled, plain, register
from kapm_site.pages.setting import Setting


def about(view: ProjectView, setting: Setting) -> Section | None:
    """Show the description, sponsor and manager, the agreed dates, and the recorded baselines."""
    words, pairs = setting.words, charter_pairs(view, setting)
    blocks: list[Block] = []
    if view.description:
        blocks.append(Prose(view.description, language=setting.written))
    if pairs and setting.medium == "web":
        blocks.append(Pairs(pairs))
    if view.baselines:
        columns = (
            Column(words.text("label.baseline")),
            Column(words.text("label.approved"), "date"),
            Column(words.text("label.by")),
            Column(words.text("label.change"), "long"),
        )
        rows = [_baseline(one, setting) for one in reversed(view.baselines)]
        heading = words.text("label.baseline")
        blocks.append(register(setting, heading, columns, rows, heading=heading, lead=6, printed=1, dense=True))
    if not blocks:
        return None
    return Section("about", words.text("section.about"), blocks=tuple(blocks), short=words.text("nav.about"))


def charter_pairs(view: ProjectView, setting: Setting) -> tuple[Pair, ...]:
    """Name what was agreed and with whom; a printed report has it on its first page."""
    words, dates = setting.words, view.schedule
    manager = Cell(view.manager.name, note=view.manager.email or "") if view.manager else Cell()
    return filled(
        (words.text("label.code"), plain(view.code)),
        (words.text("label.sponsor"), plain(view.sponsor)),
        (words.text("label.manager"), manager),
        (words.text("label.start"), setting.day(dates.start)),
        (words.text("label.agreed"), setting.day(dates.agreed_finish)),
    )


def _baseline(one: BaselineView, setting: Setting) -> Row:
    words = setting.words
    note = words.text("label.counts") if one.counts else ""
    cells = (
        Cell(one.name or one.id, tone="strong", note=note),
        setting.day(one.approved),
        plain(one.by),
        plain(one.change),
    )
    return Row(cells, strong=one.counts)
