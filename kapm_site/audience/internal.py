"""What only internal readers see: beside the view of a project, and over all projects."""

from dataclasses import dataclass
from datetime import date

from kapm_site.analysis.cadence import Reporting
from kapm_site.analysis.outlook import TeamLoad
from kapm_site.analysis.records import Analysis
from kapm_site.audience.views import OrganizationView, ProjectView
from kapm_site.history.provenance import RecordTouch
from kapm_site.model.client import AccountData
from kapm_site.model.settings import HealthRules
from kapm_site.problem import Problem


@dataclass(frozen=True, slots=True)
class InternalNotes:
    """What only internal readers see of a project: the analysis itself, findings, and where values stand.

    Attributes:
        touches: The last change of each record, the latest first; empty where no commit is known.
    """

    analysis: Analysis
    findings: tuple[Problem, ...]
    touches: tuple[RecordTouch, ...] = ()


@dataclass(frozen=True, slots=True)
class InternalProject:
    """A project for the readers of its internal page."""

    view: ProjectView
    notes: InternalNotes


@dataclass(frozen=True, slots=True)
class PortfolioProject:
    """A project among all others: little enough to be sent from the process that made it to the one that compares.

    Attributes:
        finished: All work is done.
        reporting: When its status was told last, and when it is due again.
        updates: Days of the updates up to the status date.
        receivers: Names of those who get the reports.
        causes: Working days of slip by cause.
        load: What its people have to do.
        rules: Thresholds of its health rules.
    """

    view: ProjectView
    findings: tuple[Problem, ...]
    finished: bool
    reporting: Reporting
    updates: tuple[date, ...]
    receivers: tuple[str, ...]
    causes: tuple[tuple[str, float], ...]
    load: TeamLoad
    rules: HealthRules


@dataclass(frozen=True, slots=True)
class InternalAccount:
    """An account for internal readers."""

    client_id: str
    name: str
    protection: str | None
    account: AccountData | None
    currency: str
    projects: tuple[PortfolioProject, ...]


@dataclass(frozen=True, slots=True)
class InternalView:
    """The whole workspace for internal readers; `failed` are selectors of projects with errors."""

    organization: OrganizationView
    language: str
    status: date
    accounts: tuple[InternalAccount, ...]
    failed: tuple[str, ...]
