"""Phrases of ours beside a few letters of somebody's text: told apart from the text itself by whole words.

A window of `Consultation every two weeks` in one client's file and `Demonstration, every two weeks` on another's page
share `ion every two weeks`, and that tells nothing. The whole text does, and so do more of its words beside the phrase.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kapm_site.publish.audit.canonical import MINIMUM_WEIGHT, canonical, pieces, weight
from kapm_site.publish.audit.decode import Text
from kapm_site.publish.audit.search import Hit

_IDEOGRAPHS = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
# An ideograph is a word of its own.
_WORD = re.compile(rf"(?=[{_IDEOGRAPHS}])\w|[^\W_{_IDEOGRAPHS}]+")


def tells(text: str, hit: Hit, found: Iterable[Text]) -> bool:
    """Tell whether a file says more of a typed text than a phrase of ours and letters that others write as well.

    Args:
        text: As typed.
        hit: Of a part of it.
        found: Texts of the file.
    """
    if not hit.phrase:
        return True
    there = [said for one in found if hit.pattern in (said := canonical(one.text))]
    if not there:  # it stands over several texts of the file: nothing tells them apart
        return True
    for piece in pieces([text]):
        if canonical(piece) == hit.pattern:
            return True
        if any(run in said for run in _runs(piece, hit.phrase) for said in there):
            return True
    return False


def _runs(piece: str, phrase: str) -> Iterator[str]:
    """Walk the runs of whole words about each occurrence of a phrase that say just enough beside it to count."""
    words = _WORD.findall(unicodedata.normalize("NFKC", piece).casefold())
    joined, enough = "".join(words), weight(phrase) + MINIMUM_WEIGHT
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    at = joined.find(phrase)
    while at >= 0:
        first = max(number for number, start in enumerate(starts) if start <= at)
        last = next(number for number, start in enumerate(starts) if start >= at + len(phrase))
        for begin in range(first, -1, -1):
            ends = (end for end in range(last, len(words) + 1) if weight(joined[starts[begin] : starts[end]]) >= enough)
            end = next(ends, None)
            if end is not None:
                yield joined[starts[begin] : starts[end]]
            if end == last:
                break
        at = joined.find(phrase, at + 1)
