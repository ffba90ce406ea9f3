"""Files and texts that were compared before need not be compared again: a pair of them says what it said then.

A file's part of a root and a project's texts have keys. Of parts and texts that were compared, and of which nothing
leaked, the keys are kept, and for each part what stands in it because its reader may see it: that is asked anew when
the reader may see other things.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kapm_site.cache import Store, digest, fingerprint, pack_records, recall
from kapm_site.publish.audit.prepared import Source
from kapm_site.publish.audit.search import Hit, Match, Readable, Root, find_matches, hits_among

_KIND = "compared"


@dataclass(frozen=True, slots=True)
class Compared:
    """What was compared in the last audit of a folder.

    Attributes:
        common: Key of what every reader may see, and of the program.
        sources: Keys of the texts.
        parts: By the key of each part, the texts and numbers in it that its reader may see, separated by NUL.
        allowed: By client, the key of what it may read.
    """

    common: str = ""
    sources: frozenset[str] = frozenset()
    parts: Mapping[str, str] = field(default_factory=dict)
    allowed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What readers may see.

    Attributes:
        of_root: What the readers of a part may.
        keys: Of what each client may, by client.
        common: What everybody may.
    """

    of_root: Callable[[Root], Readable]
    keys: Mapping[str, str]
    common: Readable


def compare(
    parts: Mapping[str, Root], sources: list[Source], reading: Reading, store: Store, place: str, *, keep: bool
) -> list[Hit]:
    """Find forbidden texts in files whose readers may not see them, where that is not known.

    Args:
        parts: By their keys.
        sources: The texts of the workspace.
        reading: What readers may see.
        store: Where it is kept what was compared.
        place: Names the folder and its workspace.
        keep: Whether all parts could be looked at, so that what is found here may be kept.
    """
    common = digest(fingerprint(), reading.common.joined, *sorted(reading.common.numbers)) if store.folder else ""
    before = _recall(store, place, common)
    known = {key: root for key, root in parts.items() if key in before.parts and _stands(key, root, before, reading)}
    fresh = [root for key, root in parts.items() if key not in known]
    matches = [
        *find_matches(fresh, reading.common, (source.prepare() for source in sources)),
        *find_matches(
            [*known.values()],
            reading.common,
            (source.prepare() for source in sources if source.key not in before.sources),
        ),
    ]
    hits = hits_among(matches, reading.of_root, reading.common)
    if keep and not hits and store.folder:
        found = Compared(
            common,
            frozenset(source.key for source in sources),
            _standing(parts, known.keys(), before, matches),
            reading.keys,
        )
        store.put(_KIND, digest(place), pack_records(found))
    return hits


def _recall(store: Store, place: str, common: str) -> Compared:
    found = recall(store, _KIND, digest(place))
    return found if isinstance(found, Compared) and found.common == common else Compared()


def _stands(key: str, root: Root, before: Compared, reading: Reading) -> bool:
    """Tell whether all that stood in a part because its reader may see it may still be seen."""
    if root.only is not None or before.allowed.get(root.client) == reading.keys.get(root.client):
        return True
    may = reading.of_root(root)
    return all(text in may.numbers or text in may.joined for text in before.parts[key].split("\0"))


def _standing(
    parts: Mapping[str, Root], known: Iterable[str], before: Compared, matches: Iterable[Match]
) -> dict[str, str]:
    """List for each part what stands in it and may be seen."""
    texts = {key: set(before.parts[key].split("\0")) for key in known}
    keys = {id(root): key for key, root in parts.items()}
    for match in matches:
        texts.setdefault(keys[id(match.root)], set()).add(match.pattern)
    return {key: "\0".join(sorted(texts.get(key, ()))) for key in parts}
