"""A name in a right-to-left script changes nothing beside it."""

import pytest

from kapm_site.language import isolated, language_for


@pytest.mark.parametrize("name", ["عمر الفاروق", "דנה לוי", "Dana דנה"])
def test_a_right_to_left_name_is_isolated_in_a_sentence(name: str) -> None:
    """Wherever a text of the catalogue has it, alone or in a list."""
    words = language_for("en")
    assert words.text("page.quoted", text=name) == f"‘\u2068{name}\u2069’"
    assert words.list([name, "Kim"]) == f"\u2068{name}\u2069 and Kim"


@pytest.mark.parametrize("name", ["Kim Vogt", "张伟", "Łukasz Żak", "Ольга", "", "12 d"])
def test_all_other_names_are_what_they_are(name: str) -> None:
    """No character is added to what runs from left to right."""
    assert isolated(name) == name
    assert language_for("en").text("page.quoted", text=name) == f"‘{name}’"
