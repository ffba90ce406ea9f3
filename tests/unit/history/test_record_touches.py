"""Who last changed a record is told by the lines that it is written in, and by nothing else."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from past_project import ANA, BO, CLIENT, PastProject, past_project

from tests.repository import git

FIRST, SECOND, THIRD = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)
#: Records that are alike but for ids, as generated and copied ones are.
A = "  - id: a\n    name: Work\n    owner: ana\n    audience: client\n"
B = "  - id: b\n    name: Work\n    owner: ana\n    audience: client\n"
C = "  - id: c\n    name: Work\n    owner: ana\n    audience: client\n"
PARENT = "  - id: p\n    name: Phase\n    tasks:\n      - id: k\n        name: Child\n      - {id: l, name: Other}\n"


def name_first(*ids: str) -> str:
    """Write records that begin alike: the line that tells them apart is not the first."""
    return "".join(f"  - name: Work\n    id: {one}\n" for one in ids)


@pytest.fixture
def past(tmp_path: Path) -> PastProject:
    """A project in a repository without a commit."""
    return past_project(tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (A + B, A + B.replace("Work", "Test"), {"a": "Ana", "b": "Bo"}),
        (A + C, A + B + C, {"a": "Ana", "b": "Bo", "c": "Ana"}),
        (A + B, A + B + C, {"a": "Ana", "b": "Ana", "c": "Bo"}),
        (A + B + C, A + C, {"a": "Ana", "c": "Ana"}),
        (A + B, A + B.replace("    owner: ana\n", ""), {"a": "Ana", "b": "Bo"}),
        (A + B, A.replace("    audience: client\n", "") + B, {"a": "Bo", "b": "Ana"}),
        (A + B, A + "  # of b alone\n" + B, {"a": "Ana", "b": "Ana"}),
        (A + B, A + "    # of a\n" + B, {"a": "Bo", "b": "Ana"}),
        (A + "\n\n" + B, A + "\n" + B, {"a": "Ana", "b": "Ana"}),
        (A + B + C, C + A + B, {"a": "Ana", "b": "Ana", "c": "Bo"}),
        (A + B, (A + B).replace("\n", "\r\n"), {"a": "Ana", "b": "Ana"}),
        (PARENT, PARENT.replace("Child", "Kid"), {"p": "Ana", "k": "Bo", "l": "Ana"}),
        (PARENT, PARENT.replace("Phase", "Stage"), {"p": "Bo", "k": "Ana", "l": "Ana"}),
        (PARENT, PARENT + "    owner: ana\n", {"p": "Bo", "k": "Ana", "l": "Ana"}),
        (PARENT, PARENT.replace("      - {id: l, name: Other}\n", ""), {"p": "Ana", "k": "Ana"}),
        (PARENT, PARENT + "      - {id: m, name: New}\n", {"p": "Ana", "k": "Ana", "l": "Ana", "m": "Bo"}),
        (
            "  - {id: a, name: Work,\n     notes: x}\n  - {id: b, name: Work}\n",
            "  - {id: a, name: Work,\n     notes: y}\n  - {id: b, name: Work}\n",
            {"a": "Bo", "b": "Ana"},
        ),
        (
            A + "    notes: |\n      # Heading\n" + B,
            A + "    notes: |\n      # Another\n" + B,
            {"a": "Bo", "b": "Ana"},
        ),
        (
            A.replace("Work", '"One\u2028Two"') + B + C,
            A.replace("Work", '"One\u2028Two"') + B + C.replace("Work", "Test"),
            {"a": "Ana", "b": "Ana", "c": "Bo"},
        ),
        (A, A.replace("    owner: ana\n    audience: client\n", ""), {"a": "Bo"}),
        (name_first("a", "c"), name_first("a", "b", "c"), {"a": "Ana", "b": "Bo", "c": "Ana"}),
    ],
    ids=[
        "neighbour-edited",
        "put-between-two-alike",
        "put-behind",
        "neighbour-deleted",
        "line-removed-within",
        "last-line-removed",
        "comment-above-the-next",
        "comment-within",
        "blank-line-between",
        "moved",
        "line-ends",
        "child-edited",
        "parent-edited",
        "parent-edited-below-its-children",
        "child-deleted",
        "child-added",
        "in-braces-over-two-lines",
        "ends-in-what-looks-like-a-comment",
        "line-separators-that-git-does-not-know",
        "all-but-two-lines-removed",
        "put-between-two-that-begin-alike",
    ],
)
def test_the_lines_of_a_record_tell_who_changed_it(
    past: PastProject, before: str, after: str, expected: dict[str, str]
) -> None:
    """Ana wrote the plan, then Bo changed it: his is what he changed, hers is the rest."""
    past.commit(FIRST, ANA, plan=f"tasks:\n{before}")
    past.commit(SECOND, BO, plan=f"tasks:\n{after}")
    assert past.authors() == expected


def test_two_records_on_one_line_change_together(past: PastProject) -> None:
    """Git knows lines only; what stands on one line has one last change."""
    past.commit(FIRST, ANA, plan="tasks: [{id: a, name: Work}, {id: b,\n  name: Work}, {id: c, name: Work}]\n")
    past.commit(SECOND, BO, plan="tasks: [{id: a, name: Work}, {id: b,\n  name: Test}, {id: c, name: Work}]\n")
    assert past.authors() == {"a": "Ana", "b": "Bo", "c": "Bo"}


@pytest.mark.promise("H2")
def test_a_name_of_git_is_a_text_like_all_others(past: PastProject) -> None:
    """Git takes characters that no source file may hold: they turn a line around, or command what shows it."""
    past.commit(FIRST, 'Eve" onfocus=x \x1b[31m\x9b2J\u202e\u2066', plan="tasks: [{id: a, name: Work}]\n")
    author = past.touches()[0].touch
    assert author is not None
    assert author.author == 'Eve" onfocus=x \ufffd[31m\ufffd2J\ufffd\ufffd'


def test_every_kind_of_record_has_a_last_change(past: PastProject) -> None:
    """Date, author and commit, the latest first; the project's own is that of what no other record holds."""
    first = past.commit(
        FIRST,
        risks="risks:\n  - {id: r1, title: Late}\nissues:\n  - {id: i1, title: Broken}\n",
        asks="asks: [{id: q1, title: Sign}]\n",
        costs="entries:\n  - {date: 2026-11-03, amount: 5, note: Travel}\n",
        decisions="decisions:\n  - {id: d1, date: 2026-11-03, title: Go}\n",
        **{"reports/1": "number: 1\nstatus_date: 2026-11-06\n"},
    )
    charter = (past.root / past.folder / "project.yaml").read_text()
    second = past.commit(SECOND, BO, project=charter.replace("manager: ana", "manager: ana\ncode: X"))
    found = past.touches()
    told = {(one.kind, one.id or str(one.day or "")): one.touch.commit for one in found if one.touch}
    assert found[0].kind == "project"
    assert found[0].touch == dataclasses.replace(found[0].touch, day=SECOND, author=BO, commit=second)
    assert told == {
        ("project", ""): second,
        **dict.fromkeys(
            [
                ("person", "ana"),
                ("task", "design"),
                ("task", "build"),
                ("milestone", "go-live"),
                ("risk", "r1"),
                ("issue", "i1"),
                ("ask", "q1"),
                ("cost", "2026-11-03"),
                ("decision", "d1"),
                ("update", "2026-11-13"),
                ("report", "1"),
            ],
            first,
        ),
    }


