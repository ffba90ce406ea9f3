"""The command line: help, exit codes, and what it may load."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from kapm_site.cli import COMMANDS, kapm
from kapm_site.model.schemas import FILES, schemas
from tests.small import write_workspace

DATE = ("--status-date", "2026-11-20")


def run(root: Path, *arguments: str) -> Result:
    """Run a command in a workspace."""
    return CliRunner().invoke(kapm, ["-C", str(root), *arguments])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workspace."""
    return write_workspace(tmp_path)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_has_an_example(command: str) -> None:
    """Nobody has to guess what to type."""
    result = CliRunner().invoke(kapm, [command, "--help"])
    assert result.exit_code == 0
    assert f"kapm {command}" in result.output.split("Example", 1)[1]


def test_the_package_runs_as_a_module() -> None:
    """`python -m kapm_site` is `kapm`, under that name."""
    done = subprocess.run([sys.executable, "-m", "kapm_site", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Usage: kapm ")


def test_check_ends_with_zero_or_one(root: Path) -> None:
    """Findings do not fail the check; errors do, and `--strict` makes warnings fail it."""
    assert run(root, "check", *DATE).exit_code == 0
    write_workspace(root, {"projects/acme/client.yaml": "name: Acme Industrial\n"})
    assert run(root, "check", *DATE).exit_code == 0
    assert run(root, "check", "--strict", *DATE).exit_code == 1
    write_workspace(root, {"projects/acme/client.yaml": "nam: Acme Industrial\n"})
    result = run(root, "check", *DATE)
    assert result.exit_code == 1
    assert "projects/acme/client.yaml:1:1: error: unknown key 'nam' [unknown-key]" in result.stdout
    assert "did you mean 'name'?" in result.stdout


def test_check_shows_all_problems_of_all_files_at_once(root: Path) -> None:
    """A mistake in one file hides none in another."""
    write_workspace(
        root,
        {
            "kapm.yaml": "currency: euro\n",
            "projects/acme/client.yaml": "name: A\nprotection: maybe\n",
            "projects/acme/erp/plan.yaml": "tasks: [{id: a, name: A, start: 2026-02-30}, {id: a, name: B}]\n",
            "projects/acme/erp/risks.yaml": "risks:\n\t- x\n",
            "projects/acme/erp/updates/2026-11-20.md": "---\nheadline: x\n",
        },
    )
    document = json.loads(run(root, "check", "--format", "json", *DATE).stdout)
    found = {(problem["path"].rsplit("/", 1)[-1], problem["code"]) for problem in document["problems"]}
    assert {
        ("kapm.yaml", "bad-currency"),
        ("client.yaml", "bad-choice"),
        ("plan.yaml", "bad-date"),
        ("plan.yaml", "duplicate-id"),
        ("risks.yaml", "yaml-syntax"),
        ("2026-11-20.md", "broken-front-matter"),
    } <= found


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif"])
def test_every_format_goes_to_standard_output(root: Path, form: str) -> None:
    """Data goes to standard output, so that it can be piped."""
    write_workspace(root, {"projects/acme/client.yaml": "name: Acme Industrial\n"})
    result = run(root, "check", "--format", form, *DATE)
    assert "no-protection" in result.stdout
    assert result.stderr == ""


def test_without_a_workspace_it_is_wrong_usage(tmp_path: Path) -> None:
    """The message says how to name one."""
    result = run(tmp_path, "check")
    assert result.exit_code == 2
    assert "-C DIR" in result.stderr


def test_status_json_has_the_keys_of_the_contract(root: Path) -> None:
    """Programs rely on these names; a figure without data is null and says why."""
    document = json.loads(run(root, "status", "--json", *DATE).stdout)
    assert (document["schema"], document["status_date"]) == (1, "2026-11-20")
    project = document["projects"][0]
    assert (project["client"], project["project"]) == ("acme", "erp")
    assert project["schedule"]["tasks"]["build"]["percent_complete"] == 60
    assert project["progress"]["actual_percent"] == pytest.approx((5 * 100 + 10 * 60) / 15)
    assert project["earned_value"]["cpi"] is None
    assert project["missing"]["earned_value.cpi"]


def test_a_project_with_errors_is_left_out_of_the_status(root: Path) -> None:
    """The others are still reported; the exit code is 1."""
    write_workspace(
        root,
        {
            "projects/acme/crm/project.yaml": "name: CRM\n",
            "projects/acme/crm/plan.yaml": "tasks: [{id: a, name: A, progress: 130}]\n",
        },
    )
    result = run(root, "status", "--json", *DATE)
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [project["project"] for project in document["projects"]] == ["erp"]
    assert [problem["code"] for problem in document["problems"]] == ["out-of-range"]


def test_the_schemas_take_the_examples() -> None:
    """An editor that knows the schemas finds nothing to complain of in the examples."""
    examples = Path(__file__).parents[1]
    known = schemas()
    for name in FILES:
        jsonschema.Draft202012Validator.check_schema(known[name])
    for path in sorted(examples.glob("projects/*/*/*.yaml")):
        # As an editor of YAML 1.2 reads it: dates stay text.
        document = yaml.load(path.read_text("utf-8"), Loader=_Editor)  # noqa: S506 a loader of our own, of the safe kind
        errors = list(jsonschema.Draft202012Validator(known[path.stem]).iter_errors(document))
        assert [f"{path.name}: {error.json_path}: {error.message}"[:200] for error in errors] == []


class _Editor(yaml.SafeLoader):
    """YAML as editors read it: `on` and `2026-11-20` are text."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool", ":int"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile(r"^(true|false)$"), list("tf"))
_Editor.add_implicit_resolver("tag:yaml.org,2002:int", __import__("re").compile(r"^-?\d+$"), list("-0123456789"))
