"""Labels at the ends of courses and at the status date, placed so that none crosses another."""

from collections.abc import Sequence
from dataclasses import dataclass

from kapm_site.pages.charts.inks import PAPER, RULE, Ink
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.marks import XY, Line, Rect, Text, line, rect, tenth
from kapm_site.pages.charts.spacing import Lanes, spread

LINE = 15
BESIDE = 8
_MOST = 6


@dataclass(frozen=True, slots=True)
class End:
    """A labelled place: `ink` of its dot, `text_ink` of its words."""

    place: XY
    text: str
    ink: Ink
    text_ink: Ink
    bold: bool = False
    dot: bool = True


def head_labels(ends: Sequence[End], top: float) -> tuple[tuple[Text, ...], tuple[Line, ...]]:
    """Labels above a chart whose plot begins at the height `top`, with leaders up from their places.

    Each text ends at its leader and the left ones take the lower lines, so no leader meets a text.
    """
    lanes, texts, leaders = Lanes(_MOST), [], []
    for end in sorted(ends, key=lambda e: (e.place, e.text)):
        x, y = end.place
        width = text_width(end.text, bold=end.bold)
        right = max(x - 3, width)
        lane = lanes.take(right - width, right)
        if lane is None:
            continue
        base = top - 8 - lane * LINE
        texts.append(Text(tenth(right), tenth(base), end.text, end.text_ink, "end", bold=end.bold))
        leaders.append(line(x, base + 3, x, y - (4 if end.dot else 0), RULE))
    return tuple(texts), tuple(leaders)


def head_lines(ends: Sequence[End]) -> int:
    """How many lines of text `head_labels` will use."""
    texts, _ = head_labels(ends, 0)
    return round((-8 - min((text.y for text in texts), default=7)) / LINE) + 1


def near_labels(ends: Sequence[End], bottom: float) -> tuple[Text, ...]:
    """Labels beside places on one vertical: the highest to its left above, the others to the right below."""
    ordered = sorted(ends, key=lambda e: (e.place[1], not e.bold))
    texts = []
    if len(ordered) > 1:
        texts.append(_left_above(ordered.pop(0)))
    heights = spread([end.place[1] + 16 for end in ordered], LINE, 12, bottom - 5)
    for end, y in zip(ordered, heights, strict=True):
        texts.append(Text(tenth(end.place[0] + BESIDE), tenth(y), end.text, end.text_ink, bold=end.bold))
    return tuple(texts)


def _left_above(end: End) -> Text:
    x, y = end.place
    if x - BESIDE < text_width(end.text, bold=end.bold):
        return Text(tenth(x + BESIDE), tenth(y - 8), end.text, end.text_ink, bold=end.bold)
    return Text(tenth(x - BESIDE), tenth(y - 8), end.text, end.text_ink, "end", bold=end.bold)


def ground(text: Text) -> Rect:
    """Paper behind a text that a line would strike through."""
    width = text_width(text.text, bold=text.bold)
    left = text.x - (width if text.anchor == "end" else 0)
    return rect(left - 2, text.y - 10, width + 4, 13, PAPER)
