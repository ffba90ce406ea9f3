"""The order in which people count: r2 before r10."""

import re

_NUMBER = re.compile("([0-9]+)")

#: Texts, and numbers as how many digits they have and which: of any length, which `int` does not take.
Natural = tuple[tuple[str | tuple[int, str], ...], str]


def natural(text: str) -> Natural:
    """Return the key that sorts an id with its numbers as numbers."""
    # A split by numbers has text at even places and numbers at odd ones, so that like is compared with like.
    parts = _NUMBER.split(text)
    return tuple(_number(part) if place % 2 else part for place, part in enumerate(parts)), text


def _number(digits: str) -> tuple[int, str]:
    told = digits.lstrip("0")
    return len(told), told
