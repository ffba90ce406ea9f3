"""`kapm explain` in the terminal and as JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm
from kapm_site.problem.catalogue import CATALOGUE
from tests.small import write_workspace

REPOSITORY = Path(__file__).parents[1]
DATE = ("--status-date", "2026-11-20")


def run(root: Path, *arguments: str) -> Result:
    """Explain in a workspace."""
    return CliRunner().invoke(kapm, ["-C", str(root), "explain", *arguments, *DATE])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workspace."""
    return write_workspace(tmp_path)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_code_is_explained(root: Path, code: str) -> None:
    """Severity, meaning and remedy."""
    result = run(root, code, "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert (data["code"], data["severity"]) == (code, CATALOGUE[code].severity)
    assert data["summary"]
    assert data["remedy"]


def test_a_code_has_an_example_and_needs_no_workspace(tmp_path: Path) -> None:
    """The example is what `kapm check` prints, with the line of the file."""
    result = run(tmp_path, "late-without-cause")
    assert result.exit_code == 0
    assert result.stdout.startswith("late-without-cause (warning)")
    assert "To mend   Add `delay:" in result.stdout
    assert "[late-without-cause]\n" in result.stdout.split("Example", 1)[1]


def test_a_code_with_a_selector_shows_where_it_was_found(root: Path) -> None:
    """With the places in that project, or that it is nowhere."""
    found = run(root, "no-baseline", "acme/erp")
    assert "projects/acme/erp/plan.yaml:1:1: info:" in found.stdout.split("Found", 1)[1]
    assert "nowhere" in run(root, "overdue-ask", "acme/erp").stdout.split("Found", 1)[1]


def test_a_figure_names_its_formula_its_numbers_and_their_places(root: Path) -> None:
    """Each input with the file and line it is typed in."""
    result = run(root, "schedule.tasks.build.percent_complete", "acme/erp")
    assert result.exit_code == 0
    assert "schedule.tasks.build.percent_complete of acme/erp on 2026-11-20: 60%" in result.stdout
    assert "projects/acme/erp/plan.yaml:12\n" in result.stdout
    assert "How much of the task is done." in result.stdout


def test_a_figure_without_data_says_why_and_what_to_add(root: Path) -> None:
    """No wrong number, and no silence."""
    result = run(root, "earned_value.cpi", "acme/erp")
    assert result.exit_code == 0
    assert "not known" in result.stdout
    assert "Unknown   no task of the baseline has a planned cost" in result.stdout
    assert "To add" in result.stdout


def test_the_only_project_is_meant_where_none_is_named(root: Path) -> None:
    """With several projects, the figure is explained in general."""
    assert "of acme/erp on" in run(root, "schedule.slip_days").stdout
    general = run(REPOSITORY, "schedule.slip_days")
    assert general.exit_code == 0
    assert " of " not in general.stdout.splitlines()[0]
    assert "kapm explain schedule.slip_days CLIENT/PROJECT" in general.stdout


def test_the_json_is_that_of_the_contract(root: Path) -> None:
    """Value, sentence, formula, numbers, and inputs with path, line and column."""
    data = json.loads(run(root, "schedule.slip_days", "acme/erp", "--json").stdout)
    assert {"figure", "value", "sentence", "formula", "with_numbers", "inputs", "reason"} <= data.keys()
    assert all(item.keys() == {"name", "value", "path", "line", "column"} for item in data["inputs"])
    assert any(item["line"] for item in data["inputs"])


def test_without_a_word_all_figures_are_listed(root: Path) -> None:
    """One line each; as JSON with the codes."""
    lines = run(root).stdout.splitlines()
    assert any(line.startswith("  earned_value.cpi ") for line in lines)
    data = json.loads(run(root, "--json").stdout)
    assert {"earned_value.cpi", "health.overall"} <= {figure["figure"] for figure in data["figures"]}
    assert len(data["codes"]) == len(CATALOGUE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("late-without-caus",), "did you mean 'late-without-cause'?"),
        (("cpi",), "did you mean 'earned_value.cpi'?"),
        (("schedule.tasks.bild.bac", "acme/erp"), "did you mean 'schedule.tasks.build.bac'?"),
        (("schedule.start", "acme/nothing"), "no client or project 'acme/nothing'"),
        (("xyzzy",), "kapm explain lists them"),
    ],
)
def test_wrong_words_are_wrong_usage(root: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit 2, with what was probably meant."""
    result = run(root, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_client_with_several_projects_is_no_project() -> None:
    """One of them has to be named."""
    result = run(REPOSITORY, "schedule.slip_days", "harbourline")
    assert result.exit_code == 2
    assert "harbourline/customs-portal, harbourline/warehouse-rollout" in result.stderr


def test_a_project_with_errors_has_no_figures(root: Path) -> None:
    """Its problems are shown instead, and the command ends with 1."""
    write_workspace(root, {"projects/acme/erp/plan.yaml": "tasks: 5\n"})
    result = run(root, "schedule.slip_days", "acme/erp")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "projects/acme/erp/plan.yaml:1:8: error:" in result.stderr


@pytest.mark.parametrize("tool", ["figures", "examples"])
def test_what_is_generated_is_up_to_date(tool: str) -> None:
    """docs/figures.md says what the tables say; the examples are those of docs/problems.md."""
    program = [sys.executable, str(REPOSITORY / f"tools/{tool}.py"), "--check"]
    done = subprocess.run(program, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
