"""Earlier days of a project, as its reader may see them today: for trends, and to compare with."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from kapm_site.audience.registers import FeedbackView
from kapm_site.audience.tasks import expected_day
from kapm_site.audience.views import MoneyView, ProjectView
from kapm_site.audience.weeks import BufferLook, Look, MilestoneLook, RiskLook


def look_of(view: ProjectView) -> Look:
    """Keep the few figures of a view that trends are drawn from; what its reader may not see is not in the view."""
    value = view.money.earned_value if view.money else None
    return Look(
        day=view.status,
        health=view.health.health,
        dimensions=tuple((name, one.health) for name, one in view.dimensions),
        planned_percent=view.planned_percent,
        actual_percent=view.actual_percent,
        forecast_finish=view.schedule.forecast_finish,
        baseline=next((one.id for one in view.baselines if one.counts), None),
        milestones=tuple(_milestones(view)),
        risks=tuple(RiskLook(risk.id, risk.score) for risk in view.risks if risk.status == "open"),
        exposure=view.risk_summary.exposure,
        answered=tuple(one.id for one in view.feedback if is_answered(one)),
        spi=value.spi if value else None,
        cpi=value.cpi if value else None,
        spi_t=value.spi_t if value else None,
        eac=value.eac if value else None,
        buffers=tuple(
            BufferLook(one.task_id, one.consumed_percent, one.chain_complete_percent)
            for one in view.buffers
            if one.consumed_percent is not None and one.chain_complete_percent is not None
        ),
    )


def look_figures(looks: Iterable[Look]) -> Iterator[float]:
    """Walk the numbers that a reader of the looks may find on a page; their words are those of today's view."""
    for look in looks:
        figures = (look.planned_percent, look.actual_percent, look.exposure, look.spi, look.cpi, look.spi_t, look.eac)
        scores = (risk.score for risk in look.risks)
        shares = (share for one in look.buffers for share in (one.consumed, one.complete))
        yield from (figure for figure in (*figures, *scores, *shares) if figure is not None)


def _milestones(view: ProjectView) -> list[MilestoneLook]:
    found = []
    for task in view.tasks:
        day = expected_day(task)
        if task.milestone and day is not None:
            found.append(MilestoneLook(task.id, day, task.actual_finish is not None))
    return found


def is_answered(feedback: FeedbackView) -> bool:
    """Tell whether feedback had a response, or was dealt with."""
    return feedback.response is not None or feedback.status != "new"


def still_visible(before: ProjectView, now: ProjectView, whole: ProjectView) -> ProjectView:
    """Leave out of an earlier view what exists today and is hidden today.

    A client who once saw a risk that has become internal must not read of it again, not even that it is gone.

    Args:
        before: What the reader saw then.
        now: What the reader sees today.
        whole: What an internal reader sees today.
    """
    kept = {name: _kept(before, now, whole, name) for name in _REGISTERS}
    money = before.money and now.money and _seen_money(before.money, now.money)
    return replace(before, money=money or None, **kept)  # type: ignore[arg-type]


def still_shown(look: Look, now: ProjectView, whole: ProjectView) -> Look:
    """Leave out of an earlier look the risks that exist today and are hidden today, and a sum that tells of them."""
    hidden = _hidden(now, whole, "risks")
    risks = tuple(risk for risk in look.risks if risk.id not in hidden)
    no_sum = now.risk_summary.exposure is None and whole.risk_summary.exposure is not None
    return look if len(risks) == len(look.risks) and not no_sum else replace(look, risks=risks, exposure=None)


_REGISTERS = (
    "baselines",
    "tasks",
    "kpis",
    "asks",
    "risks",
    "issues",
    "assumptions",
    "dependencies",
    "changes",
    "decisions",
    "actions",
    "feedback",
    "goals",
    "team",
    "meetings",
    "training",
    "lessons",
)


def hidden_since(before: ProjectView, now: ProjectView, whole: ProjectView) -> tuple[str, ...]:
    """Name what a client saw and, though it is there, sees no more, such as `risks: r-7`: for internal readers."""
    gone = ((name, one) for name in _REGISTERS for one in getattr(before, name) if one.id in _hidden(now, whole, name))
    return tuple(f"{name}: {one.id}" for name, one in gone)


def _kept(before: ProjectView, now: ProjectView, whole: ProjectView, name: str) -> tuple[object, ...]:
    hidden = _hidden(now, whole, name)
    return tuple(one for one in getattr(before, name) if one.id not in hidden)


def _hidden(now: ProjectView, whole: ProjectView, name: str) -> set[str]:
    """Return the ids of a register's records that exist and that the reader does not see."""
    return {one.id for one in getattr(whole, name)} - {one.id for one in getattr(now, name)}


def _seen_money(before: MoneyView, now: MoneyView) -> MoneyView:
    hidden = {field.name: None for field in fields(MoneyView) if getattr(now, field.name) is None}
    return replace(before, **hidden)  # type: ignore[arg-type]
