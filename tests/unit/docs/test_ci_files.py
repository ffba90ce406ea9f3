"""The CI files that users copy: valid to the hosts' own schemas, and as careful as the manual says."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
CI = ROOT / "docs" / "ci"
PULL_REQUEST = CI / "github-pull-request.yml"
PUBLISH = CI / "github-publish.yml"
GITLAB = CI / "gitlab-ci.yml"
GITHUB = (PULL_REQUEST, PUBLISH)
ALL = (*GITHUB, GITLAB)
#: Of kapm_site's own repository.
RELEASE = CI / "github-release.yml"
WORKFLOWS = (*GITHUB, RELEASE)

PANGO = {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"}
PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def load(path: Path) -> dict[str, Any]:
    """Read a file with every scalar as text: `on` stays a word."""
    content: dict[str, Any] = yaml.load(
        path.read_text("utf-8"),
        yaml.BaseLoader,  # noqa: S506 BaseLoader builds text only
    )
    return content


def shell_of(path: Path) -> list[str]:
    """Give every script of a CI file."""
    jobs = load(path)
    if path in WORKFLOWS:
        steps = [step for job in jobs["jobs"].values() for step in job["steps"]]
        return [step["run"] for step in steps if "run" in step]
    parts = [
        job[key] for job in jobs.values() if isinstance(job, dict) for key in ("before_script", "script") if key in job
    ]
    return ["\n".join(lines) for lines in parts]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a program and keep what it says."""
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (PULL_REQUEST, ["--builtin-schema", "vendor.github-workflows"]),
        (PULL_REQUEST, ["--builtin-schema", "custom.github-workflows-require-timeout"]),
        (PUBLISH, ["--builtin-schema", "vendor.github-workflows"]),
        (PUBLISH, ["--builtin-schema", "custom.github-workflows-require-timeout"]),
        (RELEASE, ["--builtin-schema", "vendor.github-workflows"]),
        (RELEASE, ["--builtin-schema", "custom.github-workflows-require-timeout"]),
        (GITLAB, ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value[1],
)
def test_file_fits_the_schema_of_its_host(path: Path, options: list[str]) -> None:
    """Each file passes the schema that its host publishes."""
    pytest.importorskip("check_jsonschema", reason="check-jsonschema carries the hosts' schemas")
    done = run(sys.executable, "-m", "check_jsonschema", *options, str(path))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
@pytest.mark.promise("C2")
def test_github_file_has_no_finding_of_the_security_linter(path: Path) -> None:
    """zizmor, at its strictest but one, has nothing to say about a GitHub file."""
    zizmor = Path(sys.executable).with_name("zizmor")
    if not zizmor.exists():
        pytest.skip("zizmor, the linter for workflow security, is not installed")
    done = run(str(zizmor), "--offline", "--no-config", "--no-progress", "--persona", "pedantic", str(path))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", [*ALL, RELEASE], ids=lambda path: path.name)
def test_scripts_are_shell(path: Path) -> None:
    """Every script parses as shell."""
    scripts = shell_of(path)
    assert scripts
    for script in scripts:
        done = run("bash", "-n", "-c", script)
        assert done.returncode == 0, f"{script}\n{done.stderr}"


