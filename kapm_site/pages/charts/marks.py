"""The few elements that every chart is made of, with coordinates rounded for the page.

They are named tuples, as a page has more than a thousand, and a frozen dataclass takes three times as long to make.
"""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, TypeVar

from kapm_site.pages.charts.inks import NONE, SOFT, Ink

Anchor = Literal["start", "middle", "end"]
XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the `svg` element itself says: its size in pixels, its name, its description, its font.

    Without a name it is hidden from those who cannot see it: the words beside it say the same. The site's style sheet
    names the font; a chart with one of its own is for print, where name and description are one.
    """

    width: float
    height: float
    title: str
    desc: str
    font: str = ""


class Rect(NamedTuple):
    """A rectangle; `tip` is shown while a mouse rests on it."""

    x: float
    y: float
    width: float
    height: float
    fill: Ink
    stroke: Ink = NONE
    radius: float = 0
    tip: str = ""

    @property
    def style(self) -> Hashable:
        """What marks have in common that are written together."""
        return self.fill, self.stroke, self.radius, bool(self.tip)


class Line(NamedTuple):
    """A straight line; `dash` is a stroke-dasharray."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: Ink
    width: float = 1
    dash: str = ""

    @property
    def d(self) -> str:
        """Its path data, the shorter way where it is level or upright."""
        if self.y1 == self.y2:
            return f"M{self.x1} {self.y1}H{self.x2}"
        if self.x1 == self.x2:
            return f"M{self.x1} {self.y1}V{self.y2}"
        return f"M{self.x1} {self.y1}L{self.x2} {self.y2}"

    @property
    def style(self) -> Hashable:
        """What marks have in common that are written together."""
        return self.stroke, self.width, self.dash


class Path(NamedTuple):
    """An outline in SVG path syntax."""

    d: str
    fill: Ink = NONE
    stroke: Ink = NONE
    width: float = 1
    dash: str = ""
    tip: str = ""

    @property
    def style(self) -> Hashable:
        """What marks have in common that are written together."""
        return self.fill, self.stroke, self.width, self.dash, bool(self.tip)


class Dot(NamedTuple):
    """A circle."""

    cx: float
    cy: float
    r: float
    fill: Ink
    stroke: Ink = NONE
    width: float = 1
    dash: str = ""
    tip: str = ""

    @property
    def style(self) -> Hashable:
        """What marks have in common that are written together."""
        return self.fill, self.stroke, self.width, self.dash, bool(self.tip)


class Text(NamedTuple):
    """A finished string on its base line."""

    x: float
    y: float
    text: str
    fill: Ink = SOFT
    anchor: Anchor = "start"
    bold: bool = False
    size: float = 12
    tip: str = ""

    @property
    def style(self) -> Hashable:
        """What marks have in common that are written together."""
        return self.fill, self.anchor, self.bold, self.size


class Styled(Protocol):
    """A mark that knows its style."""

    @property
    def style(self) -> Hashable:
        """What marks have in common that are written together."""


M = TypeVar("M", bound=Styled)


def by_style(marks: Iterable[M]) -> list[list[M]]:
    """Gather the marks of a layer that look alike, in the order in which each look first occurs.

    A page names a colour once for all marks of a layer instead of with each: half of what a chart weighs. So marks
    that look alike must not lie under and over others of their layer.
    """
    groups: dict[Hashable, list[M]] = {}
    for mark in marks:
        groups.setdefault(mark.style, []).append(mark)
    return list(groups.values())


def tenth(value: float) -> float:
    """The value rounded to 0.1, whole numbers without a decimal so that the markup stays small."""
    rounded = round(value, 1)
    whole = int(rounded)
    return whole if whole == rounded else rounded


def share(value: float) -> float:
    """The value between 0 and 1; what is no number is 0."""
    return min(max(value, 0.0), 1.0) if math.isfinite(value) else 0.0


def rect(x: float, y: float, width: float, height: float, fill: Ink, stroke: Ink = NONE, tip: str = "") -> Rect:
    """A rectangle with rounded coordinates; one that turns out negative is empty."""
    return Rect(tenth(x), tenth(y), tenth(max(width, 0)), tenth(max(height, 0)), fill, stroke, tip=tip)


def line(x1: float, y1: float, x2: float, y2: float, stroke: Ink, *, width: float = 1, dash: str = "") -> Line:
    """A line with rounded coordinates."""
    return Line(tenth(x1), tenth(y1), tenth(x2), tenth(y2), stroke, width, dash)


def polyline(points: Iterable[XY], *, closed: bool = False) -> str:
    """Path data through some points."""
    joined = "L".join(f"{tenth(x)} {tenth(y)}" for x, y in points)
    return f"M{joined}{'Z' if closed else ''}" if joined else ""


def diamond(cx: float, cy: float, r: float) -> str:
    """Path data of a diamond: the sign of a milestone."""
    return polyline(((cx, cy - r), (cx + r, cy), (cx, cy + r), (cx - r, cy)), closed=True)


def triangle(cx: float, cy: float, r: float) -> str:
    """Path data of an upright triangle: the sign of "at risk"."""
    return polyline(((cx, cy - r), (cx + r * 1.05, cy + r * 0.87), (cx - r * 1.05, cy + r * 0.87)), closed=True)


def arrowhead(x: float, y: float, direction: XY, size: float = 4) -> str:
    """Path data of an arrowhead with its point at x, y; `direction` is where it points to, of any length."""
    dx, dy = direction
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    dx, dy = dx / length * size, dy / length * size
    base_x, base_y = x - dx * 1.4, y - dy * 1.4
    return polyline(
        ((x, y), (base_x - dy * 0.75, base_y + dx * 0.75), (base_x + dy * 0.75, base_y - dx * 0.75)),
        closed=True,
    )


def hatch(x: float, y: float, width: float, height: float, step: float = 5) -> str:
    """Path data of diagonal lines inside a rectangle.

    Drawn out instead of an SVG pattern: a pattern needs an id, and an id in a chart that the page hides
    for its width takes the filling of the visible chart with it.
    """
    strokes = []
    offset = step
    while offset < width + height:
        left, right = max(offset - height, 0), min(offset, width)
        strokes.append(polyline(((x + left, y + offset - left), (x + right, y + offset - right))))
        offset += step
    return "".join(strokes)
