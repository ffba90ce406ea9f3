"""A second import into a project that people have worked on."""

from collections.abc import Callable

import pytest
from mspdi_files import FOLDER, fields, import_plan, imported_then, link, plan, shown, task, workspace

from kapm_site.source.edit import text_value

PLAN = f"{FOLDER}/plan.yaml"
BEFORE = plan(task(1, "Design"), task(2, "Build", link(1)), task(3, "Test", link(2)))


def same(text: str) -> str:
    """Edit nothing."""
    return text


def by(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """Edit by replacing pieces that must be there."""

    def edit(text: str) -> str:
        for old, new in pairs:
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        return text

    return edit


def tasks_of(text: str) -> dict[str, dict[str, object]]:
    """Return the tasks of a plan by id."""
    value = text_value(text)
    assert isinstance(value, dict)
    found: dict[str, dict[str, object]] = {}
    rest = list(value["tasks"])
    while rest:
        item = rest.pop(0)
        found[item["id"]] = item
        rest = [*item.get("tasks", []), *rest]
    return found


def test_the_same_file_changes_nothing() -> None:
    """An import of an unchanged file writes nothing and says nothing."""
    _, result = imported_then(BEFORE, same, BEFORE)
    assert (result.files, result.changes, result.problems) == ({}, (), ())


def test_an_untouched_task_follows_the_file() -> None:
    """New dates, progress and links are written, each as old → new; what is gone there goes here."""
    after = plan(
        task(1, "Design 2", PercentComplete=40, ActualStart="2026-01-05T08:00:00"),
        task(2, "Build", Finish="2026-01-06T12:00:00"),
        task(3, "Test", link(2, LinkLag=4800)),
    )
    _, result = imported_then(BEFORE, same, after)
    assert shown(result) == [
        "plan.yaml: changed: task 'design': name Design → Design 2",
        "plan.yaml: changed: task 'design': progress 0 → 40",
        "plan.yaml: changed: task 'design': actual_start none → 2026-01-05",
        "plan.yaml: changed: task 'build': finish 2026-01-05 → 2026-01-06T12:00",
        "plan.yaml: changed: task 'build': depends_on [design] → none",
        "plan.yaml: changed: task 'test': depends_on [build] → [build 1d]",
    ]
    assert tasks_of(result.files[PLAN])["test"]["depends_on"] == [{"task": "build", "lag": "1d"}]


ADDED = (
    "    name: Build\n",
    "    name: Build   # with the partner\n    description: All of it.\n    audience: client\n    labels: [core]\n",
)
DELAY = ("    name: Test\n", "    # waits for data\n    name: Test\n    delay: {cause: client, note: No data yet.}\n")


def test_what_people_add_stays() -> None:
    """Keys that no import writes, comments and their places survive a change of the file."""
    after = plan(
        task(1, "Design", PercentComplete=100),
        task(2, "Build", link(1), PercentComplete=50),
        task(3, "Test", link(2), days=2),
    )
    edited, result = imported_then(BEFORE, by(ADDED, DELAY), after)
    text = result.files[PLAN]
    for line in (*ADDED[1].splitlines(), *DELAY[1].splitlines()):
        assert line in edited.splitlines()
        assert line in text.splitlines()
    assert tasks_of(text)["test"]["duration"] == "2d"
    assert tasks_of(text)["build"]["progress"] == "50"


def test_an_edit_by_hand_stays_while_the_file_is_the_same() -> None:
    """A value typed over an imported one is kept, and named, until the file changes that task."""
    edit = by(("progress: 0\n", "progress: 55   # counted on site\n"))
    _, result = imported_then(BEFORE, edit, BEFORE)
    assert result.files == {}
    assert shown(result) == ["plan.yaml: kept: task 'design': progress 55 (the file: 0)"]


def test_when_both_changed_dates_follow_and_words_stay() -> None:
    """Where file and people changed a task, dates and progress follow the file, name and notes stay as edited."""
    edit = by(("name: Design\n", "name: Konzept\n"), ("progress: 0\n", "progress: 55\n    deadline: 2026-02-01\n"))
    after = plan(task(1, "Design", PercentComplete=70), task(2, "Build", link(1)), task(3, "Test", link(2)))
    _, result = imported_then(BEFORE, edit, after)
    assert shown(result) == [
        "plan.yaml: kept: task 'design': name Konzept (the file: Design)",
        "plan.yaml: changed: task 'design': progress 55 → 70",
        "plan.yaml: kept: task 'design': deadline 2026-02-01 (the file: none)",
    ]
    design = tasks_of(result.files[PLAN])["design"]
    assert (design["name"], design["progress"], design["deadline"]) == ("Konzept", "70", "2026-02-01")


def test_links_to_tasks_of_ones_own_stay() -> None:
    """A link that a person made to a task that was not imported is kept beside the file's links."""
    own = "  - id: permit\n    name: Permit\n    milestone: true\n    finish: 2026-01-05\n"
    edit = by(
        ("depends_on: [design]\n", "depends_on: [{task: permit, lag: 1d}, design]\n"), ("tasks:\n", f"tasks:\n{own}")
    )
    after = plan(task(1, "Design"), task(2, "Build", link(1, Type=3)), task(3, "Test", link(2)))
    _, result = imported_then(BEFORE, edit, after)
    links = tasks_of(result.files[PLAN])["build"]["depends_on"]
    assert links == [{"task": "permit", "lag": "1d"}, {"task": "design", "type": "SS"}]


def test_an_id_that_was_changed_by_hand_is_kept() -> None:
    """The key in `source` is the identity: id and links may be renamed."""
    edit = by(("id: design\n", "id: concept\n"), ("[design]", "[concept]"))
    after = plan(task(1, "Design", PercentComplete=20), task(2, "Build", link(1)), task(3, "Test", link(2), link(1)))
    _, result = imported_then(BEFORE, edit, after)
    found = tasks_of(result.files[PLAN])
    assert found["concept"]["progress"] == "20"
    assert found["test"]["depends_on"] == ["build", "concept"]


def test_new_rows_come_at_their_place() -> None:
    """A row that is new stands behind the row before it; one with children brings them."""
    after = plan(
        task(1, "Design"),
        task(4, "Review"),
        task(2, "Build", link(1)),
        task(3, "Test", link(2)),
        task(5, "Rollout"),
        task(6, "Berlin", level=2),
    )
    _, result = imported_then(BEFORE, by(("  - id: build", "  # the core\n  - id: build")), after)
    assert list(tasks_of(result.files[PLAN])) == ["design", "review", "build", "test", "rollout", "berlin"]
    assert "  # the core\n  - id: build\n" in result.files[PLAN]
    assert shown(result) == [
        "plan.yaml: new: task 'review': 'Review'",
        "plan.yaml: new: task 'rollout': 'Rollout'",
        "plan.yaml: new: task 'berlin': 'Berlin' below 'rollout'",
    ]


def test_rows_that_moved_there_move_here() -> None:
    """Another parent or another order in the file moves the task, with its comments."""
    after = plan(task(3, "Test"), task(1, "Design"), task(9, "Phase"), task(2, "Build", link(1), level=2))
    edit = by(("  - id: test", "  # last\n  - id: test"))
    _, result = imported_then(BEFORE, edit, after)
    found = tasks_of(result.files[PLAN])
    assert list(found) == ["test", "design", "phase", "build"]
    assert "  # last\n  - id: test\n" in result.files[PLAN]
    assert "start" not in found["phase"]


def test_a_parent_and_its_child_can_change_places() -> None:
    """A row that becomes the child of its own child is moved without a loop."""
    first = plan(task(1, "A"), task(2, "B", level=2), task(3, "C", level=3))
    second = plan(task(3, "C"), task(2, "B", level=2), task(1, "A", level=3))
    _, result = imported_then(first, same, second)
    found = tasks_of(result.files[PLAN])
    assert [item["id"] for item in found["c"]["tasks"]] == ["b"]  # type: ignore[attr-defined]
    assert [item["id"] for item in found["b"]["tasks"]] == ["a"]  # type: ignore[attr-defined]
    assert "tasks" not in found["a"]
    assert found["a"]["start"] == "2026-01-05"
    assert "start" not in found["c"]


def test_groups_of_ones_own_stay_around_imported_tasks() -> None:
    """A parent that a person put around imported tasks stays; so do its places in the order."""
    first = plan(task(1, "Design"), task(2, "Build"), task(3, "Test"))
    grouped = """\
tasks:
  - id: own
    name: My group
    tasks:
      - id: design
        name: Design
        source: {system: msproject, key: '1'}
      - id: build
        name: Build
        source: {system: msproject, key: '2'}
"""
    _, result = imported_then(first, lambda _: grouped, plan(task(1, "Design"), task(4, "Check"), task(2, "Build")))
    found = tasks_of(result.files[PLAN])
    assert [item["id"] for item in found["own"]["tasks"]] == ["design", "check", "build"]  # type: ignore[attr-defined]


def test_a_first_import_into_a_plan_of_ones_own_comes_behind_it() -> None:
    """Tasks that are there already keep their place at the head of the plan, whatever style they are written in."""
    own = "tasks: [{id: kick-off, name: Kick-off, milestone: true, finish: 2026-01-02}]\n"
    result = import_plan(BEFORE, workspace(project="name: ERP\n", plan=own))
    assert list(tasks_of(result.files[PLAN])) == ["kick-off", "design", "build", "test"]


def test_a_vanished_row_is_kept_and_reported() -> None:
    """A task that is gone upstream stays in the YAML until somebody decides."""
    _, result = imported_then(BEFORE, same, plan(task(1, "Design"), task(3, "Test"), task(2, "Build", Active=0)))
    assert "build" in result.files.get(PLAN, "build")
    assert [str(problem) for problem in result.problems] == [
        f"{PLAN}:1:1: warning: task 'build' is no longer in the imported plan [import-removed-upstream]",
    ]
    assert any("removed upstream: task 'build'" in line for line in shown(result))


def test_tasks_below_an_imported_leaf_make_it_a_parent() -> None:
    """A row that a person split into tasks keeps no dates of its own; they would be ignored."""
    child = "    tasks:\n      - id: part\n        name: Part\n        duration: 1d\n"
    own = by(("  - id: build\n", f"{child}  - id: build\n"))
    after = plan(task(1, "Design", PercentComplete=30), task(2, "Build", link(1)), task(3, "Test", link(2)))
    _, result = imported_then(BEFORE, own, after)
    design = tasks_of(result.files[PLAN])["design"]
    assert not {"start", "finish", "duration", "progress"} & set(design)
    assert design["tasks"] == [{"id": "part", "name": "Part", "duration": "1d"}]


def test_a_copied_task_is_reported() -> None:
    """Two tasks with the same key are named; one of them is merged."""
    copy = "  - id: copy\n    name: Copy\n    source: {system: msproject, key: '1'}\n"
    _, result = imported_then(BEFORE, lambda text: text + copy, BEFORE)
    assert "import-twice" in [problem.code for problem in result.problems]


WORK = "<Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID></Assignment></Assignments>"
PEOPLE = "<Resources>{}</Resources>" + WORK
LI = f"<Resource>{fields(UID=1, Name='Li Na')}</Resource>"
WU = f"<Resource>{fields(UID=2, Name='Wu Bo')}</Resource>"


def test_project_yaml_belongs_to_the_team() -> None:
    """People are added; agreed dates and other values that differ are named and left."""
    first = import_plan(plan(task(1), body=PEOPLE.format(LI)))
    texts = {path.removeprefix(f"{FOLDER}/").removesuffix(".yaml"): text for path, text in first.files.items()}
    texts["project"] = texts["project"].replace("name: Li Na", "name: Li Na   # lead\n    role: Architect")
    later = plan(
        task(1),
        body=PEOPLE.format(LI + WU),
        head=fields(Title="ERP II", StartDate="2026-01-05T08:00:00", FinishDate="2026-02-13T17:00:00"),
    )
    result = import_plan(later, workspace(**texts))
    assert shown(result) == [
        "project.yaml: new: person 'wu-bo': Wu Bo",
        "project.yaml: kept: 'name': ERP (the file: ERP II)",
        "project.yaml: kept: 'finish': 2026-01-30 (the file: 2026-02-13)",
    ]
    assert "name: Li Na   # lead\n    role: Architect" in result.files[f"{FOLDER}/project.yaml"]


def test_people_are_known_by_name() -> None:
    """A person of the team keeps the id the team gave, for assignments too."""
    project = "name: ERP\nteam:\n  - {id: ln, name: Li Na}\n"
    result = import_plan(plan(task(1), body=PEOPLE.format(LI)), workspace(project=project, plan="tasks: []\n"))
    assert "owner: ln" in result.files[PLAN]
    assert f"{FOLDER}/project.yaml" not in result.files


def saved(number: int, day: int) -> str:
    """Write a baseline of a day."""
    moment = f"2026-01-{day:02}T"
    return f"<Baseline>{fields(Number=number, Start=f'{moment}08:00:00', Finish=f'{moment}17:00:00')}</Baseline>"


def test_baselines_follow_the_file() -> None:
    """The baseline that counts is approved once; its tasks follow, its other values stay as edited."""
    first = import_plan(plan(task(1, "A", saved(0, 5), saved(2, 7))))
    path = f"{FOLDER}/baselines.yaml"
    assert text_value(first.files[path]) == {
        "baselines": [
            {
                "id": "baseline-0",
                "name": "Baseline",
                "approved": "2026-01-05",
                "tasks": {"a": {"start": "2026-01-05", "finish": "2026-01-05"}},
            },
            {"id": "baseline-2", "name": "Baseline 2", "tasks": {"a": {"start": "2026-01-07", "finish": "2026-01-07"}}},
        ],
    }
    texts = {path.removeprefix(f"{FOLDER}/").removesuffix(".yaml"): text for path, text in first.files.items()}
    texts["baselines"] = texts["baselines"].replace("approved: 2026-01-05", "approved: 2025-12-01   # steering board")
    result = import_plan(plan(task(1, "A", saved(0, 6), saved(2, 7))), workspace(**texts))
    assert shown(result) == ["baselines.yaml: changed: baseline 'baseline-0': its tasks follow the file"]
    assert "approved: 2025-12-01   # steering board" in result.files[path]
    assert "a: {start: 2026-01-06, finish: 2026-01-06}" in result.files[path]


TIME = f"<WorkingTimes><WorkingTime>{fields(FromTime='20:00:00', ToTime='23:00:00')}</WorkingTime></WorkingTimes>"
NIGHT = f"<WeekDays><WeekDay>{fields(DayType=2, DayWorking=1)}{TIME}</WeekDay></WeekDays>"
TWO = (
    f"<Calendars><Calendar>{fields(UID=1, Name='Standard')}</Calendar>"
    f"<Calendar>{fields(UID=2, Name='Night')}{NIGHT}</Calendar></Calendars>"
)


def test_other_calendars_go_to_the_workspace() -> None:
    """A task's own calendar is added to kapm.yaml below what is there, comments kept."""
    files = workspace()
    texts = {**files.texts, "kapm.yaml": b"organization: {name: Vendor}   # us\n# end\n"}
    result = import_plan(plan(task(1, CalendarUID=2), body=TWO), type(files)(texts, folders=files.folders))
    assert result.files["kapm.yaml"].startswith("organization: {name: Vendor}   # us\ncalendars:\n  night:\n")
    assert result.files["kapm.yaml"].endswith("# end\n")
    assert "calendar: night" in result.files[PLAN]


def test_a_calendar_name_that_means_other_hours_is_not_reused() -> None:
    """A calendar of the workspace is never changed; one of the same name gets the project's before it."""
    files = workspace()
    texts = {**files.texts, "kapm.yaml": b'calendars: {night: {hours: ["22:00-24:00"]}}\n'}
    result = import_plan(plan(task(1, CalendarUID=2), body=TWO), type(files)(texts, folders=files.folders))
    assert "calendar: erp-night" in result.files[PLAN]
    settings = text_value(result.files["kapm.yaml"])
    assert isinstance(settings, dict)
    assert settings["calendars"]["night"] == {"hours": ["22:00-24:00"]}


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_survive(ending: str, mark: str) -> None:
    """A file saved on Windows stays one."""
    after = plan(task(1, "Design", PercentComplete=10), task(2, "Build", link(1)), task(3, "Test", link(2)))
    _, result = imported_then(BEFORE, lambda text: mark + text.replace("\n", ending), after)
    text = result.files[PLAN]
    assert text.startswith(mark + "#")
    assert text.count("\n") == text.count(ending)
