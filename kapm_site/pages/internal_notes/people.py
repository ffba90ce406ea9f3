"""How much the people of a project have to do in it."""

from kapm_site.audience.internal import InternalProject
from kapm_site.pages.blocks import Section
from kapm_site.pages.people_load import first_over, load_blocks
from kapm_site.pages.setting import Setting


def people_section(project: InternalProject, setting: Setting) -> Section | None:
    """Show the load of everybody with work left, by this project alone."""
    loads, view = project.notes.analysis.outlook.loads, project.view
    names = {person.id: person.name for person in view.team}
    blocks = load_blocks(loads, names, {task.id: task.name for task in view.tasks}, setting, view.status)
    if not blocks:
        return None
    words, over = setting.words, first_over(loads)
    told = words.text("internal.people_free")
    if over is not None:
        load, week = over
        percent, monday = words.percent(week.percent), words.date(week.monday)
        told = words.text(
            "internal.people_full", name=names.get(load.person, load.person), percent=percent, date=monday
        )
    return Section("internal-people", words.text("internal.people"), told, blocks=blocks)
