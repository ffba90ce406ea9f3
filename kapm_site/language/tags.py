"""Language tags: which of the shipped catalogues and which of Babel's locales answer a BCP 47 tag."""

import re
from collections.abc import Iterable

SHIPPED = ("en", "zh-CN", "de")

_SUBTAG = re.compile(r"[-_]")
_REGION = re.compile(r"[A-Za-z]{2}|[0-9]{3}")


def resolve_tag(tag: str) -> tuple[str, str]:
    """Find the nearest language we can write.

    Every kind of Chinese gets the Simplified catalogue, the nearest we have, and says so in its tag. Other
    languages keep their region (`de-AT`), so that dates and numbers follow it. A language without a catalogue
    becomes English throughout, for English words between French dates serve nobody.

    Args:
        tag: A BCP 47 tag; underscores and any case are accepted.

    Returns:
        The tag for `<html lang>`, and the name of Babel's locale.
    """
    first, *others = _SUBTAG.split(tag)
    language = first.lower()
    if language == "zh":
        return "zh-CN", "zh_CN"
    if language not in SHIPPED:
        return "en", "en"
    region = next((part.upper() for part in others if _REGION.fullmatch(part)), "")
    return (f"{language}-{region}", f"{language}_{region}") if region else (language, language)


def has_texts(tag: str) -> bool:
    """Tell whether there are texts in the language of a tag; English stands in for a language that has none."""
    return _catalogue_of(tag) == _SUBTAG.split(tag)[0].lower()


def written_in(tag: str, other: str) -> bool:
    """Tell whether two tags ask for the same language, whatever the region."""
    return _catalogue_of(tag) == _catalogue_of(other)


def distinct_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Name each language once that tags ask for, by the first of them as far as we can write it."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(_catalogue_of(tag), resolve_tag(tag)[0])
    return tuple(found.values())


def _catalogue_of(tag: str) -> str:
    return resolve_tag(tag)[0].partition("-")[0]
