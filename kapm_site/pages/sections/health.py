"""Section 5: health by dimension, now and in the last report, with the reason, and week by week."""

from kapm_site.audience.charter import HealthView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Block, Cell, Column, Row, Section
from kapm_site.pages.fields import filled, register, sentences
from kapm_site.pages.health_weeks import HealthCourse, health_weeks
from kapm_site.pages.past import course, has_past, new_baselines
from kapm_site.pages.reasons import is_worse, reason_text
from kapm_site.pages.sections.glossary import rule_text
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
        *([Column(words.text("label.expires"), "date")] if setting.medium == "web" else []),
    )
    found = (("overall", view.health), *view.dimensions)
    rows = [_row(*pair, setting) for pair in found]
    table = register(setting, words.text("section.health"), columns, rows, printed=len(rows))
    return Section(
        "health", words.text("section.health"), _finding(view, setting), blocks=(table, *_weeks(view, setting))
    )


def _weeks(view: ProjectView, setting: Setting) -> list[Block]:
    """Show the health of each week, overall and by the dimensions that there are today."""
    if not has_past(view):
        return []
    words = setting.words
    overall = HealthCourse(words.text("dimension.overall"), course(view, lambda look: look.health, view.health.health))
    known = [(look.day, dict(look.dimensions)) for look in view.looks]
    courses = [
        HealthCourse(
            words.text(f"dimension.{name}"),
            (*((day, found[name]) for day, found in known if name in found), (view.status, today.health)),
        )
        for name, today in view.dimensions
    ]
    title, subject = words.text("chart.health_weeks"), words.text("label.dimension")
    return health_weeks([overall, *courses], title, subject, setting, new_baselines(view))


def _row(name: str, found: HealthView, setting: Setting) -> Row:
    words = setting.words
    last = Cell(words.text(f"health.{found.previous}"), health=found.previous) if found.previous else Cell()
    web = setting.medium == "web"
    cells = (
        Cell(words.text(f"dimension.{name}"), tone="strong" if name == "overall" else ""),
        Cell(words.text(f"health.{found.health}"), health=found.health),
        last,
        _why(name, found, setting),
        *([setting.day(found.expires)] if web else []),
    )
    # The rule is a detail on the site.
    rule = rule_text(name, setting) if web and _reason(found, setting) else ""
    return Row(cells, details=filled((words.text("label.rule"), Cell(rule))))


def _why(name: str, found: HealthView, setting: Setting) -> Cell:
    """Say why; on paper, which has no page of rules, with the rule below it; where nothing may be said, the rule."""
    rule, reason = rule_text(name, setting), _reason(found, setting)
    if not reason:
        return Cell(rule, tone="soft")
    if setting.medium == "web":
        return Cell(reason)
    return Cell(sentences(setting.words, reason, _until(found, setting)), note=rule)


def _until(found: HealthView, setting: Setting) -> str:
    """Say how long a declared health holds; on paper a column for the few that are would make the reasons narrow."""
    if setting.medium == "web" or found.expires is None:
        return ""
    return setting.words.text("page.valid_until", date=setting.words.date(found.expires))


def _reason(found: HealthView, setting: Setting) -> str:
    """Say why; what a person declared must not read like what a rule found."""
    words = setting.words
    if found.declared and found.reason:
        return words.text("page.declared_reason", reason=found.reason)
    return reason_text(found, words)


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words

    def named(chosen: list[str]) -> str:
        return words.list([words.text(f"dimension.{name}") for name in chosen])

    attention = [name for name, found in view.dimensions if found.health in _ATTENTION]
    told = words.plural("finding.health_attention", len(attention), names=named(attention)) if attention else ""
    if view.dimensions and all(found.health == "green" for _, found in view.dimensions):
        told = words.text("finding.health_all_green")
    if view.report is None:
        return told
    date = words.date(view.report.status_date)
    worse = [name for name, found in view.dimensions if is_worse(found.health, found.previous)]
    better = [name for name, found in view.dimensions if found.previous and is_worse(found.previous, found.health)]
    return sentences(
        words,
        words.plural("finding.health_worse", len(worse), names=named(worse), date=date) if worse else "",
        words.plural("finding.health_better", len(better), names=named(better), date=date) if better else "",
        # One who has just read that it turned worse need not read that it needs attention.
        "" if worse and worse == attention else told,
    )
