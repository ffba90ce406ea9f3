from collections.abc import Iterator
from datetime import date, datetime

import pytest

from kapm_site.source.blocks import Block, join_blocks, parse_blocks
from kapm_site.source.edit import Edit, Insert, Move, Path, Remove, Set, edit_text, text_value
from kapm_site.source.emit import Typed, block_text, flow_text

PLAN = """\
# Plan of the rollout
audience: client   # the client sees it

tasks:
  # first phase
  - id: prepare
    name:   "Prepare"   # aligned by hand
    start: 2026-01-05
    finish: 2026-01-09T17:00
    assigned: [{person: li, units: 50},
               {person: wang}]
    notes: |
      two lines

      # of text
    # a remark inside

  # remark above the second
  - id: deliver
    name: a name that goes on
      over two lines
    progress: 040
    labels: [a, 'b, c']
    depends_on:
      - prepare   # because of the data
      - {task: other, lag: 2d}
    tasks:
      - id: pack   # smallest
        name: Pack
# end
"""
ORDER = ("id", "name", "start", "finish", "duration", "progress", "deadline", "notes", "tasks")
PREPARE = ("tasks", "prepare")
DELIVER = ("tasks", "deliver")

ODD = [
    PLAN,
    "",
    "# only a comment\n",
    "a: 1\n",
    "# c\n---\na: 1\n...\n",
    "a: 1\n  # deeper\n\n# at the end\n",
    "- a\n- b: 1\n  c: 2\n",
    'a:\n- id: x\n  y:\n  z: "q\n    r"\n-\n  # c\n  id: b\n- \n- >-\n  folded\n- - nested\n  - list\n- {id: q}\n',
    "k: |+\n  keep\n\n",
    "文本: 中文 😀\n列表:\n  - 标识: 甲  # 注\n",
]


@pytest.mark.parametrize("text", ODD)
def test_blocks_join_to_the_same_text(text: str) -> None:
    """Splitting a text into blocks and joining them loses nothing."""
    assert join_blocks(parse_blocks(text)) == text


def changed(edits: list[Edit], text: str = PLAN) -> tuple[list[str], list[str]]:
    """Return the lines that edits take out and put in."""
    before, after = text.splitlines(), edit_text(text, edits).splitlines()
    gone = [line for line in before if line not in after or before.count(line) > after.count(line)]
    come = [line for line in after if line not in before or after.count(line) > before.count(line)]
    return gone, come


CASES: list[tuple[str, list[Edit], list[str], list[str]]] = [
    (
        "a scalar, its comment stays",
        [Set((*PREPARE, "name"), "Prepare all")],
        ['    name:   "Prepare"   # aligned by hand'],
        ["    name:   Prepare all   # aligned by hand"],
    ),
    (
        "a date for a time",
        [Set((*PREPARE, "finish"), date(2026, 1, 12))],
        ["    finish: 2026-01-09T17:00"],
        ["    finish: 2026-01-12"],
    ),
    (
        "a key at the top",
        [Set(("audience",), "internal")],
        ["audience: client   # the client sees it"],
        ["audience: internal   # the client sees it"],
    ),
    (
        "a new key, at its place",
        [Set((*PREPARE, "deadline"), date(2026, 2, 1), ORDER)],
        [],
        ["    deadline: 2026-02-01"],
    ),
    (
        "a value over several lines by one on a line",
        [Set((*DELIVER, "name"), "Short")],
        ["    name: a name that goes on", "      over two lines"],
        ["    name: Short"],
    ),
    (
        "a text of several lines",
        [Set((*DELIVER, "name"), "one\ntwo")],
        ["    name: a name that goes on", "      over two lines"],
        ["    name: |-", "      one", "      two"],
    ),
    (
        "a list item, the comment of its neighbour stays",
        [Set((*DELIVER, "depends_on"), ["prepare", {"task": "other", "lag": "3d"}])],
        ["      - {task: other, lag: 2d}"],
        ["      - {task: other, lag: 3d}"],
    ),
    ("a list on one line", [Set((*DELIVER, "labels"), ["a"])], ["    labels: [a, 'b, c']"], ["    labels: [a]"]),
    (
        "inside a value on one line",
        [Set((*DELIVER, "labels", 1), "d")],
        ["    labels: [a, 'b, c']"],
        ["    labels: [a, d]"],
    ),
    ("a key taken out", [Remove((*DELIVER, "progress"))], ["    progress: 040"], []),
    (
        "the first key of an item taken out",
        [Remove((*DELIVER, "tasks", "pack", "id"))],
        ["      - id: pack   # smallest", "        name: Pack"],
        ["      - name: Pack"],
    ),
    ("an item taken out", [Remove((*DELIVER, "depends_on", 0))], ["      - prepare   # because of the data"], []),
    ("nothing", [Set((*PREPARE, "start"), date(2026, 1, 5))], [], []),
]


