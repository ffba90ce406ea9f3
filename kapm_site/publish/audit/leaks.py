"""Hits told as problems: the place in the published file, and the line of YAML that it came from."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path, PurePosixPath

from kapm_site.problem import Mark, Problem, Related
from kapm_site.publish.audit.canonical import canonical
from kapm_site.publish.audit.decode import Text, decode
from kapm_site.publish.audit.numbers import is_round, printed_numbers
from kapm_site.publish.audit.phrases import tells
from kapm_site.publish.audit.search import Hit, patterns_of
from kapm_site.publish.audit.secrets import Secret, Secrets
from kapm_site.publish.files import client_root
from kapm_site.publish.protection import SEALED, SiteKey, open_sealed

_SHOWN_LENGTH = 60
_TELLING_DIGITS = 4
_HINT = "if the client may read it, say so with `audience: client`; if not, do not publish this folder"


def source_secrets(sources: Iterable[str]) -> list[Secret]:
    """Make texts of the paths and names of the source files, which no client's page mentions."""
    return [
        Secret(text, Mark(path), None)
        for path in sorted(sources)
        for text in dict.fromkeys((path, PurePosixPath(path).name))
    ]


def leak_problems(hits: list[Hit], secrets: Secrets, named: list[Secret], folder: Path, label: str) -> list[Problem]:
    """Tell each hit once a file and source: what leaks, where it stands, whose it is, where it was typed.

    Args:
        hits: What the search found.
        secrets: The workspace's texts, to find where each was typed, and what opens sealed files.
        named: The names of source files.
        folder: The site's folder.
        label: How to name the folder in messages.
    """
    if not hits:
        return []
    origins = _origins({hit.pattern for hit in hits}, chain(secrets.texts, named))
    own_names = frozenset(named)
    problems: dict[tuple[str, Mark], Problem] = {}
    opened: dict[str, list[Text]] = {}
    for hit in hits:
        if hit.path not in opened:
            opened[hit.path] = _open(folder, hit, secrets.keys.get(hit.client))
        told = [secret for secret in origins[hit.pattern] if tells(secret.text, hit, opened[hit.path])]
        place = _place(hit.pattern, opened[hit.path]) if told else None
        if place is None:
            continue
        secret = _nearest(told, hit.client)
        if not _is_chance(hit, secret):
            problem = _problem(hit, place, secret, label, of_source=secret in own_names)
            problems.setdefault((hit.path, secret.source), problem)
    return list(problems.values())


def _origins(patterns: set[str], texts: Iterable[Secret]) -> dict[str, list[Secret]]:
    origins: dict[str, list[Secret]] = {pattern: [] for pattern in patterns}
    for secret in texts:
        for pattern in patterns_of(secret.text) & patterns:
            origins[pattern].append(secret)
    return origins


def _nearest(secrets: list[Secret], client: str) -> Secret:
    """Choose the origin to name: the client's own hidden text before one of somebody else."""
    own = [secret for secret in secrets if secret.client in (client, None)]
    return (own or secrets)[0]


def _open(folder: Path, hit: Hit, key: SiteKey | None) -> list[Text]:
    path, content = hit.path, (folder / hit.path).read_bytes()
    if key is None or not path.endswith(SEALED):
        return _texts(path, content)
    base = f"{client_root(hit.client)}/"
    name, content = open_sealed(path.removeprefix(base), content, key)
    return [text._replace(where=f"{name!r} in it, {text.where},") for text in _texts(f"{base}{name}", content)]


def _texts(path: str, content: bytes) -> list[Text]:
    names = [Text(part, where="the file's name") for part in path.split("/")]
    return [*names, *decode(PurePosixPath(path).suffix.lower(), content)]


def _is_chance(hit: Hit, secret: Secret) -> bool:
    """Tell whether a number says nothing of another client: round amounts are the same in many a project."""
    foreign = secret.client not in (hit.client, None)
    return foreign and hit.pattern.isdigit() and len(hit.pattern.rstrip("0")) < _TELLING_DIGITS


def _place(pattern: str, texts: list[Text]) -> Text | None:
    """Find the first text that holds a pattern; None for a number that only measures a drawing."""
    if pattern.replace(".", "").isdigit():
        found = (text for text in texts if pattern in printed_numbers(text.text))
        return next((text for text in found if not (text.measures and is_round(pattern))), None)
    # The search saw a text, so it is there even if no single part of the file shows it.
    return next((text for text in texts if pattern in canonical(text.text)), Text("", where="the file"))


def _problem(hit: Hit, place: Text, secret: Secret, label: str, *, of_source: bool) -> Problem:
    shown = " ".join(secret.text.split())
    shown = shown if len(shown) <= _SHOWN_LENGTH else f"{shown[: _SHOWN_LENGTH - 1]}…"
    mark = Mark(f"{label}/{hit.path}", place.line)
    if of_source:
        message = f"{place.where} holds {shown!r}, the name of a source file"
        return Problem(mark, "source-name", message, related=(Related(secret.source, "this file"),))
    whose = "is internal"
    if secret.client not in (hit.client, None):
        whose = f"belongs to client {secret.client!r}"
    related = (Related(secret.source, "it was typed here"),)
    return Problem(mark, "leak", f"{place.where} holds {shown!r}, which {whose}", hint=_HINT, related=related)
