"""Which commit last changed each line of a project's files, along the main line.

The past is walked from its beginning, so that what was found once is carried on by the commits that came after it;
libgit2's own blame begins anew each time, follows merges, and takes a removed line for no change of anything.
"""

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from kapm_site.history.line import ProjectLine
from kapm_site.history.repository import Repository
from kapm_site.workspace.collect import is_text

if TYPE_CHECKING:
    import pygit2


@dataclass(frozen=True, slots=True)
class Touch:
    """A change; `commit` is a full hash."""

    day: date
    author: str
    commit: str


@dataclass(frozen=True, slots=True)
class FileBlame:
    """Who changed the lines of a file.

    Attributes:
        blob: Hash of the file.
        ranks: Of each line, the place of its commit among those of the project.
    """

    blob: str
    ranks: list[int]


@dataclass(frozen=True, slots=True)
class ProjectBlame:
    """Who changed the lines of a project's files, as they are at the last of the commits.

    A merge counts as the change of all that it brought to the main line.

    Attributes:
        commits: All that changed the project's folder, the oldest first.
        files: By path within that folder: YAML and Markdown.
    """

    commits: tuple[str, ...] = ()
    files: dict[str, FileBlame] = field(default_factory=dict)


def blame_project(repository: Repository, line: ProjectLine, known: ProjectBlame) -> ProjectBlame:
    """Find who changed the lines of a project's files.

    Args:
        repository: The workspace's.
        line: The project's way through the commits, also under earlier names of its folder.
        known: What was found before; of an earlier commit of the same line, only what came later is looked at.
    """
    from pygit2.enums import DiffOption

    states = line.changes[::-1]
    commits = tuple(state.commit for state in states)
    if known.commits != commits[: len(known.commits)]:
        known = ProjectBlame()
    done = len(known.commits)
    files, texts = dict(known.files), dict[str, bytes]()
    trees = [_tree(repository.git, state.tree) for state in states[max(done - 1, 0) :]]
    if trees and not done:
        _carry_on(repository.git, files, texts, trees[0].diff_to_tree(swap=True), 0)
    for rank, (older, newer) in enumerate(pairwise(trees), max(done, 1)):
        changes = older.diff_to_tree(newer, flags=DiffOption.INCLUDE_TYPECHANGE)
        _carry_on(repository.git, files, texts, changes, rank)
    return ProjectBlame(commits, files)


def blame_text(repository: Repository, known: FileBlame | None, text: bytes, rank: int) -> Sequence[int]:
    """Find who changed the lines of a file that may be changed since the last commit, whose lines are known.

    Args:
        repository: The workspace's.
        known: The file in the last commit; None where it is not there.
        text: The file.
        rank: For lines that are in no commit yet.
    """
    import pygit2

    if known is None:
        return [rank] * count_lines(text)
    if str(pygit2.hash(text)) == known.blob:
        return known.ranks
    committed = _content(repository.git, known.blob)
    return _carried(known.ranks, committed, text, rank)


def count_lines(text: bytes) -> int:
    """Count lines as git does."""
    return text.count(b"\n") + (not text.endswith(b"\n") and bool(text))


def _carry_on(
    git: "pygit2.Repository", files: dict[str, FileBlame], texts: dict[str, bytes], changes: "pygit2.Diff", rank: int
) -> None:
    """Carry what is known of a folder's files on to the next commit; `texts` holds the last of those that changed."""
    for delta in changes.deltas:
        path = delta.new_file.path
        if not is_text(path):
            continue
        before, old = files.pop(path, None), texts.pop(path, None)
        if not stat.S_ISREG(delta.new_file.mode):
            continue  # it is gone, or has become a link or a submodule
        blob = str(delta.new_file.id)
        new = _content(git, blob)
        if before is None:
            ranks = [rank] * count_lines(new)
        else:
            ranks = _carried(before.ranks, _content(git, before.blob) if old is None else old, new, rank)
        files[path], texts[path] = FileBlame(blob, ranks), new


def _carried(ranks: Sequence[int], old: bytes, new: bytes, rank: int) -> list[int]:
    """Carry ranks of lines on to the next version of a file; what is new or lost something gets the rank."""
    import pygit2
    from pygit2.enums import DiffOption

    # Ids and names stand once, so patience keeps records together whose other lines are alike; a change of line
    # ends is no change of what is said.
    how = DiffOption.PATIENCE | DiffOption.INDENT_HEURISTIC | DiffOption.IGNORE_WHITESPACE_EOL | DiffOption.FORCE_TEXT
    patch = pygit2.Patch.create_from(old, new, flag=how, context_lines=0)
    hunks = [(hunk.old_start, hunk.old_lines, hunk.new_lines) for hunk in patch.hunks]
    carried, rows = list(ranks), None
    for start, gone, came in hunks:
        if gone > came:
            rows = rows or old.split(b"\n")
            for owner in _owners(rows, start - 1, start - 1 + gone):
                carried[owner] = rank
    for start, gone, came in reversed(hunks):
        first = start - 1 if gone else start
        carried[first : first + gone] = [rank] * came
    return carried


def _owners(rows: Sequence[bytes], start: int, end: int) -> Iterator[int]:
    """Find the rows that removed rows stood below: the key of a list, the first row of a record, or that of the file.

    A record that has lost a line has changed, though none of the lines it has left did.
    """
    lowest, owner = None, start - 1
    for row in range(start, end):
        depth = _depth(rows[row])
        if depth is None or (lowest is not None and depth >= lowest):
            continue
        lowest = depth
        owner = next((above for above in range(owner, 0, -1) if _is_above(rows[above], depth)), 0)
        yield owner


def _is_above(row: bytes, depth: int) -> bool:
    found = _depth(row)
    return found is not None and found < depth


def _depth(row: bytes) -> int | None:
    """Tell how deep a row of YAML stands; an item may stand right below its key and is deeper still."""
    said = row.lstrip(b" ")
    if not said.strip():
        return None
    return 2 * (len(row) - len(said)) + said.startswith(b"-")


def _tree(git: "pygit2.Repository", name: str) -> "pygit2.Tree":
    import pygit2

    return git[pygit2.Oid(hex=name)].peel(pygit2.Tree)


def _content(git: "pygit2.Repository", name: str) -> bytes:
    import pygit2

    return git[pygit2.Oid(hex=name)].peel(pygit2.Blob).data
