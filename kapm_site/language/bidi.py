"""Texts of a right-to-left script within a line of ours."""

import re

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_FIRST_STRONG, _END = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """Keep a text that has right-to-left letters from changing the order of what stands beside it.

    Source: Unicode Standard Annex 9, isolates. Whoever writes a workspace cannot type these characters.
    """
    return f"{_FIRST_STRONG}{text}{_END}" if _RIGHT_TO_LEFT.search(text) else text
