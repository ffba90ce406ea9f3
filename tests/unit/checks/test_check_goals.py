"""A goal that is not SMART is told which letters it lacks, and what to write for each."""

from typing import Any

import pytest

from kapm_site.checks.goals import check
from kapm_site.model.charter import Charter
from kapm_site.model.client import Client
from kapm_site.model.measures import KpisFile
from kapm_site.model.plan import Plan
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project, Workspace

SMART = {
    "id": "g",
    "statement": "Close the books within five days",
    "owner": "mila",
    "metric": {"name": "Days to close", "target": 5},
    "achievable_because": "The pilot did it",
    "relevant_to": "Faster reporting",
    "due": "2026-12-18",
}


def told(kpis: Any = (), **goal: Any) -> list[tuple[str, str]]:
    """Return message and hint of what is found about a goal with some fields changed, or (None) left out."""
    fields = {key: value for key, value in {**SMART, **goal}.items() if value is not None}
    charter = Charter(name="Case", manager="mila", finish="2026-12-18", goals=[fields])
    project = Project("acme", "case", "projects/acme/case", charter, Plan(), kpis=KpisFile(kpis=kpis))
    account = Account("acme", "projects/acme", Client(name="Acme"))
    return [(problem.message, problem.hint) for problem in check(account, project, Workspace(Settings()))]


@pytest.mark.parametrize(
    ("changes", "lacks", "remedy"),
    [
        ({"owner": None}, "S (nobody owns it)", "S: add 'owner' with a person's id, such as owner: mila"),
        (
            {"metric": None},
            "M (nothing measures it)",
            "M: add 'kpi' with a KPI's id, or 'metric' with name, baseline, target and current",
        ),
        (
            {"metric": None, "kpis": [{"id": "k", "name": "K", "target": 5, "goal": "g"}]},
            "M (nothing measures it)",
            "M: add kpi: k, which names this goal",
        ),
        ({"metric": {"name": "Days"}}, "M (its metric has no target)", "M: add 'target' to its metric"),
        (
            {"kpi": "k", "kpis": [{"id": "k", "name": "K"}]},
            "M (its KPI 'k' has no target)",
            "M: add 'target' to KPI 'k' in kpis.yaml",
        ),
        (
            {"achievable_because": None},
            "A (nothing says why it can be reached)",
            "A: add 'achievable_because' with what makes it possible",
        ),
        ({"relevant_to": None}, "R (nothing says which aim it serves)", "R: add 'relevant_to' with the client's aim"),
        ({"due": None}, "T (no date to reach it by)", "T: add 'due', such as due: 2026-12-18, the project's finish"),
    ],
)
def test_a_missing_letter_is_named_with_what_to_add(changes: dict[str, Any], lacks: str, remedy: str) -> None:
    """One letter alone, for one reason, with one remedy."""
    assert told(**changes) == [(f"goal 'g' is not SMART, it lacks {lacks}", remedy)]


def test_several_letters_stand_in_the_order_of_the_word() -> None:
    """The message reads as the word does."""
    ((message, hint),) = told(owner=None, metric=None, due=None)
    assert [part.split(" ")[0] for part in message.split("lacks ")[1].split(", ")] == ["S", "M", "T"]
    assert [part[0] for part in hint.split("; ")] == ["S", "M", "T"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"kpi": "k", "metric": None, "kpis": [{"id": "k", "name": "K", "target": 1}]},
        {"kpi": "k", "metric": None, "kpis": [{"id": "k", "name": "K", "direction": "range", "low": 1}]},
        {"kpi": "gone", "metric": None},
    ],
)
def test_a_smart_goal_is_left_alone(changes: dict[str, Any]) -> None:
    """Measured by a metric or a KPI, or by one that is reported as missing elsewhere."""
    assert told(**changes) == []
