"""The rhythm in which a project's status is told: when that is due again, and when it was too long ago.

A sign of life is an update or a numbered report. It is told on a day, so its age is counted in whole days: on the
last allowed day a status still counts, on the next one it is stale. `stale_after` says what is allowed: working days
(`10d`), or days of any kind (`14ed`). Without it a status counts until the next one is due by the cadence and for a
few working days more. A project that never gave a sign is counted from its start, finished work is never stale, and
without cadence and `stale_after` nothing was agreed that could be missed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kapm_site.analysis.frame import Frame
from kapm_site.model.reports import Update
from kapm_site.model.settings import Cadence

#: How something repeats: days and months to the next time, and how many working days later than that it may be.
#: The third Thursdays of two months lie up to a week more than a month apart, a meeting may move within its week, and
#: its minutes take a day or two; so does a report. A daily meeting has no minutes to go by, so it is not watched.
RHYTHMS: dict[str, tuple[int, int, int]] = {
    "weekly": (7, 0, 2),
    "biweekly": (14, 0, 3),
    "fortnightly": (14, 0, 3),
    "monthly": (0, 1, 5),
    "quarterly": (0, 3, 10),
}

_DAY = 86_400

Sign = Literal["update", "report", "start"]


@dataclass(frozen=True, slots=True)
class Reporting:
    """When the status was told last, and when it is to be told again.

    Attributes:
        sign: What the last sign of life is; the start where there has been none.
        last: Its day.
        start: Day the project started on.
        cadence: How often a status is due; None where nothing was agreed.
        due: Day by which the next is due; None without a cadence, and where all work is done.
        overdue: That day has passed.
        allowed: What says how long may pass without a sign, in English; empty where nothing was agreed.
        stale: The last sign is older than that, and there is work left.
    """

    sign: Sign
    last: date
    start: date
    cadence: Cadence | None = None
    due: date | None = None
    overdue: bool = False
    allowed: str = ""
    stale: bool = False


def reporting_of(frame: Frame, *, finished: bool) -> Reporting:
    """Find when the status of a project was told last, and whether that is too long ago."""
    today, plan = frame.status.date(), frame.project.project.communication.report
    last, sign = _last_sign(frame, today)
    cadence = plan.cadence or frame.settings.publishing.report_cadence
    due = next_due(last, cadence) if cadence and not finished else None
    return Reporting(
        sign=sign,
        last=last,
        start=frame.origin.date(),
        cadence=cadence,
        due=due,
        overdue=due is not None and due < today,
        allowed=f"stale_after {plan.stale_after}" if plan.stale_after else f"a {cadence} cadence" if cadence else "",
        stale=not finished and _is_stale(frame, last, due),
    )


def latest_update(frame: Frame) -> Update | None:
    """Return the last update up to the status date."""
    told = [update for update in frame.project.updates if update.date <= frame.status.date()]
    return max(told, key=lambda update: update.date) if told else None


def next_due(last: date, cadence: Cadence) -> date:
    """Return the day by which the status is to be reported again."""
    days, months, _ = RHYTHMS[cadence]
    return later(last, days, months)


def later(day: date, days: int, months: int) -> date:
    """Return the day that is some days and months later; the last of its month where that has fewer days."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last) + timedelta(days)
        except (ValueError, OverflowError):
            continue
    return day


def _last_sign(frame: Frame, today: date) -> tuple[date, Sign]:
    """Return the latest update or report; of both on one day, the report, which the client has in hand."""
    update = latest_update(frame)
    told: list[tuple[date, Sign]] = [(update.date, "update")] if update else []
    told += [(report.status_date, "report") for report in frame.project.reports if report.status_date <= today]
    return max(told, key=lambda pair: (pair[0], pair[1] == "report"), default=(frame.origin.date(), "start"))


def _is_stale(frame: Frame, last: date, due: date | None) -> bool:
    plan, today = frame.project.project.communication.report, frame.status.date()
    if plan.stale_after is not None:
        allowed = frame.time.seconds_of(plan.stale_after)
        if plan.stale_after.elapsed:
            return (today - last).days * _DAY > allowed
        return _working_seconds(frame, last) > allowed
    if due is None or due >= today:
        return False
    *_, grace = RHYTHMS[plan.cadence or str(frame.settings.publishing.report_cadence)]
    return _working_seconds(frame, due) > grace * frame.time.seconds_per_day


def _working_seconds(frame: Frame, day: date) -> int:
    """Return the working time between the ends of a day and of the status date."""
    time = frame.time
    return time.position(time.day_finish(frame.status.date())) - time.position(time.day_finish(day))
