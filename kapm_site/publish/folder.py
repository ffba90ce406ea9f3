"""Publishing: finished files become the site's folder, all of them or none.

The files are written beside the target, listed in a manifest, audited as they lie on the disk, and only
then swapped in. Whatever goes wrong before the swap leaves the previous site as it was.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kapm_site.cache import NO_STORE, Store
from kapm_site.problem import Mark, Problem, has_errors
from kapm_site.publish.audit import Secrets, Spread, audit_folder
from kapm_site.publish.faults import write_problem
from kapm_site.publish.files import MANIFEST_NAME, SiteFile, TakenPaths, Withdrawn
from kapm_site.publish.lock import Holder, locked
from kapm_site.publish.manifest import (
    Manifest,
    ManifestEntry,
    NotOurs,
    Stamp,
    entry_of,
    manifest_bytes,
    manifest_of,
    read_manifest,
)
from kapm_site.publish.previous import Previous, keep_stamps, recall_stamps
from kapm_site.publish.swap import flush, recover, replace_folder, staging_folder

LOCK_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Published:
    """A site that was swapped in.

    Attributes:
        manifest: What the site now holds.
        kept: Paths of the files that were carried over from the previous site.
        problems: Warnings of the audit; none of them is an error.
    """

    manifest: Manifest
    kept: tuple[str, ...]
    problems: tuple[Problem, ...]


def publish(
    files: Iterable[SiteFile | Withdrawn],
    target: Path,
    stamp: Stamp,
    secrets: Secrets,
    *,
    keep: Callable[[ManifestEntry], bool] = lambda _entry: False,
    wait: float = LOCK_WAIT_SECONDS,
    spread: Spread = map,
    store: Store = NO_STORE,
) -> Published | list[Problem]:
    """Replace the site in the target folder by these files.

    Args:
        files: Every file of the new site save its manifest, in any order. They are taken one at a time
            and written at once, so a generator keeps a large site out of memory; the target is checked
            and locked before the first is taken. What a generator raises comes through. A folder that it
            withdraws is removed again.
        target: The site's folder. It may be absent, empty, or one that an earlier build wrote.
        stamp: What the site was built from.
        secrets: What the audit must not find in a client's web root.
        keep: For a build of some projects only: which files of the previous site stay although they are
            not among the new ones. Their bytes must be the ones that the previous build wrote.
        wait: How many seconds to wait for another build of the same folder.
        spread: `map`, or an executor's `map` to audit the clients' roots in several processes.
        store: Where the audit keeps what single files say, and what the file system says of the files.

    Returns:
        The published site, or what kept it from being published: `not-our-folder` (wrong usage),
        `build-running`, `disk-full`, `read-only-target`, `cannot-write`, `bad-output-path`, or what the
        audit found. The previous site is then untouched and nothing of ours is left beside it.
    """
    # An absolute path keeps the parent of `.` nameable; resolve() would follow a link that must be seen.
    folder = Path(os.path.abspath(target))  # noqa: PTH100 - see above
    name = target.as_posix()
    build = _Build(folder, name, stamp, secrets, keep, spread, store)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(folder, wait) as holder:
            if holder is not None:
                return [_running(name, holder)]
            recover(folder)
            return _replace(build, files)
    except _ProducerError as error:
        raise error.cause from None
    except OSError as error:
        return [write_problem(name, error)]


def check_target(target: Path) -> list[Problem]:
    """Tell early, before any work is done, whether a build may write to this folder.

    Returns:
        Nothing when the folder is absent, empty or written by an earlier build, else why not.
    """
    name = target.as_posix()
    try:
        found = _previous(target, name)
    except OSError as error:
        return [write_problem(name, error)]
    return found if isinstance(found, list) else []


@dataclass(frozen=True, slots=True)
class _Build:
    folder: Path
    name: str
    stamp: Stamp
    secrets: Secrets
    keep: Callable[[ManifestEntry], bool]
    spread: Spread
    store: Store


class _ProducerError(Exception):
    """Carries an OSError of the generator past our own handling of refused writes."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


