"""Who reads: which records a reader sees, and how people are named to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kapm_site.model.charter import Audience, Person
from kapm_site.model.workspace import Account, Project


class Addressed(Protocol):
    """A record that may state its audience."""

    @property
    def audience(self) -> Audience | None:
        """The audience that the record states."""


A = TypeVar("A", bound=Addressed)


@dataclass(frozen=True, slots=True)
class Reader:
    """One of the two readers, of one project: internal sees all, a client what says so."""

    account: Account
    project: Project
    internal: bool

    def sees(self, *stated: Audience | None) -> bool:
        """Tell whether something is visible: the first stated audience counts, none is internal."""
        return self.internal or next((audience for audience in stated if audience), "internal") == "client"

    def visible(self, records: Iterable[A], default: Audience | None) -> tuple[A, ...]:
        """Keep the records of a file that are visible."""
        return tuple(record for record in records if self.sees(record.audience, default))

    def sees_person(self, person: Person) -> bool:
        """Tell whether a member of the team is shown by name."""
        return self.sees(person.audience, self.project.project.audience)

    def name(self, ref: str | None) -> str | None:
        """Show a person or contact by name, a hidden person by role, any other text as it is."""
        if ref is None:
            return None
        person = self.project.person(ref)
        if person is not None:
            return person.name if self.sees_person(person) else person.role
        contact = self.account.contact(ref)
        return contact.name if contact else ref

    def names(self, refs: Iterable[str]) -> tuple[str, ...]:
        """Show several people; those who have neither a name nor a role to show are left out."""
        return tuple(name for ref in refs if (name := self.name(ref)))
