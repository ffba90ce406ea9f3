"""Explains what each person has to do, week by week."""

from collections.abc import Iterator

from kapm_site.analysis.explain.records import Case, Figure, Input
from kapm_site.analysis.explain.sources import HOUSE
from kapm_site.analysis.explain.typed import first, leaves_of, of_task, place, setting
from kapm_site.analysis.outlook import WeekLoad
from kapm_site.analysis.workload import week_name

ADD_ASSIGNED = "Say who works on a task with `assigned:`, and how much with `work:` or `units:`."


def _people(case: Case) -> Iterator[Input]:
    for person in case.analysis.project.project.team:
        yield Input(f"capacity of {person.id}", person.capacity, "percent", place(person, "capacity"))


def _person(case: Case) -> Iterator[Input]:
    person = case.analysis.project.person(case.keys[1])
    if person is not None:
        yield setting(person, "capacity", f"capacity of {person.id}", "percent")


def _week(case: Case) -> WeekLoad | None:
    """Return the week that is explained."""
    loads = (load for load in case.analysis.outlook.loads if load.person == case.keys[1])
    weeks = [week for load in loads for week in load.weeks]
    return next((week for week in weeks if week_name(week.monday) == case.keys[2]), None)


def _week_tasks(case: Case) -> Iterator[Input]:
    week = _week(case)
    tasks = case.analysis.schedule.tasks
    wanted = [tasks[task_id] for task_id in week.tasks if task_id in tasks] if week else []
    yield from first(
        [item for task in wanted for item in of_task(task.task, "assigned", "work", "owner")], "such inputs"
    )


def _person_tasks(case: Case) -> Iterator[Input]:
    wanted = case.keys[1:2]
    found = []
    for task in (leaf.task for leaf in leaves_of(case.analysis)):
        found += [
            Input(f"assigned of {task.id}", f"{share.person} {share.units:g}%", "text", place(task, "assigned", number))
            for number, share in enumerate(task.assigned)
            if wanted in ((), (share.person,))
        ]
        if not task.assigned and task.work is not None and task.owner is not None and wanted in ((), (task.owner,)):
            found.append(Input(f"owner of {task.id}, with work", task.owner, "text", place(task, "owner")))
    yield from first(found, "assignments")


def _week_numbers(case: Case) -> str:
    week = _week(case)
    if week is None or not week.available_hours:
        return ""
    return f"{week.hours:,.1f} h of work ÷ {week.available_hours:,.1f} h available = {week.percent:.4g}%"


FIGURES: dict[str, Figure] = {
    "workload": Figure(
        "group",
        "How much each member of the team has to do, week by week.",
        "Load = work of the week ÷ working time the person has for the project in it",
        HOUSE,
        inputs=(_person_tasks, _people),
        remedy=ADD_ASSIGNED,
    ),
    "workload.<person>": Figure(
        "group",
        "How much this person has to do, week by week.",
        "Load = work of the week ÷ working time the person has for the project in it",
        HOUSE,
        inputs=(_person_tasks, _person),
        remedy=ADD_ASSIGNED,
    ),
    "workload.<person>.<week>": Figure(
        "percent",
        "How much this person has to do in that week; 100 is fully booked.",
        "Load = work of the week ÷ working time the person has for the project in it",
        HOUSE,
        _week_numbers,
        inputs=(_week_tasks,),
        settings=(_person,),
        remedy=ADD_ASSIGNED,
    ),
}
