"""`updates/<date>.md`: front matter and level-two sections."""

import re
from datetime import date

from kapm_site.model.reports import Update, UpdateMatter, UpdateSection
from kapm_site.problem import Mark, Problem
from kapm_site.source import MAX_TEXT_BYTES, compose
from kapm_site.workspace.records import read_record

_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(r"##\s+(.*?)\s*#*\s*$")


def read_update(text: str, path: str) -> tuple[Update | None, list[Problem]]:
    """Read an update from its text; its date is the file's name."""
    day = _date_of(path)
    if day is None:
        name = path.rsplit("/", 1)[-1]
        message = f"'{name}' is not the date of an update"
        return None, [Problem(Mark(path), "bad-file-name", message, hint="name it YYYY-MM-DD.md")]
    matter, body, first_line, problems = _split(text, path)
    size = len(body.encode())
    if size > MAX_TEXT_BYTES:
        message = f"a text of {size} bytes, the limit is 20 KB"
        problems.append(Problem(Mark(path, first_line), "text-too-long", message))
    sections = tuple(_sections(body, path, first_line))
    return Update(day, matter, sections, Mark(path)), problems


def _date_of(path: str) -> date | None:
    try:
        return date.fromisoformat(path.rsplit("/", 1)[-1].removesuffix(".md"))
    except ValueError:
        return None


def _split(text: str, path: str) -> tuple[UpdateMatter, str, int, list[Problem]]:
    """Part front matter from body; also return the body's first line."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return UpdateMatter(), text, 1, []
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        message = "the front matter that starts here has no end"
        problem = Problem(Mark(path, 1, 1, 3), "broken-front-matter", message, hint="close it with a line '---'")
        return UpdateMatter(), "", 1, [problem]
    node, problems = compose("\n".join(lines[1:end]) + "\n", path, line_offset=1)
    matter = None
    if node is not None:
        matter, more = read_record(node, UpdateMatter)
        problems += more
    return matter or UpdateMatter(), "\n".join(lines[end + 1 :]), end + 2, problems


def _sections(body: str, path: str, first_line: int) -> list[UpdateSection]:
    """Part a body at its level-two headings, outside code fences."""
    found: list[tuple[str, int, list[str]]] = [("", first_line, [])]
    fenced = False
    for number, line in enumerate(body.split("\n"), first_line):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading:
            found.append((heading[1], number, []))
        else:
            found[-1][2].append(line)
    return [
        UpdateSection(title, "\n".join(lines).strip(), Mark(path, number))
        for title, number, lines in found
        if title or "\n".join(lines).strip()
    ]
