"""`updates/<date>.md`: front matter and level-two sections."""

import re
from datetime import date

from kapm_site.model.reports import Update, UpdateMatter, UpdateSection
from kapm_site.problem import Mark, Problem
from kapm_site.source import MAX_TEXT_BYTES, compose, prose
from kapm_site.source.text import LINE_BREAK
from kapm_site.workspace.records import read_record

_NAME = re.compile(r"\d{4}-\d{2}-\d{2}")
_HEADING = re.compile(r" {0,3}##[ \t]+(.*?)[ \t]*(?:[ \t]#+)?[ \t]*")


def read_update(text: str, path: str) -> tuple[Update | None, list[Problem]]:
    """Read an update from its text; its date is the file's name."""
    day = _date_of(path)
    if day is None:
        name = path.rsplit("/", 1)[-1]
        message = f"'{name}' is not the date of an update"
        return None, [Problem(Mark(path), "bad-file-name", message, hint="name it YYYY-MM-DD.md")]
    # What is a line break in YAML is one in the text below it, so that every mark counts the same lines.
    matter, body, first_line, problems = _split(LINE_BREAK.sub("\n", text), path)
    size = len(body.encode())
    sections: tuple[UpdateSection, ...] = ()
    if size > MAX_TEXT_BYTES:
        message = f"a text of {size} bytes, the limit is {MAX_TEXT_BYTES} (20 KB)"
        hint = "move what only a few readers need to an attachment"
        problems.append(Problem(Mark(path, first_line), "text-too-long", message, hint=hint))
    else:
        sections = tuple(_sections(body, path, first_line))
    return Update(day, matter, sections, Mark(path)), problems


def _date_of(path: str) -> date | None:
    name = path.rsplit("/", 1)[-1].removesuffix(".md")
    try:
        # Python reads further forms of ISO 8601, such as 20261120, which would not sort.
        return date.fromisoformat(name) if _NAME.fullmatch(name) else None
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
    """Part a body at its level-two headings, outside code and comments."""
    found: list[tuple[str, int, list[str]]] = [("", first_line - 1, [])]
    for number, (line, seen) in enumerate(zip(body.split("\n"), prose(body).split("\n"), strict=True), first_line):
        if _HEADING.fullmatch(seen) and (heading := _HEADING.fullmatch(line)):
            found.append((heading[1], number, []))
        else:
            found[-1][2].append(line)
    return [_section(title, number, lines, path) for title, number, lines in found if title or "".join(lines).strip()]


def _section(title: str, number: int, lines: list[str], path: str) -> UpdateSection:
    """Build a section from the number of its heading's line and the lines below."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    first, last = (filled[0], filled[-1]) if filled else (0, -1)
    body = "\n".join(lines[first : last + 1]).rstrip()
    return UpdateSection(title, body, Mark(path, number if title else number + 1), Mark(path, number + 1 + first))
