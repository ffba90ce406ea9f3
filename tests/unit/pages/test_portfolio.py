"""The portfolio says first what needs attention, and why."""

from dataclasses import replace

import pytest
from small_workspace import APP, ERP, FILES, internal, setting

from kapm_site.audience.internal import InternalView
from kapm_site.pages.blocks import Card, Cards, HealthGrid, Queue, Row, Section, Table
from kapm_site.pages.imprint import Version
from kapm_site.pages.links import Links
from kapm_site.pages.portfolio import PortfolioPage, portfolio_page

LINKS = Links("assets/x.css")


def page(view: InternalView, tag: str = "en") -> PortfolioPage:
    """Build the page."""
    return portfolio_page(view, setting(tag), LINKS, Version("4f1c9ae"))


def section(view: InternalView, name: str) -> Section | None:
    """Find a section of the page."""
    return next((found for found in page(view).sections if found.id == name), None)


def queue(view: InternalView) -> dict[str, list[str]]:
    """Give the reasons in the attention queue by subject, in its order."""
    found = section(view, "attention")
    if found is None:
        return {}
    block = found.blocks[0]
    assert isinstance(block, Queue)
    return {item.subject.text: [reason.text.replace("\xa0", " ") for reason in item.reasons] for item in block.items}


def rows(view: InternalView, name: str, block: int = 0) -> list[Row]:
    """Give the rows of a table of a section."""
    found = section(view, name)
    assert found is not None
    table = found.blocks[block]
    assert isinstance(table, Table | HealthGrid)
    return list(table.rows)


def texts(row: Row) -> list[str]:
    """Give the words of a row."""
    return [cell.text.replace("\xa0", " ") for cell in row.cells]


def test_projects_are_chosen_by_manager_client_and_health() -> None:
    """Each project has its own manager and that of the account; a kind with one value alone offers no choice."""
    choices = page(internal()).choices

    assert [(choice.name, [text for _, text in choice.options]) for choice in choices.choices] == [
        ("client", ["Acme Industrial", "Borealis Energy"]),
        ("health", ["Off track", "At risk"]),
    ]
    assert [(one.about, one.client, one.manager, one.health) for one in choices.projects] == [
        ("acme/erp", "acme", "Ada Okafor", "red"),
        ("borealis/app", "borealis", "", "amber"),
    ]


def test_the_head_counts_projects_by_health() -> None:
    """Organization, date, counts, and how the projects stand, the worst first."""
    found = page(internal())

    assert (found.owner, found.scope.replace("\xa0", " ")) == (
        "Northwind Delivery, internal",
        "Status 20 Nov 2026 · 2 projects · 2 clients",
    )
    assert found.statement == "1 project is off track. 1 project is at risk."
    assert found.count == "3 items need you."


def test_the_queue_gives_every_reason_the_gravest_first() -> None:
    """Red, worse than reported, unanswered, a gate near, a declaration that hides something."""
    assert queue(internal())["ERP rollout"] == [
        "Schedule: Progress is 37.5 percentage points behind plan.",
        "Risk: Vendor is short of staff scores 20 of 25.",
        "Turned off track, was at risk",
        "Cost: Turned at risk, was on track",
        "Unanswered by the client: Name key users, 6 working days overdue",
        "=Pilot live in 7 days",
        "Go-live in 14 days",
        "Quality: Declared on track, by the rules at risk, until 4 Dec 2026",
        "2 warnings of the check",
    ]


def test_an_account_is_queued_for_its_margin_and_its_renewal() -> None:
    """Contract 100,000, estimates 88,000, budgets 80,000; renewal in 20 days."""
    assert queue(internal())["Acme Industrial"] == [
        "Margin forecast 12.0%, planned 20.0%",
        "Contract renewal on 10 Dec 2026",
    ]


def test_a_renewal_far_away_needs_nobody() -> None:
    """More than 30 days ahead it stays in the register of money."""
    later = FILES["projects/acme/client.yaml"].replace("renewal: 2026-12-10", "renewal: 2027-02-01")

    assert not any(
        "renewal" in text for text in queue(internal({"projects/acme/client.yaml": later}))["Acme Industrial"]
    )


