"""The texts: reads the compiled catalogues and fills their placeholders."""

import gettext
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from kapm_site.language.bidi import isolated
from kapm_site.language.dates import NBSP

LOCALES = Path(__file__).parent / "locales"
DOMAIN = "kapm"
OVERRIDABLE = ("label.", "section.")
"""The families of ids whose text a client's own vocabulary may replace."""

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
REFERENCE = re.compile(r"\{((?:label|section)\.[a-z0-9_]+)\}")
"""A label that a sentence names, so that a client's own word for it reaches the sentence."""

_HAN = r"\u3001-\u301f\u4e00-\u9fff\uff01-\uff60\u201c\u201d"
#: A placeholder with the spaces between it and Chinese characters.
_PLACE = re.compile(rf"((?<=[{_HAN}]) |)(?:{PLACEHOLDER.pattern}|{REFERENCE.pattern})( (?=[{_HAN}])|)")
_BEGINS, _ENDS = re.compile(rf"[{_HAN}]"), re.compile(rf"[{_HAN}]$")


@cache  # as many as there are ids; a page asks for a few thousand
def find_text(locale: str, message_id: str) -> str | None:
    """Look up the text of an id, of a counted one that for 1; `None` where no catalogue has it."""
    text = _catalogue(locale).gettext(message_id)
    if text == message_id:  # Python 3.11 up to 3.11.4 finds no counted text this way
        text = _catalogue(locale).ngettext(message_id, message_id, 1)
    return None if text == message_id else text


def find_plural(locale: str, message_id: str, count: int) -> str | None:
    """Look up the text of an id in the plural form that the language uses for `count`."""
    text = _catalogue(locale).ngettext(message_id, message_id, count)
    return None if text == message_id else text


def fill_placeholders(text: str, values: Mapping[str, str], label: Callable[[str, str], str]) -> str:
    """Put values in the place of their `{name}`, and labels in that of their `{label.name}`.

    `str.format` would let a translated text reach into attributes and indices; here only plain names count. Spaces
    of a Chinese text beside a value are for Latin letters and figures: where Chinese meets Chinese they go.

    Args:
        text: Of the message.
        values: By the names that the text has for them.
        label: Gives the word for the id of a label and the text before it.

    Raises:
        KeyError: The text names a value that was not given.
        TypeError: A value is not text: how a number or a date reads is the caller's decision.
    """
    for name, value in values.items():
        if not isinstance(value, str):
            raise TypeError(f"{name} must be text, not {type(value).__name__}: format it first")

    def placed(match: re.Match[str]) -> str:
        before, name, reference, after = match.groups()
        value = values[name] if name else label(reference, text[: match.start()])
        first = "" if before and _BEGINS.match(value) else before
        # A count and what is counted stay on one line.
        last = NBSP if value.isdecimal() else "" if _ENDS.search(value) else after
        return f"{first}{isolated(value)}{last if after else ''}"

    return _PLACE.sub(placed, text)


def list_ids(locale: str = "en") -> tuple[str, ...]:
    """List the ids of a catalogue in order, for the reference of a client's vocabulary and for tests."""
    # The catalogue of the standard library offers no public way to walk through its messages.
    keys = _load(LOCALES / locale / "LC_MESSAGES" / f"{DOMAIN}.mo")._catalog  # type: ignore[attr-defined]  # noqa: SLF001
    return tuple(sorted({key if isinstance(key, str) else key[0] for key in keys} - {""}))


def list_texts(locale: str) -> tuple[str, ...]:
    """List all texts of a catalogue, placeholders and all: what any reader may see."""
    return tuple(sorted({text for text in _catalogue(locale)._catalog.values() if text}))  # type: ignore[attr-defined]  # noqa: SLF001 gettext offers no other way


@lru_cache(maxsize=16)
def _catalogue(locale: str) -> gettext.GNUTranslations:
    # A region's catalogue holds only what it writes otherwise: `en_US` before `en`. The search of gettext
    # itself is of no use here, since it takes `en` to mean `en_US`.
    names = dict.fromkeys((locale, locale.partition("_")[0], "en"))
    files = (LOCALES / name / "LC_MESSAGES" / f"{DOMAIN}.mo" for name in names)
    first, *others = (_load(file) for file in files if file.is_file())
    for other in others:
        first.add_fallback(other)
    return first


def _load(file: Path) -> gettext.GNUTranslations:
    with file.open("rb") as stream:
        return gettext.GNUTranslations(stream)
