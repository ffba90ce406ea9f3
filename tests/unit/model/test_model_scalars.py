"""A value means what its field says, whatever it looks like to YAML."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kapm_site.model import scalars
from kapm_site.model.units import DurationField, LagField
from kapm_site.problem.catalogue import CATALOGUE
from tests.gates.payloads import REFUSED_ADDRESSES


def fault(kind: object, value: object) -> str:
    """Return the code and the hint of a value that its field does not take."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    error = caught.value.errors()[0]
    assert error["type"] in CATALOGUE
    return f"{error['type']}: {error['msg']} | {error.get('ctx', {}).get('hint', '')}"


@pytest.mark.parametrize("text", ["no", "0123", "12:30", "1e3", "null", "~", "true", "2026-11-20", "ein Text", "中文"])
def test_a_text_stays_what_was_typed(text: str) -> None:
    """Nothing that YAML would take for something else is changed."""
    for kind in (scalars.Line, scalars.Text, scalars.Markdown, scalars.Ref):
        assert TypeAdapter(kind).validate_python(text) == text


def test_a_line_is_folded_and_a_text_is_not() -> None:
    """Line breaks are of use in texts only."""
    assert TypeAdapter(scalars.Line).validate_python(" a\n  b\t c ") == "a b c"
    assert TypeAdapter(scalars.Text).validate_python(" a\n  b ") == " a\n  b "


