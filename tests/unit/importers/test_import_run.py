import dataclasses
import re
from pathlib import Path

import pytest
from mspdi_files import FOLDER, fields, import_plan, plan, task, workspace

import kapm_site.importers
from kapm_site.importers.levels import MAX_LEVELS
from kapm_site.problem import Mark, Problem
from kapm_site.problem.catalogue import CATALOGUE
from kapm_site.workspace.collect import SourceFiles
from kapm_site.workspace.read import read


def test_a_new_project_is_read_without_a_problem() -> None:
    """What an import writes is a workspace that reads cleanly, internal by default."""
    files = workspace()
    result = import_plan(plan(task(1, "A"), task(2, "B", level=2)), files)
    texts = {**files.texts, **{path: text.encode() for path, text in result.files.items()}}
    reading = read(SourceFiles(texts, folders=files.folders | {FOLDER}))
    assert reading.problems == ()
    ((_, project),) = reading.workspace.projects()
    assert project.project.audience is None
    assert [item.id for item in project.tasks()] == ["a", "b"]


def test_a_client_that_is_absent_is_made_with_its_name_only() -> None:
    """The import says that it made a client, whose site is not built before somebody says how it is protected."""
    result = import_plan(plan(task(1)), into="north-wind/erp")
    assert result.files["projects/north-wind/client.yaml"] == "name: North Wind\n"
    assert "only its name" in result.changes[0].text


@pytest.mark.parametrize("selector", ["acme", "", "/", "acme/erp/x", "acme/"])
def test_a_selector_names_a_client_and_a_project(selector: str) -> None:
    """An import without a project to go into is refused."""
    result = import_plan(plan(task(1)), into=selector)
    assert [problem.code for problem in result.problems] == ["import-selector"]
    assert result.files == {}


@pytest.mark.parametrize("selector", ["acme/Erp", "acme/..", "../x", "acme/con", "acme/assets", f"acme/{'a' * 70}"])
def test_a_folder_name_that_is_not_allowed_is_refused(selector: str) -> None:
    """The project's folder obeys the rules of all folders, whatever is typed."""
    result = import_plan(plan(task(1)), into=selector)
    assert "bad-folder-name" in [problem.code for problem in result.problems]
    assert result.files == {}


@pytest.mark.parametrize("text", ["tasks: [", "tasks: &a []\n", "- a\n", "just text\n", "\x00"])
def test_a_broken_file_is_not_merged_into(text: str) -> None:
    """A plan that cannot be read is left alone, with the place of its fault."""
    result = import_plan(plan(task(1)), workspace(project="name: ERP\n", plan=text))
    assert result.files == {}
    assert {problem.mark.path for problem in result.problems} == {f"{FOLDER}/plan.yaml"}


def test_a_symbolic_link_in_the_place_of_a_file_is_refused() -> None:
    """Nothing is written through or over what is no plain file."""
    files = workspace(project="name: ERP\n")
    found = Problem(Mark(f"{FOLDER}/plan.yaml"), "symbolic-link", "a symbolic link below 'projects/'")
    result = import_plan(plan(task(1)), dataclasses.replace(files, problems=(found,)))
    assert (result.files, result.problems) == ({}, (found,))


def test_a_plan_that_becomes_too_large_is_refused() -> None:
    """A file that nothing could read back is not written."""
    notes = "n" * 20_000
    result = import_plan(plan(*(task(uid, Notes=notes) for uid in range(1, 60))))
    assert [problem.code for problem in result.problems] == ["import-too-large"]
    assert result.files == {}


def test_long_notes_are_cut_and_reported() -> None:
    """A text has at most 20 KB; the rest is reported, not lost in silence."""
    result = import_plan(plan(task(1, "A", Notes="备" * 10_000)))
    assert [item.what for item in result.dropped] == ["end of the notes of row 1 'A'"]
    assert result.files


def test_more_levels_than_a_plan_has_move_up() -> None:
    """Rows below the ninth level stand beside their summary row, which falls away with its links."""
    rows = [task(uid, f"L{uid}", level=uid) for uid in range(1, MAX_LEVELS + 3)]
    result = import_plan(plan(*rows))
    assert result.problems == ()
    assert [item.what for item in result.dropped if item.kind == "task"] == ["row 9 'L9'", "row 10 'L10'"]
    (tally,) = [item for item in result.tallies if item.kind == "task"]
    assert (tally.read, tally.kept) == (11, 9)


def test_every_row_is_kept_or_dropped() -> None:
    """For every kind of row, those read are those kept and those in the list of the dropped."""
    sheet = f"<Resources><Resource>{fields(UID=1, Name='Cement', Type=0)}</Resource></Resources>"
    rows = "<Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID></Assignment></Assignments>"
    bad = f"<Baseline>{fields(Number=0, Start='2026-01-09T08:00:00', Finish='2026-01-05T17:00:00')}</Baseline>"
    result = import_plan(plan(task(0), task(1, "", bad), body=sheet + rows))
    assert [(item.kind, item.read, item.kept) for item in result.tallies] == [
        ("task", 2, 1),
        ("link", 0, 0),
        ("resource", 1, 0),
        ("assignment", 1, 0),
        ("baseline", 1, 0),
    ]


def test_a_milestone_has_one_date() -> None:
    """A row that is marked as a milestone keeps its finish; a duration it has is reported."""
    result = import_plan(plan(task(1, "Go", Milestone=1, Finish="2026-01-06T17:00:00", days=2)))
    text = result.files[f"{FOLDER}/plan.yaml"]
    assert "    finish: 2026-01-06\n    milestone: true\n" in text
    assert "start:" not in text
    assert [item.reason for item in result.dropped] == ["2d; a milestone has one date, its finish"]


def test_all_codes_of_imports_are_in_the_catalogue() -> None:
    """Every problem an import reports can be explained, and no explanation is left without its problem."""
    sources = [path.read_text(encoding="utf-8") for path in Path(kapm_site.importers.__file__).parent.rglob("*.py")]
    used = {code for text in sources for code in re.findall(r'"(import-[a-z-]+)"', text)}
    assert used == {code for code in CATALOGUE if code.startswith("import-")}
