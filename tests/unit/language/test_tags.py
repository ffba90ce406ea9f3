"""Which language answers which tag."""

import pytest

from kapm_site.language import SHIPPED, language_for


@pytest.mark.parametrize(
    ("asked", "tag", "risks"),
    [
        ("en", "en", "Risks"),
        ("en-GB", "en-GB", "Risks"),
        ("EN_us", "en-US", "Risks"),
        ("zh", "zh-CN", "风险"),
        ("zh-CN", "zh-CN", "风险"),
        ("zh_CN", "zh-CN", "风险"),
        ("zh-Hans", "zh-CN", "风险"),
        ("zh-Hans-SG", "zh-CN", "风险"),
        ("zh-Hant-TW", "zh-CN", "风险"),
        ("de", "de", "Risiken"),
        ("de-AT", "de-AT", "Risiken"),
        ("de-Latn-CH-1996", "de-CH", "Risiken"),
        ("de-XX", "de-XX", "Risiken"),
        ("fr", "en", "Risks"),
        ("den-CA", "en", "Risks"),
        ("", "en", "Risks"),
    ],
)
def test_the_nearest_language_answers(asked: str, tag: str, risks: str) -> None:
    """A region keeps its catalogue's words; what we do not speak becomes English and says so."""
    language = language_for(asked)

    assert language.tag == tag
    assert language.text("section.risks") == risks


def test_an_unknown_region_counts_like_its_language() -> None:
    """A region that Babel does not know is no error."""
    assert language_for("de-XX").number(1234.5, 1) == "1.234,5"


def test_every_shipped_language_answers_for_itself() -> None:
    """The list of shipped languages and the folders of catalogues agree."""
    assert [language_for(tag).tag for tag in SHIPPED] == list(SHIPPED)
    assert len({language_for(tag).text("section.risks") for tag in SHIPPED}) == len(SHIPPED)
