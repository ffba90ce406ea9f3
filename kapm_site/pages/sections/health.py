"""Section 5: health by dimension, now and in the last report, with the reason."""

from kapm_site.audience.charter import HealthView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Cell, Column, Row, Section
from kapm_site.pages.fields import plain, register
from kapm_site.pages.reasons import is_worse, reason_text
from kapm_site.pages.setting import Setting

_ATTENTION = ("amber", "red", "stale")


def health(view: ProjectView, setting: Setting) -> Section | None:
    """Show each dimension's health, the last one, and why; a declared one says so and until when."""
    words = setting.words
    columns = (
        Column(words.text("label.dimension")),
        Column(words.text("label.health"), "mark"),
        Column(words.text("label.last_report"), "mark"),
        Column(words.text("label.why"), "long"),
        Column(words.text("label.expires"), "date"),
    )
    found = (("overall", view.health), *view.dimensions)
    table = register(setting, words.text("section.health"), columns, [_row(*pair, setting) for pair in found])
    return Section("health", words.text("section.health"), _finding(view, setting), blocks=(table,))


def _row(name: str, found: HealthView, setting: Setting) -> Row:
    words = setting.words
    last = Cell(words.text(f"health.{found.previous}"), health=found.previous) if found.previous else Cell()
    cells = (
        Cell(words.text(f"dimension.{name}"), tone="strong"),
        Cell(words.text(f"health.{found.health}"), health=found.health),
        last,
        plain(reason_text(found, words)),
        setting.day(found.expires),
    )
    return Row(cells, strong=name == "overall")


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words

    def named(chosen: list[str]) -> str:
        return words.list([words.text(f"dimension.{name}") for name in chosen])

    worse = [name for name, found in view.dimensions if is_worse(found.health, found.previous)]
    if worse and view.report:
        date = words.date(view.report.status_date)
        return words.plural("finding.health_worse", len(worse), names=named(worse), date=date)
    attention = [name for name, found in view.dimensions if found.health in _ATTENTION]
    if attention:
        return words.plural("finding.health_attention", len(attention), names=named(attention))
    if all(found.health == "green" for _, found in view.dimensions):
        return words.text("finding.health_all_green")
    return ""
