"""Dates, numbers, money, plurals and texts as three kinds of readers see them."""

import datetime as dt
import os
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kapm_site.language import Language, language_for, overridable_ids

ROOT = Path(__file__).parents[3]
FRIDAY = dt.date(2026, 11, 20)
NBSP = "\N{NO-BREAK SPACE}"


def plain(text: str) -> str:
    """Show no-break spaces as spaces, so that a table of expectations can be read."""
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("tag", "style", "expected"),
    [
        ("en", "short", "20 Nov"),
        ("en", "medium", "20 Nov 2026"),
        ("en", "long", "20 November 2026"),
        ("en", "weekday", "Fri 20 Nov"),
        ("en", "month", "Nov 2026"),
        ("en", "month_short", "Nov"),
        ("en", "iso", "2026-11-20"),
        ("en-US", "medium", "Nov 20, 2026"),
        ("en-US", "weekday", "Fri, Nov 20"),
        ("zh-CN", "short", "11月20日"),
        ("zh-CN", "medium", "2026年11月20日"),
        ("zh-CN", "weekday", "11月20日（周五）"),
        ("zh-CN", "month", "2026年11月"),
        ("zh-CN", "month_short", "11月"),
        ("de", "short", "20. Nov."),
        ("de", "long", "20. November 2026"),
        ("de", "weekday", "Fr, 20. Nov."),
        ("de", "month_short", "Nov"),
    ],
)
def test_dates_follow_the_language(tag: str, style: str, expected: str) -> None:
    """Each style reads as the language writes it, and no space in it can break."""
    written = language_for(tag).date(FRIDAY, style)  # type: ignore[arg-type]

    assert plain(written) == expected
    assert " " not in written


def test_a_region_has_its_own_names_of_months() -> None:
    """Austria's January is not Germany's."""
    january = dt.date(2027, 1, 3)

    assert plain(language_for("de-AT").date(january)) == "3. Jän. 2027"
    assert plain(language_for("de").date(january)) == "3. Jan. 2027"


def test_a_moment_is_written_as_the_wall_shows_it() -> None:
    """A time zone of the value moves nothing: it is the local time that was entered."""
    naive = dt.datetime(2026, 11, 20, 18, 5)  # noqa: DTZ001 # plans hold local times
    aware = naive.replace(tzinfo=dt.timezone(dt.timedelta(hours=8)))

    assert plain(language_for("en").moment(naive)) == "20 Nov 2026, 18:05"
    assert language_for("en").moment(aware) == language_for("en").moment(naive)


def test_a_period_states_a_shared_year_once() -> None:
    """The first date drops its year where the second has the same."""
    english, chinese = language_for("en"), language_for("zh-CN")

    assert plain(english.period(dt.date(2026, 11, 7), FRIDAY)) == "7 Nov – 20 Nov 2026"
    assert plain(english.period(FRIDAY, dt.date(2027, 1, 3))) == "20 Nov 2026 – 3 Jan 2027"
    assert chinese.period(dt.date(2026, 11, 7), FRIDAY) == "2026年11月7日至11月20日"


def test_a_week_is_named_by_its_monday() -> None:
    """Every day of a week gives the same name, over the end of a year too."""
    monday = dt.date(2026, 12, 28)
    names = {language_for("en").week(monday + dt.timedelta(days=day)) for day in range(7)}

    assert {plain(name) for name in names} == {"Week of 28 Dec"}


@pytest.mark.parametrize(
    ("tag", "value", "digits", "expected"),
    [
        ("en", 1234567.45, 1, "1,234,567.5"),
        ("en", 3, 2, "3.00"),
        ("en", -8, 0, "−8"),
        ("en", -0.4, 0, "0"),
        ("en", 2.5, 0, "3"),
        ("en", -2.5, 0, "−3"),
        ("en", Decimal("0.125"), 2, "0.13"),
        ("en", 1e25, 0, "10,000,000,000,000,000,000,000,000"),
        ("en-IN", 1234567, 0, "12,34,567"),
        ("de", 1234567.45, 1, "1.234.567,5"),
        ("de-CH", 1234567.45, 1, "1’234’567.5"),
        ("zh-CN", 1234567.45, 1, "1,234,567.5"),
    ],
)
def test_numbers_have_fixed_digits_and_the_grouping_of_the_locale(
    tag: str, value: float, digits: int, expected: str
) -> None:
    """Halves go away from zero, and a negative number has a true minus sign."""
    assert language_for(tag).number(value, digits) == expected