def test_a_text_of_20_kilobytes_is_read_and_one_byte_more_is_not() -> None:
    """The limit counts bytes, so Chinese characters count three."""
    assert TypeAdapter(scalars.Text).validate_python("a" * 20480)
    assert fault(scalars.Text, "a" * 20481).startswith("text-too-long: a text of 20481 bytes")
    assert fault(scalars.Text, "中" * 6827).startswith("text-too-long: a text of 20481 bytes")


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (scalars.Slug, "go-live", "go-live"),
        (scalars.Slug, "1.2_b-3", "1.2_b-3"),
        (scalars.Day, "2026-11-20", date(2026, 11, 20)),
        (scalars.Day, " 2026-11-20 ", date(2026, 11, 20)),
        (scalars.Day, "2028-02-29", date(2028, 2, 29)),
        (scalars.Moment, "2026-11-20", date(2026, 11, 20)),
        (scalars.Moment, "2026-11-20T14:30", datetime(2026, 11, 20, 14, 30)),  # noqa: DTZ001 # local time
        (scalars.Moment, "2026-11-20 14:30:00", datetime(2026, 11, 20, 14, 30)),  # noqa: DTZ001 # local time
        (scalars.Period, "2026-02", date(2026, 2, 28)),
        (scalars.Period, "2026-11-20", date(2026, 11, 20)),
        (scalars.Number, "1e3", 1000.0),
        (scalars.Number, "-0.5", -0.5),
        (scalars.Number, "0123", 123.0),
        (scalars.Number, "+7.", 7.0),
        (scalars.Number, 42, 42.0),
        (scalars.Flag, "yes", True),
        (scalars.Flag, "OFF", False),
        (scalars.Hours, "09:00-13:00", (540, 780)),
        (scalars.Hours, "0:00 - 24:00", (0, 1440)),
        (scalars.Email, "a.b+c@d-e.example", "a.b+c@d-e.example"),
        (scalars.Email, "r&d@b.example", "r&d@b.example"),
        (scalars.Url, "mailto:a@b.example", "mailto:a@b.example"),
        (scalars.Url, "HTTPS://b.example/x?y=z#w", "HTTPS://b.example/x?y=z#w"),
        (scalars.Color, "#0F5A8a", "#0f5a8a"),
        (scalars.Currency, "CNY", "CNY"),
        (scalars.LanguageTag, "zh-Hans-CN", "zh-Hans-CN"),
        (scalars.Timezone, "Asia/Shanghai", "Asia/Shanghai"),
    ],
)
def test_a_value_is_read_by_its_field(kind: object, text: object, expected: object) -> None:
    """The text alone does not decide."""
    assert TypeAdapter(kind).validate_python(text) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (scalars.Line, ["a"], "not-text: a list is not a text | a text that begins with -, [ or { needs quotes"),
        (scalars.Slug, "Go Live!", "bad-id: 'Go Live!' is not an id (lower-case letters, digits, and single . _ - "),
        (scalars.Slug, "上线", "for example 'go-live'"),
        (scalars.Slug, "a--b", "for example 'a-b'"),
        (scalars.Slug, "a\n", "bad-id"),
        (scalars.Day, "20.11.2026", "bad-date: '20.11.2026' is not a date | write YYYY-MM-DD"),
        (scalars.Day, "20261120", "bad-date"),
        (scalars.Day, "2026-02-30", "not a date of the calendar | 2026-02 ends on the 28"),
        (scalars.Day, "2026-13-01", "months go from 01 to 12"),
        (scalars.Day, "0000-01-01", "bad-date"),
        (scalars.Day, "1899-12-31", "bad-date: '1899-12-31' is not a date within range | years go from 1900 to 2200"),
        (scalars.Day, "9999-12-31", "years go from 1900 to 2200"),
        (scalars.Day, "2026-11-20T10:00", "bad-date"),
        (scalars.Day, "२०२६-११-२०", "bad-date"),
        (scalars.Moment, "2026-11-20T25:00", "bad-date: '2026-11-20T25:00' is not a time of the calendar"),
        (scalars.Moment, "9999-11-20T10:00", "years go from"),
        (scalars.Period, "2026-13", "bad-date: '2026-13' is not a month of the calendar"),
        (scalars.Period, "9999-01", "years go from"),
        (scalars.Number, "1,234.5", "bad-number: '1,234.5' is not a number | write 1234.5 without"),
        (scalars.Number, "12%", "leave the percent sign out"),
        (scalars.Number, "1_000", "bad-number"),
        (scalars.Number, "nan", "bad-number"),
        (scalars.Number, "1e999", "bad-number: '1e999' is not a number within range | numbers go up to 1e+15"),
        (scalars.Number, "-1e16", "bad-number"),
        (scalars.Number, "", "bad-number"),
        (scalars.Number, True, "bad-number"),
        (scalars.Flag, "1", "bad-flag: '1' is not true or false"),
        (scalars.Hours, "13:00-09:00", "bad-hours"),
        (scalars.Hours, "09:00-09:00", "bad-hours"),
        (scalars.Hours, "09:00-24:30", "bad-hours"),
        (scalars.Hours, "9-17", "bad-hours: '9-17' is not a range of hours | write HH:MM-HH:MM"),
        (scalars.Email, "Jo <jo@a.example>", "bad-email"),
        (scalars.Email, "a@b.example\nBcc: c@d.example", "bad-email: 'a@b.example Bcc: c@d.example' is not one"),
        (scalars.Email, "a?bcc=c%40d.example&x=@b.example", "bad-email"),
        (scalars.Email, "a@b.example?bcc=c%40d.example", "bad-email"),
        (scalars.Email, "a%0d%0abcc@b.example", "bad-email"),
        (scalars.Url, "javascript:alert(1)", "bad-url"),
        *((scalars.Url, address, "bad-url") for address in REFUSED_ADDRESSES),
        (scalars.Url, "//b.example", "bad-url"),
        (scalars.Color, "#fff", "bad-color"),
        (scalars.Currency, "eur", "bad-currency"),
        (scalars.LanguageTag, "Deutsch!", "bad-language"),
        (scalars.Timezone, "Mars/Base", "bad-timezone"),
        (scalars.Timezone, "../../etc/passwd", "bad-timezone"),
    ],
)
def test_what_a_field_does_not_take_says_why_and_what_to_write(kind: object, value: object, expected: str) -> None:
    """The value found, what was expected, and the remedy."""
    assert expected in fault(kind, value)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (DurationField, "90m", "90m"),
        (DurationField, "1.5 d", "1.5d"),
        (DurationField, "2w", "2w"),
        (DurationField, "1mo", "1mo"),
        (DurationField, "3ed", "3ed"),
        (DurationField, "8eh", "8eh"),
        (DurationField, "0", "0d"),
        (LagField, "-1d", "-1d"),
        (LagField, "50%", "50%"),
        (LagField, "-25 %", "-25%"),
    ],
)
def test_a_duration_has_a_number_and_a_unit(kind: object, text: str, expected: str) -> None:
    """Working and elapsed time; lags may be negative or a share."""
    assert str(TypeAdapter(kind).validate_python(text)) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (DurationField, "5"),
        (DurationField, "-5d"),
        (DurationField, "5 days"),
        (DurationField, "1e3d"),
        (DurationField, "50%"),
        (DurationField, "99999d"),
        (DurationField, "9" * 400 + "d"),
        (LagField, "2"),
        (LagField, "99999999%"),
        (LagField, "-99999w"),
        (LagField, ""),
    ],
)
def test_what_is_no_duration_says_so(kind: object, text: str) -> None:
    """A number alone has no unit, and nothing lasts longer than a century."""
    assert fault(kind, text).startswith("bad-duration")


ALL = (
    *(scalars.Line, scalars.Text, scalars.Slug, scalars.Day, scalars.Moment, scalars.Period, scalars.Number),
    *(scalars.Flag, scalars.Hours, scalars.Email, scalars.Url, scalars.Color, scalars.Currency, scalars.LanguageTag),
    *(scalars.Timezone, DurationField, LagField),
)


@given(st.text(max_size=30) | st.from_regex(r"[0-9eE+.:TdmwohWZ%-]{0,20}", fullmatch=True))
def test_no_text_raises_anything_but_a_problem(text: str) -> None:
    """Whatever was typed, each field takes it or names a code of the catalogue."""
    found: set[str] = set()
    for kind in ALL:
        try:
            TypeAdapter(kind).validate_python(text)
        except ValidationError as error:
            found |= {detail["type"] for detail in error.errors()}
    assert found <= CATALOGUE.keys()


@pytest.mark.parametrize("parse", [scalars.parse_day, scalars.parse_number, scalars.parse_flag, scalars.parse_url])
def test_a_value_in_a_message_is_short_and_on_one_line(parse: Callable[[object], object]) -> None:
    """A long or broken text does not break the message."""
    with pytest.raises(Exception, match="not") as caught:
        parse("x\n" * 100)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 120
