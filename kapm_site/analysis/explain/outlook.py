"""Explains what may come: the range of the forecast, and buffers."""

from collections.abc import Iterator

from kapm_site.analysis.explain.records import Case, Figure, Input
from kapm_site.analysis.explain.sources import CRITICAL_CHAIN, SIMULATION
from kapm_site.analysis.explain.typed import (
    PLAN_KEYS,
    PROGRESS_KEYS,
    first,
    leaves_of,
    of_task,
    place,
    setting,
    status_date,
    typed,
    working_day,
)
from kapm_site.analysis.outlook import BufferFigures

ADD_PLAN = "Let the plan have tasks with durations and links; `estimate:` at a task says how sure its duration is."


def _estimates(case: Case) -> Iterator[Input]:
    unsure = [leaf for leaf in leaves_of(case.analysis) if leaf.task.estimate is not None and not leaf.finished]
    listed = [
        Input(f"estimate of {leaf.id}", item.value, "text", item.mark)
        for leaf in unsure
        for item in typed(leaf.task, "estimate", "estimate")
    ]
    yield from first(listed, "estimates")
    plain = [leaf for leaf in leaves_of(case.analysis) if leaf.task.estimate is None and not leaf.finished]
    yield Input("tasks without an estimate, spread by spread_percent", len(plain), "number")


def _risks(case: Case) -> Iterator[Input]:
    found = []
    for risk in case.analysis.project.risks.risks:
        impact = risk.schedule_impact
        if risk.status == "open" and impact is not None:
            value = f"{impact.optimistic} / {impact.likely} / {impact.pessimistic}"
            found.append(Input(f"schedule impact of risk {risk.id}", value, "text", place(risk, "schedule_impact")))
    yield from first(found, "risks")


def _simulation(case: Case) -> Iterator[Input]:
    rules = case.analysis.project.project.forecast
    for key in ("spread_percent", "runs", "seed", "probability_scale"):
        yield setting(
            rules, key, f"forecast.{key}", "text" if key in ("spread_percent", "probability_scale") else "number"
        )


def _task_estimate(case: Case) -> Iterator[Input]:
    task = case.analysis.schedule.tasks.get(case.keys[2])
    if task is not None:
        yield from of_task(task.task, "estimate", *PLAN_KEYS)


def _range_numbers(share: int) -> str:
    return f"{share}% of {{forecast.runs}} runs have finished by {{}}"


def _buffer(case: Case) -> BufferFigures | None:
    return case.analysis.outlook.buffers.get(case.keys[1])


def _buffer_task(case: Case) -> Iterator[Input]:
    task = case.analysis.schedule.tasks.get(case.keys[1])
    if task is not None:
        yield from of_task(task.task, "buffer", *PLAN_KEYS)


def _chain(case: Case) -> Iterator[Input]:
    buffer, tasks = _buffer(case), case.analysis.schedule.tasks
    chain = [tasks[task_id] for task_id in buffer.chain if task_id in tasks] if buffer else []
    yield from first([item for leaf in chain for item in of_task(leaf.task, *PROGRESS_KEYS)], "such inputs")
    yield from status_date(case)


def _buffers(case: Case) -> Iterator[Input]:
    buffers = [leaf.task for leaf in leaves_of(case.analysis) if leaf.task.buffer]
    for task in buffers:
        yield Input(f"buffer {task.id}", task.name, "text", place(task, "buffer"))
    yield Input("buffers in the plan", len(buffers), "number")


def _percentile(share: int) -> Figure:
    return Figure(
        "moment",
        f"The day by which the project is finished with a chance of {share} in 100.",
        f"P{share} = smallest instant by which {share}% of the simulated runs have finished",
        SIMULATION,
        _range_numbers(share),
        inputs=(_estimates, _risks, status_date),
        settings=(_simulation,),
        remedy=ADD_PLAN,
    )