def test_a_change_says_its_direction() -> None:
    """Plus, minus, or nothing where there is no change."""
    english = language_for("en")

    assert [english.signed(value) for value in (8, -2, 0, 0.2)] == ["+8", "−2", "0", "0"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_what_is_no_number_is_refused(value: float) -> None:
    """A page must say that data is missing, never print `nan`."""
    with pytest.raises(ValueError, match="as a number"):
        language_for("en").number(value)


def test_per_cent_takes_percent_and_spaces_it_as_the_locale_does() -> None:
    """62 means 62 per cent."""
    assert language_for("en").percent(62) == "62%"
    assert language_for("de").percent(62.55, 1) == f"62,6{NBSP}%"
    assert language_for("zh-CN").percent(-3, signed=True) == "−3%"
    assert language_for("en").percent(3, signed=True) == "+3%"


@pytest.mark.parametrize(
    ("tag", "amount", "currency", "full", "short"),
    [
        ("en", 412_345, "EUR", "€412,345", "€412k"),
        ("en", 41_234.5, "EUR", "€41,235", "€41.2k"),
        ("en", 1_200_000, "GBP", "£1,200,000", "£1.2m"),
        ("en", 999_950, "USD", "$999,950", "$1m"),
        ("en", -2_740_000_000, "CNY", "−¥2,740,000,000", "−¥2.74bn"),
        ("en", 7, "CHF", "CHF 7", "CHF 7"),
        ("en", 0, "EUR", "€0", "€0"),
        ("en", 50_000, "JPY", "JP¥50,000", "JP¥50k"),
        ("de", 412_345, "EUR", "412.345 €", "412.345 €"),
        ("de", 1_234_567, "EUR", "1.234.567 €", "1,23 Mio. €"),
        ("de-AT", 412_345, "EUR", "€ 412.345", "€ 412.345"),
        ("zh-CN", 412_000, "CNY", "¥412,000", "41.2万元"),
        ("zh-CN", 412_000, "EUR", "€412,000", "€41.2万"),
        ("zh-CN", 120_000_000, "CNY", "¥120,000,000", "1.2亿元"),
        ("zh-CN", 9_999, "CNY", "¥9,999", "¥9,999"),
    ],
)
def test_money_has_no_minor_units_and_a_short_form(
    tag: str, amount: float, currency: str, full: str, short: str
) -> None:
    """The short form has three significant digits and the scale words of the language."""
    language = language_for(tag)

    assert plain(language.money(amount, currency)) == full
    assert plain(language.money_short(amount, currency)) == short
    assert " " not in language.money(amount, currency) + language.money_short(amount, currency)


def test_money_may_say_its_direction() -> None:
    """An approved change adds or saves money."""
    english = language_for("en")

    assert english.money(18_000, "EUR", signed=True) == "+€18,000"
    assert english.money_short(-18_000, "EUR", signed=True) == "−€18k"


@pytest.mark.parametrize(
    ("days", "english", "chinese", "german"),
    [
        (8, "8 working days", "8 个工作日", "8 Arbeitstage"),
        (1, "1 working day", "1 个工作日", "1 Arbeitstag"),
        (0, "0 working days", "0 个工作日", "0 Arbeitstage"),
        (0.5, "0.5 working days", "0.5 个工作日", "0,5 Arbeitstage"),
        (168.5, "169 working days", "169 个工作日", "169 Arbeitstage"),
        (0.96, "1 working day", "1 个工作日", "1 Arbeitstag"),
        (-1, "−1 working day", "−1 个工作日", "−1 Arbeitstag"),
        (1.5, "1.5 working days", "1.5 个工作日", "1,5 Arbeitstage"),
        (1200, "1,200 working days", "1,200 个工作日", "1.200 Arbeitstage"),
    ],
)
def test_working_days_are_counted_in_words(days: float, english: str, chinese: str, german: str) -> None:
    """Whole days are whole numbers, a fraction shows one decimal and reads like a plural."""
    written = [language_for(tag).days(days) for tag in ("en", "zh-CN", "de")]

    assert [plain(text) for text in written] == [english, chinese, german]
    assert written[0].startswith(f"{english.split(' ', maxsplit=1)[0]}{NBSP}")


def test_short_days_carry_a_sign_where_asked() -> None:
    """The unit of registers and charts."""
    assert plain(language_for("en").days_short(8, signed=True)) == "+8 d"
    assert plain(language_for("zh-CN").days_short(-2.5)) == "−2.5 天"
    assert plain(language_for("de").days_short(8)) == "8 AT"


@pytest.mark.parametrize(
    ("tag", "items", "expected"),
    [
        ("en", ["a", "b", "c"], "a, b and c"),
        ("en-US", ["a", "b", "c"], "a, b, and c"),
        ("en", ["a"], "a"),
        ("en", [], ""),
        ("zh-CN", ["甲", "乙", "丙"], "甲、乙和丙"),
        ("de", ["a", "b"], "a und b"),
    ],
)
def test_lists_end_as_the_language_ends_them(tag: str, items: list[str], expected: str) -> None:
    """The last item is joined by a word, where the language has one."""
    assert language_for(tag).list(items) == expected


def test_a_text_takes_its_values_by_name() -> None:
    """Braces in a value stay what they are, and markup is no code."""
    english = language_for("en")

    assert english.text("page.status_date", date="{n} & <b>") == "Status date {n} & <b>"
    assert english.text("section.risks") == "Risks"


def test_a_plural_follows_the_number_in_every_language() -> None:
    """The count itself is written in the locale's way."""
    written = [language_for(tag).plural("page.answers", n) for tag in ("en", "de", "zh-CN") for n in (1, 2000)]

    assert written == [
        "1 answer",
        "2,000 answers",
        "1 Antwort",
        "2.000 Antworten",
        "1\N{NO-BREAK SPACE}份答复",
        "2,000 份答复",
    ]


def test_our_own_mistakes_are_loud() -> None:
    """An unknown id, a missing value and an unformatted number are faults of the program, never printed."""
    english = language_for("en")

    with pytest.raises(KeyError, match="no message"):
        english.text("section.nonsense")
    with pytest.raises(KeyError, match="no message"):
        english.plural("section.nonsense", 2)
    with pytest.raises(KeyError, match="date"):
        english.text("page.status_date")
    with pytest.raises(TypeError, match="format it first"):
        english.text("page.status_date", date=3)  # type: ignore[arg-type]
    assert not english.has("section.nonsense")
    assert english.has("section.risks")
    assert english.has("page.answers")


def test_a_client_has_its_own_words() -> None:
    """Labels and sections can be renamed, other texts cannot, and a brace in a word is only a brace."""
    own = language_for(
        "en", {"section.risks": "Concerns {x}", "label.owner": "Lead", "health.red": "Fine", "page.yes": "Aye"}
    )

    assert own.text("section.risks") == "Concerns {x}"
    assert own.text("label.owner") == "Lead"
    assert own.text("health.red") == "Off track"
    assert own.text("page.yes") == "Yes"
    assert own.text("section.plan") == "Plan"


@pytest.mark.parametrize(
    ("tag", "one", "many", "told"),
    [
        ("en", "Gate", "Gates", ["2 gates moved since May.", "Gate ‘A’ was reached.", "Next gates"]),
        ("en", "QG", "QGs", ["2 QGs moved since May.", "QG ‘A’ was reached.", "Next QGs"]),
        ("en", "{n}", "{x}", ["2 {x} moved since May.", "{n} ‘A’ was reached.", "Next {x}"]),
        (
            "de",
            "Gate",
            "Gates",
            ["2 Gates haben sich seit May verschoben.", "Gate „A“ wurde erreicht.", "Nächste Gates"],
        ),
        ("zh-CN", "节点", "节点", ["自 May 以来 2\N{NO-BREAK SPACE}个节点变动。", "节点“A”已达成。", "近期节点"]),
    ],
)
def test_a_clients_word_reaches_the_sentences(tag: str, one: str, many: str, told: list[str]) -> None:
    """Where a sentence names a thing by its label, it says the client's word, small within an English one."""
    own = language_for(tag, {"label.milestone": one, "section.milestones": many})
    assert [
        own.plural("finding.milestones_moved", 2, date="May"),
        own.text("changed.milestone_done", name=own.quoted("A")),
        own.text("page.next_milestones"),
    ] == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("青山公司", "青山公司的项目"),
        ("Acme 公司", "Acme 公司的项目"),
        ("青山 3", "青山 3 的项目"),
        ("Acme", "Acme 的项目"),
    ],
)
def test_chinese_stands_beside_chinese_without_a_space(name: str, told: str) -> None:
    """A space divides Latin letters and figures from Chinese, and nothing else."""
    assert language_for("zh-CN").text("page.projects_of", client=name) == told
    assert (
        language_for("zh-CN")
        .text("changed.change_approved_by", name="“甲”", by=name)
        .startswith("变更“甲”已由" + ("" if name.startswith("青") else " "))
    )


