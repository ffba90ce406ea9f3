"""`kapm diff`: what a reader would see change, between revisions and in the working tree, in three formats."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm
from tests.repository import commit_all, git
from tests.small import FILES, write_workspace

PLAN = "projects/acme/erp/plan.yaml"
DATE = ("--status-date", "2026-11-20")
LATER = {PLAN: FILES[PLAN].replace("finish: 2026-11-27, depends", "finish: 2026-12-04, depends")}
SAID = "Milestone ‘Go-live’ moved from 27 Nov to 4 Dec 2026, 5 working days later."
#: In the part for internal readers alone.
NOTED = "Recheck the margin"
INTERNAL = f"  - {{id: margin, name: {NOTED}, owner: ana, audience: internal, start: 2026-11-23, finish: 2026-11-25}}\n"


def run(root: Path, *arguments: str) -> Result:
    """Run `kapm diff` as of the status date."""
    return CliRunner().invoke(kapm, ["-C", str(root), "diff", *arguments, *DATE])


def said(result: Result) -> str:
    """Return what was printed, with plain spaces."""
    assert result.exit_code == 0, result.stderr
    return result.stdout.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with two commits: in the second Go-live moves by a week."""
    write_workspace(tmp_path)
    commit_all(tmp_path, "Plan")
    write_workspace(tmp_path, LATER)
    commit_all(tmp_path, "Later")
    return tmp_path


@pytest.mark.parametrize(
    ("revisions", "moved"),
    [((), False), (("HEAD",), False), (("HEAD~1",), True), (("HEAD~1", "HEAD"), True), (("main", "main"), False)],
)
def test_it_compares_what_is_named(root: Path, revisions: tuple[str, ...], moved: bool) -> None:
    """Nothing named is the working tree against the last commit; one revision, against that; two, each other."""
    found = said(run(root, *revisions))
    assert (SAID in found) == moved
    assert ("Clients will see no change." in found) != moved


def test_the_working_tree_is_a_side(root: Path) -> None:
    """What is not committed is told, too."""
    write_workspace(root)
    assert "Milestone ‘Go-live’ moved from 4 Dec to 27 Nov 2026, 5 working days earlier." in said(run(root))


def test_what_clients_see_stands_first_and_what_they_do_not_is_apart(root: Path) -> None:
    """An internal task is told to internal readers alone, and with --audience client not at all."""
    write_workspace(root, {PLAN: LATER[PLAN] + INTERNAL})
    found = said(run(root, "HEAD~1"))
    client, internal = found.split("What changes for internal readers only")
    assert SAID in client
    assert SAID not in internal
    assert NOTED in internal
    assert NOTED not in client
    assert NOTED not in said(run(root, "HEAD~1", "--audience", "client"))


def test_health_and_headline_are_told_before_and_after(root: Path) -> None:
    """A reviewer sees at once what a change does to them."""
    update = "projects/acme/erp/updates/2026-11-13.md"
    text = FILES[update].replace("Build is under way.", "Build waits.")
    override = "team:\n"
    declared = "health_override: {health: amber, reason: We catch up, audience: client, expires: 2026-12-31}\nteam:\n"
    charter = "projects/acme/erp/project.yaml"
    write_workspace(root, {**LATER, update: text, charter: FILES[charter].replace(override, declared)})
    found = said(run(root, "--format", "text"))
    assert "health: ■ red → ▲ amber" in found
    assert "headline: “Build waits.” (was: “Build is under way.”)" in found


def test_a_record_that_is_hidden_from_its_client_is_told(root: Path) -> None:
    """It is gone for the client, though nothing was deleted: whoever reviews the change should know."""
    write_workspace(
        root,
        {PLAN: LATER[PLAN].replace("owner: ana, milestone: true", "owner: ana, audience: internal, milestone: true")},
    )
    found = said(run(root))
    assert "no longer shown, though still there: tasks: go-live" in found


def test_projects_that_come_go_and_move(root: Path) -> None:
    """A new project, one that goes, and one whose folder is called otherwise."""
    new = {path.replace("/erp/", "/crm/"): text for path, text in FILES.items() if "/erp/" in path}
    new["projects/acme/crm/plan.yaml"] = "audience: client\ntasks:\n  - {id: one, name: One, duration: 3d}\n"
    new["projects/acme/crm/project.yaml"] = FILES["projects/acme/erp/project.yaml"].replace("ERP rollout", "CRM")
    write_workspace(root, {**LATER, **new})
    assert "Acme Industrial · CRM (acme/crm)\n    new project on the client's site" in said(run(root))
    commit_all(root, "Two projects")
    git(root, "mv", "projects/acme/erp", "projects/acme/finance")
    assert "renamed from acme/erp" in said(run(root))
    git(root, "rm", "-rfq", "projects/acme/finance")
    assert "project on the client's site goes" in said(run(root))


@pytest.mark.parametrize(("broken", "code"), [("after", 1), ("before", 0)])
def test_a_project_with_errors_is_named_and_fails_where_it_has_them_now(root: Path, broken: str, code: int) -> None:
    """An error that a change brings fails; one that it mends does not."""
    write_workspace(root, {PLAN: LATER[PLAN].replace("owner: ana", "ownre: ana", 1)})
    if broken == "before":
        commit_all(root, "Broken")
        write_workspace(root, LATER)
    found = run(root)
    assert found.exit_code == code
    assert "unknown key 'ownre'" in found.stdout


