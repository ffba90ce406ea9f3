"""One client's web root, looked at alone: what its files say beyond what the client may read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from kapm_site.problem import Mark, Problem
from kapm_site.publish.audit.canonical import canonical
from kapm_site.publish.audit.decode import BINARY, UnreadableError, image_metadata, strings_and_links
from kapm_site.publish.audit.links import broken_links, outside_links
from kapm_site.publish.audit.search import NOTHING, Examined, Readable, Root, examine
from kapm_site.publish.protection import NotSealedError, SiteKey, open_sealed, sealed_path

# Names that the layout of a site gives, so that a source file of the same stem gives nothing away.
_LAYOUT_STEMS = frozenset(
    ("actions", "asks", "assumptions", "changes", "decisions", "dependencies", "feed", "feedback", "goals", "index",
     "issues", "kpis", "lessons", "meetings", "milestones", "risks", "status", "tasks", "training")
)  # fmt: skip
_IMAGES = BINARY - {".ttf", ".woff2"}
_TOP_FOLDERS = ("Users", "home", "mnt", "opt", "private", "root", "srv", "tmp", "usr", "var")
_MACHINE_SIGNS = (*(f"/{name}/" for name in _TOP_FOLDERS), ":\\", "file:/")
_MACHINE_PATH = re.compile(
    rf"(?<![\w./:-])/(?:{'|'.join(_TOP_FOLDERS)})/[\w.~/-]+"
    r"|(?<!\w)[A-Za-z]:\\[\w.~\\-]+"
    r"|\bfile:/[^\s\"'<>]*"
)
_CLIENT_PATH = re.compile(r"\bclients/([a-z0-9][a-z0-9._-]*)")


@dataclass(frozen=True, slots=True)
class RootJob:
    """What is needed to look at one client's web root, or a part of it, in this process or another.

    Attributes:
        folder: The site's folder.
        label: How to name the folder in messages.
        root: Path of the web root below the folder.
        client: Id of the client; of a folder that no client of the workspace has, the folder's name.
        paths: Paths below the site's folder of the files to look at.
        present: Names of all files in the root, for its links.
        texts: What the client may read, or the part of it that the project says whose files these are.
        common: What every reader may see.
        others: Ids of the other clients.
        stems: Stems of the source files' names.
        machine: Absolute paths of the machine.
        key: Opens the files, where they are sealed.
        strict: No more than `texts` may be read in these files, though the client may read more elsewhere.
        allowed: The texts, ready to be compared, once the files are looked at.
    """

    folder: Path
    label: str
    root: str
    client: str
    paths: tuple[str, ...]
    present: frozenset[str]
    texts: Iterable[str]
    common: Readable
    others: frozenset[str]
    stems: frozenset[str]
    machine: tuple[str, ...]
    key: SiteKey | None = None
    strict: bool = False
    allowed: Readable = NOTHING

    def given_up(self, reason: str) -> tuple[Root, list[Problem]]:
        """Say why nobody has looked: nothing of this root may be published."""
        message = f"the audit could not look at {self.root!r}: {reason}"
        return Root(self.client, ()), [Problem(Mark(f"{self.label}/{self.root}"), "audit-failed", message)]

    def has(self, name: str) -> bool:
        """Tell whether the root has a file of this name, as it stands or sealed."""
        return name in self.present or (self.key is not None and sealed_path(name, self.key) in self.present)


@dataclass(frozen=True, slots=True)
class _Look:
    """What one file says: its texts, and what in it is suspect wherever it stands."""

    texts: tuple[str, ...]
    links: frozenset[str]
    machine_paths: frozenset[str]
    clients: frozenset[str]
    metadata: tuple[str, ...]


def examine_root(job: RootJob) -> tuple[Root, list[Problem]]:
    """Read all files of a client's web root: what remains to be searched, and what is wrong by itself."""
    allowed = job.allowed
    problems: list[Problem] = []
    examined: list[Examined] = []
    for path in job.paths:
        try:
            name, content = _read(job, path)
        except NotSealedError as error:
            problems.append(_problem(path, job, "unaudited-file", f"the audit cannot open {path!r}: {error}"))
            continue
        problems += _name_problems(path, name, job, allowed)
        examined.append(examine(path, name.split("/"), allowed, job.common))
        # Style sheets and fonts are the same in all roots, so they are looked at but once.
        shared = name.startswith("assets/")
        try:
            suffix = PurePosixPath(name).suffix.lower()
            look = (_look_at_shared if shared else _look_at)(suffix, content, job.machine)
        except UnreadableError as error:
            problems.append(_problem(path, job, "unaudited-file", f"the audit cannot read {path!r}: {error}"))
            continue
        problems += _look_problems(path, look, job, allowed)
        problems += _link_problems(path, name, look.links, job)
        examined.append((_examine_shared if shared else _examine)(path, look, allowed, job.common))
    return Root(job.client, tuple(examined), allowed if job.strict else None), problems


