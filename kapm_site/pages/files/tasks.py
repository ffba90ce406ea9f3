"""`tasks.csv`: the plan as a table, to be opened in a spreadsheet."""

from collections.abc import Callable
from datetime import date

from kapm_site.audience.charter import TaskView
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.model.units import Duration

#: What a cell may hold; the writer treats text and numbers differently.
Value = str | float | None


def task_rows(view: ProjectView, words: Language) -> tuple[tuple[Value, ...], ...]:
    """Return the head and one row for each visible task, in the order of the plan.

    Dates are ISO 8601 and numbers have a decimal point in every language, so that any program reads them; percent
    are 0–100, days are working days to a hundredth.
    """
    columns = _columns(words)
    return (tuple(head for head, _ in columns), *(tuple(value(task) for _, value in columns) for task in view.tasks))


def _columns(words: Language) -> tuple[tuple[str, Callable[[TaskView], Value]], ...]:
    return (
        (words.text("label.wbs"), lambda task: task.wbs),
        (words.text("label.code"), lambda task: task.id),
        (words.text("label.task"), lambda task: task.name),
        (words.text("label.milestone"), lambda task: _flag(task.milestone, words)),
        (words.text("label.owner"), lambda task: task.owner),
        (words.text("label.assigned"), lambda task: ", ".join(f"{who} {_units(part)}" for who, part in task.assigned)),
        (words.text("label.start"), lambda task: _day(task.start)),
        (words.text("label.finish"), lambda task: _day(task.finish)),
        (words.text("label.baseline_start"), lambda task: _day(task.baseline_start)),
        (words.text("label.baseline_finish"), lambda task: _day(task.baseline_finish)),
        (words.text("label.forecast_start"), lambda task: _day(task.forecast_start)),
        (words.text("label.forecast_finish"), lambda task: _day(task.forecast_finish)),
        (words.text("label.actual_start"), lambda task: _day(task.actual_start)),
        (words.text("label.actual_finish"), lambda task: _day(task.actual_finish)),
        (words.text("label.deadline"), lambda task: _day(task.deadline)),
        (words.text("label.percent_done_unit"), lambda task: _hundredths(task.percent_complete)),
        (words.text("label.percent_planned_unit"), lambda task: _hundredths(task.planned_percent)),
        (words.text("label.slip_days"), lambda task: _hundredths(task.slip_days)),
        (words.text("label.critical"), lambda task: _flag(task.critical, words)),
        (words.text("label.work"), lambda task: _duration(task.work)),
        (words.text("label.actual_work"), lambda task: _duration(task.actual_work)),
        (words.text("label.remaining"), lambda task: _duration(task.remaining)),
        (words.text("label.depends_on"), lambda task: ", ".join(link.task_id for link in task.depends_on)),
        (words.text("label.labels"), lambda task: ", ".join(task.labels)),
        (words.text("label.cause"), lambda task: words.text(f"cause.{task.delay.cause}") if task.delay else None),
        (words.text("label.recovery"), lambda task: task.delay.recovery if task.delay else None),
        (words.text("label.new_finish"), lambda task: _day(task.delay.new_finish) if task.delay else None),
        (words.text("label.acceptance"), lambda task: _acceptance(task, words)),
        (words.text("label.description"), lambda task: task.description),
    )


def _acceptance(task: TaskView, words: Language) -> Value:
    return words.text(f"acceptance.{task.deliverable.acceptance}") if task.deliverable else None


def _flag(value: bool, words: Language) -> Value:
    return words.text("page.yes") if value else None


def _day(day: date | None) -> Value:
    return day.isoformat() if day else None


def _duration(duration: Duration | None) -> Value:
    return str(duration) if duration else None


def _units(units: float) -> str:
    return f"{units:g}%"


def _hundredths(number: float | None) -> Value:
    return None if number is None else round(number, 2) + 0.0
