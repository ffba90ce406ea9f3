"""Strategies for Markdown that parsers are known to stumble over."""

from hypothesis import strategies as st
from texts import one_from

#: Texts that grow by repetition: what they are made of, and what ends them.
_REPEATED = [
    ("[", ""), ("![", ""), ("[](", ""), ("](", ""), ("[a](", ")"), ("![](b)", ""), ("[a][", "]"), ("[a]: b\n", ""),
    ("<a ", ""), ("<b>", ""), ("<div>\n", ""), ("<div>", "</div>"), ("</div>", ""), ("<!--", ""), ("<!-- -->", ""),
    ("<![CDATA[", ""), ("<?x", ""), ("&amp", ";"), ("&#x41;", ""), ("*", ""), ("**a", ""), ("*a_", ""), ("_", ""),
    ("~~", ""), ("~~a", ""), ("`", ""), ("` ", ""), ("```\n", ""), ("~~~\n", ""), ("> ", "a"), (">", ""),
    ("- ", "a"), ("- a\n", ""), ("1. ", "a"), ("  ", "- a"), ("* * ", ""), ("#", ""), ("# a\n", ""), ("a\n=\n", ""),
    ("a\n-\n", ""), ("|", ""), ("|a", ""), ("|-", "|\n"), ("| - ", ""), ("\\", ""), ("\\\n", ""), ("http://a", ""),
    ("<http:", ">"), ("<a@b.c>", ""), ("![a](<", ">)"), ("(", ""), ("a ", ""), ("\n", ""), (" \n", ""), ("\t", "a"),
    ("    a\n", ""), ("\u00a0", ""), ("\u200b", ""), ("\u0301", ""), ("\U0001f600", ""), ("中", ""), ("{{", "}}"),
    ("<script>", ""), ("<style>", ""), ("<svg>", ""), ("<textarea>", ""), ("<a href='javascript:x'>", "</a>"),
    ("x|y\n-|-\n", ""),
]  # fmt: skip

_PIECES = [piece for piece, _ in _REPEATED] + [
    "[x](https://a.example)", "![p](attachments/a.png)", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>",
    "a", " ", "\n\n", "[x]: https://a.example 'title'\n", "[x][x]", "| a | b |\n|---|---|\n| c | d |\n",
    "<p style='x'>", "</p>", "***", "---\n", "2026. ",
]  # fmt: skip


def markdown_text(most: int = 2000) -> st.SearchStrategy[str]:
    """Markdown of at most about so many characters."""
    repeated = st.builds(lambda pair, times: (pair[0] * times + pair[1])[:most], one_from(_REPEATED), _TIMES)
    around = st.builds("{}{}{}".format, one_from(_PIECES), repeated, one_from(_PIECES))
    soup = st.lists(st.one_of(one_from(_PIECES), st.text(max_size=4)), max_size=80).map("".join)
    nested = st.builds(
        lambda marks, depth: "".join(f"{'  ' * level}{marks[level % len(marks)]}a\n" for level in range(depth)),
        st.lists(st.sampled_from(["- ", "1. ", "> ", "* ", "    ", "```\n"]), min_size=1, max_size=3),
        st.integers(1, 120),
    )
    return st.one_of(repeated, around, soup, nested).map(lambda text: text[:most])


_TIMES = st.sampled_from([1, 2, 7, 40, 300, 1000, 5000, 20_000])


def wide_table(columns: int, rows: int) -> str:
    """Write a table."""
    row = "|" + "a|" * columns + "\n"
    return row + "|" + "-|" * columns + "\n" + row * rows
