"""Texts of a workspace on their way to a terminal and to the log of a CI, which take some of them for commands."""

import re

#: Characters that would move the cursor, ring, colour or turn the text around.
_UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
#: What GitHub, Azure and TeamCity carry out where it stands in a log: `::add-mask::` at the start of a line, `##[…]`,
#: `##vso[…]` and `##teamcity[…]` anywhere in it.
_ORDER = re.compile(r"^(\s*):(?=:)|#(?=#\w*\[)")
#: The same in JSON, whose lines begin with none of them: every one stands in a text.
_CARRIED_OUT = re.compile(rf"(?!\n){_UNSEEN.pattern}|#(?=#\w*\[)")
_REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """Write a text as one line that commands nobody: each character that would is a replacement character."""
    return unordering(_UNSEEN.sub(_REPLACEMENT, text))


def unordering(line: str) -> str:
    """Write a line so that no CI takes a part of it for an order to itself."""
    return _ORDER.sub(lambda found: f"{found[1] or ''}{_REPLACEMENT}", line)


def is_unseen(character: str) -> bool:
    """Tell whether a character is printed as a replacement."""
    return _UNSEEN.match(character) is not None


def plain_json(text: str) -> str:
    """Write JSON, in lines, with escapes for the characters that a terminal or the log of a CI would carry out."""
    return _CARRIED_OUT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
