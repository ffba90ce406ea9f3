"""The catalogues say the same things in every language, and what is compiled is what is written."""

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural

from kapm_site.language import SHIPPED
from kapm_site.language.compile import compile_catalogues, read_catalogue, write_catalogue
from kapm_site.language.messages import DOMAIN, LOCALES, OVERRIDABLE, PLACEHOLDER, REFERENCE

LANGUAGES = [tag.replace("-", "_") for tag in SHIPPED]
ALL = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())


def messages_of(name: str) -> dict[str, Message]:
    """Read a catalogue's messages by id."""
    catalogue = read_catalogue(LOCALES / name / "LC_MESSAGES" / f"{DOMAIN}.po")
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue if message.id
    }


def forms_of(message: Message) -> tuple[str, ...]:
    """List the texts of a message: one, or its plural forms."""
    text = message.string
    return (text,) if isinstance(text, str) else tuple(text or ())


@pytest.mark.parametrize("name", ALL)
def test_the_compiled_catalogue_is_up_to_date(name: str, tmp_path: Path) -> None:
    """Compiling gives the very bytes that are kept; else run `python -m kapm_site.language.compile`."""
    shutil.copytree(LOCALES / name, tmp_path / name)
    kept = tmp_path / name / "LC_MESSAGES" / f"{DOMAIN}.mo"
    before = kept.read_bytes()

    assert compile_catalogues(tmp_path) == []
    assert kept.read_bytes() == before


@pytest.mark.parametrize("name", ALL)
def test_a_catalogue_is_kept_in_order(name: str, tmp_path: Path) -> None:
    """Writing a catalogue anew changes nothing, so a change shows only what changed."""
    source = LOCALES / name / "LC_MESSAGES" / f"{DOMAIN}.po"
    copy = tmp_path / name / "LC_MESSAGES" / f"{DOMAIN}.po"
    copy.parent.mkdir(parents=True)
    shutil.copy(source, copy)

    write_catalogue(copy, read_catalogue(copy))

    assert copy.read_text(encoding="utf-8") == source.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_has_every_id(name: str) -> None:
    """No id is missing anywhere, and none stands in one language only."""
    assert messages_of(name).keys() == messages_of("en").keys()


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_text_has_the_same_placeholders_in_every_language(name: str) -> None:
    """A translation that forgets a value or invents one would fail in front of a client."""
    english = messages_of("en")
    wrong = {
        message_id: (sorted(expected), sorted(found))
        for message_id, message in messages_of(name).items()
        if (found := set(PLACEHOLDER.findall(forms_of(message)[-1])))
        != (expected := set(PLACEHOLDER.findall(forms_of(english[message_id])[-1])))
    }

    assert wrong == {}


@pytest.mark.parametrize("name", ALL)
def test_texts_are_whole(name: str) -> None:
    """No text is empty, and no brace is anything but a placeholder."""
    for message_id, message in messages_of(name).items():
        for form in forms_of(message):
            assert form.strip() == form != "", message_id
            assert not set(PLACEHOLDER.sub("", REFERENCE.sub("", form))) & set("{}"), message_id


@pytest.mark.parametrize("name", ALL)
def test_a_sentence_names_labels_that_there_are(name: str) -> None:
    """A client's word for one reaches the sentence; in Chinese, which has no plural, one word serves both."""
    for message_id, message in messages_of(name).items():
        for form in forms_of(message):
            assert all(key in messages_of("en") for key in REFERENCE.findall(form)), message_id


#: The words beside a figure that is set large, such as "serious issues open" beside a 3, and those before a list.
NUMBER_STANDS_BESIDE = {"page.risks_beside", "page.severe_issues", "chart.new_baselines"}


@pytest.mark.parametrize("name", LANGUAGES)
def test_plurals_have_as_many_forms_as_the_language(name: str) -> None:
    """One form in Chinese, two in English and German, and each id is of one kind everywhere."""
    expected = get_plural(name).num_plurals
    for message_id, message in messages_of(name).items():
        counted = message.pluralizable
        assert len(forms_of(message)) == (expected if counted else 1), message_id
        shown = message_id in NUMBER_STANDS_BESIDE or {"n"} <= set(PLACEHOLDER.findall(forms_of(message)[-1]))
        assert shown or not counted, message_id


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_same_ids_count(name: str) -> None:
    """What has plural forms in one language is asked for with a number in all."""
    counted = {message_id for message_id, message in messages_of(name).items() if message.pluralizable}

    assert counted == {key for key, message in messages_of("en").items() if message.pluralizable}


@pytest.mark.parametrize("name", LANGUAGES)
def test_words_of_a_client_need_no_values(name: str) -> None:
    """Labels and sections are plain words, so that a client's own can take their place as they are."""
    for message_id, message in messages_of(name).items():
        if message_id.startswith(OVERRIDABLE):
            assert PLACEHOLDER.findall(forms_of(message)[0]) == [], message_id
            assert not message.pluralizable, message_id


#: Words that German has too; any other text that is the same in both languages was forgotten.
SAME_IN_GERMAN = {
    "Budget", "CSV", "Commit", "Dimension", "Downloads", "Feed", "MMM y", "LLL", "NPS", "Name", "Partner", "Passphrase",
    "Person", "Plan", "Portal", "Portfolio", "RACI", "Reserve", "Status", "Team", "Trainer", "Trend", "Version",
}  # fmt: skip
#: Signs of the field, which Chinese reports write in Latin letters.
LATIN_IN_CHINESE = {
    "AC", "AT", "BAC", "CPI", "CRM", "CSAT", "CSV", "CV", "EAC", "ES", "ETC", "EV", "IEAC", "JavaScript", "KPI", "NPS",
    "PDF", "PERT", "PV", "RACI", "SPI", "SV", "TCPI", "VAC", "https",
}  # fmt: skip


def words_of(text: str) -> str:
    """Leave out the placeholders of a text and what stands around them."""
    return PLACEHOLDER.sub("", REFERENCE.sub("", text)).strip(" .,:()–")


def test_german_differs_from_english() -> None:
    """A text that was copied and never translated is found."""
    english, german = messages_of("en"), messages_of("de")
    same = {
        (key, text)
        for key, message in german.items()
        for text in forms_of(message)
        if text in forms_of(english[key]) and words_of(text) not in {"", *SAME_IN_GERMAN}
    }
    assert same == set()


def test_chinese_is_written_in_chinese() -> None:
    """No English word stands in a Chinese text, save the signs of the field."""
    found = {
        (key, word)
        for key, message in messages_of("zh_CN").items()
        if not key.startswith("date.")  # patterns
        for text in forms_of(message)
        for word in re.findall(r"[A-Za-z]{2,}", words_of(text))
        if word not in LATIN_IN_CHINESE
    }
    assert found == set()


def test_a_region_only_differs_from_its_language() -> None:
    """The catalogue of a region holds no id of its own and no text that is the same."""
    for name in set(ALL) - set(LANGUAGES):
        language = messages_of(name.partition("_")[0])
        for message_id, message in messages_of(name).items():
            assert forms_of(message) != forms_of(language[message_id]), message_id
