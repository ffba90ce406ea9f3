"""Section 17, people: who works on the project, and who does, decides, is asked and is told (RACI)."""

from kapm_site.audience.charter import PersonView, ResponsibilityView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Cell, Column, Row, Section, Table
from kapm_site.pages.fields import listed, plain, register, sentences, under_title
from kapm_site.pages.setting import Setting


def people(view: ProjectView, setting: Setting) -> Section | None:
    """Show the team and the responsibilities."""
    words = setting.words
    tables = [table for table in (_team(view, setting), _responsibilities(view, setting)) if table]
    if not tables:
        return None
    title, blocks = under_title(words.text("section.team_responsibilities"), tables)
    short = words.text("section.team") if len(tables) > 1 else ""
    return Section("team", title, _finding(view, setting), blocks=blocks, short=short)


def organization_of(person: PersonView, view: ProjectView, setting: Setting) -> str:
    """Name the side that a person stands on: by its name where it has one."""
    if person.organization == "vendor" and view.organization.name:
        return view.organization.name
    if person.organization == "client":
        return view.client_name
    return setting.words.text(f"organization.{person.organization}")


def _finding(view: ProjectView, setting: Setting) -> str:
    words = setting.words
    team = words.plural("finding.team", len(view.team)) if view.team else ""
    vacant = sum(not row.accountable for row in view.responsibilities)
    if not view.responsibilities:
        return team
    clear = words.text("finding.responsibilities_clear")
    return sentences(words, team, words.plural("finding.responsibilities_open", vacant) if vacant else clear)


def _team(view: ProjectView, setting: Setting) -> Table | None:
    if not view.team:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.person")),
        Column(words.text("label.role"), "long"),
        Column(words.text("label.organization")),
        Column(words.text("label.department")),
        Column(words.text("label.email")),
    )
    rows = [_person(person, view, setting) for person in view.team]
    heading = words.text("section.team")
    return register(setting, heading, columns, rows, heading=heading, lead=6, printed=6, dense=True)


def _person(person: PersonView, view: ProjectView, setting: Setting) -> Row:
    address = person.email or ""
    cells = (
        Cell(person.name, tone="strong", note=address if setting.medium == "print" else ""),
        plain(person.role),
        Cell(organization_of(person, view, setting)),
        plain(person.department),
        Cell(address, href=f"mailto:{address}") if address and setting.medium == "web" else Cell(),
    )
    return Row(cells, id=f"person-{person.id}")


def _responsibilities(view: ProjectView, setting: Setting) -> Table | None:
    if not view.responsibilities:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.area")),
        Column(words.text("label.responsible")),
        Column(words.text("label.accountable")),
        Column(words.text("label.consulted")),
        Column(words.text("label.informed")),
    )
    rows = [_area(row, setting) for row in view.responsibilities]
    heading = words.text("section.responsibilities")
    return register(setting, heading, columns, rows, heading=heading, lead=0, dense=True)


def _area(row: ResponsibilityView, setting: Setting) -> Row:
    words = setting.words
    return Row(
        (
            Cell(row.area, tone="strong"),
            listed(words, row.responsible),
            plain(row.accountable),
            listed(words, row.consulted),
            listed(words, row.informed),
        )
    )
