from datetime import datetime
from typing import Any

import pytest
from mspdi_files import fields, import_plan, link, plan, read_plan, task

from kapm_site.importers.msproject import read_msproject
from kapm_site.importers.records import Dropped, ImportedDuration, ImportedLink

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100
BOMB = b'<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Project><Title>&b;</Title></Project>'
OUTSIDE = b'<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/hostname">]><Project><Title>&x;</Title></Project>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import-empty"),
        (b" \n", "import-empty"),
        (OLE, "import-not-msproject"),
        (b"MPX;Microsoft Project;4.0", "import-not-msproject"),
        (b"PK\x03\x04....", "import-not-msproject"),
        (b"%PDF-1.7", "import-not-msproject"),
        (b"<Project><Tasks></Project>", "import-bad-xml"),
        (b"<Project><Title>\xff</Title></Project>", "import-bad-xml"),
        (b'<?xml version="1.0" encoding="no-such"?><Project/>', "import-bad-xml"),
        (b"just text", "import-bad-xml"),
        (BOMB, "import-bad-xml"),
        (OUTSIDE, "import-bad-xml"),
        (b"<project/>", "import-not-msproject"),
        (b"<APIBusinessObjects/>", "import-not-msproject"),
        (b'<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"/>', "import-not-msproject"),
        (b"<Project>" + b"<a>" * 400 + b"</a>" * 400 + b"</Project>", "import-bad-xml"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_its_cause(content: bytes, code: str) -> None:
    """What is no MSPDI file gives one problem of the right kind, and no exception."""
    project, problems = read_msproject(content, "plan.xml")
    assert project is None
    assert [problem.code for problem in problems] == [code]
    assert problems[0].mark.path == "plan.xml"
    assert problems[0].hint


def test_a_binary_file_is_told_how_to_be_saved() -> None:
    """The user of a .mpp learns the menu that makes it readable."""
    _, problems = read_msproject(OLE, "plan.mpp")
    assert "File → Save As → XML" in problems[0].hint


@pytest.mark.parametrize(
    "namespace",
    ["", ' xmlns="http://schemas.microsoft.com/project"', ' xmlns="http://schemas.microsoft.com/project/2007"'],
)
def test_the_namespace_does_not_matter(namespace: str) -> None:
    """Plans of every version of the schema are read, and those of tools that write no namespace."""
    assert [item.name for item in read_plan(task(1, "A"), namespace=namespace).tasks] == ["A"]


LAGS: list[tuple[dict[str, Any], ImportedLink]] = [
    ({}, ImportedLink("1")),
    ({"Type": 0}, ImportedLink("1", "FF")),
    ({"Type": 1}, ImportedLink("1", "FS")),
    ({"Type": 2}, ImportedLink("1", "SF")),
    ({"Type": 3}, ImportedLink("1", "SS")),
    ({"LinkLag": 4800, "LagFormat": 7}, ImportedLink("1", lag=ImportedDuration(480, "d"))),
    ({"LinkLag": -9600, "LagFormat": 7}, ImportedLink("1", lag=ImportedDuration(-960, "d"))),
    ({"LinkLag": 300, "LagFormat": 3}, ImportedLink("1", lag=ImportedDuration(30, "m"))),
    ({"LinkLag": 600, "LagFormat": 5}, ImportedLink("1", lag=ImportedDuration(60, "h"))),
    ({"LinkLag": 24000, "LagFormat": 9}, ImportedLink("1", lag=ImportedDuration(2400, "w"))),
    ({"LinkLag": 96000, "LagFormat": 11}, ImportedLink("1", lag=ImportedDuration(9600, "mo"))),
    ({"LinkLag": 300, "LagFormat": 4}, ImportedLink("1", lag=ImportedDuration(30, "m", elapsed=True))),
    ({"LinkLag": 43200, "LagFormat": 8}, ImportedLink("1", lag=ImportedDuration(4320, "d", elapsed=True))),
    ({"LinkLag": 4800, "LagFormat": 39}, ImportedLink("1", lag=ImportedDuration(480, "d"))),
    ({"LinkLag": -50, "LagFormat": 19}, ImportedLink("1", lag_percent=-50)),
    ({"LinkLag": 25, "LagFormat": 20}, ImportedLink("1", lag_percent=25)),
    ({"LinkLag": 10, "LagFormat": 51}, ImportedLink("1", lag_percent=10)),
]


@pytest.mark.parametrize(("values", "expected"), LAGS)
def test_link_types_and_lags(values: dict[str, Any], expected: ImportedLink) -> None:
    """A lag is in tenths of a minute in every unit but the percentages, which are plain."""
    project = read_plan(task(1), task(2, "", link(1, **values)))
    assert project.tasks[1].links == (expected,)


LOST_LINKS = [
    (link(1, CrossProject=1, CrossProjectName="other.mpp"), "its predecessor is in another project (other.mpp)"),
    (link(2), "the task would wait for itself"),
    (link(77), "its predecessor with UID 77 is not carried over"),
    (link(1, Type=9), "type 9 of the link from UID 1 is unknown"),
    (link(1) + link(1, Type=3), "a second link from UID 1"),
]


@pytest.mark.parametrize(("links", "reason"), LOST_LINKS)
def test_links_that_cannot_be_carried_over_say_why(links: str, reason: str) -> None:
    """A link is never dropped without its reason."""
    project = read_plan(task(1), task(2, "Two", links))
    assert Dropped("link", "link into row 2 'Two'", reason) in project.dropped


def test_a_summary_and_its_child_do_not_wait_for_each_other() -> None:
    """A link between a summary row and a row below it would be a cycle."""
    project = read_plan(task(1), task(2, "", link(1), level=2))
    assert project.tasks[1].links == ()


def test_rows_that_are_no_tasks_of_the_plan_are_dropped_with_their_reason() -> None:
    """The project's row, blank, inactive and foreign rows and doubles are named; the rest is kept."""
    project = read_plan(
        task(0, "ERP", level=0),
        task(1, "A"),
        f"<Task>{fields(UID=2, ID=2, IsNull=1)}</Task>",
        task(3, "Off", Active=0),
        task(4, "Ghost", ExternalTask=1),
        task(1, "Twice", ID=5),
    )
    assert [item.name for item in project.tasks] == ["A"]
    assert [(item.what, item.reason) for item in project.dropped if item.kind == "task"] == [
        ("row 0 'ERP'", "it is the project itself"),
        ("row 2", "it is a blank row"),
        ("row 3 'Off'", "it is inactive"),
        ("row 4 'Ghost'", "it belongs to another project"),
        ("row 5 'Twice'", "its UID 1 is that of an earlier row"),
    ]


def test_the_outline_makes_the_tree() -> None:
    """Parents follow from the order of the rows and their level, over gaps and dropped rows."""
    project = read_plan(
        task(1, level=1),
        task(2, level=3),
        task(3, level=2),
        task(4, level=2, Active=0),
        task(5, level=3),
        task(6, level=1),
        task(7, OutlineLevel=None, OutlineNumber="6.1"),
    )
    assert {item.key: item.parent for item in project.tasks} == {
        "1": None,
        "2": "1",
        "3": "1",
        "5": "3",
        "6": None,
        "7": "6",
    }
    assert [item.key for item in project.tasks if item.summary] == ["1", "3", "6"]


def test_a_manual_task_without_dates_keeps_its_duration() -> None:
    """A manually scheduled task may have no dates at all."""
    project = read_plan(task(1, Manual=1, Start=None, Finish=None, days=2))
    assert (project.tasks[0].start, project.tasks[0].finish) == (None, None)
    assert project.tasks[0].duration == ImportedDuration(960, "d")
    assert project.tasks[0].manual


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("PT8H0M0S", 7, ImportedDuration(480, "d")),
        ("PT24H0M0S", 8, ImportedDuration(1440, "d", elapsed=True)),
        ("PT1H30M0S", 5, ImportedDuration(90, "h")),
        ("PT0H1M30S", 3, ImportedDuration(1.5, "m")),
        ("P1DT2H", 7, ImportedDuration(1560, "d")),
        ("PT8H0M0S", 53, ImportedDuration(480, "d")),
        ("PT8H0M0S", 21, ImportedDuration(480, "d")),
    ],
)
def test_durations(text: str, code: int, expected: ImportedDuration) -> None:
    """A duration is minutes, with the unit the file shows it in."""
    assert read_plan(task(1, Duration=text, DurationFormat=code)).tasks[0].duration == expected


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"Start": "tomorrow"}, "Start 'tomorrow'"),
        ({"Duration": "8 hours"}, "Duration '8 hours'"),
        ({"PercentComplete": "half"}, "PercentComplete 'half'"),
        ({"Cost": "nan"}, "Cost 'nan'"),
        ({"Cost": "1e999"}, "Cost '1e999'"),
    ],
)
def test_a_value_that_cannot_be_read_is_a_warning(values: dict[str, str], word: str) -> None:
    """A broken value counts as absent and is named with its line."""
    project, problems = read_msproject(plan(task(1, **values)), "plan.xml")
    assert project is not None
    assert [(item.code, item.severity) for item in problems] == [("import-unreadable-value", "warning")]
    assert word in problems[0].message


