"""Problems as text for a terminal: each with its line of the file, a caret, and the remedy."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from kapm_site.problem.printable import is_unseen, printable, unordering
from kapm_site.problem.records import Mark, Problem, Severity

#: Columns of a source line that are shown; of a longer one, the part around the caret.
WIDTH = 100
_BEFORE = 40
#: Characters that are looked at for it; most of them may be combining ones, which take no column.
_FARTHEST = 1000

#: What libyaml ends a line at.
_LINE_BREAK = re.compile("[\n\x85\u2028\u2029]")
_TAB = 4

_NOUNS: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("note", "notes"),
}


def format_text(problems: Sequence[Problem], texts: Mapping[str, str]) -> str:
    """Write problems as blocks parted by blank lines, and a last line that counts them."""
    lines = {path: _lines(texts[path]) for path in {problem.mark.path for problem in problems} & texts.keys()}
    blocks = ["\n".join(_block(problem, lines.get(problem.mark.path, []))) for problem in problems]
    return "\n\n".join([*blocks, summary(problems)]) + "\n"


def _lines(text: str) -> list[str]:
    # Plain text in a tenth of the time.
    return text.split("\n") if text.isascii() else _LINE_BREAK.split(text)


def summary(problems: Sequence[Problem]) -> str:
    """Count problems by severity, and the files they are in."""
    if not problems:
        return "no problems"
    found = [problem.severity for problem in problems]
    counts = [_count(found.count(severity), *_NOUNS[severity]) for severity in _NOUNS if severity in found]
    files = len({problem.mark.path for problem in problems})
    return f"{', '.join(counts)} in {_count(files, 'file', 'files')}"


def excerpt(mark: Mark, line: str) -> tuple[str, str]:
    """Return a source line and the line of carets below it, both as wide as they are shown.

    East Asian characters take two columns, combining ones none, a tab four. A long line is cut around the caret.
    """
    start = min(mark.column - 1, len(line))
    end = min(max(start + mark.length, start + 1), max(len(line), start + 1))
    if len(line) <= WIDTH and line.isascii() and line.isprintable():  # as nearly all are, in a hundredth of the time
        return line, " " * start + "^" * max(1, min(end, len(line)) - start)
    first = _first_shown(line, start)
    shown = "…" if first else ""
    total = before = len(shown)
    under = 0
    for index in range(first, min(len(line), first + _FARTHEST)):
        width = _width(line[index])
        total += width
        if total > WIDTH and index > start:
            shown += "…"
            break
        shown += _visible(line[index])
        before += width if index < start else 0
        under += width if start <= index < end else 0
    return shown, " " * before + "^" * max(1, under)


def _block(problem: Problem, lines: Sequence[str]) -> Iterable[str]:
    mark = problem.mark
    yield printable(f"{mark}: {problem.severity}: {problem.message} [{problem.code}]")
    whole_file = mark == Mark(mark.path)
    if not whole_file and mark.line <= len(lines) and lines[mark.line - 1].strip():
        line, carets = excerpt(mark, lines[mark.line - 1])
        number = f"{mark.line:>3}"
        yield unordering(f"{number} | {line}".rstrip())
        yield f"{' ' * len(number)} | {carets}"
    for related in problem.related:
        yield printable(f"{related.mark}: note: {related.message}")
    if problem.hint:
        yield printable(f"hint: {problem.hint}")


def _first_shown(line: str, start: int) -> int:
    """Return the index of the first character that is shown, so that the caret is."""
    if start < _FARTHEST and _columns(line[: start + 1]) <= WIDTH:
        return 0
    width, index = 0, start
    while index and width < _BEFORE and start - index < _FARTHEST:
        index -= 1
        width += _width(line[index])
    return index


def _visible(character: str) -> str:
    return " " * _TAB if character == "\t" else printable(character)


def _columns(text: str) -> int:
    return len(text) + text.count("\t") * (_TAB - 1) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if character == "\t":
        return _TAB
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    if unicodedata.category(character) == "Cf" and not is_unseen(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
