"""The folder against its manifest: no file that no build wrote, none missing, none changed, none misplaced."""

import hashlib
import os
from collections.abc import Container, Iterator
from pathlib import Path

from kapm_site.problem import Mark, Problem
from kapm_site.publish.files import MANIFEST_NAME, misplacement
from kapm_site.publish.manifest import Manifest, ManifestEntry

_BUILD_ANEW = "build the site anew"


def list_files(folder: Path) -> list[str]:
    """List what lies below a folder, sorted: files, links, and folders that hold nothing."""
    return sorted(_walk(folder, ""))


def check_inventory(
    folder: Path, present: list[str], manifest: Manifest, label: str, known: Container[str] = ()
) -> list[Problem]:
    """Compare what lies in a site's folder with what its manifest lists.

    Args:
        folder: The site's folder.
        present: What `list_files` found in it.
        manifest: The manifest it bears.
        label: How to name the folder in messages.
        known: Paths of files that were just compared with their entries.
    """
    listed = {entry.path: entry for entry in manifest.files}
    problems: list[Problem] = []
    for path in present:
        if path != MANIFEST_NAME and path not in listed:
            message = f"{path!r} is not in the manifest: no build wrote it"
            problems.append(Problem(Mark(f"{label}/{path}"), "unlisted-file", message, hint="remove it"))
    there = set(present)
    for entry in manifest.files:
        mark = Mark(f"{label}/{entry.path}")
        fault = misplacement(entry.path, entry.client, entry.audience)
        if fault:
            problems.append(Problem(mark, "misplaced-file", f"{entry.path!r} {fault}"))
        if entry.path not in there:
            message = f"{entry.path!r} is in the manifest but not in the folder"
            problems.append(Problem(mark, "missing-output", message, hint=_BUILD_ANEW))
        elif entry.path not in known and (change := _change(folder / entry.path, entry)):
            message = f"{entry.path!r} is not what the build wrote: {change}"
            problems.append(Problem(mark, "changed-file", message, hint=_BUILD_ANEW))
    return problems


def _walk(folder: Path, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        found = list(entries)
    if not found and prefix:
        yield prefix.rstrip("/")
    for entry in found:
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{path}/")
        else:
            yield path


def _change(path: Path, entry: ManifestEntry) -> str:
    if path.is_symlink():
        return "it is a symbolic link"
    if not path.is_file():
        return "it is no file"
    content = path.read_bytes()
    if len(content) != entry.size:
        return f"{len(content)} bytes, expected {entry.size}"
    digest = hashlib.sha256(content).hexdigest()
    return "" if digest == entry.sha256 else f"its sha256 begins {digest[:12]}, expected {entry.sha256[:12]}"
