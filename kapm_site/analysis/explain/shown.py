"""Writes values in English: as a page shows them, and exact enough to reckon with."""

from datetime import date, datetime
from typing import Any

from kapm_site.analysis.explain.records import Unit
from kapm_site.language import language_for

#: Decimals with which a page shows an index.
_RATIO_DIGITS = 2


def show(value: Any, unit: Unit, currency: str) -> str:
    """Write a value the way a page does."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _show_number(value, unit, currency)
    if isinstance(value, str):
        return _show_text(value, unit)
    if isinstance(value, list) and not any(isinstance(item, dict) for item in value):
        return ", ".join(str(item) for item in value) or "none"
    return f"{len(value)} figure{'s' if len(value) != 1 else ''}" if value else "none"


def _show_text(value: str, unit: Unit) -> str:
    words = language_for("en")
    if unit == "date":
        return words.date(date.fromisoformat(value))
    return words.moment(datetime.fromisoformat(value)) if unit == "moment" else value


def _show_number(value: float, unit: Unit, currency: str) -> str:
    words = language_for("en")
    if unit == "money":
        return words.money(value, currency)
    if unit == "percent":
        return words.percent(value, 0 if float(value).is_integer() else 1)
    if unit == "days":
        return words.days(value).replace("\N{NO-BREAK SPACE}", " ")
    if unit == "points":
        return f"{words.number(value, 1)} points"
    if unit == "ratio":
        return words.number(value, _RATIO_DIGITS)
    return words.number(value, 0 if float(value).is_integer() else 2)


def exact(value: Any, unit: Unit, currency: str) -> str:
    """Write a value with the decimals one needs to follow a formula."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return show(value, unit, currency) if unit not in ("date", "moment") else str(value).replace("T", " ")
    digits = f"{value:,.4f}" if unit == "ratio" else f"{value:,.2f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    ends = {"money": f" {currency}", "percent": "%", "days": " d", "points": " points"}
    return (digits if digits != "-0" else "0") + ends.get(unit, "")
