"""The fever chart of buffers."""

from dataclasses import replace

import pytest
from chart_cases import BUFFERS, FEVER_WORDS, PHONE, WIDTHS, ZONES, box, outside, overlaps
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.fever import Fever, FeverBuffer, draw_fever
from kapm_site.pages.charts.inks import INK, RED, Frame

FRAME = Frame(480)


def draw(*buffers: FeverBuffer, frame: Frame = FRAME) -> Fever:
    """The chart of some buffers, which must exist."""
    chart = draw_fever(buffers, ZONES, FEVER_WORDS, frame)
    assert chart is not None
    return chart


def test_nothing_known_is_no_chart() -> None:
    """Without a buffer, or with one of which nothing is known, there is none."""
    assert draw_fever((), ZONES, FEVER_WORDS, FRAME) is None
    assert draw_fever((FeverBuffer("b", ()),), ZONES, FEVER_WORDS, FRAME) is None


def test_a_buffer_lies_in_its_zone() -> None:
    """On the line between two zones, a mark lies on the line that is drawn; red is only what needs action."""
    chart = draw(FeverBuffer("on the line", ((50, 60),)), FeverBuffer("alarm", ((50, 80),), alarm=True))
    edge = chart.edges[-1]
    assert chart.now[0].cy == pytest.approx((edge.y1 + edge.y2) / 2, abs=0.2)
    assert chart.now[1].cy < chart.now[0].cy
    assert [dot.fill for dot in chart.now] == [INK, RED]


def test_the_zones_cover_the_chart() -> None:
    """They differ in grey, so that three zones are told apart in print, and each has its name inside."""
    chart = draw(*BUFFERS)
    assert len({zone.fill for zone in chart.zones}) == 3
    assert [word.text for word in chart.words] == [zone.name for zone in ZONES]


def test_the_course_leads_to_today() -> None:
    """Earlier weeks are small points on the way, today is the mark."""
    chart = draw(*BUFFERS)
    assert [len(path.d.split("L")) for path in chart.courses] == [5, 4]
    assert chart.courses[0].d.endswith(f"L{chart.now[0].cx} {chart.now[0].cy}")
    assert all(dot.r < chart.now[0].r for dot in chart.past)


def test_a_buffer_that_is_gone_several_times_stays_inside() -> None:
    """It is a triangle at the upper edge, and its label says how much."""
    chart = draw(FeverBuffer("Gone", ((80, 550),), alarm=True))
    assert chart.now == ()
    assert len(chart.beyond) == 1
    assert [label.text for label in chart.labels] == ["Gone 550%"]
    assert outside(chart.sheet, chart.labels) == []


def test_a_long_name_at_the_bottom_leaves_the_zone_its_own() -> None:
    """A buffer of which nothing is used has its name where the lowest zone has its own, which then stands higher."""
    chart = draw(FeverBuffer("A buffer before the change", ((79, 0),)), frame=PHONE)
    assert overlaps((*chart.labels, *chart.words)) == []


@pytest.mark.parametrize("frame", [FRAME, PHONE])
def test_no_text_touches_another(frame: Frame) -> None:
    """Zones, axes and buffers keep apart and inside, and no line between zones runs through a name."""
    chart = draw(*BUFFERS, frame=frame)
    texts = (*chart.axis, *chart.words, *chart.labels)
    assert overlaps(texts) == []
    assert outside(chart.sheet, texts) == []


@given(st.lists(st.tuples(st.floats(), st.floats()), min_size=1, max_size=5))
def test_any_figures_can_be_drawn(points: list[tuple[float, float]]) -> None:
    """Whatever the figures, marks stay inside."""
    for frame in WIDTHS:
        chart = draw_fever((FeverBuffer("Buffer", tuple(points)),), ZONES, FEVER_WORDS, frame)
        dots = (*chart.now, *chart.past) if chart else ()
        assert all(0 <= dot.cx <= frame.width and 0 <= dot.cy <= 280 for dot in dots)


@pytest.mark.parametrize("name", ["Buffer intact", "Puffer ausreichend", "缓冲充足"])
@pytest.mark.parametrize("done", range(0, 101, 5))
def test_nothing_runs_through_the_name_of_a_zone(done: int, name: str) -> None:
    """As low as it is printed, wherever an untouched buffer stands at the foot; without a place there is no name."""
    buffers = [FeverBuffer("Pilot buffer", ((55, 120),)), FeverBuffer("Project buffer", ((done, 0),))]
    zones = [replace(ZONES[0], name=name), *ZONES[1:]]
    chart = draw_fever(buffers, zones, FEVER_WORDS, Frame(330), height=180)
    assert chart is not None
    assert overlaps((*chart.words, *chart.labels)) == []
    for word in chart.words:
        left, top, right, bottom = box(word)
        for edge in chart.edges:
            heights = [edge.y1 + (edge.y2 - edge.y1) * (x - edge.x1) / (edge.x2 - edge.x1) for x in (left, right)]
            assert max(heights) < top + 1 or min(heights) > bottom - 1
    assert name in [word.text for word in chart.words] or done >= 35
