"""How answers are spread over a scale of scores, with the shares of their groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from kapm_site.pages.charts.inks import GHOST, INK, MUTE, RULE, SOFT, Frame, Ink
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.charts.marks import Line, Rect, Sheet, Text, line, rect, tenth

_COLUMN = 64
_HEAD = 18
_GROUPED = 46
_PLAIN = 22
_INKS: tuple[Ink, Ink, Ink] = (GHOST, RULE, INK)


@dataclass(frozen=True, slots=True)
class ScoreBin:
    """A score and how many gave it; `group` is 0 low (detractors), 1 between (passives), 2 high (promoters)."""

    label: str
    count: int
    group: int = 2


@dataclass(frozen=True, slots=True)
class Distribution:
    """The geometry of a distribution."""

    template: ClassVar[str] = "charts/distribution.svg.j2"
    sheet: Sheet
    columns: tuple[Rect, ...]
    braces: tuple[Line, ...]
    counts: tuple[Text, ...]
    scores: tuple[Text, ...]
    groups: tuple[Text, ...]


def draw_distribution(
    bins: Sequence[ScoreBin], groups: Sequence[str], title: str, desc: str, frame: Frame
) -> Distribution | None:
    """Columns for the scores in their order; `groups` are the words under groups 0, 1 and 2.

    Neighbouring scores of one group share a brace. None without an answer.
    """
    total = max((score.count for score in bins), default=0)
    if total <= 0:
        return None
    step = frame.width / len(bins)
    base = _HEAD + _COLUMN
    heights = [_COLUMN * max(score.count, 0) / total for score in bins]
    middles = [tenth((index + 0.5) * step) for index in range(len(bins))]
    width = min(step - 4, 48)
    braces, words = _groups(bins, groups, step, base) if any(groups) else ((), ())
    return Distribution(
        sheet=Sheet(frame.width, base + (_GROUPED if words else _PLAIN), title, desc, frame.look.font),
        columns=tuple(
            rect(x - width / 2, base - height, width, height, _INKS[min(max(score.group, 0), 2)])
            for x, height, score in zip(middles, heights, bins, strict=True)
            if height
        ),
        braces=(line(0, base, frame.width, base, RULE), *braces),
        counts=tuple(
            Text(x, tenth(base - height - 4), str(score.count), INK, "middle")
            for x, height, score in zip(middles, heights, bins, strict=True)
            if score.count > 0
        ),
        scores=tuple(Text(x, base + 15, score.label, MUTE, "middle") for x, score in zip(middles, bins, strict=True)),
        groups=words,
    )


def _groups(
    bins: Sequence[ScoreBin], groups: Sequence[str], step: float, base: float
) -> tuple[tuple[Line, ...], tuple[Text, ...]]:
    braces, texts, index = [], [], 0
    for group, members in groupby(bins, key=lambda score: score.group):
        count = len(list(members))
        left, right = index * step + 3, (index + count) * step - 3
        index += count
        label = groups[group] if 0 <= group < len(groups) else ""
        if not label:
            continue
        braces.append(line(left, base + 22, right, base + 22, GHOST))
        # Under a narrow brace the words may reach out, but not over the edge.
        half = text_width(label) / 2
        middle = min(max((left + right) / 2, half), step * len(bins) - half)
        texts.append(Text(tenth(middle), base + 38, label, SOFT, "middle"))
    return tuple(braces), tuple(texts)