@pytest.mark.parametrize(("edits", "gone", "come"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_edit_changes_only_its_lines(edits: list[Edit], gone: list[str], come: list[str]) -> None:
    """An edit takes out and puts in the lines of its own value and no others."""
    assert changed(edits) == (gone, come)


def test_a_comment_stays_with_the_record_below_it() -> None:
    """A record put in between two others does not take the comment that stands above the second."""
    after = edit_text(PLAN, [Insert(("tasks",), {"id": "new", "name": "New"}, "prepare")]).splitlines()
    start = after.index("    # a remark inside")
    assert after[start : start + 7] == [
        "    # a remark inside",
        "",
        "  - id: new",
        "    name: New",
        "",
        "  # remark above the second",
        "  - id: deliver",
    ]


def test_a_record_moves_with_its_comments_and_indentation() -> None:
    """A moved record takes its comments and children along and is indented like its new neighbours."""
    after = edit_text(PLAN, [Move(DELIVER, (*PREPARE, "tasks"), None, ORDER)])
    assert "    tasks:\n      # remark above the second\n      - id: deliver\n" in after
    assert "        tasks:\n          - id: pack   # smallest\n" in after
    assert after.endswith("# end\n")


def test_the_comment_above_a_key_outlives_it() -> None:
    """A comment above a key that is taken out stays."""
    text = "a: 1\n# why b\nb: 2\nc: 3\n"
    assert edit_text(text, [Remove(("b",))]) == "a: 1\n# why b\nc: 3\n"


LINKS = "a: 1\nlinks:\n  # one\n  - x\n  # two\n  - {id: y}\nz: 2\n"


@pytest.mark.parametrize(
    "edit",
    [Remove(("links",)), Set(("links",), ["x"]), Set(("links",), ["q"]), Set(("links",), "none"), Set(("links",), [])],
)
def test_comment_lines_outlive_what_they_speak_of(edit: Edit) -> None:
    """Whatever becomes of a list, the comments in it stay in the file."""
    after = edit_text(LINKS, [edit])
    assert "# one\n" in after
    assert "# two\n" in after


def test_the_head_of_a_file_stays_above_a_new_first_key() -> None:
    """A key that comes first is put below the comment at the head of the file."""
    after = edit_text("# head\nb: 2\n", [Set(("a",), 1, ("a", "b"))])
    assert after == "# head\na: 1\nb: 2\n"


@pytest.mark.parametrize(
    "text",
    ["tasks: []\n", "tasks:\n", "tasks: []   # none yet\n", "", "# nothing\n", "other: 1\n"],
)
def test_a_list_is_made_or_opened(text: str) -> None:
    """A record goes into a list that is absent, empty or written on one line."""
    after = edit_text(text, [Insert(("tasks",), {"id": "a", "name": "A"})])
    value = text_value(after)
    assert isinstance(value, dict)
    assert value["tasks"] == [{"id": "a", "name": "A"}]
    assert [line for line in text.splitlines() if "#" in line] == [
        line for line in after.splitlines() if "#" in line
    ] or ("# none yet" in after)


def test_a_list_on_one_line_keeps_its_records() -> None:
    """A list on one line is opened when a record joins it."""
    after = edit_text("team: [{id: li, name: '12'}]\n", [Insert(("team",), {"id": "wu", "name": "Wu"})])
    assert text_value(after) == {"team": [{"id": "li", "name": "12"}, {"id": "wu", "name": "Wu"}]}


FLOW = "# ours\ntasks: [{id: a, name: '12', tasks: [{id: b, name: B}, {id: c, name: C}]}]   # all\nend: 1\n"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Remove(("tasks", "a", "tasks", "b")), [{"id": "a", "name": "12", "tasks": [{"id": "c", "name": "C"}]}]),
        (Remove(("tasks", "a", "tasks")), [{"id": "a", "name": "12"}]),
        (
            Move(("tasks", "a", "tasks", "b"), ("tasks",)),
            [{"id": "a", "name": "12", "tasks": [{"id": "c", "name": "C"}]}, {"id": "b", "name": "B"}],
        ),
        (
            Set(("tasks", "a", "name"), "A"),
            [{"id": "a", "name": "A", "tasks": [{"id": "b", "name": "B"}, {"id": "c", "name": "C"}]}],
        ),
    ],
)
@pytest.mark.parametrize(
    "text", [FLOW, "# ours\n{tasks: [{id: a, name: '12', tasks: [{id: b, name: B}, {id: c, name: C}]}], end: 1}\n"]
)
def test_collections_on_one_line_can_be_reached_into(text: str, edit: Edit, expected: object) -> None:
    """Records written on one line can be edited like those in blocks."""
    after = edit_text(text, [edit])
    assert text_value(after) == {"tasks": expected, "end": "1"}
    assert after.startswith("# ours\n")


