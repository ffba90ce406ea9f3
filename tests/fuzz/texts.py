"""Strategies for bytes and texts that are nearly YAML."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

from kapm_site.model.client import Client
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import PROJECT_FILES

KEYS = sorted(
    {key for record in (Settings, Client, *PROJECT_FILES.values()) for key in record.keys()}  # noqa: SIM118 a method of the record class
    | {
        "id",
        "name",
        "start",
        "finish",
        "duration",
        "depends_on",
        "progress",
        "cost",
        "title",
        "due",
        "audience",
        "owner",
    }
)

#: Values at the edge of what a field takes, or beyond it.
EXTREMES = [
    "", "~", "null", "true", "no", "0", "-0", "-1", "1", "100", "1e15", "-1e15", "1e308", "1e999", "NaN", ".inf",
    "0x10", "0777", "1_000", "9" * 400, "1." + "0" * 400, "1e-300", "5e-324", "0.1", "12:30:45", "1900-01-01",
    "2200-12-31", "0001-01-01", "9999-12-31", "2026-02-30", "2026-11-20", "2026-11-20T24:00", "2026-11-20T09:00",
    "2026-13", "0d", "1d", "-1d", "1m", "36600d", "1200mo", "1200emo", "99999999999d", "0.0000001m", "50%",
    "-10000%", "1e5d", "FS", "*", "&a", "build", "design", "golive", "a", "A", "ana", "okafor", "client",
    "internal", "weekly", "en", "zh-CN", "xx-YY", "EUR", "javascript:alert(1)", "https://a.example/", "//a",
    "../../../etc/passwd", "attachments/../../x", "attachments/logo.png", "{{ 7 * 7 }}", "{% for x in x %}", "=1+1",
    "<script>alert(1)</script>", "<!-- x -->", "# no", "- a", "a: b", "%s", "%n", "\u202egpj.exe", "\u200b",
    "\u0301" * 200, "\U0001f468\u200d\U0001f469\u200d\U0001f467", "中" * 300, "اَلْعَرَبِيَّةُ", "\ud7ff",
    "\U0010fffd", "ﷺ" * 50, "a" * 5000, "a " * 5000, "é" * 10_240, "x" * 20_481, "w" * 20_000,
]  # fmt: skip

_SOUP = [
    "\n", "\n  ", "\n    ", "\n- ", "\n  - ", ": ", ":", "- ", "? ", ", ", "[", "]", "{", "}", "[]", "{}", "|", ">",
    "|-\n  ", ">+\n  ", "|2\n", "'", '"', '"\\', "''", '""', "&a ", "*a", "!!str ", "!", "!<x> ", "<<: ",
    "%YAML 1.1\n", "%TAG ! x\n", "---\n", "...\n", "# c\n", " #", "\t", "\r\n", "\r", "\x85", "\u2028", "\u2029",
    "\ufeff", "\x00", "\x1b[31m", "\u202e", "@", "`", "\\", '"\\0"', '"\\u202e"', '"\\ud800"', "~", "  ", " ",
    "\\n", "\U0001f600", "中", "<!--", "```\n", "## ", "![", "](",
]  # fmt: skip

T = TypeVar("T")


def one_from(values: Sequence[T]) -> st.SearchStrategy[T]:
    """Choose a value, without naming all of them in what Hypothesis prints."""
    return st.integers(0, len(values) - 1).map(lambda index: values[index])


#: Files that a project may have besides those it has.
MORE_FILES = [
    "projects/acme/erp/updates/2026-11-14.md",
    "projects/acme/erp/updates/2026-11-14.yaml",
    "projects/acme/erp/reports/001.yaml",
    "projects/acme/erp/reports/002.yaml",
    "projects/acme/erp/baselines.yaml",
    "projects/acme/erp/notes.md",
    "projects/acme/erp/plan.yml",
    "projects/acme/new/project.yaml",
    "projects/acme/new/plan.yaml",
    "projects/new/client.yaml",
    "attachments/logo.png",
]


def raw_bytes() -> st.SearchStrategy[bytes]:
    """Bytes of any kind: random, in odd encodings, and nearly text."""
    text = st.one_of(st.text(max_size=200), yaml_soup())
    encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "gb18030", "latin-1", "cp1252"])
    encoded = st.builds(lambda some, encoding: some.encode(encoding, "replace"), text, encodings)
    torn = st.builds(lambda content, at: content[:at], encoded, st.integers(0, 200))
    return st.one_of(st.binary(max_size=400), encoded, torn)


def yaml_soup() -> st.SearchStrategy[str]:
    """What YAML is made of, in any order."""
    part = st.one_of(one_from(_SOUP), one_from(KEYS), one_from(EXTREMES), st.text(max_size=5))
    return st.lists(part, max_size=60).map("".join)


def yaml_text() -> st.SearchStrategy[str]:
    """YAML that mostly parses: nested in blocks and flow, with what the reader refuses strewn in."""
    return st.builds(_document, st.sampled_from(["", "---\n", "%YAML 1.1\n---\n", "\ufeff", "# c\n\n"]), _block(), _END)


def _document(head: str, lines: list[str], end: str) -> str:
    return head + "\n".join(lines) + end


_END = st.sampled_from(["", "\n", "\n...\n", "\n---\nb: 1\n", "\r\n", "\n\n# c"])
_PROPERTY = st.sampled_from(["", "", "", "", "", "&a ", "!!str ", "! ", "!<tag:x> "])
_KEY = st.one_of(one_from(KEYS), st.sampled_from(["<<", "? a", '"a b"', "'q'", "a", "true", "[x]", "{x: 1}"]))


def _scalar() -> st.SearchStrategy[str]:
    plain = one_from(EXTREMES)
    quoted = st.one_of(plain, st.text(max_size=30)).map(lambda text: "'" + text.replace("'", "''") + "'")
    doubled = st.one_of(plain, st.text(max_size=30)).map(
        lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )
    return st.builds("{}{}".format, _PROPERTY, st.one_of(plain, quoted, doubled, st.just("*a")))


def _flow() -> st.SearchStrategy[str]:
    def deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        listed = st.lists(inner, max_size=5).map(lambda items: f"[{', '.join(items)}]")
        pairs = st.lists(st.builds("{}: {}".format, _KEY, inner), max_size=5).map(
            lambda items: f"{{{', '.join(items)}}}"
        )
        return st.one_of(listed, pairs)

    nested = st.builds(lambda text, depth: "[" * depth + text + "]" * depth, _scalar(), st.integers(0, 40))
    return st.one_of(st.recursive(_scalar(), deeper, max_leaves=12), nested)


def _block() -> st.SearchStrategy[list[str]]:
    """Lines of a block; each level of nesting is indented once more."""

    def deeper(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
        item = inner.map(lambda lines: ["- " + lines[0], *("  " + line for line in lines[1:])])
        entry = st.builds(lambda key, lines: [f"{key}:", *("  " + line for line in lines)], _KEY, inner)
        return st.lists(st.one_of(item, entry), min_size=1, max_size=5).map(
            lambda parts: [line for p in parts for line in p]
        )

    literal = st.builds(
        lambda head, text: [head, *("  " + line for line in text.split("\n"))], _HEADS, st.text(max_size=60)
    )
    leaf = st.one_of(st.builds("{}: {}".format, _KEY, _flow()).map(lambda line: [line]), literal)
    return st.recursive(leaf, deeper, max_leaves=12)


_HEADS = st.builds("{}: {}".format, one_from(KEYS), st.sampled_from(["|", ">", "|-", ">+", "|2", "|1-"]))
