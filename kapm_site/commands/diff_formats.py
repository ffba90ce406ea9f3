"""What `kapm diff` found, for a person at a terminal, for a pull request, and for programs."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Protocol

from kapm_site.compare import difference_json
from kapm_site.pipeline.diff import ProjectDiff, ReaderDiff, Standing, WorkspaceDiff
from kapm_site.problem.printable import plain_json, printable, unordering

MARKS = {"green": "● green", "amber": "▲ amber", "red": "■ red", "stale": "◌ stale", "unknown": "? unknown"}
#: By this line the comment of a pull request is found again and replaced.
MARKER = "<!-- kapm diff -->"
_FAULTY = {
    "broken": "Not compared, as there are errors (kapm check shows them all)",
    "mended": "Not compared, as there were errors before",
}
_CLIENT, _INTERNAL = "What clients will see change", "What changes for internal readers only"


class Format(Protocol):
    """Writes what was found."""

    def __call__(self, found: WorkspaceDiff, *, clients_only: bool) -> str:
        """Write it, or only what clients see of it."""


def format_text(found: WorkspaceDiff, *, clients_only: bool) -> str:
    """Write for a terminal."""
    found = _for_clients(found) if clients_only else found
    lines = [f"From {found.before} to {found.after}, as of {found.status}"]
    for title, blocks in _parts(found, _plain, clients_only=clients_only):
        lines += ["", title]
        for head, body in blocks:
            lines += ["", f"  {head}", *(f"    {line}" for line in body)]
    return "\n".join(lines)


def format_markdown(found: WorkspaceDiff, *, clients_only: bool) -> str:
    """Write the comment of a pull request; nothing that people typed can mention anybody or break out of its line."""
    found = _for_clients(found) if clients_only else found
    lines = [MARKER, f"From {_escaped(found.before)} to {_escaped(found.after)}, as of {found.status}"]
    for title, blocks in _parts(found, _escaped, clients_only=clients_only):
        lines += ["", f"### {title}"]
        folded = title == _INTERNAL and bool(blocks)
        lines += ["", "<details><summary>Show</summary>"] if folded else []
        for head, body in blocks:
            lines += ["", f"**{head}**", "", *(f"- {line}" for line in body)]
        lines += ["", "</details>"] if folded else []
    return "\n".join(lines)


def format_json(found: WorkspaceDiff, *, clients_only: bool) -> str:
    """Write all that was found, with each difference as a record."""
    found = _for_clients(found) if clients_only else found
    data = {
        "schema": 1,
        "before": found.before,
        "after": found.after,
        "status_date": found.status.isoformat(),
        "projects": [_project_json(one, clients_only=clients_only) for one in found.projects],
        "unchanged_for_readers": list(found.quiet),
    }
    return plain_json(json.dumps(data, ensure_ascii=False, indent=2))


FORMATS: dict[str, Format] = {"text": format_text, "markdown": format_markdown, "json": format_json}

_Block = tuple[str, list[str]]
_Write = Callable[[str], str]


def _for_clients(found: WorkspaceDiff) -> WorkspaceDiff:
    """Leave out what no client may read: projects they do not know of, errors, and that a record is hidden."""
    shown = (replace(one, hidden=()) for one in found.projects if not one.client.is_empty)
    return replace(found, projects=tuple(shown), quiet=())


def _parts(found: WorkspaceDiff, write: _Write, *, clients_only: bool) -> Iterator[tuple[str, list[_Block]]]:
    """Give the parts with their projects; `write` is told every text that a person typed."""
    client = [block for one in found.projects if (block := _client_block(one, write)) is not None]
    yield (_CLIENT if client else "Clients will see no change.", client)
    for state, title in _FAULTY.items():
        faulty = [(_head(one, write), _problem_lines(one, write)) for one in found.projects if one.state == state]
        if faulty:
            yield title, faulty
    if not clients_only:
        internal = [block for one in found.projects if (block := _internal_block(one, write)) is not None]
        yield (_INTERNAL if internal else "Nothing else changes for internal readers.", internal)


def _client_block(one: ProjectDiff, write: _Write) -> _Block | None:
    lines = _reader_lines(one.client, write, project="project on the client's site")
    if one.hidden:
        lines.append(f"no longer shown, though still there: {write(', '.join(one.hidden))}")
    return (_head(one, write), lines) if lines else None


def _internal_block(one: ProjectDiff, write: _Write) -> _Block | None:
    reader = one.internal
    lines = [] if _told_to_client(one) else _reader_lines(reader, write, project="project")
    lines = lines or [write(sentence) for sentence in reader.sentences]
    if one.was:
        lines.insert(0, write(f"renamed from {one.was}"))
    return (_head(one, write), lines) if lines else None


def _told_to_client(one: ProjectDiff) -> bool:
    """Tell whether the standing of the internal reader changes as that of the client does."""
    return (one.client.before, one.client.after) == (one.internal.before, one.internal.after)


def _reader_lines(reader: ReaderDiff, write: _Write, *, project: str) -> list[str]:
    before, after = reader.before, reader.after
    if before is None and after is not None:
        return [f"new {project}: {_mark(after)}", *_quoted("", after.headline, write)]
    if after is None and before is not None:
        return [f"{project} goes"]
    lines = [_health(before, after)] if before and after and before.health != after.health else []
    if before and after and before.headline != after.headline:
        lines += _quoted(before.headline, after.headline, write)
    return [*lines, *map(write, reader.sentences)]


def _quoted(before: str, after: str, write: _Write) -> list[str]:
    return [f"headline: “{write(after)}”" + (f" (was: “{write(before)}”)" if before else "")] if after else []


def _health(before: Standing, after: Standing) -> str:
    return f"health: {_mark(before)} → {_mark(after)}"


def _mark(standing: Standing) -> str:
    return MARKS[standing.health]


def _head(one: ProjectDiff, write: _Write) -> str:
    owner = f"{write(one.client_name)} · " if one.client_name else ""
    return f"{owner}{write(one.name)} ({write(one.selector)})"


def _problem_lines(project: ProjectDiff, write: _Write) -> list[str]:
    places = ((one, f"{one.mark.path}:{one.mark.line}:{one.mark.column}") for one in project.problems)
    return [write(printable(f"{place}: {one.message} [{one.code}]")) for one, place in places]


def _plain(text: str) -> str:
    return unordering(_on_one_line(text))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    """Write a text so that Markdown takes no character of it for a sign, and no host for a mention or a link."""
    line = re.sub(r"([@#!$%&~^])(?=[\w\"'])", "\\1\u200b", _on_one_line(text))
    line = re.sub(r"://|\bwww\.|\bGH-", lambda found: f"{found[0][:1]}\u200b{found[0][1:]}", line, flags=re.IGNORECASE)
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", line)


def _project_json(one: ProjectDiff, *, clients_only: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "project": one.selector,
        "was": one.was or None,
        "name": one.name,
        "client": one.client_name,
        "state": one.state,
        "for_client": _reader_json(one.client),
        "hidden": list(one.hidden),
    }
    data |= {} if clients_only else {"internal": _reader_json(one.internal)}
    problems = ({"path": p.mark.path, "line": p.mark.line, "message": p.message, "code": p.code} for p in one.problems)
    return data | {"problems": list(problems)}


def _reader_json(reader: ReaderDiff) -> dict[str, Any]:
    return {
        "before": _standing_json(reader.before),
        "after": _standing_json(reader.after),
        "sentences": list(reader.sentences),
        "differences": [difference_json(one) for one in reader.differences],
    }


def _standing_json(standing: Standing | None) -> dict[str, str] | None:
    return {"health": standing.health, "headline": standing.headline} if standing else None
