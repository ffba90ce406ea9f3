import pytest

from kapm_site.importers.text import clean_name, clean_text, cut_text, id_for, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Go-live", "go-live"),
        ("1.2 Design (draft)", "1-2-design-draft"),
        ("Über-Prüfung der Straße", "uber-prufung-der-strasse"),
        ("Œuvre Łódź", "oeuvre-lodz"),
        ("系统上线", ""),
        ("ERP 系统", ""),
        ("Тест", ""),
        ("!!!", ""),
        ("a" * 80, "a" * 48),
        ("word " * 20, "word-word-word-word-word-word-word-word-word"),
    ],
)
def test_ids_come_from_names_that_lose_no_letter(name: str, slug: str) -> None:
    """A name in Latin letters gives a slug; one whose letters would be lost gives none."""
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("name", "key", "taken", "expected"),
    [
        ("Review", "7", set(), "review"),
        ("Review", "7", {"review"}, "review-7"),
        ("Review", "7", {"review", "review-7"}, "t7"),
        ("Review", "7", {"review", "review-7", "t7"}, "t7-2"),
        ("评审", "7", set(), "t7"),
        ("2026", "7", set(), "t7"),
        ("", "A:B", set(), "ta-b"),
    ],
)
def test_ids_are_unique(name: str, key: str, taken: set[str], expected: str) -> None:
    """An id that is taken is told apart by the key of the row."""
    assert id_for(name, key, "t", taken) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a\u0000b\u202ec\u2066d", "abcd"),
        ("A\u030a", "Å"),
        (" a \t\r\n b ", "a b"),
        ("a\u00a0b\u3000c", "a b c"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("a\ufeffb\u00adc\u200bd", "abcd"),
    ],
)
def test_unseen_characters_go(text: str, name: str) -> None:
    """Controls, bidirectional marks and soft hyphens go; letters that join or part others stay."""
    assert clean_name(text) == name


def test_line_breaks_of_every_kind_become_one() -> None:
    """A text keeps its lines, whatever their ends were."""
    assert clean_text("a\r\nb\rc\u2028d\u0085e") == "a\nb\nc\nd\ne"


def test_a_text_is_cut_between_characters() -> None:
    """A text that is too long is cut without breaking a character in two."""
    assert cut_text("上线" * 10, 7) == "上线"
