"""One reader's language: the value that pages and templates ask for every text they print."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from kapm_site.language import dates, messages, numbers
from kapm_site.language.bidi import isolated
from kapm_site.language.tags import resolve_tag

#: From so many days on a part of a day says nothing.
WHOLE_DAYS = 10
_NO_VOCABULARY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Language:
    """How one reader is spoken to. A plain value: equal, hashable, cheap to send to another process.

    Attributes:
        tag: The BCP 47 tag for `<html lang>`.
        locale: The name of Babel's locale, which decides how dates and numbers are written.
        vocabulary: The client's own words, as sorted pairs of id and text.
    """

    tag: str
    locale: str
    vocabulary: tuple[tuple[str, str], ...] = ()

    def text(self, message_id: str, **values: str) -> str:
        """Give the text of an id with its `{placeholders}` filled in; the client's own word goes first.

        Raises:
            KeyError: No catalogue has the id, or the text needs a value that was not given.
            TypeError: A value is not text.
        """
        if self.vocabulary and (own := _words(self.vocabulary).get(message_id)) is not None:
            return own
        text = messages.find_text(self.locale, message_id)
        if text is not None and not values and "{" not in text:
            return text  # thousands of labels a page
        return messages.fill_placeholders(_found(text, message_id), values, self._label)

    def plural(self, message_id: str, n: int, **values: str) -> str:
        """Give the text of an id in the plural form for `n`; `{n}` is written in the locale's way.

        Raises:
            KeyError: No catalogue has the id, or the text needs a value that was not given.
            TypeError: A value is not text.
        """
        return self._count(message_id, abs(n), self.number(n), values)

    def texts(self) -> tuple[str, ...]:
        """List every text of the catalogue, for the audit."""
        return messages.list_texts(self.locale)

    def has(self, message_id: str) -> bool:
        """Tell whether there is a text for the id."""
        return messages.find_text(self.locale, message_id) is not None

    def date(self, day: dt.date, style: dates.DateStyle = "medium") -> str:
        """Write a date: short (20 Nov), medium (20 Nov 2026), long, weekday, month, month_short or iso."""
        if style == "iso":
            return f"{day:%Y-%m-%d}"
        return dates.format_day(day, self.text(f"date.{style}"), self.locale)

    def moment(self, moment: dt.datetime) -> str:
        """Write a date with its time of day, as the clock on the wall shows it."""
        return dates.format_moment(moment, self.text("date.moment"), self.locale)

    def period(self, start: dt.date, finish: dt.date) -> str:
        """Write a span of days; the year stands once where both ends share it, in Chinese with the first."""
        styles: tuple[dates.DateStyle, dates.DateStyle] = ("medium", "medium")
        if start.year == finish.year:
            styles = ("medium", "short") if self.tag.startswith("zh") else ("short", "medium")
        return self.text("date.period", start=self.date(start, styles[0]), finish=self.date(finish, styles[1]))

    def week(self, day: dt.date) -> str:
        """Name the week of a day by its Monday."""
        return self.text("date.week", date=self.date(dates.monday_of(day), "short"))

    def number(self, x: float | Decimal, digits: int = 0) -> str:
        """Write a number with exactly `digits` decimals, the locale's grouping and a true minus sign."""
        return numbers.format_number(x, digits, self.locale)

    def signed(self, x: float | Decimal, digits: int = 0) -> str:
        """Write a change: +8, −2, 0."""
        return numbers.format_number(x, digits, self.locale, signed=True)

    def percent(self, x: float | Decimal, digits: int = 0, *, signed: bool = False) -> str:
        """Write per cent; `x` is in per cent, not a fraction: 62 becomes `62%`."""
        return numbers.format_percent(x, digits, self.locale, signed=signed)

    def money(self, amount: float | Decimal, currency: str, *, signed: bool = False, digits: int = 0) -> str:
        """Write an amount, in whole units of its currency or with decimals: `€412,000`."""
        return numbers.format_money(amount, currency, self.locale, signed=signed, digits=digits)

    def money_short(self, amount: float | Decimal, currency: str, *, signed: bool = False) -> str:
        """Write an amount to three significant digits for tiles and charts: `€412k`, `41.2万元`."""
        return numbers.format_money_short(amount, currency, self.locale, signed=signed)

    def days(self, n: float | Decimal, *, signed: bool = False) -> str:
        """Write working days in words: `8 working days`, signed `+8 working days`; below ten a fraction shows."""
        return self._days("days.working", n, signed=signed)

    def days_short(self, n: float | Decimal, *, signed: bool = False) -> str:
        """Write working days with the short unit of charts and registers: `8 d`, signed `+8 d`."""
        return self._days("days.short", n, signed=signed)

    def day_count(self, n: float | Decimal, *, signed: bool = False) -> str:
        """Write a number of days whose unit stands elsewhere, as exactly as it is worth: 0.5, 8, 169."""
        rounded = numbers.round_half_up(n, 1)
        if abs(rounded) >= WHOLE_DAYS:
            rounded = numbers.round_half_up(n)
        whole = rounded == rounded.to_integral_value()
        return numbers.format_number(rounded, 0 if whole else 1, self.locale, signed=signed)

    def quoted(self, name: str) -> str:
        """Put a name in the language's quotation marks: ‘Go-live’, “上线”, „Inbetriebnahme“."""
        return self.text("page.quoted", text=name)

    def list(self, items: Sequence[str]) -> str:
        """Join items the way the language does: a, b and c."""
        from babel.lists import format_list  # lazy, as in `dates`

        # Babel's plain English is American and puts a comma before `and`.
        locale = "en_001" if self.locale == "en" else self.locale
        return format_list([isolated(item) for item in items], locale=dates.babel_locale(locale))

    def _days(self, message_id: str, n: float | Decimal, *, signed: bool) -> str:
        shown = self.day_count(n, signed=signed)
        # gettext chooses by whole numbers; what is not whole reads like a plural (0.5 working days).
        rounded = numbers.round_half_up(n, 1)
        whole = rounded == rounded.to_integral_value()
        text = self._count(message_id, abs(int(rounded)) if whole else 2, shown, {})
        return text.replace(f"{shown} ", f"{shown}{dates.NBSP}")

    def _count(self, message_id: str, count: int, shown: str, values: Mapping[str, str]) -> str:
        text = _found(messages.find_plural(self.locale, message_id, count), message_id)
        return messages.fill_placeholders(text, {**values, "n": shown}, self._label)

    def _label(self, label_id: str, before: str) -> str:
        """Give the word for a label within a sentence, where English writes it small."""
        word = self.text(label_id)
        is_first = not before or before.endswith((". ", "? "))
        return word if is_first or not self.locale.startswith("en") else _small(word)


def language_for(tag: str, vocabulary: Mapping[str, str] = _NO_VOCABULARY) -> Language:
    """Give the language for a BCP 47 tag, with a client's own words for labels and sections.

    Words for ids outside `label.*` and `section.*` are ignored; reading the client's file reports them.
    """
    own = ((key, word) for key, word in vocabulary.items() if key.startswith(messages.OVERRIDABLE))
    return _language(tag, tuple(sorted(own)))


def overridable_ids() -> tuple[str, ...]:
    """List the ids that a client's vocabulary may replace, for its check and its reference."""
    return tuple(found for found in messages.list_ids() if found.startswith(messages.OVERRIDABLE))


@lru_cache(maxsize=256)
def _language(tag: str, vocabulary: tuple[tuple[str, str], ...]) -> Language:
    name, locale = resolve_tag(tag)
    return Language(name, locale, vocabulary)


@lru_cache(maxsize=256)
def _words(vocabulary: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(vocabulary)


def _small(word: str) -> str:
    """Write a word small that is no abbreviation."""
    return word[:1].lower() + word[1:] if word[1:2].islower() else word


def _found(text: str | None, message_id: str) -> str:
    if text is None:
        raise KeyError(f"no message {message_id!r}: add it with tools/message.py")
    return text
