"""The workspace that writes every key, as plain data: whose each value is, and with texts of the tests' own in it.

Who may read what is worked out here by the rule alone as people know it, "the first stated audience outward counts,
none is internal", from the data and the vocabulary. Nothing of `kapm_site.audience` has a part in it.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from PIL import Image, PngImagePlugin
from pydantic import BeforeValidator

from kapm_site.model.record import Record, is_locked
from kapm_site.model.reports import ReportFile, UpdateMatter
from kapm_site.model.schemas import FILES
from tests.whole_files import CLIENT, REPORT, SETTINGS, UPDATES, project_files

STATUS = "2026-11-20"
#: The clients, in three languages; each has a project.
CLIENTS = {"aurora": "en", "borealis": "de", "cathay": "zh-CN"}
#: Stated for itself alone: what stands above says nothing of them.
_OWN_AUDIENCE = {"Budget", "HealthOverride"}
#: What a hidden member of the team is shown by.
_SHOWN_OF_HIDDEN = {("Person", "role")}
#: Texts that the program reads: changing them is not changing words.
_CODES = {"country", "subdivision", "logo", "commit", "sha256", "content", "made_with", "figures", "imported"}
_KINDS = {
    "parse_line": "line", "parse_text": "text", "parse_slug": "slug", "parse_number": "number", "parse_day": "day",
    "parse_email": "email", "parse_url": "url",
}  # fmt: skip

#: Fields that are amounts of money.
MONEY = {"amount", "value", "rate", "actual_cost", "exposure", "cost", "contingency", "fixed"}

Data = dict[str, Any]
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Leaf:
    """A value of a file.

    Attributes:
        file: Path in the workspace.
        keys: Where in the file's data.
        record: The kind of record that it is a value of.
        field: Its name there.
        kind: line, text, slug, number, day, email or url; other for what is none of them.
        visible: Its client may read it.
    """

    file: str
    keys: Keys
    record: str
    field: str
    kind: str
    visible: bool

    @property
    def client(self) -> str | None:
        """Whose it is; None for the workspace's own."""
        return self.file.split("/")[1] if self.file.startswith("projects/") else None


@dataclass
class Whole:
    """A workspace as data by file; an update is a mapping of `matter` and `sections`."""

    files: dict[str, Data] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def get(self, leaf: Leaf) -> str:
        """Return a value as it is typed."""
        value: Any = self.files[leaf.file]
        for key in leaf.keys:
            value = value[key]
        return str(value)

    def record(self, leaf: Leaf) -> Data:
        """Return the mapping that a value stands in."""
        found: Any = self.files[leaf.file]
        for key in leaf.keys[:-1]:
            found = found[key]
        assert isinstance(found, dict)
        return found

    def put(self, leaf: Leaf, value: str) -> None:
        """Type another value."""
        place: Any = self.files[leaf.file]
        for key in leaf.keys[:-1]:
            place = place[key]
        place[leaf.keys[-1]] = value

    def copy(self) -> "Whole":
        """Copy it, to change."""
        return Whole(deepcopy(self.files), dict(self.pictures))

    def leaves(self) -> Iterator[Leaf]:
        """Walk all values."""
        for path, data in self.files.items():
            yield from _leaves_of_file(path, data, self._is_shown(path))

    def stating(self, client: str) -> Iterator[Data]:
        """Walk the records of a client that may state an audience."""
        for path, data in self.files.items():
            if path.startswith(f"projects/{client}/"):
                yield from _stating(_record_of(path), data.get("matter", data))

    def write(self, root: Path, remark: str = "") -> Path:
        """Write the workspace, JSON being YAML, with a remark at the head of each file."""
        for path, data in self.files.items():
            body = "".join(f"\n## {title}\n\n{text}\n" for title, text in data.get("sections", ()))
            text = json.dumps(data.get("matter", data), ensure_ascii=False, indent=1)
            _write(root / path, (f"---\n{text}\n---\n{body}" if body else f"# {remark}\n{text}\n").encode())
        for path, content in self.pictures.items():
            _write(root / path, content)
        return root

    def _is_shown(self, path: str) -> bool:
        """Tell whether the client knows of the project that a file is of."""
        charter = "/".join([*path.split("/")[:3], "project.yaml"])
        return self.files.get(charter, {"audience": "client"}).get("audience") == "client"


