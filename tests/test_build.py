"""The build as its user sees it: which files, for whom, and what happens when something is wrong."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm
from kapm_site.pipeline.project import ProjectJob
from kapm_site.workspace.collect import collect
from kapm_site.workspace.folders import split_by_project
from tests.small import write_workspace

ROOT = Path(__file__).parents[1]
DATE = ("--status-date", "2026-11-20")


def build(root: Path, *arguments: str) -> Result:
    """Run `kapm build` without PDF."""
    arguments = ("-C", str(root), "build", "-o", str(root / "site"), "--no-pdf", *DATE, *arguments)
    return CliRunner().invoke(kapm, arguments)


def files(folder: Path) -> dict[str, bytes]:
    """Read a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workspace."""
    return write_workspace(tmp_path / "work")


def test_a_build_writes_what_the_contract_says(root: Path) -> None:
    """Each reader's files stand where the contract says, and the manifest lists them all."""
    result = build(root)
    assert result.exit_code == 0, result.stderr
    written = files(root / "site")
    named = {path for path in written if "/assets/" not in path}
    assert named == {
        "manifest.json",
        "internal/_headers",
        "internal/index.html",
        "internal/acme/erp/index.html",
        "internal/acme/erp/status.json",
        "internal/acme/erp/tasks.csv",
        "clients/acme/index.html",
        "clients/acme/feed.xml",
        "clients/acme/_headers",
        "clients/acme/erp/index.html",
        "clients/acme/erp/status.json",
        "clients/acme/erp/milestones.ics",
        "clients/acme/erp/tasks.csv",
    }
    manifest = json.loads(written["manifest.json"])
    assert (manifest["generator"], manifest["schema"], manifest["status_date"]) == ("kapm_site", 1, "2026-11-20")
    assert {entry["path"] for entry in manifest["files"]} == set(written) - {"manifest.json"}


@pytest.mark.promise("I1")
def test_what_is_internal_stays_internal(root: Path) -> None:
    """The note of a task is on the internal page and in no byte of the client's root."""
    build(root)
    written = files(root / "site")
    holders = {path for path, content in written.items() if b"below nine percent" in content}
    assert holders == {"internal/acme/erp/index.html"}


@pytest.mark.promise("I1")
def test_an_internal_project_has_no_page_for_its_client(root: Path) -> None:
    """What does not say `audience: client` never leaves."""
    text = (root / "projects/acme/erp/project.yaml").read_text().replace("audience: client\n", "")
    write_workspace(root, {"projects/acme/erp/project.yaml": text})
    assert build(root).exit_code == 0
    assert not (root / "site/clients").exists()
    assert (root / "site/internal/acme/erp/index.html").exists()


@pytest.mark.promise("S1")
def test_a_client_without_protection_is_not_published(root: Path) -> None:
    """No value for `protection`: no folder, and a warning that says so."""
    write_workspace(root, {"projects/acme/client.yaml": "name: Acme Industrial\n"})
    result = build(root)
    assert result.exit_code == 0
    assert "[no-protection]" in result.stderr
    assert not (root / "site/clients").exists()


def test_an_error_publishes_nothing_and_keeps_what_was(root: Path) -> None:
    """The previous site stays byte for byte; the message names the place."""
    build(root)
    before = files(root / "site")
    plan = root / "projects/acme/erp/plan.yaml"
    plan.write_text(plan.read_text().replace("depends_on: [design]", "depends_on: [desgn]"))
    result = build(root)
    assert result.exit_code == 1
    assert "did you mean 'design'?" in result.stderr
    assert files(root / "site") == before


def test_keep_going_leaves_the_broken_project_out(root: Path) -> None:
    """The sound projects are published, the portfolio says what is missing, and the exit code is 1."""
    write_workspace(
        root,
        {
            "projects/acme/crm/project.yaml": "name: CRM\naudience: client\n",
            "projects/acme/crm/plan.yaml": "tasks: [{id: a, name: A, progress: 130}]\n",
        },
    )
    assert build(root).exit_code == 1
    assert not (root / "site").exists()
    result = build(root, "--keep-going")
    assert result.exit_code == 1
    assert (root / "site/clients/acme/erp/index.html").exists()
    assert not (root / "site/clients/acme/crm").exists()
    assert "acme/crm" in (root / "site/internal/index.html").read_text()


@pytest.mark.promise("A1")
def test_the_audit_knows_what_a_project_holds_that_was_given_up(root: Path) -> None:
    """It is not published, and its texts must not be either, through whatever page of another client."""
    [part] = split_by_project(collect(root))["projects/acme"]
    given_up = ProjectJob(b"", part).given_up("it takes too long")
    assert not given_up.sound
    assert "Design the process" in {secret.text for secret in given_up.held}


@pytest.mark.promise("F3")
def test_a_foreign_folder_is_refused_and_untouched(root: Path) -> None:
    """Only a folder that bears our manifest is ever replaced."""
    (root / "site").mkdir()
    (root / "site/thesis.txt").write_text("mine")
    result = build(root)
    assert result.exit_code == 2
    assert files(root / "site") == {"thesis.txt": b"mine"}
    assert {path.name for path in root.iterdir()} == {"kapm.yaml", "projects", "site"}


@pytest.mark.promise("F3")
@pytest.mark.parametrize(
    "folder", [".", "..", "projects", "projects/site", "attachments", "attachments/a", "templates"]
)
def test_the_sources_are_never_a_target(root: Path, folder: str) -> None:
    """A site inside `projects/` would be read as data by the next build, one in `templates/` as a theme."""
    result = build(root, "-o", str(root / folder))
    assert result.exit_code == 2
    assert "holds the sources; name another folder with -o" in result.stderr
    assert {path.name for path in root.iterdir()} == {"kapm.yaml", "projects"}