def test_what_is_not_committed_is_told_first(past: PastProject) -> None:
    """An edit, a removed line and a new file stand in no commit; undone, the record is as it was."""
    past.commit(FIRST, plan=f"tasks:\n{A}{B}{C}")
    edited = B.replace("    owner: ana\n", "") + C.replace("Work", "Test")
    past.write({"plan.yaml": f"tasks:\n{A}{edited}", "asks.yaml": "asks: [{id: q1, title: Sign}]\n"})
    assert [(one.id, one.touch) for one in past.touches() if one.touch is None] == [
        ("b", None),
        ("c", None),
        ("q1", None),
    ]
    past.write({"plan.yaml": f"tasks:\n{A}{B}{C}"})
    assert past.authors() == {"a": "Ana", "b": "Ana", "c": "Ana"}


def test_a_renamed_folder_changes_no_record(tmp_path: Path) -> None:
    """The records keep their changes through a rename, also where a record is edited along with it."""
    past = past_project(tmp_path)
    past.commit(FIRST, ANA, plan=f"tasks:\n{A}{B}{C}")
    git(past.root, "mv", past.folder, f"{CLIENT}/rollout")
    renamed = PastProject(past.root, "rollout")
    renamed.commit(SECOND, BO, plan=f"tasks:\n{A}{B}{C.replace('Work', 'Test')}")
    assert renamed.authors() == {"a": "Ana", "b": "Ana", "c": "Bo"}