def test_ids_that_a_client_may_rename_are_labels_and_sections() -> None:
    """The list serves the check of `brand.vocabulary` and its reference."""
    ids = overridable_ids()

    assert "label.owner" in ids
    assert "section.risks" in ids
    assert {found.partition(".")[0] for found in ids} == {"label", "section"}
    assert list(ids) == sorted(ids)


def test_a_language_is_a_plain_value() -> None:
    """It is built once for the same words, whatever their order, and crosses to another process unharmed."""
    first = language_for("de", {"label.owner": "Wer", "label.due": "Bis"})
    again = language_for("de", {"label.due": "Bis", "label.owner": "Wer"})

    assert first is again
    assert hash(first) == hash(again)
    copy: Language = pickle.loads(pickle.dumps(first))  # noqa: S301 # our own bytes
    assert copy == first
    assert copy.text("label.owner") == "Wer"


def test_babel_waits_for_the_first_date() -> None:
    """Texts and plurals without a number need no Babel, so the command line starts fast."""
    code = (
        "import sys; from kapm_site.language import language_for, overridable_ids;"
        "language_for('de').text('section.risks'); overridable_ids();"
        "print(sorted(name for name in sys.modules if name.startswith('babel')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "TZ": "Asia/Shanghai"}, {"TZ": "Nowhere/Atall", "LANG": "zz"}],
)
def test_the_environment_changes_nothing(environment: dict[str, str]) -> None:
    """The machine's locale and time zone decide neither words nor dates."""
    code = (
        "import datetime as dt; from kapm_site.language import language_for; e = language_for('en');"
        "print(e.text('section.risks'), e.moment(dt.datetime(2026, 11, 20, 23, 59)), e.money(1234, 'EUR'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert plain(done.stdout.strip()) == "Risks 20 Nov 2026, 23:59 €1,234"
