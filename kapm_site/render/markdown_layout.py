"""Lays Markdown out anew, so that the parser's strict reading of indents and blank lines is what authors expect.

Python-Markdown wants a blank line before a list, four spaces to nest, fences at the margin; authors are used to
none of this. Nesting beyond reason is cut here too, since the parser recurses into every level.
"""

import re
from collections.abc import Callable, Sequence
from html import escape
from itertools import takewhile
from typing import NamedTuple

_DEEPEST = 6  # lists in lists, and quotes in quotes
_LONGEST_RUN = 40
_CODE = 4  # spaces before a line of code

_RUN = re.compile(rf"(?:!?\[){{{_LONGEST_RUN},}}|([*_`~<!])\1{{{_LONGEST_RUN},}}")
_MARKER = r" *(?:>|(?:[-+*]|\d{1,9}[.)])(?= ))"
_MARKERS = re.compile(rf"^((?:{_MARKER}){{{_DEEPEST}}})(?:{_MARKER})+")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])(?: +(.*)|$)")
_RULE = re.compile(r"([-*_])(?: *\1){2,} *$")
_HEADING = re.compile(r"#{1,6}(?: |$)")
_UNDERLINE = re.compile(r"(?:=+|-+) *$")
_NUMBER = re.compile(r"(\d{1,9})(?=[.)] )")
_QUOTE = re.compile(r" *> ?")
_COLUMNS = re.compile(r" *\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *$")


def lay_out(lines: Sequence[str], store: Callable[[str], str]) -> list[str]:
    """Rewrite the lines of a document.

    Args:
        lines: The document, without tabs.
        store: Keeps HTML until the parser is done and gives a text that stands for it.
    """
    return [*_Layout([_without_excess(line) for line in lines], store, 0).lines(), "", ""]


def _without_excess(line: str) -> str:
    line = _RUN.sub(lambda match: match[0][:_LONGEST_RUN], line)
    return line if _RULE.match(line.lstrip()) else _MARKERS.sub(r"\1", line)


class _Item(NamedTuple):
    """An open list item: the column of its marker and of its text, and whether its list is numbered."""

    marker: int
    text: int
    numbered: bool


class _Layout:
    """The lines of one container, a document or a quote, on their way from the author's layout to the parser's."""

    def __init__(self, source: list[str], store: Callable[[str], str], depth: int) -> None:
        self._source = source
        self._store = store
        self._depth = depth
        self._out: list[str] = []
        self._items: list[_Item] = []
        self._in_text = False  # the line before may go on in this one
        self._level = 0  # of the line after the last blank one

    def lines(self) -> list[str]:
        """Return the new lines; every step takes one line, or the lines of one fence or quote."""
        at = 0
        while at < len(self._source):
            at = self._step(at)
        while self._out and not self._out[-1]:
            self._out.pop()
        return self._out

    def _step(self, at: int) -> int:
        line = self._source[at]
        text = line.lstrip(" ")
        column = len(line) - len(text)
        if not text:
            self._break()
            return at + 1
        if item := self._item_of(text, column):
            self._add_item(item, column)
            return at + 1
        if self._is_code(column):
            self._leave(column)
            self._write(line[self._items[-1].text if self._items else 0 :])
            return at + 1
        if fence := _FENCE.match(text):
            return self._add_fence(at, column, fence[1] or fence[2])
        if text.startswith(">"):
            return self._add_quote(at, column)
        self._add_text(at, text, column)
        return at + 1

    def _item_of(self, text: str, column: int) -> re.Match[str] | None:
        """Tell a list from code, a rule, and a line of text that happens to begin with a year or a lone dash."""
        item = None if _RULE.match(text) else _ITEM.match(text)
        in_list = bool(self._items) and column < self._items[-1].marker + 2
        if not item or in_list:
            return item
        if self._in_text:
            return item if item[2] and item[1] in {"-", "*", "+", "1.", "1)"} else None
        return item if self._items or column < _CODE else None

    def _is_code(self, column: int) -> bool:
        open_item = next((item for item in reversed(self._items) if column >= item.marker + 2), None)
        return not self._in_text and column >= (open_item.text if open_item else 0) + _CODE

    def _add_item(self, item: re.Match[str], column: int) -> None:
        in_list = bool(self._items)
        sibling = self._leave(column)
        numbered = item[1][0].isdigit()
        follows_item = in_list and self._in_text and not self._out[-1].lstrip().startswith(">")
        if not follows_item or (sibling and sibling.numbered != numbered):
            self._break()
        marker = f"{item[1][:-1]}." if numbered else item[1]
        self._write(f"{marker} {item[2] or ''}")
        if len(self._items) < _DEEPEST:
            self._items.append(_Item(column, column + (item.start(2) if item[2] else 2), numbered))
        self._in_text = True

    def _add_fence(self, at: int, column: int, fence: str) -> int:
        self._leave(column)
        closing = re.compile(rf" *{fence}+ *$")
        code = list(takewhile(lambda line: not closing.match(line), self._source[at + 1 :]))
        length = len(code)
        while code and length == len(self._source) - at - 1 and not code[-1].strip():
            code.pop()
        body = [line[min(column, len(line) - len(line.lstrip(" "))) :] for line in code]
        self._break()
        if self._items or self._depth:
            # The parser sees fences only at the margin of the document.
            html = "".join(f"{escape(line)}\n" for line in body)
            self._write(self._store(f"<pre><code>{html}</code></pre>"))
        else:
            self._out += [fence, *body, fence]
        self._break()
        return at + length + 2

    def _add_quote(self, at: int, column: int) -> int:
        self._leave(column)
        quoted = list(takewhile(lambda line: line.lstrip(" ").startswith(">"), self._source[at:]))
        inside = [_QUOTE.sub("", line, count=1) for line in quoted]
        self._break()
        if self._depth < _DEEPEST:
            inside = _Layout(inside, self._store, self._depth + 1).lines()
        for line in inside:
            self._write(f"> {line}")
        self._in_text = True
        return at + len(quoted)

    def _add_text(self, at: int, text: str, column: int) -> None:
        rule = _RULE.match(text)
        heading = _HEADING.match(text)
        underline = self._in_text and not self._items and _UNDERLINE.match(text)
        if not self._in_text:
            self._leave(column)
        elif not underline and (rule or heading or self._heads_table(at)):
            self._leave(column)
            self._break()
        if rule or heading or underline:
            self._write(text)
            self._break()
            return
        self._write(
            _NUMBER.sub(r"\1\\", text, count=1) if _NUMBER.match(text) else f"\\{text}" if text[0] == "#" else text
        )
        self._in_text = True

    def _heads_table(self, at: int) -> bool:
        below = self._source[at + 1] if at + 1 < len(self._source) else ""
        return "|" in self._source[at] and "|" in below and bool(_COLUMNS.match(below))

    def _leave(self, column: int) -> _Item | None:
        """Close the items that do not reach to this column; return the outermost of them."""
        left = None
        while self._items and column < self._items[-1].marker + 2:
            left = self._items.pop()
        return left

    def _write(self, text: str) -> None:
        level = len(self._items)
        if self._out and self._out[-1] and level < self._level:
            # The parser takes the indent of a block from its first line.
            self._out.append("")
        if not self._out or not self._out[-1]:
            self._level = level
        self._out.append(" " * 4 * level + text)

    def _break(self) -> None:
        if self._out and self._out[-1]:
            self._out.append("")
        self._in_text = False
