"""The beginning of what a person wrote at length, for places with room for one sentence."""

import re

#: A dot after a figure ends no sentence: in German it makes the figure an ordinal, as in dates.
_END = re.compile(r"(?<=[.!?])(?<!\d\.)\s+(?=\S)|(?<=[。！？])")
#: What begins a heading, a quotation or an item of a list, and the next item after it.
_MARKER = re.compile(r"^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+")
_NEXT_ITEM = re.compile(r"\n\s*(?:[-*+]|\d+[.)])\s+")
_ABBREVIATIONS = ("z. B.", "d. h.", "u. a.", "e.g.", "i.e.", "ca.", "bzw.", "Nr.", "St.", "Dr.")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1")
#: What begins a table, a block of code or raw HTML, none of which is a sentence.
_NO_SENTENCE = ("|", "```", "~~~", "<")
#: Characters of a sentence that goes with another in a list.
_LONGEST = 160


def first_sentence(text: str) -> str:
    """Give the first sentence of the first paragraph; a dot of a common abbreviation ends none."""
    block = _MARKER.sub("", text.strip()).split("\n\n", 1)[0]
    paragraph = " ".join(_NEXT_ITEM.split(block, maxsplit=1)[0].split())
    hidden = paragraph
    for short in _ABBREVIATIONS:
        hidden = hidden.replace(short, short.replace(".", "\0").replace(" ", "\1"))
    first = _END.split(hidden, maxsplit=1)[0]
    return first.replace("\0", ".").replace("\1", " ")


def plain_sentence(markdown: str) -> str:
    """Give the first sentence without Markdown's marks and its full stop; nothing where it is none, or too long."""
    if markdown.lstrip().startswith(_NO_SENTENCE):
        return ""
    text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", first_sentence(markdown))).rstrip(".。")
    return text if len(text) <= _LONGEST else ""
