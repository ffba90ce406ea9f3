"""Language tags: which of the shipped catalogues and which of Babel's locales answer a BCP 47 tag."""

import re

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
