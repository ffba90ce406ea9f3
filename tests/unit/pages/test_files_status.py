"""The client's `status.json` has the figures of the page and nothing that is not for the client."""

import json
from datetime import date
from typing import Any

import pytest
from small_workspace import ERP, FILES, client

from kapm_site.pages.files import client_status
from kapm_site.render.files import json_bytes


def status(changed: dict[str, str] | None = None) -> dict[str, Any]:
    """Write the file and read it back."""
    found: dict[str, Any] = json.loads(json_bytes(client_status(client(changed).projects[0])))
    return found


def test_figures_are_those_of_the_page() -> None:
    """Health without its rule, progress, dates and slip of the whole project."""
    found = status()

    assert found["health"]["overall"] == {"health": "red", "previous": "amber"}
    assert found["health"]["dimensions"]["cost"] == {"health": "amber", "previous": "green"}
    assert found["progress"] == {"planned_percent": 100, "actual_percent": 62.5}
    assert {key: value for key, value in found["schedule"].items() if key != "tasks"} == {
        "start": "2026-10-05",
        "finish": "2026-11-27",
        "agreed_finish": "2026-11-27",
        "baseline_finish": "2026-11-27",
        "forecast_finish": "2026-12-04",
        "slip_days": 5,
        "agreed_slip_days": 5,
    }
    assert found["report"] == {"number": 1, "status_date": "2026-11-13"}
    assert (found["schema"], found["status_date"]) == (1, "2026-11-20")


def test_keys_have_a_fixed_order() -> None:
    """Two builds give the same bytes, and a difference between two files is one of content."""
    assert list(status()) == [
        "schema", "client", "project", "name", "status_date", "currency", "report", "health", "progress", "schedule",
        "milestones", "kpis", "money", "asks", "risks", "issues", "assumptions", "dependencies", "changes", "decisions",
        "actions", "meetings", "training", "lessons", "baselines", "feedback",
    ]  # fmt: skip


def test_tasks_are_the_visible_ones() -> None:
    """With id, number, dates, forecast, percent, and whether they are critical."""
    tasks = status()["schedule"]["tasks"]

    assert [task["id"] for task in tasks] == ["design", "build", "pilot", "golive"]
    assert tasks[1] == {
        "id": "build",
        "wbs": "2",
        "name": "Build",
        "start": "2026-10-19",
        "finish": "2026-11-13",
        "baseline_start": "2026-10-19",
        "baseline_finish": "2026-11-13",
        "forecast_start": "2026-10-19",
        "forecast_finish": "2026-12-04",
        "actual_start": "2026-10-19",
        "actual_finish": None,
        "percent_complete": 50,
        "planned_percent": 100,
        "slip_days": 15,
        "late": True,
        "critical": False,
        "milestone": False,
    }
    assert [one["id"] for one in status()["milestones"]] == ["pilot", "golive"]


def test_nothing_internal_is_in_it() -> None:
    """No hidden record, locked note, rule, cost, finding or name of a file, whatever else is added later."""
    text = json_bytes(client_status(client().projects[0])).decode()

    for hidden in (
        "Margin review", "secret", "go elsewhere", "Approve the price", "Do not promise", "sorter firm", "tired",
        "Two seniors", "55000", "88000", "4711", "behind plan", "defects are closed", "plan.yaml", "projects/",
    ):  # fmt: skip
        assert hidden not in text, hidden
    for key in ("ac", "ev", "findings", "missing", "rule", "facts", "computed", "rule_id", "reason"):
        assert f'"{key}": ' not in text.replace('"reason": null', ""), key


def test_money_is_there_as_far_as_the_client_may_see_it() -> None:
    """A budget for clients, costs for nobody: the budget alone; then totals and months, never entries."""
    assert status()["money"]["budget"] == 80000
    assert status()["money"]["spent"] is None
    assert status()["money"]["by_month"] == {}

    shown = status({f"{ERP}/costs.yaml": "audience: client\n" + FILES[f"{ERP}/costs.yaml"].lstrip()})["money"]
    assert (shown["spent"], shown["committed"]) == (55000, 5000)
    assert shown["by_month"] == {"2026-10": 30000, "2026-11": 25000}


def test_a_project_without_money_says_null() -> None:
    """Nothing about money is for this client."""
    hidden = FILES[f"{ERP}/project.yaml"].replace("{amount: 80000, audience: client}", "{amount: 80000}")

    assert status({f"{ERP}/project.yaml": hidden})["money"] is None


def test_registers_hold_the_visible_records() -> None:
    """Keys are those of the vocabulary, people are names, feedback has a summary and its entries."""
    found = status()

    assert [risk["id"] for risk in found["risks"]] == ["r1"]
    assert found["asks"][0]["owner"] == "Kim Vogt"
    assert found["feedback"]["csat"] == {"mean": 4, "top_two_percent": 50, "n": 2}
    assert found["feedback"]["items"][0]["from"] == "Kim Vogt"
    assert found["changes"][0]["days"] == 3


def test_what_json_cannot_say_is_refused() -> None:
    """Infinity would make a file that no other program reads."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"x": float("inf")})


def test_dates_are_of_the_status_date() -> None:
    """The file holds no clock."""
    early = client(status=date(2026, 11, 13)).projects[0]

    assert client_status(early)["status_date"] == "2026-11-13"