def whole() -> Whole:
    """Make the workspace: a project of each client, the first of them with every key.

    The others are without what stands in the way of something else: Borealis' project is planned by its client's
    calendar, and its money is internal; Cathay's by that of the workspace, and its latest update is for the client.
    """
    made = Whole({"kapm.yaml": _parsed(SETTINGS)}, {"attachments/logo.png": picture((9, 80, 120))})
    for client, language in CLIENTS.items():
        base, folder = f"projects/{client}", f"projects/{client}/{client}-erp"
        made.files[f"{base}/client.yaml"] = {**_parsed(CLIENT), "language": language}
        made.pictures[f"{base}/attachments/logo.png"] = picture((120, 80, 9))
        for name, text in project_files().items():
            made.files[f"{folder}/{name}"] = _parsed(text)
        made.files[f"{folder}/reports/001.yaml"] = _parsed(REPORT)
        for day, (matter, sections) in UPDATES.items():
            told = {"matter": _parsed(matter), "sections": [list(section) for section in sections]}
            made.files[f"{folder}/updates/{day}.md"] = told
    _vary(made)
    return made


def picture(color: tuple[int, int, int], remark: str = "") -> bytes:
    """Make a picture, with a remark in its metadata."""
    stream, info = BytesIO(), PngImagePlugin.PngInfo()
    if remark:
        info.add_text("Comment", remark)
    Image.new("RGB", (24, 24), color).save(stream, "PNG", pnginfo=info)
    return stream.getvalue()


def reworded(whole: Whole, word: Callable[[Leaf], str], leaves: Iterable[Leaf] | None = None) -> dict[Leaf, str]:
    """Put a word of its own in the place of each text and id; returns the words. References follow their ids."""
    words: dict[Leaf, str] = {}
    renamed: dict[tuple[str | None, str], str] = {}
    ids = {(leaf.client, whole.get(leaf)) for leaf in whole.leaves() if leaf.kind == "slug"}
    for leaf in whole.leaves() if leaves is None else leaves:
        if leaf.kind == "slug":
            renamed[leaf.client, whole.get(leaf)] = words[leaf] = word(leaf)
        elif is_words(leaf) and (leaf.client, whole.get(leaf)) not in ids:
            words[leaf] = word(leaf)
    for leaf, found in words.items():
        whole.put(leaf, _typed(leaf, found, whole.get(leaf)))
    for path, data in whole.files.items():
        client = path.split("/")[1] if path.startswith("projects/") else None
        whole.files[path] = _renamed(data, {old: new for (owner, old), new in renamed.items() if owner == client})
    return words


def _typed(leaf: Leaf, word: str, before: str) -> str:
    """Type a word as its field wants it; a picture stays and is described by the word."""
    if before.startswith("!["):
        return re.sub(r"\[.*\]", f"[{word}]", before)
    return {"email": f"{word}@qx.example", "url": f"https://{word}.example/"}.get(leaf.kind, word)


def is_words(leaf: Leaf) -> bool:
    """Tell whether a value is what people say, or an id or address that they made up."""
    return leaf.kind in ("line", "text", "slug", "email", "url") and leaf.field not in _CODES


def _vary(made: Whole) -> None:
    borealis, cathay = (f"projects/{client}/{client}-erp" for client in ("borealis", "cathay"))
    del made.files[f"{borealis}/project.yaml"]["calendar"]
    del made.files[f"{cathay}/project.yaml"]["calendar"]
    del made.files["projects/cathay/client.yaml"]["calendar"]
    for client in ("borealis", "cathay"):
        del made.files[f"projects/{client}/client.yaml"]["contacts"][0]["language"]
    made.files[f"{borealis}/costs.yaml"]["audience"] = "internal"
    del made.files[f"{borealis}/project.yaml"]["budget"]["audience"]
    made.files[f"{cathay}/updates/2026-11-06.md"] = made.files.pop(f"{cathay}/updates/2026-11-19.md")


