"""Health of every project by dimension, and where a person declared otherwise than the rules say."""

from collections.abc import Iterator

from kapm_site.audience.charter import HealthView
from kapm_site.audience.internal import InternalView
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.model.charter import DIMENSIONS
from kapm_site.pages.blocks import Block, Cell, Column, HealthGrid, Row, Section
from kapm_site.pages.fields import plain, register
from kapm_site.pages.health_weeks import HEALTHS, HealthCourse, health_weeks
from kapm_site.pages.past import course, has_past
from kapm_site.pages.portfolio.shared import about, all_projects, health_cell, project_href, subject
from kapm_site.pages.reasons import is_worse
from kapm_site.pages.setting import Setting


def health_section(view: InternalView, setting: Setting) -> Section | None:
    """Show the health of every dimension of every project, the worst project first."""
    views = [project.view for project in all_projects(view)]
    if not views:
        return None
    words = setting.words
    names = ("overall", *DIMENSIONS)
    grid = HealthGrid(
        caption=words.text("portfolio.health"),
        subject=words.text("label.project"),
        columns=tuple(words.text(f"dimension.{name}") for name in names),
        rows=tuple(_row(one, words) for one in views),
        legend=_legend(views, words),
    )
    blocks = (grid, *_weeks(views, setting))
    return Section("health", words.text("portfolio.health"), _finding(views, words), blocks=blocks)


def _weeks(views: list[ProjectView], setting: Setting) -> list[Block]:
    """Show the health of each week of the projects that have a past, in the order of the grid."""
    words = setting.words
    courses = [
        HealthCourse(
            one.name,
            course(one, lambda look: look.health, one.health.health),
            one.client_name,
            project_href(one, "health"),
            about(one),
        )
        for one in views
        if has_past(one)
    ]
    return health_weeks(courses, words.text("chart.health_weeks"), words.text("label.project"), setting)


def declared_section(view: InternalView, setting: Setting) -> Section | None:
    """Show declared health beside the computed one, with its reason and its last day; None without any."""
    words = setting.words
    declared = [
        (project.view, name, health)
        for project in all_projects(view)
        for name, health in _healths(project.view)
        if health.declared
    ]
    if not declared:
        return None
    columns = (
        Column(words.text("label.project")),
        Column(words.text("label.dimension")),
        Column(words.text("label.declared"), "mark"),
        Column(words.text("label.by_rules"), "mark"),
        Column(words.text("label.expires"), "date"),
        Column(words.text("label.reason"), "long"),
    )
    rows = [
        Row(
            (
                subject(one),
                Cell(words.text(f"dimension.{name}")),
                health_cell(health.health, words),
                health_cell(health.computed, words) if health.computed else Cell(),
                setting.day(health.expires),
                plain(health.reason),
            ),
            about=about(one),
        )
        for one, name, health in declared
    ]
    differing = sum(health.health != health.computed for _, _, health in declared)
    title = words.text("portfolio.declared")
    told = words.plural("portfolio.overrides", differing) if differing else words.text("portfolio.declared_agree")
    return Section("declared", title, told, blocks=(register(setting, title, columns, rows),))


def _healths(view: ProjectView) -> Iterator[tuple[str, HealthView]]:
    yield "overall", view.health
    yield from view.dimensions


def _row(view: ProjectView, words: Language) -> Row:
    healths = dict(_healths(view))
    cells = (_mark(healths[name], words) if name in healths else Cell() for name in ("overall", *DIMENSIONS))
    name = Cell(view.name, note=view.client_name, href=project_href(view, "health"))
    return Row((name, *cells), about=about(view))


def _mark(health: HealthView, words: Language) -> Cell:
    """Draw a mark; its words also say what it was, where that was better."""
    said = words.text(f"health.{health.health}")
    if is_worse(health.health, health.previous):
        before = words.text("portfolio.previous", health=words.text(f"health_word.{health.previous}"))
        return Cell(said, health=health.health, note=before, tone="strong")
    return Cell(said, health=health.health)


def _legend(views: list[ProjectView], words: Language) -> tuple[Cell, ...]:
    seen = {health.health for view in views for _, health in _healths(view)}
    return tuple(health_cell(health, words) for health in HEALTHS if health in seen)


def _finding(views: list[ProjectView], words: Language) -> str:
    """Name the dimensions that turned worse; nothing where no project has a report to compare with."""
    if not any(health.previous for view in views for _, health in _healths(view)):
        return ""
    worse = [
        words.text("portfolio.of_project", name=words.text(f"dimension.{name}"), project=view.name)
        for view in views
        for name, health in view.dimensions
        if is_worse(health.health, health.previous)
    ]
    if not worse:
        return words.text("portfolio.health_steady")
    return words.plural("portfolio.worse_dimensions", len(worse), names=words.list(worse))
