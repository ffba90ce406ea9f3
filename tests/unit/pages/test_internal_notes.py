"""The internal project page adds findings with their places, rules with numbers, all figures, and locked data."""

import pytest
from small_workspace import ERP, FILES, internal_page, setting

from kapm_site.pages.blocks import Pairs, Prose, Section, Table
from kapm_site.pages.internal_notes import internal_sections


def sections(changed: dict[str, str] | None = None, tag: str = "en") -> dict[str, Section]:
    """Build the sections of the one project."""
    return {section.id: section for section in internal_sections(internal_page(changed), setting(tag))}


def table(section: Section, number: int = 0) -> list[list[str]]:
    """Give the words of a table of a section."""
    tables = [block for block in section.blocks if isinstance(block, Table)]
    return [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in tables[number].rows]


def test_findings_name_file_line_column_and_code() -> None:
    """Warnings before notes; the place is within the project's folder."""
    found = sections()["internal-findings"]

    assert found.finding == "3 warnings of the check."
    assert [row[2:] for row in table(found)] == [
        ["overdue-ask", "asks.yaml:4:88"],
        ["meeting-without-minutes", "meetings.yaml:4:46"],
        ["late-without-cause", "plan.yaml:13:10"],
        ["not-in-baseline", "plan.yaml:10:10"],
    ]


def test_health_shows_the_rule_beside_what_was_declared() -> None:
    """What counts, what the rules say, what was reported, the rule in numbers; reason and last day below."""
    found = sections()["internal-health"]
    quality = table(found)[4]
    block = found.blocks[0]
    assert isinstance(block, Table)

    assert quality == ["Quality", "On track", "At risk", "", "2 serious issues or rejected deliverables."]
    assert [(label, cell.text.replace("\xa0", " ")) for label, cell in block.rows[4].details] == [
        ("Reason", "The two defects are closed"),
        ("Valid until", "4 Dec 2026"),
        ("Rule", "2 severe open issues and 0 rejected deliverables ≥ amber 1"),
    ]


@pytest.mark.parametrize(
    ("figure", "value", "sentence"),
    [
        ("Planned value (PV)", "€80,000", "By 20 Nov 2026, 100% of the work was to be done."),
        ("Earned value (EV)", "€50,000", "We have done 63%, worth €50,000: €30,000 less than planned."),
        ("Actual cost (AC)", "€55,000", "It cost €55,000, €5,000 more than the work was worth."),
        ("Schedule variance (SV)", "−€30,000", "Work worth €30,000 less than planned by now is done."),
        ("Cost variance (CV)", "−€5,000", "The work done cost €5,000 more than it is worth at budget prices."),
        ("Estimate at completion (EAC)", "€88,000", "the project ends at €88,000."),
        ("Variance at completion (VAC)", "−€8,000", "The project would end €8,000 above its planned cost."),
        ("Needed efficiency (TCPI)", "1.20", "the rest must run 20% more efficiently than planned."),
        ("Time variance, SV(t)", "−15 working days", "Measured in time, the work is 15 working days behind."),
    ],
)
def test_every_figure_of_earned_value_has_its_sentence(figure: str, value: str, sentence: str) -> None:
    """80,000 planned, 50,000 earned at a cost of 55,000: signs and words agree."""
    row = next(row for row in table(sections()["internal-earned-value"], 1) if row[0] == figure)

    assert row[1] == value
    assert sentence in row[2]


def test_a_figure_without_data_says_what_is_missing() -> None:
    """Without cost entries there is no CPI, and no wrong number."""
    found = sections({f"{ERP}/costs.yaml": ""})["internal-earned-value"]
    row = next(row for row in table(found, 1) if row[0] == "Cost efficiency (CPI)")

    assert row == ["Cost efficiency (CPI)", "", "no costs entered up to 2026-11-20"]


def test_two_sums_that_differ_say_why() -> None:
    """A task's own actual cost counts in AC in place of its entries, and not in what was spent."""
    assert sections()["internal-earned-value"].note == ""
    plan = FILES[f"{ERP}/plan.yaml"].replace("{id: build,", "{id: build, actual_cost: 40000,")
    note = sections({f"{ERP}/plan.yaml": plan})["internal-earned-value"].note
    assert note.startswith("AC is €95,000, spent is €55,000: where a task states its actual cost,")


