"""Ids are sorted as people count."""

from hypothesis import given
from hypothesis import strategies as st

from kapm_site.model.order import natural


def test_numbers_in_ids_count_as_numbers() -> None:
    """Whatever stands around them; where all is alike the text decides."""
    assert sorted(["r10", "r2", "r1", "r-2.10", "r-2.9", "9", "x"], key=natural) == [
        *("9", "r1", "r2", "r10", "r-2.9", "r-2.10", "x"),
    ]
    assert natural("r01") != natural("r1")
    assert natural("r2") < natural(f"r9{'0' * 4999}") < natural(f"r1{'0' * 5000}")


@given(st.lists(st.text()))
def test_any_texts_can_be_sorted(texts: list[str]) -> None:
    """No two keys are of kinds that cannot be compared."""
    assert sorted(sorted(texts, key=natural, reverse=True), key=natural) == sorted(texts, key=natural)
