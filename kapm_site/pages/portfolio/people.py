"""People over all projects: who has more to do than there is time for, and where."""

from kapm_site.analysis.workload import merge_loads, overloaded
from kapm_site.audience.internal import InternalView
from kapm_site.pages.blocks import Section
from kapm_site.pages.people_load import load_blocks
from kapm_site.pages.portfolio.shared import all_projects
from kapm_site.pages.setting import Setting


def people_section(view: InternalView, setting: Setting) -> Section | None:
    """Show the load of everybody with work left, added up over the projects."""
    projects = all_projects(view)
    loads = merge_loads(project.load for project in projects)
    tasks = {
        f"{project.load.selector}/{task.id}": setting.words.text(
            "portfolio.of_project", name=task.name, project=project.view.name
        )
        for project in projects
        for task in project.view.tasks
    }
    blocks = load_blocks(loads, {}, tasks, setting, view.status)
    if not blocks:
        return None
    words, over = setting.words, overloaded(loads)
    told = words.plural("portfolio.overbooked", len(over)) if over else words.text("internal.people_free")
    return Section("people", words.text("portfolio.people"), told, blocks=blocks)
