"""A status word agrees with the date that goes with it.

An ask that has an `answered` date is no longer open, a decided change no longer proposed. Lists and counts go by the
status, so the record would be shown as waiting although it is settled.
"""

from dataclasses import dataclass

from kapm_site.checks.names import name_of
from kapm_site.model.record import Record
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem


@dataclass(frozen=True, slots=True)
class Pair:
    """A date and the status that goes with it.

    Attributes:
        dated: The field of the date on which the record was settled.
        status: The field of the status.
        waiting: Words of the status that say it is not settled.
        settled: What to write instead.
    """

    dated: str
    status: str
    waiting: tuple[str, ...]
    settled: str


ASK = Pair("answered", "status", ("open",), "answered")
CHANGE = Pair("decided", "status", ("proposed",), "approved or rejected")
RISK = Pair("closed", "status", ("open",), "closed")
DELIVERABLE = Pair("decided", "acceptance", ("pending", "submitted"), "accepted or rejected")


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report records whose status says that they wait, and whose date says that they are settled."""
    settled: list[tuple[Record, Pair, str]] = [
        *((ask, ASK, name_of(ask)) for ask in project.asks.asks),
        *((change, CHANGE, name_of(change)) for change in project.changes.changes),
        *((risk, RISK, name_of(risk)) for risk in project.risks.risks),
        *(
            (task.deliverable, DELIVERABLE, f"the deliverable of {name_of(task)}")
            for task in project.tasks()
            if task.deliverable
        ),
    ]
    return [problem for record, pair, subject in settled for problem in _contradiction(record, pair, subject)]


def _contradiction(record: Record, pair: Pair, subject: str) -> list[Problem]:
    status = getattr(record, pair.status)
    if getattr(record, pair.dated) is None or status not in pair.waiting or record.lost(pair.status):
        return []
    message = f"{subject} is '{status}' but has a date in '{pair.dated}'"
    hint = f"set {pair.status} to {pair.settled}, or delete '{pair.dated}'"
    return [Problem(record.mark(pair.dated), "status-contradicts", message, "warning", hint=hint)]