def _replace(build: _Build, files: Iterable[SiteFile | Withdrawn]) -> Published | list[Problem]:
    found = _previous(build.folder, build.name)
    if isinstance(found, list):
        return found
    previous = Previous(build.folder, found, recall_stamps(build.store, build.folder))
    staged = staging_folder(build.folder)
    try:
        staged.mkdir()
        entries, problems = _stage(staged, _produced(files), previous)
        written = {entry.path for entry in entries}
        kept = [entry for entry in found.files if entry.path not in written and build.keep(entry)]
        problems += _carry_over(kept, build, staged, previous)
        manifest = manifest_of(build.stamp, [*entries, *kept])
        _write_file(staged / MANIFEST_NAME, manifest_bytes(manifest))
        problems = problems or audit_folder(
            staged, build.secrets, label=build.name, spread=build.spread, store=build.store, known=previous.taken
        )
        if has_errors(problems):
            return problems
        flush(staged)
        replace_folder(staged, build.folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    keep_stamps(build.store, build.folder, manifest.files)
    return Published(manifest, tuple(entry.path for entry in kept), tuple(problems))


def _produced(files: Iterable[SiteFile | Withdrawn]) -> Iterator[SiteFile | Withdrawn]:
    try:
        yield from files
    except OSError as error:
        raise _ProducerError(error) from error


def _stage(
    staged: Path, files: Iterable[SiteFile | Withdrawn], previous: Previous
) -> tuple[list[ManifestEntry], list[Problem]]:
    entries: list[ManifestEntry] = []
    problems: list[Problem] = []
    taken = TakenPaths()
    folders: set[str] = set()
    for file in files:
        if isinstance(file, Withdrawn):
            shutil.rmtree(staged / file.path, ignore_errors=True)
            entries = [entry for entry in entries if not entry.path.startswith(f"{file.path}/")]
            continue
        faults = taken.take(file)
        if not faults:
            _make_folder(staged, file.path, folders)
            entry = entry_of(file)
            if not (previous.has(entry) and previous.take_over(entry, staged)):
                _write_file(staged / file.path, file.content)
            entries.append(entry)
        problems += faults
    return entries, problems


def _make_folder(staged: Path, path: str, made: set[str]) -> None:
    folder = path.rpartition("/")[0]
    if folder not in made:
        (staged / folder).mkdir(parents=True, exist_ok=True)
        made.add(folder)


def _previous(folder: Path, name: str) -> Manifest | list[Problem]:
    """Read the manifest that an earlier build left in the target, an empty one for none, else why to stop."""
    nothing = Manifest(Stamp("", "", None), ())
    if not os.path.lexists(folder):
        return nothing
    if not folder.is_dir() or folder.is_symlink():
        what = "is a symbolic link" if folder.is_symlink() else "is a file"
        return [_not_ours(name, f"{what}, expected a folder")]
    if not any(folder.iterdir()):
        return nothing
    found = read_manifest(folder)
    if isinstance(found, NotOurs):
        return [_not_ours(name, f"holds files, and {found.reason}")]
    if os.path.lexists(folder / ".git"):
        return [_not_ours(name, "is a git checkout, which replacing it would remove")]
    return found


def _write_file(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)


def _carry_over(entries: list[ManifestEntry], build: _Build, staged: Path, previous: Previous) -> list[Problem]:
    problems: list[Problem] = []
    folders: set[str] = set()
    for entry in entries:
        if previous.has(entry):
            _make_folder(staged, entry.path, folders)
            if not previous.take_over(entry, staged):
                _write_file(staged / entry.path, (build.folder / entry.path).read_bytes())
        else:
            message = f"{entry.path!r} of the previous site is not what the build wrote, so it cannot be kept"
            mark = Mark(f"{build.name}/{entry.path}")
            problems.append(Problem(mark, "changed-file", message, hint="build all projects"))
    return problems


def _not_ours(name: str, reason: str) -> Problem:
    hint = "name an empty or a new folder with -o; only a folder that a build wrote is ever replaced"
    return Problem(Mark(name), "not-our-folder", f"{name!r} {reason}", hint=hint)


def _running(name: str, holder: Holder) -> Problem:
    return Problem(
        Mark(name),
        "build-running",
        f"another build is writing {name!r} ({holder})",
        hint="wait for it to end, or end that process",
    )
