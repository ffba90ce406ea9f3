"""Bytes become text only where every character is seen and every line end is clear."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.source import MAX_FILE_BYTES, decode
from kapm_site.source.text import mark_at

FILE = "projects/acme/erp/asks.yaml"


def codes(content: bytes) -> list[str]:
    """Return what is wrong with some bytes."""
    text, problems = decode(content, FILE)
    assert (text is None) == bool(problems)
    return [f"{problem.mark.line}:{problem.mark.column} {problem.code}" for problem in problems]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: 1\n", "a: 1\n"),
        (b"", ""),
        (b"a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        (b"\xef\xbb\xbfa: 1\n", "a: 1\n"),
        ("名称: 项目\n".encode(), "名称: 项目\n"),
        ("a:\tb\x85\u2028c \U0001f600\n".encode(), "a:\tb\x85\u2028c \U0001f600\n"),
    ],
)
def test_a_sound_file_is_decoded(content: bytes, expected: str) -> None:
    """A byte order mark and CRLF are accepted and gone; Chinese, tabs and emoji stay."""
    assert decode(content, FILE) == (expected, [])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: \x00\n", ["1:4 control-character"]),
        (b"a: b\x1b[31m\n", ["1:5 control-character"]),
        ("a: \u202eb\nc: \u2066\n".encode(), ["1:4 control-character", "2:4 control-character"]),
        ("a: b\ufeff\n".encode(), ["1:5 control-character"]),
        ("a: \x7f\x9f\n".encode(), ["1:4 control-character", "1:5 control-character"]),
        (b"a: 1\rb: 2\r", ["1:5 lone-carriage-return"]),
        (b"a: 1\r\nb: 2\rc\n", ["2:5 lone-carriage-return"]),
        ("名: ".encode() + b"\xc4\xe3\n", ["1:4 not-utf8"]),
        (b"a: 1\nb: \xff\n", ["2:4 not-utf8"]),
        (b"\xef\xbb\xbfa: \xff\n", ["1:4 not-utf8"]),
        (b"\xff\xfea\x00", ["1:1 not-utf8"]),
        (b"a: \xed\xa0\x80\n", ["1:4 not-utf8"]),
        (b"x" * (MAX_FILE_BYTES + 1), ["1:1 file-too-large"]),
    ],
)
def test_an_unsound_file_is_refused_at_its_place(content: bytes, expected: list[str]) -> None:
    """Columns count characters, not bytes, and lines count what a reader sees as lines."""
    assert codes(content) == expected


def test_a_file_of_exactly_the_limit_is_read() -> None:
    """The limit of 1 MiB is the largest size allowed."""
    assert decode(b"x" * MAX_FILE_BYTES, FILE)[1] == []


@pytest.mark.parametrize(
    ("encoding", "text", "guess"),
    [
        ("gbk", "name: 项目计划\n", "GBK"),
        ("utf-16", "name: plan\n", "UTF-16"),
        ("latin-1", "name: Müller, größte Übung\n", ""),
        ("cp1252", "name: café\n", ""),
    ],
)
def test_the_hint_names_the_encoding_that_windows_wrote(encoding: str, text: str, guess: str) -> None:
    """GBK and UTF-16 are recognised; Western text is not taken for Chinese."""
    hint = decode(text.encode(encoding), FILE)[1][0].hint
    assert hint == (f"the file looks like {guess}; save it as UTF-8" if guess else "save it as UTF-8")


def test_a_binary_file_of_the_largest_size_is_refused_at_once() -> None:
    """The time does not grow with the number of forbidden characters."""
    began = time.process_time()
    assert len(codes(bytes(MAX_FILE_BYTES))) == 10
    assert len(codes(b"\r" * MAX_FILE_BYTES)) == 1
    assert time.process_time() - began < 2


@given(st.binary(max_size=300))
@pytest.mark.promise("H1")
def test_no_bytes_raise(content: bytes) -> None:
    """Whatever a file holds, it is decoded or refused."""
    codes(content)


@given(st.text(max_size=80), st.integers(0, 80))
def test_a_mark_leads_back_to_its_character(text: str, offset: int) -> None:
    """The line and column of a mark name the very character of the offset."""
    offset = min(offset, len(text))
    mark = mark_at(text, FILE, offset)
    lines = text.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")
    assert sum(len(line) + 1 for line in lines[: mark.line - 1]) + mark.column - 1 == offset