def test_an_emptied_list_is_written_out() -> None:
    """A list whose last record is taken out becomes an empty list, not an empty value."""
    assert edit_text("a:  # why\n  - id: x\n", [Remove(("a", "x"))]) == "a: []  # why\n"


def test_line_ends_are_kept() -> None:
    """A file with CRLF line ends keeps them, in new lines too."""
    assert edit_text("a: 1\r\nb: 2\r\n", [Set(("c",), 3)]) == "a: 1\r\nb: 2\r\nc: 3\r\n"


def test_a_path_that_leads_nowhere_is_a_fault_of_the_caller() -> None:
    """An edit of what is not there raises instead of writing something else."""
    for edit in (Set(("tasks", "none", "name"), 1), Remove((*PREPARE, "none")), Remove(("tasks", "none"))):
        with pytest.raises(KeyError):
            edit_text(PLAN, [edit])


def values_below(block: Block, path: Path = ()) -> Iterator[tuple[Path, Block]]:
    """Yield every value of a document with its path."""
    for index, child in enumerate(block.children):
        below = (*path, child.name or index)
        yield from values_below(child, below) if child.form != "value" else [(below, child)]


VALUES = list(values_below(parse_blocks(PLAN)))


@pytest.mark.parametrize(("path", "block"), VALUES, ids=["/".join(map(str, path)) for path, _ in VALUES])
def test_setting_any_value_leaves_the_other_lines(path: Path, block: Block) -> None:
    """Setting any value of a file leaves every line outside that value as it was."""
    gone, come = changed([Set(path, "another")])
    assert len([line for line in gone if line]) == len([line for line in block.head if line.strip()])
    assert len(come) == 1


def test_quotes_only_where_another_reader_would_guess() -> None:
    """Texts that YAML takes for something else are quoted; dates, durations and typed scalars are not."""
    data = {
        "a": "no",
        "b": "12:30",
        "c": "0123",
        "d": Typed("040"),
        "e": date(2026, 1, 5),
        "f": datetime.fromisoformat("2026-01-05T09:00"),
        "g": "5d",
        "h": 1.50,
        "i": True,
        "j": "a: b",
        "k": "中文 😀",
        "l": 8.0,
    }
    assert block_text(data).splitlines() == [
        "a: 'no'",
        "b: '12:30'",
        "c: '0123'",
        "d: 040",
        "e: 2026-01-05",
        "f: 2026-01-05T09:00",
        "g: 5d",
        "h: 1.5",
        "i: true",
        "j: 'a: b'",
        "k: 中文 😀",
        "l: 8",
    ]


def test_records_stand_in_blocks_and_small_values_on_a_line() -> None:
    """Records with an id are written in block style; what is short and simple on one line."""
    data = {"tasks": [{"id": "a", "link": {"task": "b", "lag": "1d"}, "tags": ["x", "y"]}], "none": []}
    assert block_text(data) == "tasks:\n  - id: a\n    link: {task: b, lag: 1d}\n    tags: [x, y]\nnone: []\n"
    assert flow_text(["b, c", {"k": 1}]) == "['b, c', {k: 1}]"
