"""Chinese dates in print: the engine knows no CSS that keeps their figures and characters on one line."""

import re

_WORD_JOINER = "\u2060"
_INSIDE = re.compile(r"(?<=\d)(?=[年月日])|(?<=[年月])(?=\d)")


def keep_dates_whole(html: str) -> str:
    """Join the parts of Chinese dates in the body of a page; text that is taken from the PDF has no trace of it."""
    if "年" not in html and "月" not in html:
        return html
    head, begin, body = html.partition("<body")
    return head + begin + _INSIDE.sub(_WORD_JOINER, body)
