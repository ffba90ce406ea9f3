"""What the audit is told about the workspace: whose each text is, and what each client may read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kapm_site.problem import Mark
from kapm_site.publish.protection import SiteKey


class Secret(NamedTuple):
    """One text or plain number of the workspace, hidden or not: no client reads it unless allowed to.

    A named tuple, as a large workspace makes a hundred thousand of them.

    Attributes:
        text: The value as typed; Markdown as Markdown, a number in plain digits (`125000.50`).
        source: Where it is typed.
        client: Whose data it is; None for the workspace's own, which is internal to every client.
    """

    text: str
    source: Mark
    client: str | None


@dataclass(frozen=True, slots=True)
class Secrets:
    """Everything the audit compares a built folder with.

    The texts need not be told apart by audience: `allowed` decides. What client A may read stands in
    `texts` once, with A as its owner, and in `allowed["A"]`; so it counts as foreign everywhere else.

    Attributes:
        texts: All texts and numbers of all clients and of the workspace that a person typed. It is
            iterated more than once and may be an object that makes them anew each time.
        allowed: For each client of the workspace, all it may read: every text, number and computed figure
            of its view. A forbidden text that is part of an allowed one is no leak.
        by_project: For projects, as `acme/erp`, the part of `allowed` that its own pages may say. They are compared
            with that first, so that they need not be looked at again when another project has changed.
        common: What every reader may see: the words of the catalogues and templates, the names of the
            fields of published JSON.
        sources: Paths of the source files, relative to the workspace.
        machine: Absolute paths of the machine, such as the workspace's own.
        keys: For each client whose site must be encrypted, what opens it; None where nobody gave a passphrase.
    """

    texts: Iterable[Secret]
    allowed: Mapping[str, Iterable[str]]
    common: Iterable[str] = ()
    sources: Iterable[str] = ()
    machine: Iterable[str] = ()
    keys: Mapping[str, SiteKey | None] = field(default_factory=dict)
    by_project: Mapping[str, Iterable[str]] = field(default_factory=dict)
