"""Every code that is reported is in the catalogue, once, with what it means and how to mend it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kapm_site.problem import MOST_OF_A_FILE, Mark, Problem, has_errors, limit_problems, sort_problems
from kapm_site.problem.catalogue import (
    CATALOGUE,
    findings,
    history,
    importing,
    publishing,
    reading,
    recording,
    rendering,
    rules,
)

ROOT = Path(__file__).parents[3]

#: What stands before a code where it is reported: a mark, a scalar's error, a constant, a returned pair.
_BEFORE = r"""(?:Problem\(\s*[^"']*?|\bbad\(|CustomError\(|\.report\([^"]*?|_CODE = |code = |return )"""
_REPORTED = re.compile(_BEFORE + r'"([a-z0-9]+(?:-[a-z0-9]+)+)"')


def reported(*folders: str) -> set[str]:
    """Return the codes that the modules of some folders report."""
    paths = [path for folder in folders for path in (ROOT / "kapm_site" / folder).rglob("*.py")]
    return {code for path in paths for code in _REPORTED.findall(path.read_text("utf-8"))}


def test_what_reading_and_the_rules_report_is_in_their_catalogues() -> None:
    """No code without an entry."""
    assert reported("source", "workspace", "model") <= reading.ENTRIES.keys()
    assert reported("checks") <= rules.ENTRIES.keys()


@pytest.mark.parametrize("code", sorted({**reading.ENTRIES, **rules.ENTRIES}))
def test_an_entry_is_a_rule_a_reason_and_a_remedy(code: str) -> None:
    """In whole sentences, with code in backquotes that are closed."""
    entry = {**reading.ENTRIES, **rules.ENTRIES}[code]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    for text in (entry.summary, entry.meaning, entry.remedy):
        assert text[0] == text[0].upper()
        assert text.endswith(".")
        assert text.count("`") % 2 == 0
        assert "  " not in text
    assert len(entry.summary) <= 120


def test_the_page_of_problems_is_up_to_date() -> None:
    """`python tools/problems.py` writes it from the catalogue and the cases."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "problems.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert [code for code in CATALOGUE if f"### {code}\n" not in page] == []


def test_problems_are_sorted_by_place_and_each_is_kept_once() -> None:
    """Path, line, column; errors first where two share a place."""
    late, early = Mark("b", 2, 3), Mark("b", 2, 1)
    problems = [
        Problem(late, "z", "m"),
        Problem(early, "y", "m", "warning"),
        Problem(early, "z", "m"),
        Problem(Mark("a", 9), "z", "m"),
        Problem(late, "z", "m"),
    ]
    assert [(str(problem.mark), problem.severity) for problem in sort_problems(problems)] == [
        ("a:9:1", "error"),
        ("b:2:1", "error"),
        ("b:2:1", "warning"),
        ("b:2:3", "error"),
    ]
    assert has_errors(problems)
    assert not has_errors(problems[1:2])


def test_problems_that_were_limited_are_limited_again_to_the_same() -> None:
    """A workspace is limited when it is read, and again with what its figures say."""
    many = [Problem(Mark("a", line), "z", "m") for line in range(1, MOST_OF_A_FILE + 500)]
    once = limit_problems([*many, Problem(Mark("b"), "z", "m")])
    assert [problem.code for problem in once] == ["too-many-problems", *["z"] * (MOST_OF_A_FILE + 1)]
    assert limit_problems(once) == once
    more = [Problem(Mark("a", line, 2), "y", "m", "warning") for line in (1, 2)]
    assert limit_problems([*once, *more]) == once


def test_a_code_is_in_one_part_of_the_catalogue() -> None:
    """Where two parts share a code, one entry would hide the other."""
    parts = [
        reading.ENTRIES,
        rules.ENTRIES,
        findings.ENTRIES,
        importing.ENTRIES,
        recording.ENTRIES,
        rendering.ENTRIES,
        publishing.ENTRIES,
        history.ENTRIES,
    ]
    assert sorted(code for part in parts for code in part) == sorted(CATALOGUE)