def _read(job: RootJob, path: str) -> tuple[str, bytes]:
    """Read a file, and its name below the web root; a sealed one tells both once it is open.

    Raises:
        NotSealedError: It does not open.
    """
    place, content = path.removeprefix(f"{job.root}/"), (job.folder / path).read_bytes()
    return (place, content) if job.key is None else open_sealed(place, content, job.key)


def _look_at(suffix: str, content: bytes, machine: tuple[str, ...]) -> _Look:
    texts, links = strings_and_links(suffix, content)
    joined = "\n".join(texts)
    paths = {path for path in machine if path in joined}
    # Four letters of a font's bytes may look like `c:\\x`. Elsewhere a sign is looked for first, as it is rare.
    if suffix not in BINARY and any(sign in joined for sign in _MACHINE_SIGNS):
        paths |= set(_MACHINE_PATH.findall(joined))
    clients = _CLIENT_PATH.findall(joined) if "clients/" in joined else ()
    metadata = tuple(image_metadata(content)) if suffix in _IMAGES else ()
    return _Look(tuple(texts), frozenset(links), frozenset(paths), frozenset(clients), metadata)


_look_at_shared = lru_cache(maxsize=64)(_look_at)


def _examine(path: str, look: _Look, allowed: Readable, common: Readable) -> Examined:
    return examine(path, look.texts, allowed, common)


def _examine_shared(path: str, look: _Look, _allowed: Readable, common: Readable) -> Examined:
    texts, numbers = _remainder(look, common)
    return Examined(path, texts, numbers)


@lru_cache(maxsize=64)
def _remainder(look: _Look, common: Readable) -> tuple[tuple[str, ...], frozenset[str]]:
    examined = examine("", look.texts, NOTHING, common)
    return examined.texts, examined.numbers


def _name_problems(path: str, name: str, job: RootJob, allowed: Readable) -> list[Problem]:
    problems: list[Problem] = []
    stem = PurePosixPath(name).stem
    if stem in job.stems and stem not in _LAYOUT_STEMS:
        problems.append(_problem(path, job, "source-name", f"{path!r} bears the name of a source file"))
    for part in name.split("/"):
        if part in job.others and canonical(part) not in allowed.texts:
            message = f"{path!r} bears the id of client {part!r}"
            problems.append(_problem(path, job, "leak", message))
    return problems


def _look_problems(path: str, look: _Look, job: RootJob, allowed: Readable) -> list[Problem]:
    problems = [
        _problem(path, job, "machine-path", f"{path!r} holds a path of the machine, {found!r}")
        for found in sorted(look.machine_paths)
        if canonical(found) not in allowed.joined and canonical(found) not in job.common.joined
    ]
    problems += [
        _problem(path, job, "leak", f"{path!r} names the web root of client {client!r}")
        for client in sorted(look.clients & job.others)
        if canonical(f"clients/{client}") not in allowed.joined
    ]
    if look.metadata:
        found = ", ".join(sorted(text[:40] for text in look.metadata))
        problems.append(_problem(path, job, "image-metadata", f"{path!r} still has its metadata: {found}"))
    return problems


def _link_problems(path: str, name: str, links: frozenset[str], job: RootJob) -> list[Problem]:
    outside = [
        _problem(path, job, "outside-link", f"{path!r} links to {link!r}, which is outside of the web root")
        for link in outside_links(name, links)
    ]
    broken = [
        replace(
            _problem(path, job, "broken-link", f"{path!r} links to {link!r}, which is not there"), severity="warning"
        )
        for link in broken_links(name, links, job.has)
    ]
    return [*outside, *broken]


def _problem(path: str, job: RootJob, code: str, message: str) -> Problem:
    return Problem(Mark(f"{job.label}/{path}"), code, message)
