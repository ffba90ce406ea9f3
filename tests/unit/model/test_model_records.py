"""Records are frozen, equal by what they say, and know where they stand."""

import pickle

import pytest
from pydantic import ValidationError

from kapm_site.model.charter import Charter
from kapm_site.model.measures import Kpi
from kapm_site.model.plan import Cost, Dependency, Plan, Task
from kapm_site.model.record import NOWHERE, Record, is_locked
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import PROJECT_FILES
from kapm_site.source import compose
from kapm_site.workspace.records import read_record

PLAN = """\
tasks:
  - id: design
    name: 设计
    owner: mila
    cost: 500
    description: |
      See ![x](y)
    depends_on: [a, {task: b}]
"""


def plan(text: str = PLAN, path: str = "plan.yaml") -> Plan:
    """Read a plan that has no problem."""
    node, problems = compose(text, path)
    assert node is not None
    found, more = read_record(node, Plan)
    assert [*problems, *more] == []
    assert found is not None
    return found


def test_a_record_cannot_be_changed() -> None:
    """What was read stays what was read."""
    with pytest.raises(ValidationError):
        plan().tasks[0].name = "Build"  # type: ignore[misc]


def test_equality_ignores_where_a_record_stands() -> None:
    """The same plan in another file, with other lines and comments, is the same plan."""
    moved = plan("# a note\n\n" + PLAN.replace("owner: mila", "'owner':   mila # she"), "other.yaml")
    assert moved == plan()
    assert hash(moved) == hash(plan())
    assert moved.tasks[0].mark("owner") != plan().tasks[0].mark("owner")
    assert plan() != plan(PLAN.replace("500", "501"))


def test_a_record_knows_the_place_of_its_values_and_keys() -> None:
    """Paths lead as deep as there is something; shorthands stand where they were typed."""
    task = plan().tasks[0]
    places = {
        "record": task.mark(),
        "value": task.mark("name"),
        "key": task.key_mark("owner"),
        "item": task.mark("depends_on", 1, "task"),
        "short": task.depends_on[0].mark("task"),
        "cost": task.cost.mark("amount") if task.cost else NOWHERE,
        "absent": task.mark("finish"),
        "within": task.mark_within("description", task.description.index("y"), 1) if task.description else NOWHERE,
    }
    assert {name: f"{mark.line}:{mark.column}" for name, mark in places.items()} == {
        "record": "2:5",
        "value": "3:11",
        "key": "4:5",
        "item": "8:28",
        "short": "8:18",
        "cost": "5:11",
        "absent": "2:5",
        "within": "7:16",
    }


def test_a_record_made_in_code_stands_nowhere() -> None:
    """Marks are for what was read."""
    assert Task(id="a", name="A").mark("name") == NOWHERE
    assert not Task(id="a", name="A").lost("name")


def test_a_default_that_records_share_takes_no_place_from_one_of_them() -> None:
    """An empty or unreadable key leaves its default without a place."""
    for text in ("name: A\ncommunication:\n", "name: A\ncommunication: 5\n"):
        node, _ = compose(text, "project.yaml")
        assert node is not None
        charter, _ = read_record(node, Charter)
        assert charter is not None
        assert charter.communication.mark() == NOWHERE
    assert Charter(name="B").communication.mark() == NOWHERE


@pytest.mark.parametrize(
    ("short", "full"),
    [(Cost.model_validate("500"), Cost(amount=500)), (Dependency.model_validate("a"), Dependency(task="a"))],
)
def test_a_value_may_stand_for_a_record(short: Record, full: Record) -> None:
    """The shorthand and the full form are equal."""
    assert short == full


def test_a_month_and_its_last_day_are_one_date() -> None:
    """Two values of a KPI for one date would lose one of them."""
    with pytest.raises(ValidationError, match="'2026-10-31' is the same date as '2026-10'"):
        Kpi.model_validate({"id": "k", "name": "K", "values": {"2026-10": "1", "2026-10-31": "2"}})


def test_locked_fields_are_told_by_their_record() -> None:
    """Fields that never reach a client say so in one place."""
    assert is_locked(Task, "notes")
    assert not is_locked(Task, "name")


def test_every_key_has_a_description() -> None:
    """The reference and editors are made of them."""
    for record in (Settings, *PROJECT_FILES.values()):
        assert all(info.description for info in record.model_fields.values())


def test_records_can_be_sent_to_another_process() -> None:
    """Places included."""
    again = pickle.loads(pickle.dumps(plan()))  # noqa: S301 # our own bytes
    assert again == plan()
    assert again.tasks[0].mark("name") == plan().tasks[0].mark("name")
