"""The order in which people count: r2 before r10."""

import re

_NUMBER = re.compile("([0-9]+)")

Natural = tuple[tuple[str | int, ...], str]


def natural(text: str) -> Natural:
    """Return the key that sorts an id with its numbers as numbers."""
    # A split by numbers has text at even places and numbers at odd ones, so that like is compared with like.
    parts = _NUMBER.split(text)
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts)), text