@pytest.mark.promise("C2")
def test_pull_request_may_read_and_nothing_else() -> None:
    """A pull request runs on `pull_request` alone, reads the contents, and sees no secret; one job may comment."""
    workflow = load(PULL_REQUEST)
    assert list(workflow["on"]) == ["pull_request"]
    assert workflow["permissions"] == {"contents": "read"}
    rights = {name: job.get("permissions") for name, job in workflow["jobs"].items()}
    assert rights == {"check": None, "comment": {"pull-requests": "write"}}
    assert "secrets" not in re.sub(r"#.*", "", PULL_REQUEST.read_text("utf-8"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
@pytest.mark.promise("C2")
def test_github_never_runs_foreign_code_with_rights(path: Path) -> None:
    """No `pull_request_target`, no text of an event in a script, no credentials left in the checkout."""
    text = path.read_text("utf-8")
    assert "pull_request_target" not in text
    assert all("${{" not in script for script in shell_of(path))
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    """Each action names its commit and, for the reader, its full version."""
    uses = [line.strip() for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert uses
    assert [line for line in uses if not PINNED.search(line)] == []


def test_the_github_files_pin_the_same_commits() -> None:
    """An action that several files use has one version."""
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for action, pin in re.findall(r"uses: ([\w/-]+)@(.+)", path.read_text("utf-8")):
            pins.setdefault(action, set()).add(pin)
    assert {action: found for action, found in pins.items() if len(found) != 1} == {}


@pytest.mark.promise("C2")
def test_secrets_of_github_reach_only_the_job_that_publishes_one_client() -> None:
    """The job that builds holds no secret but passphrases of sites, in the two steps that encrypt and open them.

    The job that holds another one checks nothing out and has no right.
    """
    jobs = load(PUBLISH)["jobs"]
    assert load(PUBLISH)["permissions"] == {}
    assert jobs["build"]["permissions"] == {"contents": "read"}
    assert "secrets." not in str(jobs["build"])
    told = PUBLISH.read_text("utf-8").partition("\n  publish:")[0]
    assert set(re.findall(r"secrets\.(\w+)", told)) == {"KAPM_PASSPHRASES_ACME"}
    steps = [step["name"] for step in jobs["build"]["steps"]]
    (advised,) = re.findall(r"in both steps:\n +# +env: .*\n +- name: (.*)\n", told)
    assert advised == "Build"
    assert "Prove" in steps[steps.index(advised) + 1]
    assert jobs["publish"]["permissions"] == {}
    assert jobs["publish"]["environment"] == "client-${{ matrix.client }}"
    assert "actions/checkout" not in str(jobs["publish"])
    assert "pip install" not in str(jobs["publish"])


@pytest.mark.promise("C1")
def test_a_release_is_checked_and_listed_without_a_right() -> None:
    """For a tag and each week; no secret, no right to write, and no build without the look for vulnerabilities."""
    workflow = load(RELEASE)
    assert workflow["on"]["push"] == {"tags": ["v*"]}
    assert "schedule" in workflow["on"]
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert {name: job["permissions"] for name, job in jobs.items()} == {key: {"contents": "read"} for key in jobs}
    assert jobs["release"]["needs"] == "vulnerabilities"
    assert "secrets." not in RELEASE.read_text("utf-8")
    assert [script.strip() for script in shell_of(RELEASE)] == ["make vulnerabilities", "make release"]


def test_only_the_main_branch_of_github_publishes() -> None:
    """A push to main, the clock or a hand starts a publication; on other branches it does nothing."""
    workflow = load(PUBLISH)
    assert set(workflow["on"]) == {"push", "schedule", "workflow_dispatch"}
    assert workflow["on"]["push"] == {"branches": ["main"]}
    assert workflow["jobs"]["build"]["if"] == "github.ref == 'refs/heads/main'"


def test_gitlab_publishes_each_client_from_its_environment() -> None:
    """The publishing job runs on the default branch only, without the repository, once a client."""
    publish = load(GITLAB)["publish"]
    assert publish["rules"] == [
        {"if": '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE != "merge_request_event"'}
    ]
    assert publish["variables"] == {"GIT_STRATEGY": "none"}
    assert publish["environment"] == {"name": "client/$CLIENT"}
    assert publish["parallel"]["matrix"][0]["CLIENT"]


def test_gitlab_shows_the_problems_in_the_diff() -> None:
    """The Code Quality report that is kept is the one that `kapm check` wrote, kept also where it fails."""
    check = load(GITLAB)["check"]
    report = check["artifacts"]["reports"]["codequality"]
    assert f"kapm check --format gitlab > {report}" in check["script"][0]
    assert check["artifacts"]["when"] == "always"


@pytest.mark.parametrize(("listed", "passes"), [("acme", True), ("acm", False), ("acme2", False)])
def test_gitlab_notices_a_client_that_is_not_listed(tmp_path: Path, listed: str, passes: bool) -> None:
    """A built client that the matrix does not name fails the pipeline before anything is published."""
    (tmp_path / "site/clients/acme").mkdir(parents=True)
    (tmp_path / ".gitlab-ci.yml").write_text(f"publish:\n  matrix:\n          - {listed}\n", "utf-8")
    guard = next(line for line in load(GITLAB)["site"]["script"] if "for root" in line)
    done = subprocess.run(["sh", "-c", guard], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is passes
    assert ("acme is built but not published" in done.stdout) is not passes


@pytest.mark.parametrize(("folders", "expected"), [(["b-client", "a-client"], '["a-client","b-client"]'), ([], "[]")])
def test_github_lists_the_clients_that_were_built(tmp_path: Path, folders: list[str], expected: str) -> None:
    """The matrix of the publishing job is the sorted list of the clients' roots, and may be empty."""
    if run("sh", "-c", "command -v jq").returncode:
        pytest.skip("jq, which the runners carry, is not installed")
    for folder in folders:
        (tmp_path / "site/clients" / folder).mkdir(parents=True)
    script = next(script for script in shell_of(PUBLISH) if "GITHUB_OUTPUT" in script)
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "GITHUB_OUTPUT": "output"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output").read_text("utf-8") == f"clients={expected}\n"


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_file_installs_this_version_with_what_pdfs_need(path: Path) -> None:
    """The installed kapm is pinned to the version of this repository, and Pango's three packages are installed."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    content = load(path)
    pinned = (content["env"] if path in GITHUB else content["variables"])["KAPM_VERSION"]
    scripts = "\n".join(shell_of(path))
    assert pinned == version
    assert '"kapm-site[protect]==${KAPM_VERSION}"' in scripts
    assert all(package in scripts for package in PANGO)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_file_sees_the_whole_history(path: Path) -> None:
    """Trends and "what changed" come out of git, so no checkout is shallow."""
    text = path.read_text("utf-8")
    assert ('GIT_DEPTH: "0"' if path == GITLAB else "fetch-depth: 0") in text


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_manual_names_every_file(path: Path) -> None:
    """The manual explains each file that it ships."""
    assert f"ci/{path.name}" in (ROOT / "docs" / "publish.md").read_text("utf-8")


def test_only_roots_of_clients_travel_to_the_jobs_that_publish() -> None:
    """The portfolio and the list of all files stay behind in the job that builds."""
    steps = load(PUBLISH)["jobs"]["build"]["steps"]
    uploaded = [step["with"]["path"] for step in steps if "upload-artifact" in step.get("uses", "")]
    assert uploaded == ["site/clients/"]
    assert "rm -r site/internal site/manifest.json" in "\n".join(load(GITLAB)["site"]["script"])
