"""A build in parts, for the jobs of a CI matrix: each makes some of the projects, and one puts them together.

A part is a folder with what was made, as the store keeps it, and a record of what it was made from. Whoever has the
same sources puts the parts into a store and builds: all that the build asks for is there, and the site has the same
bytes.
"""

import errno
import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kapm_site.cache import Store, fingerprint
from kapm_site.pipeline.kept import KINDS, PDFS
from kapm_site.problem import Mark, Problem
from kapm_site.publish.lock import locked
from kapm_site.publish.swap import recover, replace_folder, staging_folder

RECORD = "part.json"
_GENERATOR = "kapm_site part"
_AGAIN = "make the part again, from the same commit, status date and options, and with the same kapm"


@dataclass(frozen=True, slots=True)
class Shard:
    """The share of one job: the projects number `index`, `index` + `count` and so on, counted from one."""

    index: int
    count: int

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"


@dataclass(frozen=True, slots=True)
class Part:
    """What is recorded of a part.

    Attributes:
        program: Key of kapm, Python and the libraries.
        projects: The key of each project that it made, by selector.
        entries: The SHA-256 of each file, by its path in the part: kind and key of an entry of the store. Only what a
            shard makes is taken, and no note of an audit.
    """

    shard: Shard
    program: str
    projects: Mapping[str, str]
    entries: Mapping[str, str]


def write_part(
    folder: Path, shard: Shard, projects: Mapping[str, str], kept: Iterable[tuple[str, str]], store: Store
) -> None:
    """Write a part, in the place of one that was there; what is not in the store is left out.

    Args:
        folder: Of the part.
        shard: Which it is.
        projects: The key of each project, by selector.
        kept: Kind and key of what was made.
        store: Where it lies.

    Raises:
        OSError: The disk is full, or may not be written, or another job is writing the part.
    """
    with locked(folder, wait=0) as holder:
        if holder is not None:
            raise BlockingIOError(errno.EAGAIN, f"another build is writing it ({holder})")
        recover(folder)
        _write(folder, shard, projects, kept, store)


def _write(
    folder: Path, shard: Shard, projects: Mapping[str, str], kept: Iterable[tuple[str, str]], store: Store
) -> None:
    staged = staging_folder(folder)
    try:
        entries = {}
        for kind, key in kept:
            content = store.get(kind, key)
            if content is not None:
                place = staged / kind / key
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
                entries[f"{kind}/{key}"] = hashlib.sha256(content).hexdigest()
        found = {"generator": _GENERATOR, **asdict(Part(shard, fingerprint(), projects, entries))}
        staged.mkdir(parents=True, exist_ok=True)
        (staged / RECORD).write_text(json.dumps(found, indent=1, sort_keys=True), "utf-8")
        replace_folder(staged, folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def is_part(folder: Path) -> bool:
    """Tell whether a folder is free to become a part: it is one, or there is nothing in it."""
    return not folder.exists() or (folder.is_dir() and (not any(folder.iterdir()) or _read(folder) is not None))


def take_parts(folders: Iterable[Path], wanted: Mapping[str, str], store: Store) -> list[Problem]:
    """Put what parts hold into the store, if together they are all of what is to be built.

    Args:
        folders: Parts, or folders with parts.
        wanted: The key of each project of the workspace, by selector.
        store: Where the build looks for it.

    Returns:
        What keeps them from being put together; the store then holds what was sound.
    """
    parts = {part: _read(part) for folder in folders for part in _parts_in(folder)}
    problems = [
        _problem(folder, "it is no part that `kapm build --shard` wrote") for folder, one in parts.items() if not one
    ]
    known = {folder: part for folder, part in parts.items() if part is not None}
    problems += [*_misfits(known), *_other_sources(known, wanted)]
    for folder, part in known.items() if not problems else ():
        problems += _take(folder, part, store)
    return problems


def _parts_in(folder: Path) -> list[Path]:
    """List the parts in a folder; where there is none, it is meant to be one."""
    if (folder / RECORD).exists():
        return [folder]
    return sorted(record.parent for record in folder.glob(f"*/{RECORD}")) or [folder]


def _misfits(parts: Mapping[Path, Part]) -> Iterator[Problem]:
    """Find parts of another program or another division, some that are missing, and some that are there twice."""
    if not parts:
        return
    first = next(iter(parts))
    count, seen = parts[first].shard.count, dict[int, Path]()
    for folder, part in parts.items():
        if part.program != fingerprint():
            yield _problem(folder, "another kapm, Python or library has made it")
        if part.shard.count != count:
            yield _problem(folder, f"it is part {part.shard}, and '{first}' is part {parts[first].shard}")
        elif part.shard.index in seen:
            yield _problem(folder, f"it is part {part.shard}, as '{seen[part.shard.index]}' is")
        seen.setdefault(part.shard.index, folder)
    missing = [str(Shard(index, count)) for index in range(1, count + 1) if index not in seen]
    if missing:
        hint = "name all parts with --merge, or a folder that holds them"
        yield _problem(first, f"beside it part {', '.join(missing)} is needed", hint)


def _other_sources(parts: Mapping[Path, Part], wanted: Mapping[str, str]) -> Iterator[Problem]:
    """Find projects that were made from other sources, or by nobody."""
    made = {selector: (key, folder) for folder, part in parts.items() for selector, key in part.projects.items()}
    for selector, (key, folder) in made.items():
        if selector not in wanted:
            yield _problem(folder, f"it holds '{selector}', which is not in the workspace")
        elif wanted[selector] != key:
            yield _problem(folder, f"'{selector}' was made from other files, another status date or other options")
    if parts:
        yield from (_problem(next(iter(parts)), f"no part holds '{one}'") for one in wanted if one not in made)


def _take(folder: Path, part: Part, store: Store) -> Iterator[Problem]:
    for path, digest in part.entries.items():
        kind, _, key = path.partition("/")
        try:
            content = (folder / path).read_bytes()
        except OSError as error:
            yield _problem(folder, f"{path} cannot be read: {error.strerror or error}")
            continue
        if hashlib.sha256(content).hexdigest() != digest:
            yield _problem(folder, f"{path} is not what the part was written with")
        else:
            store.put(kind, key, content)


def _problem(folder: Path, message: str, hint: str = _AGAIN) -> Problem:
    return Problem(
        Mark(str(folder)), "part-unusable", f"the part cannot be put together with the others: {message}", hint=hint
    )


def _read(folder: Path) -> Part | None:
    """Read the record of a part; None where there is none, or where it names files elsewhere."""
    try:
        found: dict[str, Any] = json.loads((folder / RECORD).read_text("utf-8"))
        part = Part(Shard(**found["shard"]), str(found["program"]), dict(found["projects"]), dict(found["entries"]))
        sound = found["generator"] == _GENERATOR and all(map(_is_entry, part.entries)) and _is_shard(part.shard)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return part if sound else None


def _is_shard(shard: Shard) -> bool:
    return isinstance(shard.index, int) and isinstance(shard.count, int) and 1 <= shard.index <= shard.count


def _is_entry(path: str) -> bool:
    kind, _, key = path.partition("/")
    return kind in (*KINDS, PDFS) and re.fullmatch(r"[0-9a-f]{64}", key) is not None