FORECAST: dict[str, Figure] = {
    "forecast": Figure(
        "group",
        "When the project may end: not one day, but a range with the chance of each.",
        "Percentiles of the finish over many simulated runs of the plan",
        SIMULATION,
        inputs=(_estimates, _risks, status_date),
        settings=(_simulation,),
        remedy=ADD_PLAN,
    ),
    **{f"forecast.p{share}": _percentile(share) for share in (50, 80, 90, 95)},
    "forecast.mean": Figure(
        "moment",
        "The day on which the project ends on average over all simulated runs.",
        "Mean finish = mean over the runs, in working time",
        SIMULATION,
        inputs=(_estimates, _risks, status_date),
        settings=(_simulation,),
        remedy=ADD_PLAN,
    ),
    "forecast.runs": Figure(
        "number",
        "How often the rest of the project was played through.",
        "`forecast.runs` of project.yaml, 10,000 unless it says otherwise",
        SIMULATION,
        inputs=(_simulation,),
    ),
    "forecast.seed": Figure(
        "number",
        "Where the random numbers start, so that the same files give the same forecast.",
        "`forecast.seed` of project.yaml",
        SIMULATION,
        inputs=(_simulation,),
    ),
    "forecast.criticality": Figure(
        "group",
        "How likely it is for each task that the finish of the project depends on it.",
        "Criticality = runs with the task on the critical path ÷ all runs",
        SIMULATION,
        inputs=(_estimates, _risks),
        settings=(_simulation,),
        remedy=ADD_PLAN,
    ),
    "forecast.criticality.<task>": Figure(
        "ratio",
        "How likely it is that the finish of the project depends on this task, from 0 to 1.",
        "Criticality = runs with the task on the critical path ÷ all runs",
        SIMULATION,
        inputs=(_task_estimate, _risks),
        settings=(_simulation,),
        remedy=ADD_PLAN,
    ),
    "forecast.finishes": Figure(
        "group",
        "The chance that the project is finished, day by day.",
        "Share = runs that have finished by the end of the day ÷ all runs",
        SIMULATION,
        inputs=(_estimates, _risks),
        settings=(_simulation,),
        remedy=ADD_PLAN,
    ),
}

BUFFERS: dict[str, Figure] = {
    "buffers": Figure(
        "group",
        "The reserves of time in the plan, and how much of each is used up.",
        "Consumed = expected less planned end of the chain ÷ size of the buffer",
        CRITICAL_CHAIN,
        inputs=(_buffers,),
        remedy="Mark a task as a reserve with `buffer: true`, behind the work it protects.",
    ),
    "buffers.<buffer>": Figure(
        "group",
        "A reserve of time, the work it protects, and how much of it is used up.",
        "Consumed = expected less planned end of the chain ÷ size of the buffer",
        CRITICAL_CHAIN,
        inputs=(_buffer_task, _chain),
    ),
    "buffers.<buffer>.chain": Figure(
        "list",
        "The work whose delay the reserve takes up.",
        "The predecessors of the buffer, back along those that allow their successors the latest start",
        CRITICAL_CHAIN,
        inputs=(_buffer_task, _chain),
    ),
    "buffers.<buffer>.size_days": Figure(
        "days",
        "How many working days of reserve there are.",
        "Size = duration of the buffer",
        CRITICAL_CHAIN,
        inputs=(_buffer_task,),
        settings=(working_day,),
    ),
    "buffers.<buffer>.consumed_days": Figure(
        "days",
        "How many working days of the reserve are used up.",
        "Consumed = max(0, expected end of the chain − its planned end)",
        CRITICAL_CHAIN,
        inputs=(_buffer_task, _chain),
        settings=(working_day,),
    ),
    "buffers.<buffer>.consumed_percent": Figure(
        "percent",
        "How much of the reserve is used up; above 100 more than there was.",
        "Consumed percent = consumed days ÷ size",
        CRITICAL_CHAIN,
        "{.consumed_days} ÷ {.size_days} = {}",
        inputs=(_buffer_task, _chain),
        settings=(working_day,),
        remedy="Give the buffer a duration.",
    ),
    "buffers.<buffer>.chain_complete_percent": Figure(
        "percent",
        "How much of the work that the reserve protects is done.",
        "Chain complete = 1 − remaining ÷ whole duration of the chain",
        CRITICAL_CHAIN,
        inputs=(_chain,),
        remedy="Let the buffer depend on the work it protects.",
    ),
    "buffers.<buffer>.zone": Figure(
        "health",
        "Whether the reserve lasts: green while it is used up no faster than the work gets done.",
        "The zone of the fever chart: consumed percent against two lines that rise with the chain's progress",
        CRITICAL_CHAIN,
        "{.consumed_percent} used with {.chain_complete_percent} of the chain done: {}",
        inputs=(_buffer_task, _chain),
        remedy="Give the buffer a duration and let it depend on the work it protects.",
    ),
}