def test_a_merge_counts_as_the_change_of_what_it_brought(past: PastProject) -> None:
    """What the branch itself has gone through is told by its first parents."""
    past.commit(FIRST, ANA, plan=f"tasks:\n{A}{B}{C}")
    git(past.root, "checkout", "--quiet", "-b", "side")
    past.commit(SECOND, BO, plan=f"tasks:\n{A}{B}{C.replace('Work', 'Test')}")
    git(past.root, "checkout", "--quiet", "main")
    past.commit(SECOND, ANA, plan=f"tasks:\n{A.replace('Work', 'Test')}{B}{C}")
    git(past.root, "merge", "--quiet", "--no-edit", "side", day=THIRD)
    merge = git(past.root, "rev-parse", "HEAD")
    found = {one.id: (one.touch.day, one.touch.commit == merge) for one in past.touches() if one.touch}
    assert (found["a"], found["b"], found["c"]) == ((SECOND, False), (FIRST, False), (THIRD, True))


def test_a_shallow_clone_claims_nothing_of_what_it_lacks(tmp_path: Path) -> None:
    """The oldest commit at hand did not write what it holds; once the rest is there, it is told."""
    past = past_project(tmp_path / "whole")
    past.commit(FIRST, ANA, plan=f"tasks:\n{A}{B}")
    past.commit(SECOND, ANA, plan=f"tasks:\n{A}{B}{C}")
    past.commit(THIRD, BO, plan=f"tasks:\n{A}{B.replace('Work', 'Test')}{C}")
    git(tmp_path, "clone", "--quiet", "--depth", "2", past.root.as_uri(), "clone")
    clone = PastProject(tmp_path / "clone")
    assert clone.authors() == {"b": "Bo"}
    git(clone.root, "fetch", "--quiet", "--unshallow")
    assert PastProject(_moved(clone.root)).authors() == {"a": "Ana", "b": "Bo", "c": "Ana"}


def test_an_amended_commit_takes_nothing_of_the_one_it_replaced(past: PastProject) -> None:
    """What was kept of a commit that is no longer on the branch is worked out again."""
    past.commit(FIRST, ANA, plan=f"tasks:\n{A}{B}")
    past.commit(SECOND, BO, plan=f"tasks:\n{A}{B.replace('Work', 'Test')}")
    assert past.authors() == {"a": "Ana", "b": "Bo"}
    git(past.root, "reset", "--quiet", "--hard", "HEAD~1")
    past.commit(SECOND + timedelta(1), BO, plan=f"tasks:\n{A.replace('Work', 'Test')}{B}")
    assert past.authors() == {"a": "Bo", "b": "Ana"}


def test_a_broken_store_is_no_matter(past: PastProject) -> None:
    """What was kept and cannot be read is worked out again."""
    past.commit(FIRST, ANA, plan=f"tasks:\n{A}{B}")
    found = past.touches()
    for kept in (past.root / ".git/kapm").glob("*.touches.json"):
        kept.write_text('{"version": "0"')
    assert past.touches() == found


def test_a_look_at_an_older_commit_does_not_cost_what_is_known_of_the_newer(past: PastProject) -> None:
    """The older one is told as it was, and what was kept stays."""
    past.commit(FIRST, ANA, plan=f"tasks:\n{A}{B}")
    past.commit(SECOND, BO, plan=f"tasks:\n{A}{B.replace('Work', 'Test')}")
    past.touches()
    (kept,) = (past.root / ".git/kapm").glob("*.touches.json")
    known = kept.read_bytes()
    git(past.root, "checkout", "--quiet", "HEAD~1")
    assert past.authors() == {"a": "Ana", "b": "Ana"}
    assert kept.read_bytes() == known


def _moved(root: Path) -> Path:
    """Move a repository, so that it is opened anew: git's own state of it is remembered for each process."""
    return root.rename(root.with_name("moved"))