@pytest.mark.parametrize(("last", "told"), [("2026-11-13", False), ("2026-11-12", True)])
def test_a_report_is_overdue_the_day_after_it_was_due(last: str, *, told: bool) -> None:
    """Weekly reports: the one after 13 November is due on the status date itself."""
    report = FILES[f"{ERP}/reports/001.yaml"].replace("2026-11-13", last)
    update = {f"{ERP}/updates/2026-11-13.md": "", f"{ERP}/updates/{last}.md": FILES[f"{ERP}/updates/2026-11-13.md"]}
    view = internal({**update, f"{ERP}/reports/001.yaml": report})

    assert ("Report 2 was due on 19 Nov 2026" in queue(view)["ERP rollout"]) is told
    assert (texts(rows(view, "reports")[0])[4] == "overdue") is told


def test_a_silent_project_is_stale() -> None:
    """Thirty working days without an update or a report, where ten are allowed; said once, whatever the check says."""
    silent = {
        f"{ERP}/reports/001.yaml": "",
        f"{ERP}/updates/2026-11-13.md": "",
        f"{ERP}/updates/2026-10-09.md": FILES[f"{ERP}/updates/2026-11-13.md"],
    }
    view = internal(silent)

    assert "No update since 9 Oct 2026 (42 days)" in queue(view)["ERP rollout"]
    assert "2 warnings of the check" in queue(view)["ERP rollout"]
    assert page(view).statement.startswith("1 project is at risk. 1 project has gone quiet.")


def test_the_most_urgent_project_comes_first_and_links_to_its_page() -> None:
    """Addresses are relative to the folder of the internal pages."""
    found = section(internal(), "attention")
    assert found is not None
    block = found.blocks[0]
    assert isinstance(block, Queue)

    first = block.items[0]
    assert (first.subject.text, first.subject.note, first.subject.health) == ("ERP rollout", "Acme Industrial", "red")
    assert first.subject.href == "acme/erp/index.html"
    assert [reason.href for reason in first.reasons][:5] == [
        "acme/erp/index.html#health",
        "acme/erp/index.html#health",
        "acme/erp/index.html#health",
        "acme/erp/index.html#health",
        "acme/erp/index.html#needs_you",
    ]
    assert first.when.text == "now"


def test_a_quiet_day_has_no_queue() -> None:
    """Without anything wrong the page says so instead."""
    calm = {path: "" for path in FILES if path.startswith("projects/acme")}
    calm |= {f"{APP}/plan.yaml": "tasks:\n  - {id: t, name: Work, start: 2026-11-23, finish: 2027-02-26}\n"}
    found = page(internal(calm))

    assert queue(internal(calm)) == {}
    assert found.count == "Nothing needs you today."


def test_projects_with_errors_are_named_in_a_banner() -> None:
    """The selector is what one types to see the errors."""
    found = page(internal(failed=("acme/erp", "borealis/app")))

    assert found.failed_title == "2 projects have errors"
    assert found.failed == ("acme/erp", "borealis/app")
    assert page(internal()).failed_title == ""


def test_cards_show_projects_satisfaction_and_contract() -> None:
    """A client without `protection` is said to have no site."""
    found = section(internal(), "clients")
    assert found is not None
    assert found.finding == "Satisfaction fell at Acme Industrial."
    block = found.blocks[0]
    assert isinstance(block, Cards)

    assert lines(block.cards[0]) == {
        "ERP rollout": "Off track",
        "Satisfaction (1–5)": "3.0 −2.0",
        "Contract value": "€100k",
        "Renewal": "10 Dec 2026",
        "Client site": "Unprotected",
    }
    assert block.cards[0].note == "Ada Okafor"
    assert lines(block.cards[1]) == {"Grid app": "At risk", "Client site": "Site not built: no protection stated"}


