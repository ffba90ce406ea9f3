"""What was made before is not made again: projects and PDFs by a key of all that goes into them.

A project's key holds its own files and pictures, those of its client and of the workspace that it may show, the theme,
what git knows of it, the status date, for whom pages are made, and the program. It holds nothing of other projects, and
no other client's data, so no entry has any.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from kapm_site.cache import (
    NO_STORE,
    Shelved,
    Store,
    digest,
    digest_of_files,
    digest_of_texts,
    fingerprint,
    pack_records,
    recall,
    take_or_make,
)
from kapm_site.history.line import chosen_weeks
from kapm_site.pipeline.options import BuildOptions
from kapm_site.pipeline.past.history import ProjectHistory
from kapm_site.pipeline.project import Common, MadeProject, ProjectJob, make_project
from kapm_site.pipeline.spread import Spread
from kapm_site.pipeline.theme import overrides_of
from kapm_site.publish import Audience, SiteFile, StoredFile
from kapm_site.publish.audit.prepared import FORBIDDEN, READABLE
from kapm_site.publish.audit.search import forbidden, readable
from kapm_site.render.job import Job
from kapm_site.render.pango import engine_versions
from kapm_site.render.pdf import Result
from kapm_site.workspace.collect import SourceFiles

Render = Callable[[Iterable[Job]], Iterator[Result]]
_PROJECTS, PDFS = "projects", "pdfs"
#: What is kept of a project beside that: the content of its files, all that it says, what a start page shows of it.
_FILES, _HELD, _SHOWN = "files", "held", "shown"
#: All that is kept of a project.
KINDS = (_PROJECTS, _FILES, _HELD, _SHOWN, FORBIDDEN, READABLE)
#: A build that could not read git's objects is tried anew.
_PASSING = frozenset({"objects-missing", "project-too-large"})


@dataclass(frozen=True, slots=True)
class KeptJob:
    """A project to make and to keep."""

    job: ProjectJob
    store: Store

    def given_up(self, reason: str) -> MadeProject:
        """Say why the project is left out."""
        return self.job.given_up(reason)


def client_key(files: SourceFiles, root: Path, common: Common) -> str:
    """Return the key of what all projects of a client are made with."""
    folder, options = common.account.folder, common.options
    texts = {path: files.texts.get(path, b"") for path in ("kapm.yaml", f"{folder}/client.yaml")}
    pictures = (path for path in common.attachments if _is_shared(path, folder))
    theme = overrides_of(root)
    names = [path.relative_to(root).as_posix() for path in theme.rglob("*") if path.is_file()] if theme else []
    return digest(
        fingerprint(),
        digest_of_texts(texts),
        digest_of_files(root, pictures),
        digest_of_files(root, names),
        repr((folder, sorted(common.pages), common.pdf, common.sound, _asked(options))),
    )


def with_key(job: ProjectJob, common: Common, shared: str) -> ProjectJob:
    """Give a project its key; `shared` is that of its client."""
    folder, files = job.part.folder, job.part.files
    pictures = (path for path in common.attachments if path.startswith(f"{folder}/"))
    past = _past(job.history, common.options) if job.history else None
    key = digest(
        shared,
        folder,
        digest_of_texts(files.texts),
        digest_of_files(common.root, pictures),
        repr((sorted(files.others), sorted(files.folders), files.problems, job.known, job.version, past)),
    )
    return replace(job, key=key)


def _past(history: ProjectHistory, options: BuildOptions) -> tuple[object, ...]:
    """List what pages show of the past; a commit of this week on another project is none of it."""
    line = history.line
    foreign = tuple(state for state in line.weeks if state.foreign)
    return history.repository.shallow, line.changes, chosen_weeks(line, options.day), foreign


def _is_shared(path: str, client_folder: str) -> bool:
    """Tell whether a picture is the workspace's or the client's, and not that of one of its projects."""
    below = path.removeprefix(f"{client_folder}/")
    return below == path or below.count("/") == 0 or below.startswith("attachments/")


def _asked(options: BuildOptions) -> tuple[object, ...]:
    return (type(options.status).__name__, options.status.isoformat(), options.pdf)


def make_projects(jobs: Iterable[ProjectJob], spread: Spread, store: Store) -> Iterator[MadeProject]:
    """Make projects, or take what was kept of them, in their order.

    Args:
        jobs: Each with its key.
        spread: Where they are made.
        store: Where they are kept.
    """
    kept = [KeptJob(job, store) for job in jobs]
    for job, made in zip(
        kept, take_or_make(kept, _is_kept, _kept_project, lambda rest: spread(_make, rest)), strict=True
    ):
        yield _let_go(job, made)


def _is_kept(kept: KeptJob) -> bool:
    return all(kept.store.has(kind, kept.job.key) for kind in KINDS)


def _make(job: KeptJob) -> MadeProject:
    made = make_project(job.job)
    if job.store.folder is not None and not _PASSING & {problem.code for problem in made.problems}:
        store, key = job.store, job.job.key
        store.put(_HELD, key, pack_records(tuple(made.held)))
        store.put(FORBIDDEN, key, pack_records(forbidden(secret.text for secret in made.held)))
        store.put(READABLE, key, pack_records(readable(made.told)))
        store.put(_SHOWN, key, pack_records(made.client or ()))
        store.put(_FILES, key, pack_records([file.content for file in made.files]))
        notes = [_Note.of(file) for file in made.files]
        rest = replace(made, client=None, files=[], held=(), told=())
        store.put(_PROJECTS, key, pack_records((rest, made.client is not None, notes)))
    return made


def _kept_project(job: KeptJob) -> MadeProject | None:
    selector = job.job.part.folder.removeprefix("projects/")
    match recall(job.store, _PROJECTS, job.job.key):
        case (MadeProject() as made, bool() as is_shown, list() as notes) if made.selector == selector:
            contents = Shelved(job.store, _FILES, job.job.key)
            made.client = Shelved(job.store, _SHOWN, job.job.key) if is_shown else None
            made.files = [note.file(contents, number) for number, note in enumerate(notes)]
            return made
    return None


def _let_go(job: KeptJob, made: MadeProject) -> MadeProject:
    """Leave the texts of a project, and what its client's start page shows, in the store, where they are in it."""
    store, key = job.store, job.job.key
    if not all(store.has(kind, key) for kind in (_HELD, _SHOWN, FORBIDDEN, READABLE)):
        return made
    client = Shelved(store, _SHOWN, key) if made.client is not None else None
    return replace(made, client=client, held=Shelved(store, _HELD, key), told=Shelved(store, READABLE, key))