def test_costs_are_listed_entry_by_entry() -> None:
    """Newest first, with kind, task and note; then commitments and the rates of people."""
    found = sections()["internal-costs"]
    kinds = next(block for block in found.blocks if isinstance(block, Pairs))

    assert [(label, cell.text) for label, cell in kinds.pairs] == [("Labour", "€30,000"), ("Expenses", "€25,000")]
    assert table(found, 0)[1] == ["30 Oct 2026", "Labour", "€30,000", "Design", "Two seniors"]
    assert table(found, 1) == [["1 Dec 2026", "€5,000", "Licences"]]
    assert table(found, 2) == [["Ada Okafor", "Project manager", "€900", "100%"]]


def test_the_account_is_shown_whole() -> None:
    """Every locked field of client.yaml."""
    found = sections()["internal-account"]
    pairs, notes = found.blocks[0], found.blocks[-1]
    assert isinstance(pairs, Pairs)
    assert isinstance(notes, Prose)

    assert {label: cell.text.replace("\xa0", " ") for label, cell in pairs.pairs} == {
        "Account manager": "Ada Okafor",
        "Contract value": "€100,000",
        "Contract starts": "1 Jan 2026",
        "Contract ends": "31 Mar 2027",
        "Renewal": "10 Dec 2026",
        "CRM record": "zoho 4711",
        "Tier": "strategic",
    }
    assert table(found) == [["Support for two years", "proposal", "€30,000", "15 Jan 2027"]]
    assert notes.markdown == "Talk to **Kim** first."


def test_locked_notes_are_gathered() -> None:
    """Of tasks, of delays, of feedback."""
    assert [row[2] for row in table(sections()["internal-notes"])] == [
        "Do not promise January",
        "The sorter firm is slow to answer",
        "He was tired",
    ]


def test_the_plan_shows_slack_and_money_of_every_task() -> None:
    """Hidden tasks too: this page is for those who wrote them."""
    found = table(sections()["internal-tasks"])

    assert [row[1] for row in found] == ["Design", "Build", "Margin review", "=Pilot live", "Go-live"]
    assert found[0][-4:] == ["€20,000", "€20,000", "€20,000", "€30,000"]


def test_missing_figures_have_their_reasons() -> None:
    """By the name that `kapm explain` takes."""
    assert ["feedback.nps", "no likelihood to recommend up to 2026-11-20"] in table(sections()["internal-missing"])


def test_sections_with_nothing_to_say_vanish() -> None:
    """A project without account data, costs or notes has none of those sections."""
    bare = {path: "" for path in FILES if path.startswith(ERP) and not path.endswith(("project.yaml", "plan.yaml"))}
    bare |= {
        "projects/acme/client.yaml": "name: Acme\n",
        f"{ERP}/project.yaml": "name: ERP\n",
        f"{ERP}/plan.yaml": "tasks: [{id: t, name: T, start: 2026-11-23, finish: 2026-11-27}]\n",
    }

    assert set(sections(bare)) == {"internal-findings", "internal-health", "internal-tasks", "internal-missing"}


@pytest.mark.parametrize("tag", ["zh-CN", "de"])
def test_every_language_has_all_the_words(tag: str) -> None:
    """A missing message would stop the build."""
    assert list(sections(tag=tag)) == list(sections())


def test_estimates_name_their_formulas() -> None:
    """Eight ways to the cost, nine to the finish."""
    blocks = [block for block in sections()["internal-earned-value"].blocks if isinstance(block, Pairs)]
    cost, finish = (dict(block.pairs) for block in blocks)

    assert (len(cost), len(finish)) == (8, 9)
    assert cost["AC + (BAC − EV) ÷ CPI"].text == "€88,000"
    assert cost["AC + (BAC − EV) ÷ (SPI × CPI)"].text == "€107,800"
    assert finish["ES, SPI(t)"].sort == "2027-01-08"


def test_a_plan_that_names_no_day_has_none_on_any_page() -> None:
    """Neither the tables of internal readers nor the view that all pages are made of tells a guess."""
    plan = """
audience: client
tasks:
  - {id: design, name: Design, assigned: [{person: okafor}]}
  - {id: build, name: Build, assigned: [{person: okafor}], depends_on: [design]}
"""
    page = internal_page({f"{ERP}/plan.yaml": plan, f"{ERP}/baselines.yaml": ""})
    found = {section.id: section for section in internal_sections(page, setting("en"))}
    assert "internal-people" not in found
    assert table(found["internal-tasks"]) == [["1", "Design", "€30,000"], ["2", "Build", ""]]
    for task in page.view.tasks:
        assert (task.start, task.finish, task.forecast_start, task.forecast_finish) == (None, None, None, None)
        assert (task.duration_days, task.critical) == (None, False)
