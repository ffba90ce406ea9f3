"""The search: which forbidden texts and numbers stand in the web root of a client who may not read them.

It goes in two steps, as each page is written by one project but must be compared with all others.
`examine` looks at one file alone: most of what a page says is what its client may read, word for word,
and drops out. `find_matches` searches what remains for the texts of all clients at once, so the cost grows
with the pages and the texts, not with their product.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from kapm_site.publish.audit.canonical import MINIMUM_WEIGHT, canonical_all, pieces, readings, weight, windows
from kapm_site.publish.audit.numbers import MINIMUM_DIGITS, number_forms, plain_number, printed_numbers

_SEED_LENGTH = 6
_SEED_MASK = (1 << 22) - 1
#: An automaton of fewer patterns is built in less time than all files are looked through for their first letters.
_WORTH_SEEDS = 20_000
#: From this weight on, a phrase of ours beside a few letters of something else may be nobody's text.
_PHRASE_WEIGHT = 12
_NUMBER_STARTS = frozenset("+-0123456789")


@dataclass(frozen=True, slots=True)
class Readable:
    """What a reader may see, ready to be compared with.

    Attributes:
        joined: The canonical texts in one string, separated by NUL.
        numbers: All numbers in them, in every form they may be printed in.
    """

    joined: str
    numbers: frozenset[str]

    @property
    def texts(self) -> frozenset[str]:
        """The canonical texts, one by one."""
        return _parted(self.joined)


NOTHING = Readable("", frozenset())


@lru_cache(maxsize=8)
def _parted(joined: str) -> frozenset[str]:
    return frozenset(joined.split("\0"))


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Texts and numbers that no reader may see who is not allowed to, ready to be searched for.

    Attributes:
        patterns: By which the texts are found, separated by NUL.
        numbers: In every form they may be printed in.
    """

    patterns: str
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Examined:
    """What remains of a file when all that its reader may see, text by text, is left out.

    Attributes:
        path: Path of the file below the site's folder.
        texts: The canonical texts that remain, each once.
        numbers: The numbers printed in them.
    """

    path: str
    texts: tuple[str, ...]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Root:
    """The web root of one client, or a part of it: what remains of its files.

    Attributes:
        only: What may be read in this part, where that is less than all that the client may read.
    """

    client: str
    files: tuple[Examined, ...]
    only: Readable | None = None


