"""The manifest: which files a build wrote, for whom, and how to tell that a folder is ours to replace."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kapm_site.publish.files import MANIFEST_NAME, SiteFile, StoredFile, path_fault

GENERATOR = "kapm_site"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a site was built from.

    Attributes:
        version: Version of kapm_site.
        status_date: Status date as `YYYY-MM-DD`.
        commit: Commit of the workspace, or None outside git or with uncommitted changes.
    """

    version: str
    status_date: str
    commit: str | None


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One file of a site as the manifest lists it; `audience` is `client` or `internal`."""

    path: str
    sha256: str
    size: int
    client: str | None
    audience: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of a site save the manifest itself, sorted by path."""

    stamp: Stamp
    files: tuple[ManifestEntry, ...]


@dataclass(frozen=True, slots=True)
class NotOurs:
    """Why a folder isn't one that a build of ours wrote: `bears no manifest.json`."""

    reason: str


def entry_of(file: SiteFile) -> ManifestEntry:
    """Describe a file for the manifest."""
    if isinstance(file, StoredFile):
        return ManifestEntry(file.path, file.sha256, file.size, file.client, file.audience)
    digest = hashlib.sha256(file.content).hexdigest()
    return ManifestEntry(file.path, digest, len(file.content), file.client, file.audience)


def manifest_of(stamp: Stamp, entries: Iterable[ManifestEntry]) -> Manifest:
    """Gather entries into a manifest in the order of their paths."""
    return Manifest(stamp, tuple(sorted(entries, key=lambda entry: entry.path)))


def manifest_bytes(manifest: Manifest) -> bytes:
    """Write a manifest as JSON: the same bytes for the same files, one file a line for readable diffs."""
    head = {"generator": GENERATOR, "schema": SCHEMA, **asdict(manifest.stamp)}
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in head.items()]
    files = ",\n".join(f"    {json.dumps(_fields(entry), ensure_ascii=False)}" for entry in manifest.files)
    body = f"[\n{files}\n  ]" if files else "[]"
    return "\n".join(["{", *lines, f'  "files": {body}', "}", ""]).encode()


def _fields(entry: ManifestEntry) -> dict[str, str | int | None]:
    # Spelled out, as a large site has tens of thousands and `asdict` takes eight times as long.
    return {
        "path": entry.path,
        "sha256": entry.sha256,
        "size": entry.size,
        "client": entry.client,
        "audience": entry.audience,
    }


def read_manifest(folder: Path) -> Manifest | NotOurs:
    """Read the manifest of a folder that a build of ours wrote.

    Ours means: `generator` and `schema` say so, every listed path stays inside the folder, and no listed
    file or folder on the way to it is a symbolic link.

    Raises:
        OSError: The folder can't be read.
    """
    path = folder / MANIFEST_NAME
    if folder.is_symlink() or path.is_symlink():
        return NotOurs("is reached through a symbolic link")
    try:
        data = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return NotOurs(f"bears no {MANIFEST_NAME}")
    except (ValueError, RecursionError):
        return NotOurs(f"bears a {MANIFEST_NAME} that is not JSON")
    manifest = _manifest(data)
    if isinstance(manifest, Manifest):
        strays = [entry.path for entry in manifest.files if path_fault(entry.path)] or _links(folder, manifest)
        if strays:
            return NotOurs(f"bears a manifest whose file {strays[0]!r} lies outside")
    return manifest


def is_ours(folder: Path) -> bool:
    """Tell whether a build of ours wrote this folder, so that the next may replace it."""
    return isinstance(read_manifest(folder), Manifest)


def _manifest(data: Any) -> Manifest | NotOurs:
    if not isinstance(data, dict) or data.get("generator") != GENERATOR:
        return NotOurs(f"bears a {MANIFEST_NAME} of another program")
    if data.get("schema") != SCHEMA:
        return NotOurs(f"bears a manifest of schema {data.get('schema')!r}, expected {SCHEMA}")
    damaged = NotOurs(f"bears a damaged {MANIFEST_NAME}")
    try:
        stamp = Stamp(str(data["version"]), str(data["status_date"]), data["commit"])
        entries = [ManifestEntry(**entry) for entry in data["files"]]
    except (KeyError, TypeError):
        return damaged
    well_typed = all(
        isinstance(entry.path, str)
        and isinstance(entry.sha256, str)
        and isinstance(entry.size, int)
        and isinstance(entry.client, str | None)
        and entry.audience in ("client", "internal")
        for entry in entries
    )
    return manifest_of(stamp, entries) if well_typed else damaged


def _links(folder: Path, manifest: Manifest) -> list[str]:
    """List the files, and the folders on the way to them, that are symbolic links."""
    paths = {entry.path for entry in manifest.files}
    for entry in manifest.files:
        parent = entry.path.rpartition("/")[0]
        while parent and parent not in paths:
            paths.add(parent)
            parent = parent.rpartition("/")[0]
    return sorted(path for path in paths if os.path.islink(f"{folder}/{path}"))  # noqa: PTH114 of thousands of files