@dataclass(frozen=True, slots=True)
class _Note:
    """What is kept of a file beside its content."""

    path: str
    sha256: str
    size: int
    client: str | None
    audience: Audience
    public: bool

    @classmethod
    def of(cls, file: SiteFile) -> "_Note":
        sha256 = hashlib.sha256(file.content).hexdigest()
        return cls(file.path, sha256, len(file.content), file.client, file.audience, file.public)

    def file(self, contents: Shelved, number: int) -> StoredFile:
        """Make a file of it, whose content is one of these."""
        read = partial(_content, contents, number)
        return StoredFile(self.path, self.sha256, self.size, read, self.client, self.audience, self.public)


def _content(contents: Shelved, number: int) -> bytes:
    found: bytes = _contents(contents)[number]
    return found


@lru_cache(maxsize=2)
def _contents(contents: Shelved) -> list[bytes]:
    found: list[bytes] = contents.read()
    return found


def make_pdfs(jobs: Iterable[Job], render: Render, store: Store = NO_STORE) -> Iterator[Result]:
    """Make PDFs, or take those that were kept, in the order of the jobs.

    Args:
        jobs: One for each.
        render: Makes those that are not kept: `render_pdfs`, or what does so elsewhere.
        store: Where they are kept.
    """

    def make(rest: list[tuple[Job, str]]) -> Iterator[Result]:
        results = render(job for job, _ in rest)
        for (_, key), (pdf, problems) in zip(rest, results, strict=True):
            if pdf is not None:
                store.put(PDFS, key, pack_records((pdf, problems)))
            yield pdf, problems

    known = [*jobs]
    keyed = [*zip(known, pdf_keys(known) if store.folder else [""] * len(known), strict=True)]
    return take_or_make(keyed, lambda job: store.has(PDFS, job[1]), lambda job: _kept_pdf(store, job[1]), make)


def pdf_keys(jobs: Iterable[Job]) -> list[str]:
    """Return the key of each PDF."""
    versions = repr(sorted(engine_versions().items()))
    return [_pdf_key(job, versions) for job in jobs]


def _pdf_key(job: Job, versions: str) -> str:
    attached = [repr((one.name, one.created, one.description, one.relationship)) for one in job.attachments]
    return digest(
        fingerprint(),
        versions,
        job.html,
        job.css,
        digest_of_texts(job.assets),
        repr((job.mark, job.variant, attached, job.single)),
        *(one.content for one in job.attachments),
        *job.shorter,
    )


def _kept_pdf(store: Store, key: str) -> Result | None:
    found = recall(store, PDFS, key)
    return found if isinstance(found, tuple) else None
