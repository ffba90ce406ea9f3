"""The outline of a plan, fitted to the levels of tasks that the vocabulary allows."""

from dataclasses import replace

from kapm_site.importers.records import Dropped, ImportedProject, ImportedTask

MAX_LEVELS = 9


def fit_levels(project: ImportedProject) -> ImportedProject:
    """Move tasks below the last level up beside the summary task above them, which falls away."""
    level: dict[str, int] = {}
    parent: dict[str, str | None] = {}
    hollow: set[str] = set()
    for task in project.tasks:
        above = task.parent
        if above is not None and level[above] == MAX_LEVELS:
            hollow.add(above)
            above = parent[above]
        parent[task.key] = above
        level[task.key] = 1 if above is None else level[above] + 1
    if not hollow:
        return project
    kept = [task for task in project.tasks if task.key not in hollow]
    return replace(
        project,
        tasks=tuple(_without_links(replace(task, parent=parent[task.key]), hollow) for task in kept),
        dropped=(*project.dropped, *_reasons(project.tasks, hollow)),
    )


def _without_links(task: ImportedTask, hollow: set[str]) -> ImportedTask:
    return replace(task, links=tuple(link for link in task.links if link.predecessor not in hollow))


def _reasons(tasks: tuple[ImportedTask, ...], hollow: set[str]) -> list[Dropped]:
    reason = f"a plan has at most {MAX_LEVELS} levels; the tasks below it move up beside it"
    found = [Dropped("task", f"row {task.row} '{task.name}'", reason) for task in tasks if task.key in hollow]
    for task in tasks:
        what = f"link into row {task.row} '{task.name}'"
        if task.key in hollow:
            found += [Dropped("link", what, "its task is not carried over")] * len(task.links)
        else:
            lost = [link for link in task.links if link.predecessor in hollow]
            found += [
                Dropped("link", what, f"its predecessor with UID {link.predecessor} is not carried over")
                for link in lost
            ]
    return found