def test_a_part_of_the_site_keeps_the_rest(root: Path) -> None:
    """Building one client leaves the pages of the others as they were."""
    write_workspace(
        root,
        {
            "projects/globex/client.yaml": "name: Globex\nprotection: none\n",
            "projects/globex/crm/project.yaml": "name: CRM\naudience: client\n",
            "projects/globex/crm/plan.yaml": "audience: client\ntasks: [{id: a, name: Alpha, duration: 2d}]\n",
        },
    )
    build(root)
    globex = files(root / "site/clients/globex")
    assert build(root, "acme").exit_code == 0
    assert files(root / "site/clients/globex") == globex
    assert build(root, "--only", "internal").exit_code == 0
    assert files(root / "site/clients/globex") == globex


def test_strict_fails_on_a_warning(root: Path) -> None:
    """`--strict`: a finding fails the build."""
    write_workspace(root, {"projects/acme/client.yaml": "name: Acme Industrial\n"})
    assert build(root).exit_code == 0
    assert build(root, "--strict").exit_code == 1


def test_an_unknown_selector_is_wrong_usage(root: Path) -> None:
    """The message names what there is."""
    result = build(root, "acmee")
    assert result.exit_code == 2
    assert "acme/erp" in result.stderr


def test_a_workspace_without_projects_says_what_to_create(tmp_path: Path) -> None:
    """An empty workspace is a problem of the data, not a crash."""
    (tmp_path / "kapm.yaml").write_text("language: en\n")
    result = build(tmp_path)
    assert result.exit_code == 1
    assert "projects/<client>/<project>/project.yaml" in result.stderr


def test_without_pango_the_pages_are_built(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HTML is published without links to PDFs that are not there; the exit code is 1 and says what to type."""
    from kapm_site.problem import Mark, Problem

    missing = Problem(Mark("."), "pango-missing", "PDF output needs Pango", hint="apt-get install libpango-1.0-0")
    monkeypatch.setattr("kapm_site.pipeline.build.pango_problem", lambda _mark: missing)
    result = CliRunner().invoke(kapm, ["-C", str(root), "build", "-o", str(root / "site"), *DATE])
    assert result.exit_code == 1
    assert "apt-get install" in result.stderr
    assert "report-draft" not in (root / "site/clients/acme/erp/index.html").read_text()


def test_the_same_bytes_from_any_place(tmp_path: Path) -> None:
    """Folder, time zone, locale and hash seed leave no trace."""
    made = []
    for number, (zone, locale) in enumerate((("Asia/Tokyo", "C.UTF-8"), ("America/Lima", "C"))):
        root = write_workspace(tmp_path / f"{'deep/' * number}place")
        env = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(number)}
        program = [sys.executable, "-m", "kapm_site.cli", "-C", str(root), "build", "-o", str(root / "site")]
        subprocess.run([*program, *DATE], env=env, check=True, capture_output=True)
        made.append(files(root / "site"))
        shutil.rmtree(root)
    assert made[0].keys() == made[1].keys()
    assert [path for path in made[0] if made[0][path] != made[1][path]] == []


@pytest.mark.promise("F3")
def test_a_build_never_changes_the_sources(root: Path) -> None:
    """`projects/` is read and never written."""
    before = files(root / "projects")
    build(root)
    assert files(root / "projects") == before


def test_an_error_elsewhere_does_not_stop_a_selected_project(root: Path) -> None:
    """A selection is judged by its own files; the portfolio still says what is left out."""
    write_workspace(
        root,
        {
            "projects/globex/client.yaml": "name: Globex\nprotection: none\n",
            "projects/globex/crm/project.yaml": "name: CRM\naudience: client\n",
            "projects/globex/crm/plan.yaml": "tasks: [{id: a, name: A, progress: 130}]\n",
        },
    )
    assert build(root).exit_code == 1
    assert build(root, "acme").exit_code == 0
    assert (root / "site/clients/acme/erp/index.html").exists()
    assert "globex/crm" in (root / "site/internal/index.html").read_text()


def test_a_client_that_stays_may_still_say_what_it_said(root: Path) -> None:
    """Building one of two clients keeps the other's pages, address and all, and finds no leak in them."""
    shutil.copytree(root / "projects/acme", root / "projects/borealis")
    (root / "projects/borealis/client.yaml").write_text("name: Borealis Energy\nprotection: none\n", "utf-8")
    settings = root / "kapm.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}publishing: {{base_url: 'https://status.tidewater.example'}}\n")
    assert build(root).exit_code == 0
    before = files(root / "site/clients/borealis")
    result = build(root, "acme")
    assert result.exit_code == 0, result.stderr
    assert files(root / "site/clients/borealis") == before


def test_an_error_that_figures_find_stops_the_project(root: Path) -> None:
    """A calendar without a working hour cannot be computed with: no page, and no figures either."""
    settings = root / "kapm.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}calendars: {{never: {{working_days: []}}}}\n")
    plan = root / "projects/acme/erp/plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("    owner: ana\n", "    owner: ana\n    calendar: never\n", 1))
    result = build(root)
    assert result.exit_code == 1
    assert "[calendar-without-hours]" in result.stderr
    assert not (root / "site").exists()
    status = CliRunner().invoke(kapm, ("-C", str(root), "status", "--json", *DATE))
    assert status.exit_code == 1
    assert json.loads(status.stdout)["projects"] == []
