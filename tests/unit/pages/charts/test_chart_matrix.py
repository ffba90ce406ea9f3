"""The risk matrix."""

import pytest
from chart_cases import LEVELS, MATRIX_WORDS, PHONE, PRINT, WIDE, WIDTHS, outside, overlaps
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.inks import INK, MUTE, PAPER, Frame
from kapm_site.pages.charts.matrix import MatrixRisk, RiskMatrix, draw_matrix


def draw(*risks: MatrixRisk, frame: Frame = WIDE) -> RiskMatrix:
    """The matrix of some risks."""
    chart = draw_matrix(risks, LEVELS, MATRIX_WORDS, frame)
    assert chart is not None
    return chart


def test_no_risk_is_no_matrix() -> None:
    """An empty register draws nothing."""
    assert draw_matrix((), LEVELS, MATRIX_WORDS, WIDE) is None


def test_only_the_action_zone_is_dark() -> None:
    """A risk above the line is dark, one below is grey, a new one is hollow: none has a colour of health."""
    chart = draw(MatrixRisk("a", "R1", 4, 4), MatrixRisk("b", "R2", 1, 1), MatrixRisk("c", "R3", 5, 5, new=True))
    assert [(pill.fill, pill.stroke) for pill in chart.pills] == [(INK, INK), (MUTE, MUTE), (PAPER, INK)]


def test_the_action_line_divides_the_levels() -> None:
    """The line runs along the six cells that ask for action: three steps over and three down."""
    chart = draw(MatrixRisk("a", "R1", 1, 1))
    assert chart.action[0].d.count("M") == 6
    flat = draw_matrix((MatrixRisk("a", "R1", 1, 1),), ((0,) * 5,) * 5, MATRIX_WORDS, WIDE)
    assert flat is not None
    assert flat.action == ()


def test_a_moved_risk_has_an_arrow() -> None:
    """The arrow begins at a hollow dot in the old cell; a risk that stayed has none."""
    chart = draw(MatrixRisk("a", "R1", 4, 4, (3, 4)), MatrixRisk("b", "R2", 2, 2, (2, 2)))
    (dot,) = chart.origins
    assert dot.cy > chart.pills[0].y
    assert dot.cx == chart.pills[0].x + chart.pills[0].width / 2
    assert len(chart.moves) == 2


def test_an_arrow_leads_around_other_risks() -> None:
    """A dot keeps off the risk that now stands in the old cell."""
    chart = draw(MatrixRisk("a", "R1", 4, 4, (3, 4)), MatrixRisk("b", "R2", 3, 4))
    (dot,), pill = chart.origins, chart.pills[1]
    across = pill.x - 3 <= dot.cx <= pill.x + pill.width + 3
    along = pill.y - 3 <= dot.cy <= pill.y + pill.height + 3
    assert not (across and along)


@pytest.mark.parametrize("frame", WIDTHS)
def test_a_full_cell_counts_the_rest(frame: Frame) -> None:
    """What does not fit into a cell is counted, and the count names what it hides."""
    risks = tuple(MatrixRisk(str(n), f"R{n}", 3, 3) for n in range(30))
    chart = draw(*risks, frame=frame)
    count = chart.labels[-1]
    assert int(count.text.removeprefix("+")) + len(chart.pills) == 30
    assert count.tip.endswith("R29")


@pytest.mark.parametrize("frame", [WIDE, PRINT, PHONE])
def test_no_text_touches_another(frame: Frame) -> None:
    """Labels of axes and risks keep apart and inside."""
    risks = [MatrixRisk(f"{p}{i}", f"R{p}{i}", p, i) for p in range(1, 6) for i in range(1, 6)]
    chart = draw(*risks, frame=frame)
    assert overlaps((*chart.axis, *chart.labels)) == []
    assert outside(chart.sheet, (*chart.axis, *chart.labels)) == []


@given(
    st.lists(
        st.tuples(st.integers(-3, 9), st.integers(-3, 9), st.none() | st.tuples(st.integers(0, 7), st.integers(0, 7))),
        max_size=20,
    )
)
def test_ratings_out_of_range_stay_inside(ratings: list) -> None:
    """Ratings that the table does not know are brought to its edge; pills stay on the board."""
    risks = [MatrixRisk(str(n), f"R{n}", p, i, before) for n, (p, i, before) in enumerate(ratings)]
    chart = draw_matrix(risks, LEVELS, MATRIX_WORDS, PHONE)
    for pill in chart.pills if chart else ():
        assert pill.x >= 0
        assert pill.x + pill.width <= 358


def test_a_short_table_counts_as_low() -> None:
    """Cells that the table of levels lacks are low."""
    chart = draw_matrix((MatrixRisk("a", "R1", 5, 5),), (), MATRIX_WORDS, WIDE)
    assert chart is not None
    assert chart.pills[0].fill is MUTE


def test_a_full_cell_makes_room() -> None:
    """Cells grow for the fullest of them as far as they may, before a risk is only counted."""
    many = [MatrixRisk(f"r{n}", f"R{n}", 3, 3) for n in range(12)]
    low, high = (draw_matrix(many, LEVELS, MATRIX_WORDS, Frame(720), lines=lines) for lines in (2, 4))
    assert low is not None
    assert high is not None
    assert (low.hidden > 0, high.hidden) == (True, 0)
    assert high.cells[0].height > low.cells[0].height
