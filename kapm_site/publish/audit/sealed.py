"""Web roots that are protected by a passphrase: what lies open in them, and what has to be opened to be read."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from kapm_site.problem import Mark, Problem
from kapm_site.publish.audit.roots import RootJob
from kapm_site.publish.files import client_root
from kapm_site.publish.protection import KEYS_FILE, SEALED, SiteKey, lock_icon, passphrase_variable

#: What may lie open: pages that ask for the passphrase, what makes them look and work, and what a host reads.
_OPEN_SUFFIXES = frozenset({".html", ".css", ".js", ".woff2", ".ttf"})
_OPEN_NAMES = frozenset({KEYS_FILE, "_headers"})
_URL = re.compile(rb"url\(([\w./-]+)\)")


def open_files(root: RootJob) -> RootJob:
    """Take the files of a protected root that lie open: they may say no more than addresses, which anybody sees."""
    paths = tuple(path for path in root.paths if not path.endswith(SEALED))
    parts = {part for path in paths for part in PurePosixPath(path.removeprefix(f"{root.root}/")).parts}
    return replace(root, paths=paths, texts=(root.client, *sorted(parts)), strict=True)


def sealed_files(root: RootJob, key: SiteKey | None) -> RootJob:
    """Take the sealed files of a root, none where there is no key: `shut_problems` then says so."""
    paths = tuple(path for path in root.paths if path.endswith(SEALED)) if key else ()
    return replace(root, paths=paths, key=key)


def shut_problems(
    folder: Path, roots: Mapping[str, list[str]], keys: Mapping[str, SiteKey | None], label: str
) -> list[Problem]:
    """Find files that should be sealed and are not, and roots that nothing at hand can open.

    Args:
        folder: The site's folder.
        roots: Paths of the files below it, by client.
        keys: Of the clients whose sites are protected.
        label: How to name the folder in messages.
    """
    problems: list[Problem] = []
    for client, paths in roots.items():
        if client in keys:
            problems += _open_problems(folder, client, paths, label)
        if keys.get(client) is None and any(path.endswith(SEALED) for path in paths):
            problems.append(_unopened(client, label))
    return problems


def _open_problems(folder: Path, client: str, paths: list[str], label: str) -> list[Problem]:
    styles = [path for path in paths if path.endswith(".css")]
    named = {PurePosixPath(url.decode()).name for path in styles for url in _URL.findall((folder / path).read_bytes())}
    return [
        Problem(
            Mark(f"{label}/{path}"),
            "not-sealed",
            f"{path!r} lies open in the web root of client {client!r}, which is protected by a passphrase",
            hint="build the site anew; if that does not help, report it",
        )
        for path in paths
        if not _may_lie_open(path.removeprefix(f"{client_root(client)}/"), named)
        and (folder / path).read_bytes() != lock_icon()
    ]


def _may_lie_open(name: str, named_by_styles: set[str]) -> bool:
    path = PurePosixPath(name)
    return (
        path.suffix in (SEALED, *_OPEN_SUFFIXES)
        or name in _OPEN_NAMES
        # A picture that a style sheet names is the theme's, as a browser could not open it otherwise.
        or (path.parts[0] == "assets" and path.name in named_by_styles)
    )


def _unopened(client: str, label: str) -> Problem:
    name = passphrase_variable(client)
    message = f"the site of client {client!r} is encrypted, and {name} holds no passphrase to audit it with"
    return Problem(Mark(f"{label}/{client_root(client)}"), "unaudited-file", message, hint=f"set {name}")
