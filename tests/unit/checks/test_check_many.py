"""Of very many faults a rule tells as many in each file as are reported, and no file takes room from another."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from small import write_workspace

from kapm_site.pipeline.load import check_projects, load
from kapm_site.problem import MOST_OF_A_FILE, Problem

ERP = "projects/acme/erp"
#: What a record has in it for each rule, by the code that is reported.
FAULTS = {
    "unknown-person": "owner: nobody{}",
    "link-scheme": "effect: '[a](javascript:b{})'",
    "image-path": "effect: '![a](../b{}.png)'",
}


def counted(root: Path, code: str, **counts: int) -> tuple[dict[str, int], list[Problem]]:
    """Check a workspace of registers with so many faults; return how many are told of each, and the notes."""
    files: dict[str, str | None] = {
        f"{ERP}/{name}.yaml": f"audience: client\n{name}:\n"
        + "".join(f"  - {{id: x{i}, title: n, {FAULTS[code].format(i)}}}\n" for i in range(count))
        for name, count in counts.items()
    }
    problems = check_projects(load(write_workspace(root, files)), (), date(2026, 11, 20))
    found = Counter(problem.mark.path for problem in problems if problem.code == code)
    notes = [problem for problem in problems if problem.code == "too-many-problems"]
    return {name: found[f"{ERP}/{name}.yaml"] for name in counts}, notes


@pytest.mark.parametrize("code", FAULTS)
def test_a_file_full_of_faults_takes_no_room_from_another(code: str, tmp_path: Path) -> None:
    """1500 in each of two files are 3000, and below what is told of a file."""
    assert counted(tmp_path, code, risks=1500, asks=1500) == ({"risks": 1500, "asks": 1500}, [])


@pytest.mark.parametrize("code", FAULTS)
def test_a_file_of_too_many_faults_says_so_and_the_next_is_still_looked_at(code: str, tmp_path: Path) -> None:
    """Whichever comes first."""
    found, notes = counted(tmp_path, code, risks=3000, asks=7)
    assert found == {"risks": MOST_OF_A_FILE, "asks": 7}
    assert [note.mark.path for note in notes] == [f"{ERP}/risks.yaml"]
