"""Strategies for good files that went bad: by bytes, by the values of their YAML, and by their Markdown."""

from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import strategies as st
from markdown_texts import markdown_text
from seeds import Changed, seeds, texts_of
from texts import EXTREMES, KEYS, MORE_FILES, one_from, raw_bytes, yaml_soup, yaml_text

_FIELDS = ("description", "notes", "note", "recovery", "plan", "text", "rationale", "body", "comment", "resolution")
Path = tuple[Any, ...]


def any_file() -> st.SearchStrategy[Changed]:
    """Put any bytes, or a text that is nearly YAML, in the place of a file of a good workspace."""
    content = st.one_of(raw_bytes(), yaml_soup().map(_encoded), yaml_text().map(_encoded))
    return _SEED.flatmap(
        lambda seed: st.builds(Changed, st.just(seed), one_from([*texts_of(seeds()[seed]), *MORE_FILES]), content)
    )


def mutated_bytes() -> st.SearchStrategy[Changed]:
    """Change some bytes of a file: turn, drop, double, or put in what belongs elsewhere."""

    @st.composite
    def mutate(draw: st.DrawFn) -> Changed:
        seed = draw(_SEED)
        files = seeds()[seed]
        path = draw(one_from(texts_of(files)))
        content = files[path]
        for _ in range(draw(st.integers(1, 4))):
            start = draw(st.integers(0, len(content)))
            end = min(len(content), start + draw(st.sampled_from([0, 1, 2, 10, 100, 1000])))
            piece = draw(
                st.one_of(st.just(b""), st.just(content[start:end] * 2), _PIECE, st.binary(min_size=1, max_size=3))
            )
            content = content[:start] + piece + content[end:]
        return Changed(seed, path, content)

    return mutate()


def mutated_values(*, whole: bool = False) -> st.SearchStrategy[Changed]:
    """Change values of a file's YAML.

    Args:
        whole: Change values to others of their kind alone, so that the project often stays without an error.
    """

    @st.composite
    def mutate(draw: st.DrawFn) -> Changed:
        seed = draw(_SEED)
        files = seeds()[seed]
        path = draw(one_from([path for path in texts_of(files) if path.endswith(".yaml")]))
        data = yaml.load(files[path], Loader=yaml.BaseLoader)  # noqa: S506 it makes texts, lists and dicts alone
        for _ in range(draw(st.integers(1, 4))):
            places = list(_places(data, ()))
            if not places:
                break
            data = _changed(draw, data, draw(one_from(places)), whole=whole)
        text = yaml.dump(data, allow_unicode=True, sort_keys=False, default_flow_style=draw(st.booleans()))
        return Changed(seed, path, text.encode("utf-8", "replace"))

    return mutate()


def mutated_markdown() -> st.SearchStrategy[Changed]:
    """Put awkward Markdown into an update and into a field of a register or plan."""

    @st.composite
    def mutate(draw: st.DrawFn) -> Changed:
        seed = draw(_SEED)
        files = seeds()[seed]
        text = draw(markdown_text())
        updates = [path for path in texts_of(files) if path.endswith(".md")]
        if updates and draw(st.booleans()):
            head, _, body = files[draw(one_from(updates))].decode().rpartition("---\n")
            return Changed(seed, updates[-1], f"{head}---\n{body[:200]}\n\n{text}".encode("utf-8", "replace"))
        path = draw(one_from([path for path in texts_of(files) if path.endswith(".yaml")]))
        data = yaml.load(files[path], Loader=yaml.BaseLoader)  # noqa: S506 the same
        places = [place for place in _places(data, ()) if place[-1] in _FIELDS] or [("description",)]
        data = _with(data, draw(one_from(places)), text)
        return Changed(seed, path, yaml.dump(data, allow_unicode=True, sort_keys=False).encode("utf-8", "replace"))

    return mutate()


_SEED = st.integers(0, len(seeds()) - 1)
_PIECE = one_from([text.encode("utf-8", "surrogatepass") for text in EXTREMES] + [key.encode() + b": " for key in KEYS])
_WHOLE = {
    "date": ["1900-01-01", "2200-12-31", "2026-11-20", "2024-02-29"],
    "number": ["0", "1", "100", "1e15", "0.001", "50", "5"],
    "duration": ["0d", "1m", "1d", "1200mo", "0.5d", "3ed"],
    "text": [
        "x",
        "w" * 3000,
        "x " * 1500,
        "{{ 7*7 }}",
        "=cmd()",
        "<b>x</b>",
        "\u0301" * 30,
        "اَلْعَرَبِيَّةُ",
        "中" * 200,
        "a\u200bb",
        "0",
    ],
}


def _changed(draw: st.DrawFn, data: Any, place: Path, *, whole: bool) -> Any:
    """Put another value in a place; one of the same kind where the file shall stay whole."""
    old = _at(data, place)
    if whole:
        return _with(data, place, draw(one_from(_WHOLE[_kind(old)]))) if isinstance(old, str) else data
    change = draw(st.sampled_from(["extreme", "extreme", "swap", "drop", "double", "wrap", "rename", "many"]))
    return _with(data, place, draw(_OTHERS[change](data, old)))


def _longer(old: Any, counts: list[int]) -> st.SearchStrategy[Any]:
    return st.sampled_from(counts).map(lambda count: old * count) if isinstance(old, list) else one_from(EXTREMES)


def _renamed(old: Any) -> st.SearchStrategy[Any]:
    if not isinstance(old, dict) or not old:
        return one_from(EXTREMES)
    keys = st.tuples(one_from(sorted(old)), one_from(KEYS))
    return keys.map(lambda pair: {pair[1] if name == pair[0] else name: value for name, value in old.items()})


#: What may come in the place of an old value.
_OTHERS: dict[str, Callable[[Any, Any], st.SearchStrategy[Any]]] = {
    "extreme": lambda _, __: one_from(EXTREMES),
    "swap": lambda data, _: one_from(list(_places(data, ()))).map(lambda place: _at(data, place)),
    "drop": lambda _, __: st.none(),
    "double": lambda _, old: _longer(old, [2]),
    "many": lambda _, old: _longer(old, [10, 60]),
    "wrap": lambda _, old: st.sampled_from([[old], {"a": old}, {"id": old}, [[old, old]], {"": old}]),
    "rename": lambda _, old: _renamed(old),
}


def _kind(text: str) -> str:
    if len(text) == len("2026-11-20") and text[4:5] == text[7:8] == "-":
        return "date"
    if text.replace(".", "", 1).isdigit():
        return "number"
    return "duration" if text[:-1].isdigit() and text[-1] in "mhdw" else "text"


def _places(data: Any, above: Path) -> "list[Path]":
    """List the paths of all values below the whole."""
    if isinstance(data, dict):
        return [place for key, value in data.items() for place in ((*above, key), *_places(value, (*above, key)))]
    if isinstance(data, list):
        return [place for key, value in enumerate(data) for place in ((*above, key), *_places(value, (*above, key)))]
    return []


def _at(data: Any, place: Path) -> Any:
    for step in place:
        data = data[step]
    return data


def _with(data: Any, place: Path, value: Any) -> Any:
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(data, list):
        return [_with(item, rest, value) if index == step else item for index, item in enumerate(data)]
    known = data if isinstance(data, dict) else {}
    return {**known, step: _with(known.get(step), rest, value)}


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
