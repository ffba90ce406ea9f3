"""What kapm prints is read by terminals and by the logs of a CI: no text of a workspace commands either."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from kapm_site.cli import kapm
from kapm_site.commands.faults import log_fault
from kapm_site.problem import Mark, Problem, Related
from kapm_site.problem.formats import FORMATS
from tests.repository import commit_all
from tests.small import FILES, write_workspace
from tests.unit.importers.mspdi_files import plan, task

pytestmark = pytest.mark.promise("H2")

#: Colours, moves the cursor, names the window, rings, turns the text around, ends the line.
COMMANDS = "\x1b[31m\x9b2J\x1b]0;x\x07\x08\x7f\u202e\u2066\r\x85\u2028"
#: What GitHub, Azure and TeamCity carry out where it stands in a log, the first only at the start of a line.
ORDERS = ("::add-mask::e", "##[add-mask]e", "##vso[task.setvariable variable=PATH]e", "##teamcity[message text='e']")
CARRIED_OUT = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
DATE = ("--status-date", "2026-11-20")


def quiet(printed: str, own: str = "$^") -> list[str]:
    """List the lines that command a terminal or a log, but for what begins as our own annotations do."""
    lines = printed.split("\n")
    return [
        line
        for line in lines
        if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") or "\u202a" <= sign <= "\u202e" for sign in line)
        or (CARRIED_OUT.search(line) and not re.match(own, line))
    ]


def run(root: Path, *arguments: str) -> str:
    """Run a command and return all that it prints."""
    result = CliRunner().invoke(kapm, ["-C", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace whose names are orders, with an error on each of their lines, and files named by commands."""
    names = "".join(f"  - {{id: t{n}, name: {json.dumps(name)}, owner: nobody}}\n" for n, name in enumerate(ORDERS))
    escaped = json.dumps(COMMANDS)
    return write_workspace(
        tmp_path,
        {
            "projects/acme/erp/plan.yaml": f"tasks:\n{names}  - {{id: {escaped}, name: {escaped}}}\n",
            "projects/acme/erp/asks.yaml": f"asks:\n  - {{id: a, title: x, kind: '{ORDERS[2]}', due: {escaped}}}\n",
            "projects/acme/erp/updates/2026-11-20\x1b[31m.md": "x",
            "projects/ac\x9b31me/client.yaml": "name: x\n",
            "projects/acme/erp/##vso[x]\n::add-mask::y.yaml": "x: 1\n",
        },
    )


@pytest.mark.parametrize("form", FORMATS)
def test_problems_command_nobody(root: Path, form: str) -> None:
    """In no format, wherever the text stands: in the message, the line of the file, the path."""
    printed = run(root, "check", "--format", form, *DATE)
    assert "add-mask" in printed
    if form == "text":
        assert "setvariable" in printed
        assert quiet(printed) == []
    elif form == "github":
        assert quiet(printed, own="::(error|warning|notice) file=") == []
    else:
        assert json.loads(printed)
        assert quiet(printed) == []


def test_a_problem_that_begins_with_an_order_is_one_annotation() -> None:
    """A line break in a message, a path or a place begins no command of its own."""
    text = "x\n::set-output name=a::b\r\n%0A::add-mask::e"
    problem = Problem(Mark(f"{text}.yaml", 1, 1), "c", text, hint=text, related=(Related(Mark(text), text),))
    (line,) = FORMATS["github"]([problem], {}).splitlines()
    assert line.startswith("::error file=x")
    assert FORMATS["github"]([problem], {}).count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [("build", "--no-pdf"), ("status",), ("audit", "site"), ("explain", "bad-choice"), ("diff",)], ids=str
)
def test_every_command_shows_problems_alike(root: Path, arguments: tuple[str, ...]) -> None:
    """Those of a workspace that is not in order."""
    (root / "site").mkdir()
    commit_all(root, "x")
    arguments = tuple(str(root / "site") if one == "site" else one for one in arguments)
    assert quiet(run(root, *arguments)) == []


def test_names_command_nobody_where_all_is_in_order(tmp_path: Path) -> None:
    """What changed, how a figure came about, and a plan that comes from elsewhere."""
    write_workspace(tmp_path)
    commit_all(tmp_path, "x")
    named = {path: text.replace("ERP rollout", json.dumps(ORDERS[1])) for path, text in FILES.items()}
    named["projects/acme/client.yaml"] = f"name: {json.dumps(ORDERS[0])}\nprotection: none\n"
    text = named["projects/acme/erp/plan.yaml"].replace("name: Build it", f"name: {json.dumps(ORDERS[2])}")
    named["projects/acme/erp/plan.yaml"] = text.replace("2026-11-27", "2026-12-04")
    write_workspace(tmp_path, named)
    for arguments in (("diff",), ("explain", "progress.actual_percent", "acme/erp")):
        assert quiet(run(tmp_path, *arguments, *DATE)) == []
    assert "add-mask" in run(tmp_path, "diff", *DATE)


def test_an_import_commands_nobody(tmp_path: Path) -> None:
    """XML may hold characters that YAML may not."""
    write_workspace(tmp_path)
    rows = [task(number, f"{name} \x9b31m\u202e") for number, name in enumerate(ORDERS, 1)]
    (tmp_path / "plan.xml").write_bytes(plan(task(0), *rows))
    printed = run(tmp_path, "import", "msproject", str(tmp_path / "plan.xml"), "--into", "acme/erp")
    assert "add-mask" in printed
    assert quiet(printed) == []


def test_a_fault_commands_nobody() -> None:
    """Its message may be a text of the workspace."""
    told = log_fault(ValueError(f"{COMMANDS}{ORDERS[1]}"))
    Path(told.rpartition(" ")[2]).unlink()
    assert quiet(told) == []
