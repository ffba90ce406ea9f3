"""Each register is there as a table: what is in it, in the reader's language, beside the register on the page."""

import csv
import io
from dataclasses import replace

import pytest
from small_workspace import ERP, client, internal_page, setting

from kapm_site.audience.views import ProjectView
from kapm_site.language import language_for
from kapm_site.pages.blocks import Quotes, Table, Tiles
from kapm_site.pages.files import register_rows
from kapm_site.pages.reuse import build_sections
from kapm_site.pages.sections import SECTIONS
from kapm_site.render.files import csv_bytes

MORE = {
    f"{ERP}/kpis.yaml": """
audience: client
kpis:
  - {id: k1, name: Fill rate, unit: "%", target: 95, values: {2026-09: 0.0042, 2026-10: 92}}
  - {id: k2, name: Not measured yet}
""",
    f"{ERP}/decisions.yaml": """
audience: client
decisions:
  - {id: d1, date: 2026-11-05, title: Dock 2 first, by: vogt, rationale: "- shorter way"}
  - {id: d2, date: 2026-11-06, title: Margin below nine, audience: internal}
""",
    f"{ERP}/actions.yaml": """
audience: client
actions:
  - {id: a1, title: "=1+1", owner: okafor, due: 2026-11-30, done: 2026-11-19, meeting: m1}
""",
    f"{ERP}/lessons.yaml": "audience: client\nlessons:\n  - {id: l1, title: Ask earlier, kind: change}\n",
}


def tables(view: ProjectView, tag: str = "en") -> dict[str, list[dict[str, str]]]:
    """Write all registers and read them back, each row by its heads."""
    found = {}
    for name, rows in register_rows(view, language_for(tag)):
        text = csv_bytes(rows).decode("utf-8-sig")
        found[name] = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    return found


def test_each_register_with_an_entry_is_a_table_of_what_the_client_may_see() -> None:
    """No file for a register without entries, no row for an internal record."""
    found = tables(client(MORE).projects[0])
    assert set(found) == {
        *("actions", "asks", "changes", "decisions", "feedback", "issues", "kpis", "lessons", "meetings", "risks"),
        "training",
    }
    assert [row["No."] for row in found["risks"]] == ["r1"]
    assert "Margin" not in str(found)


def test_dates_numbers_words_and_names_are_as_a_spreadsheet_wants_them() -> None:
    """ISO dates, plain numbers, states in words, people and records by name, the currency in the head."""
    found = tables(client(MORE).projects[0])
    [risk], [change], [decision] = found["risks"], found["changes"], found["decisions"]
    assert (risk["Score"], risk["At stake, EUR"], risk["Status"], risk["Response"]) == ("20", "9000", "Open", "Reduce")
    assert (change["Date"], change["Effect, working days"], change["By"]) == ("2026-11-16", "3", "")
    assert change["Effect on cost, EUR"] == "4000"
    assert (decision["By"], decision["Reason"]) == ("Kim Vogt", "'- shorter way")
    [action] = found["actions"]
    assert (action["Action"], action["Owner"], action["Done on"]) == ("'=1+1", "Ada Okafor", "2026-11-19")
    assert action["Meeting"] == "Steering committee"


def test_a_key_figure_has_a_row_for_each_value() -> None:
    """So that its course can be drawn; one without a value has none."""
    rows = tables(client(MORE).projects[0])["kpis"]
    assert [(row["Key figure"], row["Date"], row["Value"], row["Unit"]) for row in rows] == [
        ("Fill rate", "2026-09-30", "0.0042", "%"),
        ("Fill rate", "2026-10-31", "92", "%"),
    ]


def test_internal_readers_have_the_internal_records_as_well() -> None:
    """Theirs is a file of their own."""
    found = tables(internal_page(MORE).view)
    assert [row["No."] for row in found["risks"]] == ["r1", "r2"]
    assert "Margin below nine" in str(found["decisions"])


@pytest.mark.parametrize(("tag", "head"), [("zh-CN", "风险敞口（EUR）"), ("de", "Risikoexposition, EUR")])
def test_heads_speak_the_readers_language(tag: str, head: str) -> None:
    """With the currency as that language writes it."""
    assert head in tables(client().projects[0], tag)["risks"][0]


@pytest.mark.parametrize("left_out", [(), ("asks",), ("feedback",)])
def test_each_table_has_its_link_beside_its_register(left_out: tuple[str, ...]) -> None:
    """Once each, and never to a file that is not there; in print there is nothing to click."""
    view = client(MORE).projects[0]
    for name in left_out:
        records = tuple(replace(one, **changed) for one in getattr(view, name) for changed in CHANGED[name])
        view = replace(view, **{name: records})
    expected = {f"{name}.csv" for name, _ in register_rows(view, language_for("en"))} | {"tasks.csv"}
    web = setting()
    links = [block.file.href for block in _blocks(view, web) if block.file]
    assert sorted(links) == sorted(expected)
    assert not [block for block in _blocks(view, replace(web, medium="print")) if block.file]


#: The other shape that a register may have: all asks answered, no remark with words.
CHANGED = {"asks": [{"status": "answered"}], "feedback": [{"quote": None}]}


def _blocks(view: ProjectView, web: object) -> list[Table | Tiles | Quotes]:
    sections = build_sections(view, web).of(*SECTIONS)  # type: ignore[arg-type]
    return [block for section in sections for block in section.blocks if isinstance(block, Table | Tiles | Quotes)]