def lines(card: Card) -> dict[str, str]:
    """Give the lines of a card."""
    return {label.text: f"{value.text} {value.note}".strip().replace("\xa0", " ") for label, value, _ in card.lines}


def test_the_grid_marks_each_dimension_and_says_what_was_better() -> None:
    """Overall, then the six dimensions; a mark never stands without its word."""
    erp = rows(internal(), "health")[0]

    assert [cell.health for cell in erp.cells] == ["", "red", "green", "red", "amber", "green", "red", "green"]
    assert (erp.cells[3].text, erp.cells[3].note) == ("Off track", "was on track")
    assert all(cell.text for cell in erp.cells)


def test_declared_health_stands_beside_the_computed_one() -> None:
    """With its reason and its last day."""
    assert [texts(row) for row in rows(internal(), "declared")] == [
        ["ERP rollout", "Quality", "On track", "At risk", "4 Dec 2026", "The two defects are closed"]
    ]


def test_slips_rank_projects_by_their_finish() -> None:
    """Days against the agreed finish, the milestone that is latest, and the cause of most days."""
    found = [texts(row) for row in rows(internal(), "slips")]

    assert found[0][:2] == ["ERP rollout", "+5"]
    assert found[0][-2:] == ["Go-live: +15 d", "Client input"]


def test_milestones_of_three_months_are_drawn_and_listed() -> None:
    """The chart twice, for a wide and a narrow page, and a register with every mark of it."""
    found = section(internal(), "milestones")

    assert found is not None
    assert found.finding.replace("\xa0", " ") == "2 milestones by 19 Feb 2027. 1 of them is later than agreed."
    assert len(found.blocks) == 2
    assert [texts(row)[0] for row in rows(internal(), "milestones", 1)] == ["=Pilot live", "Go-live"]


def test_money_sums_up_a_client() -> None:
    """Contract, budgets, spent, estimates, margin, planned margin, end, renewal; then each project."""
    assert [texts(row) for row in rows(internal(), "money")] == [
        ["Acme Industrial", "€100,000", "€80,000", "€55,000", "€88,000", "12.0%", "20.0%", "31 Mar 2027", "10 Dec 2026"]
    ]
    assert texts(rows(internal(), "money", 1)[0]) == [
        "ERP rollout",
        "€80,000",
        "€55,000",
        "€5,000",
        "€88,000",
        "−€8,000",
    ]


def test_margin_is_unknown_across_currencies() -> None:
    """A contract in another currency gives no margin, and the page says what it would need."""
    dollars = FILES["projects/acme/client.yaml"].replace("currency: EUR", "currency: USD")
    found = section(internal({"projects/acme/client.yaml": dollars}), "money")

    assert found is not None
    assert "contract value in the projects’ currency" in found.note
    assert found.finding == ""
    assert texts(rows(internal({"projects/acme/client.yaml": dollars}), "money")[0])[1] == "$100,000"


def test_top_risks_and_waiting_changes_of_all_projects() -> None:
    """Risks by score, changes by how long they wait."""
    assert [texts(row)[:3] for row in rows(internal(), "risks")] == [
        ["Vendor is short of staff", "ERP rollout", "20"],
        ["They may go elsewhere", "ERP rollout", "4"],
    ]
    assert texts(rows(internal(), "changes")[0]) == [
        "Add a dashboard", "ERP rollout", "Proposed", "+3", "+€4,000", "4", "Kim Vogt",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["zh-CN", "de"])
def test_every_language_has_all_the_words(tag: str) -> None:
    """A missing message would stop the build."""
    found = page(internal(failed=("acme/erp",)), tag)

    assert [one.id for one in found.sections] == [one.id for one in page(internal()).sections]


def test_an_empty_workspace_has_a_page() -> None:
    """Nothing to show is no error."""
    found = page(replace(internal(), accounts=()))

    assert (found.sections, found.statement) == ((), "")
    assert found.scope.replace("\xa0", " ") == "Status 20 Nov 2026 · 0 projects · 0 clients"
