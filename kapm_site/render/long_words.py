"""Words that no column has room for: a page marks them, so that its style sheet lets them break and no other word."""

import re

_LONG = 25  # letters; our own words have fewer
_ENDS = "\\s\u200b\u2e80-\uffef"  # of a word: white space, and each ideograph
_BREAKS = f"{_ENDS}/\u2010\u2012-\u2014-"  # a line may end within a word behind slashes and dashes
_ALL_IN_ONE = "head|svg|option|textarea|script|style|pre"  # they take no markup, or scroll by themselves
_TEXT = re.compile(rf"<({_ALL_IN_ONE})\b.*?</\1>|(?<=>)[^<]{{{_LONG},}}", re.DOTALL)
_RUN = re.compile(f"[^{_BREAKS}]{{{_LONG}}}")  # a tenth of the time where there is none
_WORD = re.compile(rf"(?<![^{_ENDS}])[^{_ENDS}]*?(?:&[#\w]+;|[^&{_BREAKS}]){{{_LONG},}}[^{_ENDS}]*")


def mark_long_words(html: str) -> str:
    """Put each word of a page's text with more than 24 letters in a row into a `<span class="long">`."""
    return _TEXT.sub(_marked, html)


def _marked(found: re.Match[str]) -> str:
    text = found[0]
    # Nearly all words are short, which white space alone tells in a third of the time.
    if text.startswith("<") or max(map(len, text.split()), default=0) < _LONG or not _RUN.search(text):
        return text
    return _WORD.sub(r'<span class="long">\g<0></span>', text)