CONSTRAINTS = [
    (0, "asap"),
    (1, "alap"),
    (2, "must_start_on"),
    (3, "must_finish_on"),
    (4, "start_no_earlier_than"),
    (5, "start_no_later_than"),
    (6, "finish_no_earlier_than"),
    (7, "finish_no_later_than"),
]


@pytest.mark.parametrize(("code", "kind"), CONSTRAINTS)
def test_constraints(code: int, kind: str) -> None:
    """Every constraint of Microsoft Project has its name; asap and alap have no date."""
    found = read_plan(task(1, ConstraintType=code, ConstraintDate="2026-01-07T08:00:00")).tasks[0]
    assert found.constraint == kind
    assert found.constraint_date == (None if code < 2 else datetime.fromisoformat("2026-01-07T08:00"))


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"ConstraintType": 4}, "constraint of"),
        ({"ConstraintType": 12}, "constraint of"),
        ({"PercentComplete": 130}, "progress of"),
        ({"Cost": -5}, "Cost of"),
        ({"Finish": "2026-01-01T17:00:00"}, "finish of"),
    ],
)
def test_a_value_that_makes_no_sense_is_dropped_with_its_reason(values: dict[str, Any], what: str) -> None:
    """Contradictions inside a row do not reach the YAML, and are named."""
    project = read_plan(task(1, "One", **values))
    assert [item.what for item in project.dropped] == [f"{what} row 1 'One'"]


