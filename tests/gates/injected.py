"""A workspace whose every text is a payload: which fields there are is read from the JSON Schemas of its files."""

import os
import re
import subprocess
import sys
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rich_workspace import FILES as RICH
from small_workspace import FILES as SMALL

from kapm_site.language.language import overridable_ids
from kapm_site.model.schemas import schemas
from kapm_site.render.markdown import to_html
from tests.gates.payloads import ADDRESSES, ALL, MAILS
from tests.gates.sites import DATE, HARD, ROOT, write_files
from tests.repository import commit_all

#: What is written into a field, by the field, its kind, and how often it was asked for before.
Write = Callable[[str, str, int], str]

PROJECTS, COPIES = 2, 2
#: In a soak as many sites as it takes for every field to meet every payload.
SOAK = int(os.environ.get("KAPM_SOAK", "1")) > 1
TOGETHER, TURNS = (16, 14) if SOAK else (8, 1)

ERP = "projects/acme/erp"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 36"><path fill="#0a5" d="M0 0h80v36H0z"/></svg>'
PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
#: Texts that name a file, a place of the world, a record or a commit, and are held to it.
NAMING = {
    "kapm.organization.logo",
    "client.brand.logo",
    *(f"{file}.calendar.{key}" for file in ("kapm", "client", "project") for key in ("country", "subdivision")),
    "plan.tasks.assigned.person",
    "plan.tasks.depends_on",
    "plan.tasks.depends_on.task",
    "report.commit",
    "report.figures.{}",
    "report.made_with.{}",
}
#: Kinds of texts that are an address and nothing more.
KINDS = {"address": (ADDRESSES, 1), "mail": (MAILS, 1)}
#: One record of each kind that the workspaces of the tests lack, so that every text has its place.
MORE: dict[str, dict[str, Any]] = {
    "kapm.yaml": {
        "organization": {"logo": "attachments/logo.svg"},
        "calendar": {"holidays": [{"from": "2026-12-24", "to": "2026-12-31"}]},
    },
    "projects/acme/client.yaml": {
        "calendar": {"holidays": [{"from": "2026-12-24", "to": "2026-12-31"}]},
        "brand": {"logo": "attachments/logo.svg", "vocabulary": dict.fromkeys(overridable_ids(), "")},
    },
    f"{ERP}/project.yaml": {
        "calendar": {"holidays": [{"from": "2026-12-24", "to": "2026-12-31"}]},
        "health_override": {"dimension": "quality", "health": "green", "expires": "2026-12-04"},
    },
    f"{ERP}/plan.yaml": {
        "tasks": [
            {
                "id": "late",
                "start": "2026-10-19",
                "finish": "2026-11-06",
                "actual_start": "2026-10-19",
                "audience": "client",
                "labels": [""],
                "steps": [{"weight": "1", "done": "true"}, {"weight": "2"}],
                "delay": {"cause": "client", "owner": "okafor", "new_finish": "2026-12-04"},
                "deliverable": {"acceptance": "submitted", "submitted": "2026-11-10"},
                "source": {},
                "depends_on": [{"task": "design"}],
            },
        ]
    },
    f"{ERP}/updates/2026-11-20.md": {
        "headline": "",
        "audience": "client",
        "health_override": {"dimension": "scope", "health": "amber", "expires": "2026-12-04"},
    },
}


def files_of(path: str) -> str:
    """Name the schema of a file."""
    name = path.rsplit("/", 1)[-1].partition(".")[0]
    return {"updates": "update", "reports": "report"}.get(path.split("/")[-2] if "/" in path else "", name)


def workspace(write: Write, *, projects: int = 1, copies: int = 1) -> dict[str, str]:
    """Give the files of a workspace with each text written by `write`.

    Args:
        write: Gives the texts.
        projects: Of the one client; each has every register.
        copies: Of each record of a register.
    """
    texts = {**SMALL, **RICH, **HARD}
    counts: Counter[str] = Counter()
    found: dict[str, str] = {}
    for path, text in texts.items():
        if "borealis" in path:
            continue
        for number in range(projects if path.startswith(f"{ERP}/") else 1):
            data, is_update = _parsed(path, text)
            data = _merged(data, MORE.get(path, {}))
            name = files_of(path)
            schema = _schemas()[name]
            _multiply(data, copies)
            _Filling(schema.get("$defs", {}), write, counts).fill(data, schema, name)
            target = path.replace(ERP, f"projects/acme/p{number}")
            dumped = yaml.safe_dump(data, default_style='"', width=10_000, sort_keys=False)
            found[target] = f"---\n{dumped}---\n{_body(write, counts)}" if is_update else dumped
    return found


