"""What must hold of `kapm check`, whatever lies in the workspace."""

import errno
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from seeds import STATUS

from kapm_site.pipeline.load import check_projects, load
from kapm_site.problem import MOST_OF_A_FILE, Mark, Problem
from kapm_site.problem.catalogue import CATALOGUE
from kapm_site.problem.formats import FORMATS

#: Of processor time; twice what is promised, as these machines are busy with other tests.
MOST_SECONDS = 4.0
#: What ends a line in a mark: YAML's line breaks.
_LINE_BREAK = re.compile("[\n\x85\u2028\u2029]")

DAY = date.fromisoformat(STATUS)


@contextmanager
def workspace(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Write a workspace to a folder for as long as it is looked at."""
    root = Path(tempfile.mkdtemp(prefix="kapm-fuzz-"))
    try:
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        yield root
    finally:
        subprocess.run(["rm", "-rf", str(root)], check=True)  # folders may be too deep for Python


@dataclass
class Count:
    """What was tried, for the summary of a long run."""

    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    slowest_input: str = ""


COUNT = Count()


def check_folder(root: Path, status: date = DAY, name: str = "") -> list[Problem]:
    """Do what `kapm check` does, in every format, and assert what it promises."""
    began = time.process_time()
    loaded = load(root)
    problems = check_projects(loaded, (), status)
    _check_formats(problems, loaded.texts)
    _measure(time.process_time() - began, name)
    for problem in problems:
        _check_problem(problem, root, loaded.texts)
    for path in {problem.mark.path for problem in problems}:
        assert sum(problem.mark.path == path for problem in problems) <= MOST_OF_A_FILE + 1, path
    return problems


def check_files(files: Mapping[str, bytes], name: str = "") -> list[Problem]:
    """Check a workspace given by its files."""
    with workspace(files) as root:
        return check_folder(root, name=name)


def _measure(seconds: float, name: str) -> None:
    COUNT.inputs += 1
    COUNT.seconds += seconds
    if seconds > COUNT.slowest:
        COUNT.slowest, COUNT.slowest_input = seconds, name[:300]
    assert seconds < MOST_SECONDS, f"{seconds:.1f} s"


def _check_problem(problem: Problem, root: Path, texts: Mapping[str, str]) -> None:
    assert problem.code in CATALOGUE, problem
    assert problem.message, problem
    for mark in (problem.mark, *(related.mark for related in problem.related)):
        _check_mark(mark, root, texts, problem)


def _check_mark(mark: Mark, root: Path, texts: Mapping[str, str], problem: Problem) -> None:
    assert mark.line >= 1, problem
    assert mark.column >= 1, problem
    assert mark.length >= 1, problem
    text = texts.get(mark.path)
    if text is None:
        # A whole file or folder: one that is there, or that is missing.
        assert mark == Mark(mark.path), problem
        assert mark.path, problem
        assert _is_there(root / mark.path) or problem.code in ("missing-file", "no-projects"), problem
        return
    lines = _LINE_BREAK.split(text)
    assert mark.line <= len(lines), problem
    assert mark.column <= len(lines[mark.line - 1]) + 1, problem


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError as error:
        return error.errno == errno.ENAMETOOLONG
    return True


def _check_formats(problems: list[Problem], texts: Mapping[str, str]) -> None:
    written = {name: form(problems, texts) for name, form in FORMATS.items()}
    for text in written.values():
        text.encode()  # what no terminal could show would end in a fault
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", written["text"])
    assert len(json.loads(written["json"])["problems"]) == len(problems)
    assert len(json.loads(written["gitlab"])) == len(problems)
    assert len(json.loads(written["sarif"])["runs"][0]["results"]) == len(problems)
    assert len(written["github"].splitlines()) >= len(problems)
