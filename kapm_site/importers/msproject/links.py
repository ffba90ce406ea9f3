"""Predecessor links of an MSPDI task: type, lag and what cannot be carried over.

`LinkLag` is in tenths of a minute whatever `LagFormat` says, save for the percentages (19, 20, and 51, 52 of an
estimate), where it is the plain percentage of the predecessor's duration. A lag may be negative: a lead.
"""

from collections.abc import Mapping

from kapm_site.importers.msproject.xml import MAX_MINUTES, Element, unit_of
from kapm_site.importers.records import ImportedDuration, ImportedLink, LinkType

LINK_TYPES: tuple[LinkType, ...] = ("FF", "FS", "SF", "SS")


#: A hundred years, in tenths of a minute.
MAX_LAG = MAX_MINUTES * 10


def read_links(
    element: Element,
    key: str,
    ancestors: Mapping[str, frozenset[str]],
) -> tuple[list[ImportedLink], list[str]]:
    """Read the links into a task.

    Args:
        element: The task.
        key: Its key.
        ancestors: For every row that is kept, the keys of the rows above it.

    Returns:
        The links to rows that are kept, and the reasons why others are not.
    """
    links: dict[str, ImportedLink] = {}
    lost: list[str] = []
    for link in element.children("PredecessorLink"):
        predecessor = link.raw("PredecessorUID")
        code = link.integer("Type", 1)
        reason = _reason_to_drop(link, predecessor, key, ancestors)
        if predecessor in links:
            reason = f"a second link from UID {predecessor}"
        elif abs(link.number("LinkLag") or 0) > MAX_LAG:
            reason = f"the lag of the link from UID {predecessor} is out of range"
        elif not 0 <= code < len(LINK_TYPES):
            reason = f"type {code} of the link from UID {predecessor} is unknown"
        if reason:
            lost.append(reason)
        else:
            links[predecessor] = _link(link, predecessor, LINK_TYPES[code])
    return list(links.values()), lost


def _reason_to_drop(link: Element, predecessor: str, key: str, ancestors: Mapping[str, frozenset[str]]) -> str:
    if link.flag("CrossProject"):
        name = link.name("CrossProjectName")
        return f"its predecessor is in another project{f' ({name})' if name else ''}"
    if predecessor == key:
        return "the task would wait for itself"
    if predecessor not in ancestors:
        return f"its predecessor with UID {predecessor} is not carried over"
    if predecessor in ancestors[key] or key in ancestors[predecessor]:
        return "a summary task and a task below it cannot wait for each other"
    return ""


def _link(link: Element, predecessor: str, kind: LinkType) -> ImportedLink:
    lag = link.number("LinkLag") or 0
    unit, elapsed = unit_of(link.integer("LagFormat", 7))
    if not lag:
        return ImportedLink(predecessor, kind)
    if unit == "%":
        return ImportedLink(predecessor, kind, lag_percent=lag)
    return ImportedLink(predecessor, kind, ImportedDuration(round(lag / 10, 2), unit, elapsed))