def text_fields() -> dict[str, str]:
    """List the fields that take a text, each with its kind: `line`, `markdown`, `address` or `mail`."""
    return {
        path: kind
        for name, schema in _schemas().items()
        for path, kind in _walk(schema, schema.get("$defs", {}), name, ())
        if kind and path not in NAMING
    } | {"update.body": "markdown"}


@cache
def _schemas() -> dict[str, dict[str, Any]]:
    return schemas()


def _kind(schema: dict[str, Any]) -> str:
    if schema.get("type") == ["string", "number", "boolean"] and "enum" not in schema:
        described = schema.get("description", "")
        return "" if described == "Id of another record" else "markdown" if described == "Markdown" else "line"
    return {"uri": "address", "email": "mail"}.get(schema.get("format", ""), "")


def _walk(schema: dict[str, Any], known: dict[str, Any], path: str, seen: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from _walk(known[name], known, path, (*seen, name))
        return
    yield path, _kind(schema)
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _walk(choice, known, path, seen)
    if isinstance(schema.get("items"), dict):
        yield from _walk(schema["items"], known, path, seen)
    for key, below in schema.get("properties", {}).items():
        yield from _walk(below, known, f"{path}.{key}", seen)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _walk(schema["additionalProperties"], known, f"{path}.{{}}", seen)


def _options(schema: dict[str, Any], known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Walk the forms that a value may have."""
    if "$ref" in schema:
        yield from _options(known[schema["$ref"].rpartition("/")[2]], known)
    elif "anyOf" in schema or "oneOf" in schema:
        described = {"description": schema["description"]} if "description" in schema else {}
        for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
            yield from _options({**described, **choice}, known)
    else:
        yield schema


@dataclass(frozen=True)
class _Filling:
    """Writes all texts of a file, also those that it could have and has not."""

    known: dict[str, Any]
    write: Write
    counts: Counter[str]

    def fill(self, value: Any, schema: dict[str, Any], path: str) -> Any:
        """Give a value with its texts written."""
        options = list(_options(schema, self.known))
        if isinstance(value, dict):
            for one in options:
                if one.get("type") == "object":
                    self._fill_mapping(value, one, path)
            return value
        if isinstance(value, list):
            below = next((one["items"] for one in options if isinstance(one.get("items"), dict)), None)
            return [self.fill(one, below, path) for one in value] if below else value
        kind = next((kind for one in options if (kind := _kind(one))), "")
        if not kind or path in NAMING:
            return value
        self.counts[path] += 1
        return self.write(path, kind, self.counts[path] - 1)

    def _fill_mapping(self, value: dict[str, Any], schema: dict[str, Any], path: str) -> None:
        named = schema.get("properties", {})
        for key, below in named.items():
            is_text = any(_kind(option) for option in _options(below, self.known))
            if key in value or (is_text and f"{path}.{key}" not in NAMING):
                value[key] = self.fill(value.get(key, ""), below, f"{path}.{key}")
        others = schema.get("additionalProperties")
        for key in value if isinstance(others, dict) else ():
            if key not in named:
                value[key] = self.fill(value[key], others, f"{path}.{{}}")


def _parsed(path: str, text: str) -> tuple[dict[str, Any], bool]:
    """Read a file as plain data, every scalar as it was typed; also say whether it has a body of Markdown."""
    body = path.endswith(".md")
    return yaml.load(text.split("---\n")[1] if body else text, yaml.BaseLoader), body  # noqa: S506 texts alone


def _body(write: Write, counts: Counter[str]) -> str:
    """Write the sections of an update, the last with what may swallow all that follows."""
    first, count = counts["update.body"], 6
    parts = [write("update.body", "markdown", first + number) for number in range(count)]
    titles = [write("update.title", "line", first + number) for number in range(count)]
    counts["update.body"] += count
    return "\n".join(f"\n## {title}\n\n{part}\n" for title, part in zip(titles, parts, strict=True))


def _merged(data: Any, more: Any) -> Any:
    """Add what is missing; lists are joined."""
    if isinstance(data, dict) and isinstance(more, dict):
        return {**more, **{key: _merged(value, more[key]) if key in more else value for key, value in data.items()}}
    return [*data, *more] if isinstance(data, list) and isinstance(more, list) else data


def _multiply(data: Any, copies: int) -> None:
    """Give each list of records further ones, under ids of their own."""
    for key, value in list(data.items()):
        if isinstance(value, dict):
            _multiply(value, copies)
        elif isinstance(value, list) and value and isinstance(value[0], dict) and key not in ("baselines", "holidays"):
            further = [deepcopy(one) for _ in range(copies - 1) for one in value if _is_leaf(one)]
            for number, one in enumerate(one for one in further if "id" in one):
                one["id"] += f"-c{number}"
            data[key] = [*value, *further]


def _is_leaf(record: dict[str, Any]) -> bool:
    return not any(isinstance(value, list) and value and isinstance(value[0], dict) for value in record.values())


# --- the texts

#: All that Markdown may become.
TAME = """# one

## two

### three

#### four

##### five

###### six

word **strong** *em* ~~del~~ `code` <sub>1</sub> <sup>2</sup> [link](https://ok.example 'title')\\
<mailto:a@ok.example>

- a

3. b

> c

| a | b | c |
|:--|:-:|--:|
| 1 | 2 | 3 |

---

```
x
```

![alt](attachments/mark.png)
"""


def write_tame(path: str, kind: str, number: int) -> str:
    """Write what nobody needs to fear, of each kind."""
    known = {"address": "https://ok.example/a", "mail": "a@ok.example", "markdown": TAME}
    return known.get(kind, f"{path} {number}")


#: How far behind the payloads of one field those of the next begin.
_STRIDE = 11


class Payloads:
    """Writes payloads: each field goes through all of them, some with each of its texts, each from another beginning.

    A text ends in a number: no two are alike, as what one reader may not see must not be another's.

    Args:
        turn: Which of several workspaces that share all payloads among them.
        turns: How many those are.
        together: Payloads in one text.
    """

    def __init__(self, turn: int = 0, turns: int = 1, together: int = 6) -> None:
        self.turn, self.turns, self.together = turn, turns, together
        self.written: list[tuple[str, str, tuple[str, ...]]] = []
        self._fields: dict[str, list[str]] = {}

    def __call__(self, path: str, kind: str, number: int) -> str:
        """Write the text of a field."""
        some, together = KINDS.get(kind, (ALL, self.together))
        seen = self._fields.setdefault(kind, [])
        if path not in seen:
            seen.append(path)
        first = seen.index(path) * _STRIDE + (self.turn + number * self.turns) * together
        texts = [some[(first + place) % len(some)] for place in range(together)]
        # What swallows all that follows stands last.
        texts.sort(key=swallows if kind == "markdown" else bool)
        self.written.append((path, kind, tuple(texts)))
        mark = () if kind in KINDS else (f"z{len(self.written):05}",)
        return ("\n\n" if kind == "markdown" else " ").join((*texts, *mark))


@cache
def swallows(payload: str) -> bool:
    """Tell whether nothing is left of what stands behind a payload."""
    return "kept" not in to_html(f"{payload}\n\nkept")


# --- the sites


def write(root: Path, texts: Mapping[str, str]) -> None:
    """Write a workspace with a picture and two logos."""
    write_files(root, texts)
    for folder in (root, root / "projects/acme"):
        (folder / "attachments").mkdir(exist_ok=True)
        (folder / "attachments/logo.svg").write_text(LOGO, "utf-8")
    for project in (root / "projects/acme").glob("p*"):
        (project / "attachments").mkdir(exist_ok=True)
        (project / "attachments/mark.png").write_bytes(PIXEL)


#: Leaves out the rules by which links and pictures are refused, so that the page has to defend itself, and runs kapm.
UNRULED = """
from kapm_site import checks
for rules in (checks.PROJECT_RULES, checks.ACCOUNT_RULES):
    del rules["links"], rules["images"]
from kapm_site.cli import main
main()
"""


def run_unruled(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run kapm on a workspace whose links and pictures nobody has checked."""
    command = (sys.executable, "-c", UNRULED, "-C", str(root), *arguments)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done


def build_unruled(root: Path, site: Path, **variables: str) -> None:
    """Build the pages."""
    run_unruled(root, "build", "-o", str(site), "--status-date", DATE, "--no-pdf", **variables)


@dataclass(frozen=True)
class Sites:
    """The site full of payloads, the same without its policies, its twin that nobody needs to fear, and the sources."""

    shipped: Path
    bare: Path
    tame: Path
    work: Path


def make_sites(folder: Path, turn: int) -> None:
    """Build all three, from workspaces with a past in which the texts were others."""
    past, now = Payloads(turn + 1, TURNS + 2), Payloads(turn, TURNS, TOGETHER)
    for name, before, after in (("shipped", past, now), ("tame", write_tame, write_tame)):
        root = folder / "work" / name
        write(root, workspace(before, projects=PROJECTS, copies=COPIES))
        commit_all(root, "Past")
        write(root, workspace(after, projects=PROJECTS, copies=COPIES))
        commit_all(root, "Now")
        build_unruled(root, folder / name)
    for path in (folder / "shipped").rglob("*"):
        if path.is_file() and path.name != "_headers":
            content = path.read_bytes()
            if path.suffix == ".html":
                content, found = re.subn(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", b"", content)
                assert found == 1
            copy = folder / "bare" / path.relative_to(folder / "shipped")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
