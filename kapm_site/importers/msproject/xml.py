"""MSPDI files as elements whose children are read by name and type, whatever the namespace.

Everything here is foreign input: the parser resolves no entity, opens no network connection and refuses a
document type; a value that cannot be read becomes a warning and counts as absent.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kapm_site.importers.records import ImportedDuration
from kapm_site.importers.text import clean_name
from kapm_site.problem import Mark, Problem
from kapm_site.source.text import FORBIDDEN

MAX_BYTES = 64 * 1024 * 1024
MAX_NUMBER = 10**15
MAX_MINUTES = 100 * 366 * 24 * 60

#: Microsoft Project itself plans from 1984 to 2149.
YEARS = range(1900, 2200)

_NAMESPACE = "http://schemas.microsoft.com/project"
_SAVE_AS = "open it in Microsoft Project and choose File → Save As → XML Format (*.xml)"
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a binary Microsoft Project file (.mpp), perhaps with a password", _SAVE_AS),
    (b"MPX", "an MPX file of Microsoft Project 98 or older", _SAVE_AS),
    (b"PK\x03\x04", "a zip archive or an Office document", _SAVE_AS),
    (b"%PDF", "a PDF", _SAVE_AS),
)
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")

#: DurationFormat and LagFormat: the unit, and whether time runs by the clock. 35–52 are 3–20 of an estimate.
UNITS: dict[int, tuple[str, bool]] = {
    3: ("m", False),
    4: ("m", True),
    5: ("h", False),
    6: ("h", True),
    7: ("d", False),
    8: ("d", True),
    9: ("w", False),
    10: ("w", True),
    11: ("mo", False),
    12: ("mo", True),
    19: ("%", False),
    20: ("%", True),
}
_ESTIMATE_OFFSET = 32


@dataclass(slots=True)
class Element:
    """An element of the file, read by the local names of its children."""

    node: Any
    path: str
    problems: list[Problem] = field(repr=False)

    @property
    def line(self) -> int:
        """Line of the file on which the element starts."""
        return int(self.node.sourceline or 1)

    def children(self, name: str) -> Iterator["Element"]:
        """Yield the children of a name."""
        for node in self.node.iterchildren("{*}" + name):
            yield Element(node, self.path, self.problems)

    def grandchildren(self, group: str, name: str) -> Iterator["Element"]:
        """Yield the elements of a name inside the groups of a name, such as `Task` in `Tasks`."""
        for parent in self.children(group):
            yield from parent.children(name)

    def raw(self, name: str) -> str:
        """Return a child's text without surrounding blanks, or an empty text."""
        return FORBIDDEN.sub("", self.node.findtext("{*}" + name) or "").strip()

    def name(self, name: str) -> str:
        """Return a child's text cleaned and on one line."""
        return clean_name(self.raw(name))

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Read `0`, `1`, `true` or `false`."""
        text = self.raw(name).lower()
        return text in ("1", "true") if text else default

    def number(self, name: str) -> float | None:
        """Read a number of a sensible size."""
        text = self.raw(name)
        try:
            value = float(text) if text else None
        except ValueError:
            value = math.nan
        if value is None or abs(value) <= MAX_NUMBER:
            return value
        self._unreadable(name, text, "a number")
        return None

    def integer(self, name: str, default: int) -> int:
        """Read a whole number."""
        value = self.number(name)
        return default if value is None else int(value)

    def money(self, name: str) -> float | None:
        """Read an amount of money; the file holds hundredths."""
        value = self.number(name)
        return None if value is None else round(value / 100, 2)

    def moment(self, name: str) -> datetime | None:
        """Read a local time, cut to the minute."""
        text = self.raw(name)
        if not text or text == "NA":
            return None
        try:
            moment = datetime.fromisoformat(text[:19]).replace(second=0, tzinfo=None)
        except ValueError:
            moment = datetime.min  # noqa: DTZ901 a year that is none, to fail the next check
        if moment.year in YEARS:
            return moment
        self._unreadable(name, text, "a date and time such as 2026-11-20T08:00:00")
        return None

    def minutes(self, name: str) -> float | None:
        """Read a duration such as `PT8H30M0S` in minutes."""
        text = self.raw(name)
        if not text:
            return None
        match = _DURATION.fullmatch(text)
        if match is None or len(text) > 40:  # noqa: PLR2004 no duration needs more
            self._unreadable(name, text, "a duration such as PT8H0M0S")
            return None
        days, hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
        total = days * 1440 + hours * 60 + minutes + seconds / 60
        if total > MAX_MINUTES:
            self._unreadable(name, text, "a duration of at most 100 years")
            return None
        return -total if match[1] else total

    def duration(self, name: str, unit_field: str = "DurationFormat") -> ImportedDuration | None:
        """Read a duration together with the unit that another child names."""
        minutes = self.minutes(name)
        if minutes is None or minutes < 0:
            return None
        unit, elapsed = unit_of(self.integer(unit_field, 7))
        return ImportedDuration(round(minutes, 2), "d" if unit == "%" else unit, elapsed)

    def work(self, name: str) -> ImportedDuration | None:
        """Read an amount of effort."""
        minutes = self.minutes(name)
        return None if minutes is None or minutes < 0 else ImportedDuration(round(minutes, 2), "h")

    def _unreadable(self, name: str, text: str, expected: str) -> None:
        node = self.node.find("{*}" + name)
        shown = clean_name(text)[:40]
        message = f"{name} '{shown}' is not {expected}; read as if it were absent"
        self.problems.append(
            Problem(Mark(self.path, int(node.sourceline or 1)), "import-unreadable-value", message, "warning"),
        )


def unit_of(code: int) -> tuple[str, bool]:
    """Return the unit of a DurationFormat or LagFormat, and whether it is elapsed; unknown codes are days."""
    return UNITS.get(code, UNITS.get(code - _ESTIMATE_OFFSET, ("d", False)))


def parse_file(content: bytes, path: str) -> tuple[Element | None, list[Problem]]:
    """Parse the bytes of an MSPDI file.

    Args:
        content: The file.
        path: Its name in messages.

    Returns:
        The `Project` element, or None and the problem that says why there is none.
    """
    refusal = _refuse(content, path)
    if refusal:
        return None, [refusal]
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Any = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (1, 1))
        message = f"not well-formed XML: {clean_name(str(error))[:200]}"
        hint = "the file may be cut off; save it from Microsoft Project again"
        return None, [Problem(Mark(path, max(1, line or 1), max(1, column or 1)), "import-bad-xml", message, hint=hint)]
    if root.getroottree().docinfo.doctype:
        message = "the XML has a document type declaration, which files of Microsoft Project never have"
        return None, [Problem(Mark(path), "import-bad-xml", message, hint="delete the <!DOCTYPE …> part")]
    tag = etree.QName(root)
    if tag.localname != "Project" or not (tag.namespace or _NAMESPACE).startswith(_NAMESPACE):
        message = f"the XML holds '{clean_name(str(root.tag))[:80]}', not a Microsoft Project plan"
        return None, [Problem(Mark(path, int(root.sourceline or 1)), "import-not-msproject", message, hint=_SAVE_AS)]
    return Element(root, path, []), []


def _refuse(content: bytes, path: str) -> Problem | None:
    if not content.strip():
        return Problem(Mark(path), "import-empty", "the file is empty", hint=_SAVE_AS)
    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1024 / 1024:.0f} MiB"
        hint = "save a copy without time-phased data, or split the plan"
        return Problem(Mark(path), "import-too-large", f"the file has {size}, the limit is 64 MiB", hint=hint)
    for signature, what, hint in _SIGNATURES:
        if content.startswith(signature):
            return Problem(Mark(path), "import-not-msproject", f"the file is {what}, not XML", hint=hint)
    return None
