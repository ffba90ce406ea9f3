"""What a build produces: finished files in memory, each with the reader it is for."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kapm_site.problem import Mark, Problem

Audience = Literal["client", "internal"]

MANIFEST_NAME = "manifest.json"
CLIENTS_FOLDER = "clients"


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One finished file of the site.

    Attributes:
        path: Path below the site's folder, with forward slashes: `clients/acme/index.html`.
        content: The bytes to write.
        client: Id of the client whose data it shows; None for pages over all clients.
        audience: `client` for what that client may read, which must then lie in the client's own root.
        public: Style sheets, scripts and what they name: data of nobody, which even a protected site leaves open.
    """

    path: str
    content: bytes
    client: str | None
    audience: Audience
    public: bool = False


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A finished file that was made before; its content is read only where the site does not have it.

    Attributes:
        sha256: Of the content, which has `size` bytes.
        read: Reads the content.
    """

    path: str
    sha256: str
    size: int
    read: Callable[[], bytes]
    client: str | None
    audience: Audience
    public: bool = False

    @property
    def content(self) -> bytes:
        """The bytes to write."""
        return self.read()


SiteFile = OutputFile | StoredFile


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A folder of the site whose files, given before, shall not be published after all."""

    path: str


def client_root(client: str) -> str:
    """Name the folder that becomes this client's web root, below the site's folder."""
    return f"{CLIENTS_FOLDER}/{client}"


def root_client(path: str) -> str | None:
    """Name the client in whose web root a path of the site lies; None outside of all of them."""
    parts = path.split("/")
    return parts[1] if parts[0] == CLIENTS_FOLDER and len(parts) > 1 else None


def asset_name(content: bytes, suffix: str) -> str:
    """Name a style sheet, script, font or image by its content: `assets/3f2a90c1b7de.css`.

    The name changes with the content, so a host may let browsers keep the file for ever, and the name of
    the source file stays at home.
    """
    return f"assets/{hashlib.sha256(content).hexdigest()[:12]}.{suffix.lstrip('.')}"


def path_fault(path: str) -> str:
    """Say why a path can't name a file below the site's folder; empty when it can."""
    parts = path.split("/")
    if not path or any(part in ("", ".", "..") for part in parts):
        return "must be relative and plain, without '.', '..' or an empty part"
    if "\\" in path or not path.isprintable():
        return "must have forward slashes and no control characters"
    return ""


class TakenPaths:
    """The output paths of one site so far: finds files that cannot stand together on every file system.

    Two paths that differ only by case are one file on macOS and Windows; a path cannot be both a file and
    a folder; `manifest.json` is written by us.
    """

    def __init__(self) -> None:
        self._files: dict[str, str] = {MANIFEST_NAME: MANIFEST_NAME}
        self._folders: dict[str, str] = {}

    def take(self, file: SiteFile) -> list[Problem]:
        """Enter a file's path, or say why the file must not be written."""
        fault = path_fault(file.path) or misplacement(file.path, file.client, file.audience)
        folded = file.path.casefold()
        parents = _parents(folded)
        clash = self._files.get(folded) or self._folders.get(folded)
        clash = clash or next((self._files[parent] for parent in parents if parent in self._files), None)
        if not fault and clash:
            fault = f"collides with {clash!r}"
        if fault:
            return [Problem(Mark(file.path), "bad-output-path", f"output path {file.path!r} {fault}")]
        self._files[folded] = file.path
        self._folders.update(dict.fromkeys(parents, file.path))
        return []


def _parents(path: str) -> list[str]:
    """List the folders that a path lies in."""
    ends = [index for index, character in enumerate(path) if character == "/"]
    return [path[:end] for end in ends]


def misplacement(path: str, client: str | None, audience: str) -> str:
    """Say why a file of this client and audience must not lie at this path; empty when it may."""
    root = root_client(path)
    if audience == "client" and (client is None or root != client):
        return f"is for client {client!r} and must lie in the web root of that client"
    if audience != "client" and root is not None:
        return f"is internal and must not lie in the web root of client {root!r}"
    return ""