def _leaves_of_file(path: str, data: Data, shown: bool) -> Iterator[Leaf]:
    record = _record_of(path)
    for keys, cls, name, kind, audience in _leaves(record, data.get("matter", data), None):
        locked = audience == "locked"
        visible = shown and not locked and (audience == "client" or (cls.__name__, name) in _SHOWN_OF_HIDDEN)
        inner: Keys = ("matter", *keys) if "matter" in data else keys
        yield Leaf(path, inner, cls.__name__, name, kind, visible)
    for number, (title, _) in enumerate(data.get("sections", ())):
        visible = shown and data["matter"].get("audience") == "client"
        yield Leaf(path, ("sections", number, 1), "Update", "body", "text", visible)
        if title not in ("Done", "Next"):
            yield Leaf(path, ("sections", number, 0), "Update", "title", "line", visible)


def _leaves(
    record: type[Record], data: Data, outer: str | None
) -> Iterator[tuple[Keys, type[Record], str, str, str | None]]:
    """Walk the values of a record: where, of which kind of record, which field, what kind, and for whom."""
    inherited = None if record.__name__ in _OWN_AUDIENCE else outer
    audience = data.get("audience") or inherited
    # Files that know no audience are for the client, but for what is locked.
    audience = audience if "audience" in record.model_fields or outer else audience or "client"
    for key, value in data.items():
        name = _field(record, key)
        told = "locked" if is_locked(record, name) or outer == "locked" else audience
        info = record.model_fields[name]
        yield from _values(record, name, info.annotation, info.metadata, value, (key,), told)


def _values(
    record: type[Record], name: str, annotation: Any, metadata: Any, value: Any, keys: Keys, told: str | None
) -> Iterator[tuple[Keys, type[Record], str, str, str | None]]:
    inner = _record_in(annotation)
    if isinstance(value, dict):
        is_mapping = any(get_origin(part) is dict for part in (annotation, *get_args(annotation)))
        if inner and not is_mapping:
            for found in _leaves(inner, value, told):
                yield ((*keys, *found[0]), *found[1:])
        else:
            for key, item in value.items():
                yield from _values(record, name, inner or annotation, metadata, item, (*keys, key), told)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _values(record, name, inner or annotation, metadata, item, (*keys, number), told)
    elif inner and inner.shorthand:
        short = _field(inner, inner.shorthand)
        info = inner.model_fields[short]
        yield keys, inner, short, _kind(info.annotation, info.metadata), told
    else:
        yield keys, record, name, _kind(annotation, metadata), told


def _kind(annotation: Any, metadata: Any = ()) -> str:
    for mark in (*metadata, *getattr(annotation, "__metadata__", ())):
        if isinstance(mark, BeforeValidator) and mark.func.__name__ in _KINDS:
            return "ref" if "another record" in str(metadata) + str(annotation) else _KINDS[mark.func.__name__]
    kinds = [kind for part in get_args(annotation) if (kind := _kind(part)) != "other"]
    return kinds[-1] if kinds else "other"


def _field(record: type[Record], key: str) -> str:
    return next(name for name, info in record.model_fields.items() if key in (name, info.alias))


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)


def _stating(record: type[Record], data: Data) -> Iterator[Data]:
    if "audience" in record.model_fields:
        yield data
    for key, value in data.items():
        info = record.model_fields[_field(record, key)]
        inner = _record_in(info.annotation)
        for item in value if isinstance(value, list) else [value]:
            if inner and isinstance(item, dict) and get_origin(info.annotation) is not dict:
                yield from _stating(inner, item)


def _record_of(path: str) -> type[Record]:
    if "/updates/" in path:
        return UpdateMatter
    return ReportFile if "/reports/" in path else FILES[Path(path).stem]


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    return names.get(value, value)


def _parsed(text: str) -> Data:
    found: Data = yaml.load(text, yaml.BaseLoader)  # noqa: S506 the loader that makes strings alone
    return found


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