def test_markdown_mentions_nobody_and_stays_in_its_lines(root: Path) -> None:
    """A name that somebody typed cannot notify people, link to other places or close the fold."""
    nasty = "Go @everyone </details> #12 [x](https://evil.example) `a` | b"
    write_workspace(root, {PLAN: LATER[PLAN].replace("name: Go-live", f'name: "{nasty}"') + INTERNAL})
    found = said(run(root, "HEAD~1", "--format", "markdown"))
    assert found.startswith("<!-- kapm diff -->\n")
    assert found.count("</details>") == found.count("<details>") == 1
    assert re.search(r"@everyone|https://|#12|(?<!\\)[`|<\[\]](?!/?(details|summary|!--))", found[30:]) is None, found


def test_json_holds_every_difference_as_a_record(root: Path) -> None:
    """For programs: both sides, and each difference with its numbers."""
    found = json.loads(said(run(root, "HEAD~1", "HEAD", "--format", "json")))
    (project,) = found["projects"]
    moved = next(one for one in project["for_client"]["differences"] if one["id"] == "go-live")
    assert (found["schema"], found["status_date"], project["project"], project["state"]) == (
        1,
        "2026-11-20",
        "acme/erp",
        "changed",
    )
    assert (moved["kind"], moved["before"], moved["after"], moved["days"]) == ("moved", "2026-11-27", "2026-12-04", 5)
    assert SAID in [text.replace("\N{NO-BREAK SPACE}", " ") for text in project["for_client"]["sentences"]]


def test_the_mere_passing_of_days_is_no_change(root: Path) -> None:
    """Both sides are looked at as of one day, that of the later commit where two are named."""
    (root / "README.md").write_text("Hello\n", encoding="utf-8")
    commit_all(root, "A note")
    result = CliRunner().invoke(kapm, ["-C", str(root), "diff", "HEAD~1", "HEAD"])
    assert "as of 2026-11-20\n\nClients will see no change." in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("nowhere",), "no revision 'nowhere' that holds this workspace"), (("a", "b", "c"), "name one revision or two")],
)
def test_wrong_usage_is_told(root: Path, arguments: tuple[str, ...], told: str) -> None:
    """With exit code 2, as everywhere."""
    result = run(root, *arguments)
    assert (result.exit_code, told in result.stderr) == (2, True)


def test_without_git_it_says_what_is_missing(tmp_path: Path) -> None:
    """And the one command that brings it."""
    result = run(write_workspace(tmp_path))
    assert result.exit_code == 2
    assert "the workspace is in no git repository" in result.stderr
    assert "git init" in result.stderr


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_what_is_for_clients_holds_nothing_else(root: Path, form: str) -> None:
    """No internal project, no error that quotes one, no record that is there and hidden, whatever the format."""
    inner = {path.replace("/erp/", "/takeover/"): text for path, text in FILES.items() if "/erp/" in path}
    charter = inner["projects/acme/takeover/project.yaml"].replace("audience: client\n", "")
    inner["projects/acme/takeover/project.yaml"] = charter.replace("ERP rollout", "Hostile bid")
    broken = {path.replace("/takeover/", "/merger/"): text for path, text in inner.items()}
    broken["projects/acme/merger/project.yaml"] = charter.replace("manager: ana", "manager: nobody")
    quiet = {path.replace("/takeover/", "/silent/"): text for path, text in inner.items()}
    write_workspace(root, {**inner, **broken, **quiet})
    commit_all(root, "Internal projects")
    hidden = FILES[PLAN].replace("owner: ana, milestone: true", "owner: ana, audience: internal, milestone: true")
    hidden = hidden.replace("progress: 60", "progress: 90")
    write_workspace(root, {**inner, **broken, **quiet, PLAN: hidden})
    for name, text in (("takeover", "Hostile offer"), ("merger", "Hostile merger")):
        (root / f"projects/acme/{name}/project.yaml").write_text(charter.replace("Hostile bid", text), "utf-8")
    (root / "projects/acme/silent/plan.yaml").write_text(f"# looked through\n{FILES[PLAN]}", "utf-8")

    result = run(root, "--audience", "client", "--format", form)

    for word in ("takeover", "Hostile", "merger", "silent", "nobody", "tasks: go-live"):
        assert word not in result.stdout
    assert "ERP rollout" in result.stdout
    assert "acme/merger" in result.stderr


def test_the_day_of_a_commit_is_that_of_the_workspace(root: Path) -> None:
    """At noon in Greenwich it is tomorrow on Kiritimati, as for build --at."""
    settings = FILES["kapm.yaml"] + "timezone: Pacific/Kiritimati\n"
    write_workspace(root, {"kapm.yaml": settings})
    commit_all(root, "At the date line", date(2026, 11, 20))
    found = CliRunner().invoke(kapm, ["-C", str(root), "diff", "HEAD~1", "HEAD"])
    assert "as of 2026-11-21" in found.stdout
