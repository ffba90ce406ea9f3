"""Links and images are found where Markdown renders them, and nowhere else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.source import prose, targets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b` c", "a     c"),
        ("a ``b ` c`` d", "a           d"),
        ("a `b\n\nc` d", "a `b\n\nc` d"),
        ("a `b\nc` d", "a   \n   d"),
        ("a \\`b` c `d", "a \\`b     d"),
        ("a\n```py\nb\n```\nc", "a\n     \n \n   \nc"),
        ("a\n~~~\n```\n~~~\nb", "a\n   \n   \n   \nb"),
        ("````\n```\n````\nb", "    \n   \n    \nb"),
        ("a\n```\nb", "a\n   \n "),
        ("``` a`b\nc", "``` a`b\nc"),
        ("a <!-- b --> c", "a            c"),
        ("a\n<!-- b\n\nc", "a\n      \n\n "),
        ("a <!-- b", "a <!-- b"),
        ("<!-- ` -->\nb ` c", "          \nb ` c"),
        ("`<!--` a -->", "       a -->"),
    ],
)
def test_code_and_comments_are_blanked_out_in_place(text: str, expected: str) -> None:
    """What is left stands where it stood."""
    assert prose(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](https://b.example)", ["link https://b.example"]),
        ("![a](b.png)", ["image b.png"]),
        ("![a](b.png \"t\") [c](d 't') [e](f (t))", ["image b.png", "link d", "link f"]),
        ("![a](<b c.png>)", ["image b c.png"]),
        ("[![a](b.png)](https://c.example)", ["image b.png", "link https://c.example"]),
        ("![a [b] c](d.png)", ["image d.png"]),
        ("[a](b(c)d)", ["link b(c)d"]),
        ("\\[a](b) \\![c](d)", ["link d"]),
        ("[1](see there) [a] (b) a](b)", []),
        ("<https://a.example> <javascript:x> <b@c.example>", ["link https://a.example", "link javascript:x"]),
        ("![a][b] [c][d]\n\n[B]: x.png\n[d]: y 'title'", ["image x.png", "link y"]),
        ("![a][] ![c]\n\n[a]: x.png\n[c]: <y z.png>", ["image x.png", "image y z.png"]),
        ("<img alt='x' src=\"a.png\"> <a href=b>c</a> <IMG SRC=d>", ["image a.png", "link b", "image d"]),
        ("[a](java&#115;cript:x)", ["link javascript:x"]),
        ("`![a](b)` <!-- ![c](d) -->\n\n```\n![e](f)\n```", []),
        ("[a]()", []),
    ],
)
def test_links_and_images_are_told_apart(text: str, expected: list[str]) -> None:
    """Inline, by reference, as an autolink or in an HTML tag."""
    assert [f"{target.kind} {target.address}" for target in targets(text)] == expected


def test_a_target_knows_where_its_address_stands() -> None:
    """The place leads back to the address as it was typed."""
    text = "设计 ![图](附件/图.png)\n\n[a]: <x y>"
    assert [text[target.start :][: target.length] for target in targets(text)] == ["附件/图.png", "x y"]


@pytest.mark.parametrize(
    "piece",
    [
        *("`", "``` ", "`` ` ", "<!--", "x <!--", "\n<!-- ", "[", "![", "[a](", "[a](b ", "](x (", "<a ", "<a href"),
        *("\n\n", "[a]:\n", "\\", "<img src=", "[a](b(c", "~~~\n", "](\n"),
    ],
)
def test_the_time_grows_with_the_text_not_with_its_square(piece: str) -> None:
    """No repetition of signs makes a text of half a megabyte slow."""
    began = time.process_time()
    targets(piece * (500_000 // len(piece)))
    assert time.process_time() - began < 5


@given(st.text(alphabet="ab`~<>!-[]()\\\n \"':", max_size=80))
def test_nothing_raises_and_no_line_moves(text: str) -> None:
    """Blanking keeps the length and every line break."""
    left = prose(text)
    assert len(left) == len(text)
    assert [i for i, c in enumerate(left) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]
    for target in targets(text):
        assert 0 <= target.start <= target.start + target.length <= len(text)
