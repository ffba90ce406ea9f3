"""Days without work, as charts name them."""

from datetime import date

import pytest
from rich_workspace import project
from small_workspace import ERP

from kapm_site.audience.views import ProjectView
from kapm_site.language import language_for
from kapm_site.pages.closed_days import closed_spans

CLIENT = "projects/acme/client.yaml"
CALENDAR = (
    "{country: DE, subdivision: BY, holidays: [{from: 2026-12-28, to: 2026-12-30, name: Works closed}, 2026-11-25]}"
)


def shown(calendar: str) -> ProjectView:
    """Show a project whose plan runs from October to March by a calendar."""
    plan = "audience: client\ntasks:\n  - {id: t, name: Work, start: 2026-10-05, finish: 2027-03-26}\n"
    files = {f"{ERP}/{name}.yaml": "" for name in ("risks", "changes", "feedback", "baselines", "asks")}
    return project({CLIENT: f"name: Acme\nprotection: none\ncalendar: {calendar}\n", f"{ERP}/plan.yaml": plan, **files})


def names(calendar: str, tag: str) -> dict[date, str]:
    """Name the spans that are more than a weekend, by their first day."""
    return {span.start: span.name for span in closed_spans(shown(calendar), language_for(tag)) if span.name}


def test_closures_and_holidays_are_named() -> None:
    """A closure has the name that its calendar gives it, whatever holiday lies beside it; a weekend has none."""
    found = {day: name for day, name in names(CALENDAR, "en").items() if day < date(2027, 4, 1)}
    assert found == {
        date(2026, 11, 25): "Day off",
        date(2026, 12, 25): "Works closed",
        date(2027, 1, 1): "New Year's Day",
        date(2027, 1, 6): "Epiphany",
        date(2027, 3, 26): "Good Friday and Easter Monday",
    }


@pytest.mark.parametrize(("tag", "name"), [("de", "Neujahr"), ("en", "New Year's Day"), ("zh-CN", "法定节假日")])
def test_a_holiday_is_named_in_the_readers_language(tag: str, name: str) -> None:
    """Where the reader's language has no names for a country's holidays, they are called what they are."""
    assert names("{country: DE}", tag)[date(2027, 1, 1)] == name


def test_a_holiday_on_a_weekend_closes_nothing() -> None:
    """German Unity Day of 2026 is a Saturday, as All Saints' Day is a Sunday: these weekends stay weekends."""
    assert not {day for day in names(CALENDAR, "en") if day < date(2026, 11, 20)}


def test_without_a_country_there_are_no_public_holidays() -> None:
    """Only what the calendar itself says is closed."""
    calendar = "{holidays: [{from: 2026-12-24, to: 2027-01-01, name: Shut}]}"
    assert names(calendar, "en") == {date(2026, 12, 24): "Shut"}
