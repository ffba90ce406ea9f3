"""Links and images are looked at in every Markdown text there is, and found at their places."""

from pathlib import Path
from typing import get_args

import pytest
import yaml
from case_folders import BASE, Check, place

from kapm_site.checks.markdown import fields_of
from kapm_site.model.client import AccountData, Client
from kapm_site.model.plan import Baseline, Plan, Task
from kapm_site.model.record import Record
from kapm_site.model.workspace import PROJECT_FILES

LINK = "[x](javascript:alert(1))"

#: A file with a bad link in each Markdown field of each of its records, and how many there are.
FILES = {
    "client.yaml": ({"name": "A", "protection": "none", "account": {"notes": LINK}}, 1),
    "project.yaml": (
        {
            "name": "A",
            "description": LINK,
            "team": [{"id": "mila", "name": "Mila"}],
            "goals": [{"id": "g", "statement": "s", "achievable_because": LINK}],
        },
        2,
    ),
    "plan.yaml": (
        {
            "tasks": [
                {
                    "id": "design",
                    "name": "A",
                    "description": LINK,
                    "notes": LINK,
                    "delay": {"cause": "other", "note": LINK, "recovery": LINK},
                    "tasks": [{"id": "b", "name": "B", "duration": "1d", "owner": "mila", "description": LINK}],
                }
            ]
        },
        5,
    ),
    "risks.yaml": (
        {
            "risks": [{"id": "r", "title": "R", "cause": LINK, "event": LINK, "effect": LINK, "plan": LINK}],
            "issues": [{"id": "i", "title": "I", "resolution": LINK}],
        },
        5,
    ),
    "asks.yaml": ({"asks": [{"id": "a", "title": "A", "effect": LINK, "outcome": LINK}]}, 2),
    "decisions.yaml": ({"decisions": [{"id": "d", "date": "2026-11-20", "title": "D", "rationale": LINK}]}, 1),
    "changes.yaml": ({"changes": [{"id": "c", "title": "C", "reason": LINK, "impact": {"scope": LINK}}]}, 2),
    "kpis.yaml": ({"kpis": [{"id": "k", "name": "K", "description": LINK}]}, 1),
    "feedback.yaml": ({"feedback": [{"id": "f", "date": "2026-11-20", "response": LINK}]}, 1),
    "meetings.yaml": ({"meetings": [{"id": "m", "name": "M", "date": "2026-11-20", "notes": LINK}]}, 1),
    "lessons.yaml": ({"lessons": [{"id": "l", "title": "L", "what": LINK}]}, 1),
}


def lay(root: Path, files: dict[str, str]) -> None:
    """Write files over the small workspace of the cases."""
    for path in BASE.iterdir():
        files.setdefault(path.name, path.read_text("utf-8"))
    for name, text in files.items():
        target = root / place(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_bad_link_is_found_in_every_markdown_field_of_a_file(name: str, check: Check, tmp_path: Path) -> None:
    """At the address itself, each once."""
    data, count = FILES[name]
    text = yaml.safe_dump(data, sort_keys=False, width=1000)
    lay(tmp_path, {name: text})
    problems = [problem for problem in check(tmp_path) if problem.code == "link-scheme"]
    assert len(problems) == count
    for problem in problems:
        line = text.split("\n")[problem.mark.line - 1]
        assert line[problem.mark.column - 1 :][: problem.mark.length] == "javascript:alert(1)"


def test_the_table_above_has_all_files_and_all_fields() -> None:
    """A new Markdown field must be added to it."""
    found = dict.fromkeys(FILES, 0)
    for name, record in {"client": Client, **PROJECT_FILES}.items():
        waiting, seen = [record], set()
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            found[f"{name}.yaml"] = found.get(f"{name}.yaml", 0) + len(fields_of(one)[0])
            waiting += [part for info in one.model_fields.values() for part in _records_in(info.annotation)]
    expected = {name: count for name, (_, count) in FILES.items()}
    expected["plan.yaml"] -= 1  # a task within a task has no further field
    assert {name: count for name, count in found.items() if count} == expected


def test_records_without_markdown_are_not_walked() -> None:
    """Most records have none, and thousands of them are read."""
    assert fields_of(Baseline) == ((), ())
    assert fields_of(Task) == (("description", "notes"), ("delay", "tasks"))
    assert fields_of(Plan) == ((), ("tasks",))
    assert fields_of(Client) == ((), ("account",))
    assert fields_of(AccountData) == (("notes",), ())


def test_links_of_an_update_are_found_at_their_lines(check: Check, tmp_path: Path) -> None:
    """Above the first heading and below it, behind Chinese text."""
    text = f"---\nheadline: A\n---\n\nIntro {LINK}\n\n## 完成\n\n\n- a\n- 设计 {LINK}\n"
    lay(tmp_path, {"updates/2026-11-20.md": text})
    found = [(problem.mark.line, problem.mark.column) for problem in check(tmp_path) if problem.code == "link-scheme"]
    assert found == [(5, 11), (11, 10)]


def _records_in(hint: object) -> list[type]:
    if isinstance(hint, type):
        return [hint] if issubclass(hint, Record) else []
    return [found for part in get_args(hint) for found in _records_in(part)]
