"""Plain numbers, read from a page in any language's grouping, so that an internal amount is recognised."""

import re

MINIMUM_DIGITS = 5
"""A number counts from five digits before the decimal point; shorter ones stand on every page by chance."""
_TELLING_DIGITS = 4
"""Of five digits, four must not be closing zeros: `17300` is a sum of some month in many a project."""

_GROUP_MARKS = "\u00a0\u202f\u2009'\u2019"
_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?")
# Letters around it make a hash or an id of it, save Chinese ones: `125,000元`.
_PRINTED = re.compile(rf"(?<![0-9A-Za-z_.,])\d[\d.,{_GROUP_MARKS}]{{3,}}\d(?![0-9A-Za-z_])")
_DROP_GROUPS = str.maketrans("", "", _GROUP_MARKS)
_GROUP = 3


def plain_number(text: str) -> str | None:
    """Read a typed value that is nothing but a number of enough digits, else None: `125000.50` → `125000.5`."""
    text = text.strip()
    if not _PLAIN.fullmatch(text):
        return None
    whole, _, decimals = text.lstrip("+-").partition(".")
    return _number(whole, decimals)


def number_forms(number: str) -> set[str]:
    """List how a number may be printed: as it is, and rounded to whole units."""
    whole, _, decimals = number.partition(".")
    return {number, whole, str(int(whole) + 1)} if decimals else {number}


def printed_numbers(text: str) -> set[str]:
    """Find the numbers printed in a text, whatever their grouping: `125,000.50`, `125.000,50`, `125 000,50`."""
    return set().union(*map(_readings, set(_PRINTED.findall(text))))


def is_round(number: str) -> bool:
    """Tell whether a number could be the label of an axis: `250000`, `75000`, `125000`."""
    digits = number.rstrip("0")
    return len(digits) < _GROUP or (len(digits) == _GROUP and digits.endswith("5"))


def _readings(token: str) -> set[str]:
    token = token.translate(_DROP_GROUPS)
    marks = [mark for mark in ",." if mark in token]
    candidates: list[tuple[str, str]] = []
    if len(marks) == 1 and token.count(marks[0]) == 1:
        whole, decimals = token.split(marks[0])
        candidates.append((whole, decimals))
        # `125.000` is 125 000 in German and 125 with three decimals in English: both readings count.
        if len(decimals) == _GROUP:
            candidates.append((whole + decimals, ""))
    elif len(marks) == 1:
        candidates.append((token.replace(marks[0], ""), ""))
    elif marks:
        last = max(marks, key=token.rfind)
        whole, _, decimals = token.rpartition(last)
        candidates.append((whole.replace(",", "").replace(".", ""), decimals))
    else:
        candidates.append((token, ""))
    return {number for whole, decimals in candidates if (number := _number(whole, decimals))}


def _number(whole: str, decimals: str) -> str | None:
    whole, decimals = whole.lstrip("0"), decimals.rstrip("0")
    if len(whole) < MINIMUM_DIGITS or (len(whole) == MINIMUM_DIGITS and len(whole.rstrip("0")) < _TELLING_DIGITS):
        return None
    return f"{whole}.{decimals}" if decimals else whole
