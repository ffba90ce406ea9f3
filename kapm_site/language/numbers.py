"""Numbers and money as a reader writes them: fixed digits, the locale's grouping, a true minus sign.

Halves are rounded away from zero, as people do by hand: Babel's half-to-even would print 2.5 as 2.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kapm_site.language.dates import NBSP, babel_locale

if TYPE_CHECKING:
    from babel.numbers import NumberPattern

MINUS = "\N{MINUS SIGN}"

# Wide enough for any float, so that no amount a user can type ends in an exception.
_ROUNDING = Context(prec=400, rounding=ROUND_HALF_UP)

# Only the currencies whose unit needs no letters where a report has a single currency. The yen keeps its
# letters, so that it and the yuan never look alike.
_SYMBOLS = {"USD": "$", "CNY": "¥", "JPY": "JP¥"}

# Where an amount in words reads better with the unit spelt out: 41.2万元.
_UNITS = {("zh", "CNY"): "元"}

# Babel has capitals (the American way); reports in English print €412k and £1.2m.
_ENGLISH_SCALES = {"K": "k", "M": "m", "B": "bn", "T": "tn"}


def round_half_up(value: float | Decimal, digits: int = 0) -> Decimal:
    """Round to a number of decimals, halves away from zero.

    Raises:
        ValueError: The value is infinite or not a number; "not enough data" is said in words.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        raise ValueError(f"cannot write {value} as a number")
    return exact.quantize(Decimal(1).scaleb(-digits), context=_ROUNDING)


@lru_cache(maxsize=4096)  # equal values are written alike, whatever their type
def format_number(value: float | Decimal, digits: int, locale: str, *, signed: bool = False) -> str:
    """Write a number with exactly `digits` decimals; `signed` puts a plus before what is above zero."""
    rounded = round_half_up(value, digits)
    return _sign(rounded, signed=signed) + _write(abs(rounded), digits, locale)


@lru_cache(maxsize=1024)
def format_percent(value: float | Decimal, digits: int, locale: str, *, signed: bool = False) -> str:
    """Write per cent, where 62 means 62 %, with the spacing of the locale."""
    sample = babel_locale(locale).percent_formats[None].pattern.partition(";")[0]
    gap = NBSP if sample[-2:-1] in {" ", NBSP, "\N{NARROW NO-BREAK SPACE}"} else ""
    return f"{format_number(value, digits, locale, signed=signed)}{gap}%"


@lru_cache(maxsize=4096)
def format_money(amount: float | Decimal, currency: str, locale: str, *, signed: bool = False, digits: int = 0) -> str:
    """Write an amount, in whole units of its currency by default: `€412,000`, `412.000 €`."""
    rounded = round_half_up(amount, digits)
    return _sign(rounded, signed=signed) + _place(_write(abs(rounded), digits, locale), currency, locale)


def format_money_short(amount: float | Decimal, currency: str, locale: str, *, signed: bool = False) -> str:
    """Write an amount to three significant digits in the locale's own scale: `€412k`, `41.2万元`."""
    whole = round_half_up(amount)
    rounded = _round_significant(whole)
    # Asked before rounding: 9,999 yuan are no 万 yet, and so stay exact.
    if not any(character.isalpha() for character in _scale(abs(whole), locale)):
        return format_money(amount, currency, locale, signed=signed)
    scaled = _scale(abs(rounded), locale)
    unit = _UNITS.get((locale.partition("_")[0], currency))
    written = f"{scaled}{unit}" if unit else _place(scaled, currency, locale)
    return _sign(rounded, signed=signed) + written


def currency_symbol(currency: str, locale: str) -> str:
    """Find the shortest symbol that a reader of the locale takes for this currency and no other."""
    from babel.numbers import get_currency_symbol  # lazy, as in `dates`

    return _SYMBOLS.get(currency) or str(get_currency_symbol(currency, locale=babel_locale(locale)))


def _sign(rounded: Decimal, *, signed: bool) -> str:
    if rounded < 0:
        return MINUS
    return "+" if signed and rounded > 0 else ""


def _write(rounded: Decimal, digits: int, locale: str) -> str:
    return str(_pattern(locale, digits).apply(rounded, babel_locale(locale)))


@lru_cache(maxsize=64)
def _pattern(locale: str, digits: int) -> "NumberPattern":
    from babel.numbers import parse_pattern

    grouping = babel_locale(locale).decimal_formats[None].pattern.partition(";")[0].partition(".")[0]
    return parse_pattern(f"{grouping}.{'0' * digits}" if digits else grouping)


def _place(number: str, currency: str, locale: str) -> str:
    pattern = babel_locale(locale).currency_formats["standard"].pattern.partition(";")[0]
    symbol = currency_symbol(currency, locale)
    if not pattern.startswith("¤"):
        return f"{number}{NBSP}{symbol}"
    gap = NBSP if pattern[1] in {" ", NBSP} or symbol[-1].isalpha() else ""
    return f"{symbol}{gap}{number}"


def _round_significant(whole: Decimal, significant: int = 3) -> Decimal:
    if whole.is_zero():
        return whole
    return round_half_up(whole, significant - 1 - whole.adjusted())


def _scale(rounded: Decimal, locale: str) -> str:
    # Without a scale word where the locale writes a number of this size in full, as German does thousands.
    from babel.numbers import format_compact_decimal

    # Rounding went before, since Babel would write 999,950 as 1000K.
    text = format_compact_decimal(rounded, locale=babel_locale(locale), fraction_digits=2)
    digits = text.rstrip("KMBT") if locale.startswith("en") else text
    word = text[len(digits) :]
    return f"{digits}{_ENGLISH_SCALES.get(word, word)}".replace(" ", NBSP)
