"""Labels that make room for each other."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kapm_site.pages.charts.spacing import Lanes, spread


def test_neighbours_move_apart_evenly() -> None:
    """Two labels at one height share the way; a distant one stays."""
    assert spread([50, 50, 90], 10, 0, 100) == [45, 55, 90]


def test_the_edge_pushes_back() -> None:
    """Labels at the edge keep inside it."""
    assert spread([98, 99, 100], 10, 0, 100) == [80, 90, 100]


def test_the_order_of_the_input_is_kept() -> None:
    """The result answers to the wishes one by one, also when they come unsorted."""
    assert spread([80, 20], 10, 0, 100) == [80, 20]


@given(st.lists(st.floats(0, 300), max_size=12), st.floats(1, 20))
def test_places_keep_the_gap_and_the_bounds(wanted: list[float], gap: float) -> None:
    """With enough room, all places lie inside and none comes nearer than the gap."""
    places = spread(wanted, gap, 0, 300)
    assert len(places) == len(wanted)
    assert all(-1e-6 <= place <= 300 + 1e-6 for place in places)
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(sorted(places)))


def test_too_many_labels_share_the_room() -> None:
    """Where the gap does not fit, it shrinks to what does."""
    assert spread([5, 5, 5], 10, 0, 10) == [0, 5, 10]


def test_lanes_fill_from_the_first() -> None:
    """A stretch takes the first free lane; when all are taken there is none."""
    lanes = Lanes(2)
    assert [lanes.take(0, 50), lanes.take(40, 90), lanes.take(45, 60), lanes.take(70, 90)] == [0, 1, None, 0]


def test_a_blocked_stretch_is_taken() -> None:
    """A leader can keep its place free of text."""
    lanes = Lanes(1)
    lanes.block(0, 10, 10)
    assert lanes.take(0, 20) is None
