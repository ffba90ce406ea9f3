"""Every problem code has a case, and a case reports what it states, nothing else."""

from pathlib import Path

import pytest
from case_folders import BASE, Case, Check, Expected, all_cases, place

from kapm_site.problem.catalogue import CATALOGUE, findings, reading, rules

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_reports_exactly_what_it_states(case: Case, check: Check, tmp_path: Path) -> None:
    """The problems are those stated, at their places, without follow-ups; hardly any has a baseline, or is of it."""
    case.lay(tmp_path)
    found = [
        Expected(problem.mark.path, problem.mark.line, problem.mark.column, problem.severity, problem.code)
        for problem in check(tmp_path, case.status())
        if problem.code != "no-baseline" or case.code == "no-baseline"
    ]
    assert sorted(found) == case.expected()


def test_the_workspace_below_the_cases_has_no_problem(check: Check, tmp_path: Path) -> None:
    """What a case reports comes from its own files."""
    for path in BASE.iterdir():
        target = tmp_path / place(path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    assert check(tmp_path) == []


@pytest.mark.parametrize("code", sorted({**reading.ENTRIES, **rules.ENTRIES, **findings.ENTRIES}))
def test_every_code_of_reading_rules_and_figures_has_a_case_of_its_name(code: str) -> None:
    """A code without a case could mean anything."""
    assert code in {case.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_shows_a_known_code_says_so_and_says_why(case: Case) -> None:
    """A case is named for a code of the catalogue, states it with the catalogue's severity, and is described."""
    assert case.code in {expected.code for expected in case.expected()}
    assert case.description().endswith(".")
    for expected in case.expected():
        assert expected.severity == CATALOGUE[expected.code].severity
