"""YAML text to one tree of nodes, from libyaml's events.

Events, not the C composer: its recursion dies on deep nesting, and PyYAML's own constructor guesses types,
follows aliases and lets the last of two equal keys win.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from kapm_site.problem import Mark, Problem, Related
from kapm_site.source.nodes import Mapping, Node, Scalar, Sequence
from kapm_site.source.text import FORBIDDEN, LINE_BREAK, describe_character, mark_at

#: Levels below the root of a document: nine levels of tasks, each a list and a mapping, and a list of mappings
#: in the innermost.
MAX_NESTING = 20
#: Keys, values, lists and mappings of a document. A plan of 3,000 tasks, as many as one may have, has room for eleven
#: keys with plain values in each, and 69,000 of them; the time that reading takes grows with all of them.
MAX_VALUES = 70_000
#: Items of one list, and keys of one mapping.
MAX_ITEMS = 5_000
MAX_DIRECTIVES = 10
#: Problems in the form of one file that are reported, and as many of what its values are: who generated a file wrongly
#: has made the same mistake in all of it.
MAX_PROBLEMS = 200

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class _Open:
    """A sequence or mapping whose end has not come yet."""

    mark: Mark
    is_mapping: bool
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Tree:
    """What has been built of a document so far."""

    text: str
    path: str
    line_offset: int
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None
    documents: int = 0
    values: int = 0
    given_up: bool = False

    def report(self, mark: Mark, code: str, message: str, hint: str = "", related: tuple[Related, ...] = ()) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(mark, code, message, hint=hint, related=related))
        elif len(self.problems) == MAX_PROBLEMS:
            message = f"more than {MAX_PROBLEMS} problems in one file; the first {MAX_PROBLEMS} are reported"
            self.problems.append(Problem(Mark(self.path), "too-many-problems", message, hint="mend those first"))
            self.given_up = True

    def mark(self, event: Any) -> Mark:
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Mark(self.path, start.line + 1 + self.line_offset, start.column + 1, max(1, length))

    def add(self, node: Node) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            self.refuse(node.mark, f"{MAX_VALUES:,} values in one file")
        if not self.stack:
            self.root = node
            return
        holder = self.stack[-1]
        holder.items.append(node)
        if len(holder.items) > (2 * MAX_ITEMS if holder.is_mapping else MAX_ITEMS):
            self.refuse(
                node.mark, f"{MAX_ITEMS:,} {'keys in one mapping' if holder.is_mapping else 'items in one list'}"
            )

    def refuse(self, mark: Mark, what: str) -> None:
        """Give the document up: it has more than what is."""
        if not self.given_up:
            hint = "split the project, or move old records out of the workspace; git keeps them anyway"
            self.report(mark, "too-many-values", f"more than {what}", hint)
        self.given_up = True


def compose(text: str, path: str, *, line_offset: int = 0) -> tuple[Node | None, list[Problem]]:
    """Build the tree of a document.

    Args:
        text: YAML text that has passed `decode`.
        path: The file's name in marks and messages.
        line_offset: Lines that stand before the text in its file (front matter).

    Returns:
        The root, or None for an empty document or one that cannot be parsed to its end; and the problems.
    """
    tree = _Tree(text, path, line_offset)
    if text.count("\n%TAG") > MAX_DIRECTIVES:
        # libyaml compares each of them with all others.
        tree.report(_directive(tree), "yaml-directive", "a '%' directive", "delete the line")
        return None, tree.problems
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not _take(tree, event) or tree.given_up:
                return None, tree.problems
    except yaml.MarkedYAMLError as error:
        tree.problems.append(_syntax_problem(error, tree))
        return None, tree.problems
    except yaml.reader.ReaderError as error:
        where = mark_at(text, path, min(int(error.position), len(text)))
        tree.report(where, "control-character", f"a character that YAML does not allow: {error.reason}")
        return None, tree.problems
    return tree.root, tree.problems


def _take(tree: _Tree, event: Any) -> bool:
    """Carry out one event; False stops the parse."""
    kind = type(event)
    if kind is yaml.ScalarEvent:
        _check_properties(tree, event)
        tree.add(_scalar(tree, event))
    elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
        _check_properties(tree, event)
        return _open(tree, event)
    elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
        _close(tree)
    elif kind is yaml.DocumentStartEvent:
        return _start_document(tree, event)
    elif kind is yaml.AliasEvent:
        tree.report(tree.mark(event), "yaml-alias", f"alias '*{event.anchor}'", "write the value out")
        tree.add(_lost(tree.mark(event)))
    return True


def _start_document(tree: _Tree, event: Any) -> bool:
    tree.documents += 1
    if event.version or event.tags:
        tree.report(_directive(tree), "yaml-directive", "a '%' directive", "delete the line")
    if tree.documents > 1:
        tree.report(tree.mark(event), "several-documents", "a second document starts here", "keep one per file")
        return False
    return True


def _directive(tree: _Tree) -> Mark:
    """Find the line of a directive, which no event tells."""
    lines = LINE_BREAK.split(tree.text)
    index = next((index for index, line in enumerate(lines) if line.startswith("%")), 0)
    return Mark(tree.path, index + 1 + tree.line_offset, 1, max(1, len(lines[index].rstrip())))


def _check_properties(tree: _Tree, event: Any) -> None:
    if event.anchor:
        tree.report(tree.mark(event), "yaml-anchor", f"anchor '&{event.anchor}'", "delete the anchor")
    if event.tag:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        tree.report(tree.mark(event), "yaml-tag", f"tag '{tag}'", "delete the tag; the field decides the type")


def _scalar(tree: _Tree, event: Any) -> Scalar:
    mark = tree.mark(event)
    # The text itself has passed `decode`; only double quotes know escapes.
    if event.style == '"' and (hidden := FORBIDDEN.search(event.value)):
        what = describe_character(hidden.group())
        tree.report(mark, "control-character", f"an escape that yields control character {what}", "delete it")
    indent = _indent(tree, event) if event.style == "|" else 0
    return Scalar(event.value, quoted=event.style is not None and event.style != "", mark=mark, indent=indent)


def _indent(tree: _Tree, event: Any) -> int:
    """Measure how far a literal block is indented, by its first line that is not blank."""
    tree.lines = tree.lines or LINE_BREAK.split(tree.text)
    block = tree.lines[event.start_mark.line + 1 : event.end_mark.line + 1]
    first = next((line for line in block if line.strip()), "")
    return len(first) - len(first.lstrip(" "))


def _lost(mark: Mark) -> Scalar:
    return Scalar("", quoted=False, mark=mark, lost=True)


def _open(tree: _Tree, event: Any) -> bool:
    if len(tree.stack) > MAX_NESTING:
        hint = "compare the indentation, or the brackets, with a file that works"
        tree.report(tree.mark(event), "nesting-too-deep", f"more than {MAX_NESTING} levels of nesting", hint)
        return False
    start = event.start_mark
    mark = Mark(tree.path, start.line + 1 + tree.line_offset, start.column + 1)
    tree.stack.append(_Open(mark, isinstance(event, yaml.MappingStartEvent)))
    return True


def _close(tree: _Tree) -> None:
    done = tree.stack.pop()
    if done.is_mapping:
        entries = tuple(_entries(tree, done.items))
        tree.add(Mapping(entries, done.mark) if entries or not done.items else _lost(done.mark))
    else:
        tree.add(Sequence(tuple(done.items), done.mark))


def _entries(tree: _Tree, items: list[Node]) -> list[tuple[Scalar, Node]]:
    entries: list[tuple[Scalar, Node]] = []
    first: dict[str, Mark] = {}
    for key, value in zip(items[::2], items[1::2], strict=True):
        if not isinstance(key, Scalar):
            hint = "keys are plain words; a text that starts with { or [ needs quotes"
            tree.report(key.mark, "complex-key", "a key that is a list or a mapping", hint)
        elif key.text == "<<" and not key.quoted:
            _report_merge(tree, key.mark, value)
            entries.append((key, _lost(key.mark)))
        elif key.text in first:
            related = (Related(first[key.text], "it stands here first"),)
            message = f"key '{key.text}' stands twice in one mapping"
            tree.report(key.mark, "duplicate-key", message, "keep one of them", related)
        else:
            first[key.text] = key.mark
            entries.append((key, value))
    return entries


def _report_merge(tree: _Tree, mark: Mark, value: Node) -> None:
    """Report a merge key, in place of the alias behind it."""
    alias = (value.mark, "yaml-alias")
    tree.problems = [problem for problem in tree.problems if (problem.mark, problem.code) != alias]
    tree.report(mark, "yaml-merge", "merge key '<<'", "write the values out")


def _syntax_problem(error: yaml.MarkedYAMLError, tree: _Tree) -> Problem:
    where = error.problem_mark or error.context_mark
    mark = _reached(tree, where) if where is not None else Mark(tree.path, 1 + tree.line_offset)
    related: tuple[Related, ...] = ()
    if error.context and error.context_mark and (start := _reached(tree, error.context_mark)) != mark:
        related = (Related(start, error.context),)
    problem = error.problem or error.context or ""
    if "nesting depth" in problem:
        return Problem(mark, "nesting-too-deep", f"more than {MAX_NESTING} levels of nesting")
    return Problem(
        mark,
        "yaml-syntax",
        f"not valid YAML: {problem}",
        hint=_syntax_hint(problem),
        related=related,
    )


def _reached(tree: _Tree, mark: Any) -> Mark:
    """Return where the parser gave up: behind a last line without a line break it counts one more."""
    lines = LINE_BREAK.split(tree.text)
    row, column = mark.line, mark.column
    if row >= len(lines):
        row, column = len(lines) - 1, len(lines[-1])
    return Mark(tree.path, row + 1 + tree.line_offset, column + 1)


def _syntax_hint(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "a text with ': ' in it needs quotes"
    if "cannot start any token" in problem:
        return "indent with spaces, and quote a text that starts with one of @ ` %"
    if "could not find expected ':'" in problem:
        return "a key needs ': ' behind it; a text over several lines needs '|' or '>'"
    return "compare the indentation with the lines above"