def test_money_is_in_hundredths() -> None:
    """Costs are stored as hundredths, with the accrual of their fixed part."""
    found = read_plan(task(1, Cost=352625, FixedCost="10000", FixedCostAccrual=3, ActualCost="99")).tasks[0]
    assert (found.cost, found.fixed_cost, found.accrual, found.actual_cost) == (3526.25, 100, "end", 0.99)


def test_columns_without_a_place_are_counted() -> None:
    """Priority, WBS codes and custom fields are named once each, with the number of tasks."""
    value = "<ExtendedAttribute><FieldID>188743731</FieldID><Value>x</Value></ExtendedAttribute>"
    alias = fields(FieldID=188743731, Alias="Vendor")
    names = f"<ExtendedAttributes><ExtendedAttribute>{alias}</ExtendedAttribute></ExtendedAttributes>"
    project = read_plan(task(1, "", value, Priority=800), task(2, "", value, WBS="X.2"), body=names)
    assert [item.what for item in project.dropped] == [
        "'Vendor' of 2 tasks",
        "WBS code of 1 task",
        "priority of 1 task",
    ]


def test_resources_of_three_kinds() -> None:
    """People, materials and cost resources are told apart; the nameless placeholder is no row."""
    sheet = "".join(
        f"<Resource>{fields(**values)}</Resource>"
        for values in (
            {"UID": 0, "ID": 0, "Type": 1},
            {"UID": 1, "Name": "Li Na", "Type": 1, "MaxUnits": "0.5", "StandardRate": 90},
            {"UID": 2, "Name": "Cement", "Type": 0},
            {"UID": 3, "Name": "Travel", "Type": 0, "IsCostResource": 1},
            {"UID": 4, "Type": 1},
        )
    )
    project = read_plan(task(1), body=f"<Resources>{sheet}</Resources>")
    assert [(item.name, item.kind, item.units, item.rate) for item in project.resources] == [
        ("Li Na", "work", 50, 90),
        ("Cement", "material", None, None),
        ("Travel", "cost", None, None),
    ]
    assert dict(project.rows)["resource"] == 4
    assert Dropped("resource", "resource 4", "it has no name") in project.dropped


def test_units_of_a_resource_assigned_twice_are_added() -> None:
    """Two assignments of one person to one task are one, with the sum of the units."""
    rows = "".join(
        f"<Assignment>{fields(UID=uid, TaskUID=1, ResourceUID=1, Units=units)}</Assignment>"
        for uid, units in ((1, "0.5"), (2, "0.25"))
    )
    sheet = "<Resources><Resource><UID>1</UID><Name>Li Na</Name></Resource></Resources>"
    project = read_plan(task(1), body=f"{sheet}<Assignments>{rows}</Assignments>")
    assert [(item.resource, item.units) for item in project.tasks[0].assignments] == [("1", 75)]


def test_names_and_notes_are_cleaned() -> None:
    """Unseen characters go; a name stands on one line; notes keep their lines."""
    notes = "one&#13;&#10;two\u200b&#9;three\u202e"
    found = read_plan(task(1, "A\u202eB&#10;C\u00a0D", Notes=notes)).tasks[0]
    assert found.name == "AB C D"
    assert found.notes == "one\ntwo    three"


def test_a_plan_without_tasks_is_a_warning() -> None:
    """A plan that holds only a calendar and dates sets the project up."""
    result = import_plan(plan())
    assert [problem.code for problem in result.problems] == ["import-no-tasks"]
    assert "tasks: []" in result.files["projects/acme/erp/plan.yaml"]
