"""The audit of a built folder, from its manifest to the last text in the last file."""

import os
import stat
from collections.abc import Container, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath

from kapm_site.cache import NO_STORE, LostEntryError, Store
from kapm_site.problem import Mark, Problem, has_errors, sort_problems
from kapm_site.publish.audit.compared import Reading, compare
from kapm_site.publish.audit.inventory import check_inventory, list_files
from kapm_site.publish.audit.kept import Spread, examine_roots
from kapm_site.publish.audit.leaks import leak_problems, source_secrets
from kapm_site.publish.audit.prepared import key_of, readable_of, sources_of
from kapm_site.publish.audit.roots import RootJob
from kapm_site.publish.audit.sealed import open_files, sealed_files, shut_problems
from kapm_site.publish.audit.search import Readable, Root, readable
from kapm_site.publish.audit.secrets import Secrets
from kapm_site.publish.files import client_root, root_client
from kapm_site.publish.manifest import NotOurs, read_manifest

#: A large root is looked at in parts, so that the processes are done at the same time.
_FILES_A_JOB = 40


def audit_folder(
    folder: Path,
    secrets: Secrets,
    *,
    label: str = "",
    spread: Spread = map,
    store: Store = NO_STORE,
    known: Container[str] = (),
) -> list[Problem]:
    """Prove that a built folder holds nothing internal and nothing of another client.

    Checked are: that the folder is what its manifest says; that each client's web root, in its texts,
    attributes, metadata, attachments and names, holds no text that the client may not read; that it points
    to nothing outside of it. It fails closed: a file that cannot be read, or a fault of the audit itself,
    is an error.

    Args:
        folder: The site's folder, staged or published.
        secrets: What the workspace holds, and what each client may read.
        label: How to name the folder in messages; its own name by default.
        spread: `map`, or an executor's `map` to look at the clients' roots in several processes.
        store: Where is kept what single files say.
        known: Paths of files that were just compared with what the manifest says of them.

    Returns:
        All problems found; the folder may be published if none is an error.

    Raises:
        LostEntryError: Texts that lay in the store are gone.
    """
    label = label or folder.name
    try:
        return sort_problems(_audit(folder, secrets, label, spread, store, known))
    except LostEntryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever stops the audit stops publishing
        message = f"the audit of {label!r} broke off: {type(error).__name__}: {error}"
        return [Problem(Mark(label), "audit-failed", message, hint="report this as a fault of kapm_site")]


def _audit(
    folder: Path, secrets: Secrets, label: str, spread: Spread, store: Store, known: Container[str]
) -> list[Problem]:
    manifest = read_manifest(folder)
    if isinstance(manifest, NotOurs):
        return [Problem(Mark(label), "not-our-folder", f"{label!r} {manifest.reason}")]
    present = list_files(folder)
    problems = check_inventory(folder, present, manifest, label, known)
    common = readable(secrets.common)
    roots_of = _roots(folder, present)
    problems += shut_problems(folder, roots_of, secrets.keys, label)
    jobs = [job for job in _jobs(folder, roots_of, secrets, label, common) if job.paths]
    unknown = {job.client: job for job in jobs if job.client not in secrets.allowed}
    problems += [_unknown(job) for job in unknown.values()]
    parts: dict[str, Root] = {}
    digests = {entry.path: entry.sha256 for entry in manifest.files}
    for key, (root, found) in examine_roots(jobs, digests, spread, store):
        parts[key] = root
        problems += found
    named = source_secrets(secrets.sources)
    sources = [*sources_of(secrets.texts), *sources_of(named)]
    place = "\0".join((label, *sorted(secrets.machine)))
    hits = compare(parts, sources, _reading(secrets, common, store), store, place, keep=not has_errors(problems))
    return [*problems, *leak_problems(hits, secrets, named, folder, label)]


def _reading(secrets: Secrets, common: Readable, store: Store) -> Reading:
    of_client = cache(lambda client: readable_of(secrets.allowed.get(client, ())))
    keys = {client: key_of(texts) for client, texts in secrets.allowed.items()} if store.folder else {}
    return Reading(lambda root: of_client(root.client) if root.only is None else root.only, keys, common)


def _roots(folder: Path, present: list[str]) -> dict[str, list[str]]:
    """Sort the files that can be read into the clients' web roots that they lie in."""
    found: dict[str, list[str]] = {}
    for path in present:
        client = root_client(path)
        if client is not None and stat.S_ISREG(os.lstat(f"{folder}/{path}").st_mode):
            found.setdefault(client, []).append(path)
    return found


def _jobs(
    folder: Path, by_client: dict[str, list[str]], secrets: Secrets, label: str, common: Readable
) -> Iterator[RootJob]:
    stems = frozenset(PurePosixPath(path).stem for path in secrets.sources)
    for client, paths in by_client.items():
        root = RootJob(
            folder=folder,
            label=label,
            root=client_root(client),
            client=client,
            paths=tuple(paths),
            present=frozenset(path.removeprefix(f"{client_root(client)}/") for path in paths),
            texts=secrets.allowed.get(client, ()),
            common=common,
            others=frozenset(secrets.allowed) - {client},
            stems=stems,
            machine=tuple(sorted(secrets.machine)),
        )
        is_shut = client in secrets.keys
        parts = (open_files(root), sealed_files(root, secrets.keys[client])) if is_shut else _by_project(root, secrets)
        for part in parts:
            for start in range(0, len(part.paths), _FILES_A_JOB):
                yield replace(part, paths=part.paths[start : start + _FILES_A_JOB])


def _by_project(root: RootJob, secrets: Secrets) -> Iterator[RootJob]:
    """Part a root into the files of each project and the rest."""
    found: dict[str, list[str]] = {}
    for path in root.paths:
        selector = "/".join(path.split("/")[1:3])
        found.setdefault(selector if selector in secrets.by_project else "", []).append(path)
    for selector, paths in found.items():
        yield replace(root, paths=tuple(paths), texts=secrets.by_project.get(selector, root.texts))


def _unknown(job: RootJob) -> Problem:
    message = f"{job.root!r} belongs to no client of the workspace: {job.client!r}"
    return Problem(Mark(f"{job.label}/{job.root}"), "unknown-client", message, hint="build the site anew")