class Match(NamedTuple):
    """A text or number of the workspace in a file whose reader may, or may not, see it."""

    root: Root
    path: str
    pattern: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A forbidden text, or a part of one, or a number, in a file of a client who may not read it.

    Attributes:
        phrase: One of ours that the pattern is, save for a few letters; empty where there is none.
    """

    client: str
    path: str
    pattern: str
    phrase: str = ""


def readable(texts: Iterable[str]) -> Readable:
    """Prepare what a reader may see for comparison."""
    typed = dict.fromkeys(texts)
    numbers = frozenset(printed_numbers("\n".join(typed)))
    texts = sorted(set(canonical_all(readings(typed))))
    return Readable("\0".join(texts), numbers.union(*map(number_forms, numbers)))


def together(parts: Iterable[Readable]) -> Readable:
    """Put together what a reader may see in several places."""
    known = list(parts)
    numbers: frozenset[str] = frozenset()
    return Readable("\0".join(part.joined for part in known), numbers.union(*(part.numbers for part in known)))


def forbidden(texts: Iterable[str]) -> Forbidden:
    """Prepare typed texts and numbers to be searched for."""
    numbers: set[str] = set()
    patterns = dict.fromkeys(_patterns(_without_numbers(dict.fromkeys(texts), numbers)))
    return Forbidden("\0".join(patterns), frozenset(numbers))


def examine(path: str, texts: Sequence[str], allowed: Readable, common: Readable) -> Examined:
    """Leave out the texts of a file that its reader may see as they stand, or that are too short to tell."""
    own, everybody_s = allowed.texts, common.texts
    remaining = {
        found: text
        for found, text in zip(canonical_all(texts), texts, strict=True)
        if found not in own and found not in everybody_s and weight(found) >= MINIMUM_DIGITS
    }
    return Examined(path, tuple(remaining), frozenset(printed_numbers("\n".join(remaining.values()))))


def find_matches(roots: list[Root], common: Readable, sources: Iterable[Forbidden]) -> Iterator[Match]:
    """Find texts and numbers of the workspace in files, also those that their readers may see.

    Args:
        roots: The clients' web roots.
        common: What every reader may see, which is left out.
        sources: The texts and numbers of all clients.
    """
    if not roots:
        return
    numbers: set[str] = set()
    patterns: set[str] = set()
    seeds: bytearray | None = None
    for source in sources:
        numbers |= source.numbers
        patterns.update(_possible(source.patterns.split("\0"), seeds))
        if seeds is None and len(patterns) > _WORTH_SEEDS:
            seeds = _seeds(roots)
            patterns = set(_possible(patterns, seeds))
    for root in roots:
        for file in root.files:
            found = (file.numbers & numbers) - common.numbers
            yield from (Match(root, file.path, number, is_number=True) for number in sorted(found))
    yield from _text_matches(roots, common, sorted(filter(None, patterns)))


def hits_among(matches: Iterable[Match], allowed: Callable[[Root], Readable], common: Readable) -> list[Hit]:
    """Keep of what was found what the readers may not see.

    Args:
        matches: What `find_matches` gave.
        allowed: Gives what the readers of a root may see; asked only where something was found.
        common: What every reader may see.
    """
    hits: list[Hit] = []
    is_allowed = cache(lambda pattern, joined: pattern in joined)
    for root, path, pattern, is_number in matches:
        may = allowed(root)
        if is_number and pattern not in may.numbers:
            hits.append(Hit(root.client, path, pattern))
        elif not is_number and not is_allowed(pattern, may.joined):
            hits.append(Hit(root.client, path, pattern, _phrase_of(pattern, common)))
    return hits


def patterns_of(text: str) -> set[str]:
    """List the patterns by which a typed text or number is found."""
    number = plain_number(text)
    return number_forms(number) if number else set(_patterns([text]))


def _without_numbers(texts: Iterable[str], numbers: set[str]) -> Iterator[str]:
    for text in texts:
        number = plain_number(text) if text[-1:].isdigit() and text[:1] in _NUMBER_STARTS else None
        if number:
            numbers |= number_forms(number)
        else:
            yield text


def _patterns(texts: Iterable[str]) -> Iterator[str]:
    whole: list[str] = []
    yield from chain.from_iterable(map(windows, canonical_all(pieces(_without_addresses(texts, whole)))))
    # A part of an address is a name beside a company's, as any list of people has it.
    yield from canonical_all(whole)


def _without_addresses(texts: Iterable[str], addresses: list[str]) -> Iterator[str]:
    for text in texts:
        if "@" in text and " " not in text and "\n" not in text:
            addresses.append(text)
        else:
            yield text


def _seeds(roots: list[Root]) -> bytearray:
    """Mark the first letters of everything that could begin in the remaining texts.

    A text of the workspace whose first letters occur nowhere is left out before the automaton is built,
    which is the dear part. Two seeds in one slot cost a needless pattern, never a missed one.
    """
    seeds = bytearray(_SEED_MASK + 1)
    for text in {text for root in roots for file in root.files for text in file.texts}:
        for start in range(len(text) - _SEED_LENGTH + 1):
            seeds[hash(text[start : start + _SEED_LENGTH]) & _SEED_MASK] = 1
    return seeds


def _possible(patterns: Iterable[str], seeds: bytearray | None) -> Iterator[str]:
    """Leave out what cannot stand in the files by its first letters, where those are known."""
    return (
        pattern
        for pattern in patterns
        if seeds is None or len(pattern) < _SEED_LENGTH or seeds[hash(pattern[:_SEED_LENGTH]) & _SEED_MASK]
    )


def _text_matches(roots: list[Root], common: Readable, patterns: list[str]) -> Iterator[Match]:
    if not patterns:
        return
    import ahocorasick_rs

    automaton = ahocorasick_rs.AhoCorasick(patterns, store_patterns=False)
    is_common = cache(lambda pattern: pattern in common.joined)
    # Style sheets and fonts are the same in every root.
    searched: dict[tuple[str, ...], list[str]] = {}
    for root in roots:
        for file in root.files:
            if file.texts not in searched:
                text = "\0".join(file.texts)
                found = automaton.find_matches_as_indexes(text, overlapping=True)
                whole = {patterns[number] for number, start, end in found if _is_whole(text, start, end)}
                searched[file.texts] = sorted(pattern for pattern in whole if not is_common(pattern))
            yield from (Match(root, file.path, pattern, is_number=False) for pattern in searched[file.texts])


def _phrase_of(pattern: str, common: Readable) -> str:
    """Find the phrase of ours that a pattern is, save for a few letters: what stands beside it may do so by chance."""
    most = weight(pattern) - MINIMUM_WEIGHT
    found = (text for text in common.texts if _PHRASE_WEIGHT <= weight(text) > most and text in pattern)
    return max(found, key=len, default="")


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a match cuts no number in two: `Phase 1` is not what `Phase 12` says."""
    cut_behind = text[end - 1].isdigit() and text[end : end + 1].isdigit()
    cut_before = text[start].isdigit() and text[max(start - 1, 0) : start].isdigit()
    return not (cut_behind or cut_before)
