"""The records of a workspace put together: projects under clients under one workspace."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kapm_site.language.tags import distinct_tags
from kapm_site.model.charter import Charter, Person
from kapm_site.model.client import Client, Contact
from kapm_site.model.measures import (
    CostsFile,
    FeedbackFile,
    KpisFile,
    LessonsFile,
    MeetingsFile,
    TrainingFile,
)
from kapm_site.model.plan import BaselinesFile, Plan, Task
from kapm_site.model.record import Record
from kapm_site.model.registers import ActionsFile, AsksFile, ChangesFile, DecisionsFile, RisksFile
from kapm_site.model.reports import ReportFile, Update
from kapm_site.model.settings import Settings

#: The files of a project that hold one record each, and the record.
PROJECT_FILES: dict[str, type[Record]] = {
    "project": Charter,
    "plan": Plan,
    "baselines": BaselinesFile,
    "risks": RisksFile,
    "asks": AsksFile,
    "decisions": DecisionsFile,
    "actions": ActionsFile,
    "changes": ChangesFile,
    "kpis": KpisFile,
    "feedback": FeedbackFile,
    "costs": CostsFile,
    "meetings": MeetingsFile,
    "training": TrainingFile,
    "lessons": LessonsFile,
}
REQUIRED_FILES = ("project", "plan")


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that is written of one project; a register that has no file is empty.

    Attributes:
        client_id: Folder name of its client.
        id: Folder name of the project.
        folder: Path of its folder relative to the workspace, with forward slashes.
    """

    client_id: str
    id: str
    folder: str
    project: Charter
    plan: Plan
    baselines: BaselinesFile = field(default_factory=BaselinesFile)
    risks: RisksFile = field(default_factory=RisksFile)
    asks: AsksFile = field(default_factory=AsksFile)
    decisions: DecisionsFile = field(default_factory=DecisionsFile)
    actions: ActionsFile = field(default_factory=ActionsFile)
    changes: ChangesFile = field(default_factory=ChangesFile)
    kpis: KpisFile = field(default_factory=KpisFile)
    feedback: FeedbackFile = field(default_factory=FeedbackFile)
    costs: CostsFile = field(default_factory=CostsFile)
    meetings: MeetingsFile = field(default_factory=MeetingsFile)
    training: TrainingFile = field(default_factory=TrainingFile)
    lessons: LessonsFile = field(default_factory=LessonsFile)
    updates: tuple[Update, ...] = ()
    reports: tuple[ReportFile, ...] = ()

    @property
    def selector(self) -> str:
        """The name of the project on the command line."""
        return f"{self.client_id}/{self.id}"

    def tasks(self) -> Iterator[Task]:
        """Walk the work breakdown, parents before their children."""
        return walk(self.plan.tasks)

    def person(self, person_id: str | None) -> Person | None:
        """Return a member of the team."""
        return next((person for person in self.project.team if person.id == person_id), None)


@dataclass(frozen=True, slots=True)
class Account:
    """A client and its projects."""

    id: str
    folder: str
    client: Client
    projects: tuple[Project, ...] = ()

    def contact(self, contact_id: str | None) -> Contact | None:
        """Return a contact."""
        return next((contact for contact in self.client.contacts if contact.id == contact_id), None)

    def languages(self, default: str) -> tuple[str, ...]:
        """List the tags of the languages that the client reads: its own or `default`, then those of its contacts."""
        own = self.client.language or default
        return distinct_tags([own, *(one.language for one in self.client.contacts if one.language)])


@dataclass(frozen=True, slots=True)
class Workspace:
    """All that was read.

    Attributes:
        attachments: Paths of the files that are neither YAML nor Markdown, relative to the workspace.
    """

    settings: Settings
    accounts: tuple[Account, ...] = ()
    attachments: frozenset[str] = frozenset()

    def projects(self) -> Iterator[tuple[Account, Project]]:
        """Walk all projects with their accounts."""
        return ((account, project) for account in self.accounts for project in account.projects)


def walk(tasks: tuple[Task, ...]) -> Iterator[Task]:
    """Walk tasks and all that is below them, parents before their children."""
    for task in tasks:
        yield task
        yield from walk(task.tasks)
