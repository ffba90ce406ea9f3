"""The one comment on a pull request: the jobs that post it, and their scripts run against a host made here.

The host speaks the few requests of the real ones' API that the scripts send: the notes of one pull request by pages,
a new one, a change of one, and who is asking.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

CI = Path(__file__).parents[3] / "docs" / "ci"
MARKER = "<!-- kapm diff -->"
DIFF = f"{MARKER}\n# What changes\n\n- Go-live “Saltmere” moves; `$(touch hacked)` 收货 5 → 6\n"
TOKEN = "token-of-the-job"  # noqa: S105 the host made here knows no other
ME, SOMEBODY = 41, 7

pytestmark = pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("jq")), reason="curl and jq, which the runners carry"
)


@dataclass
class Host:
    """What a host knows, and what it was asked; `refused` answers each request to write."""

    github: bool
    comments: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def notes(self) -> str:
        """The address of the notes of the one pull request."""
        return "/repos/acme/status/issues/12/comments" if self.github else "/projects/5/merge_requests/12/notes"

    @property
    def one(self) -> str:
        """The address of one note, but for its number."""
        return "/repos/acme/status/issues/comments/" if self.github else f"{self.notes}/"

    def add(self, body: str, who: int = SOMEBODY) -> dict[str, Any]:
        """Keep a comment of somebody."""
        login = "github-actions[bot]" if who == ME else "somebody"
        by = {"user": {"login": login}} if self.github else {"author": {"id": who}}
        self.comments.append({"id": len(self.comments) + 1, "body": body, **by})
        return self.comments[-1]

    def bodies(self) -> list[str]:
        """Give what stands in the comments."""
        return [comment["body"] for comment in self.comments]

    def answer(self, method: str, target: str, token: str, sent: dict[str, Any]) -> tuple[int, Any]:
        """Answer a request."""
        self.asked.append(method)
        address, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        if token != (f"Bearer {TOKEN}" if self.github else TOKEN):
            return 401, {"message": "Bad credentials"}
        if method == "GET":
            if address == "/user":
                return 200, {"id": ME}
            assert address == self.notes
            size, page = int(query["per_page"][0]), int(query["page"][0])
            return 200, self.comments[size * (page - 1) : size * page]
        return self.write(method, address, sent)

    def write(self, method: str, address: str, sent: dict[str, Any]) -> tuple[int, Any]:
        """Answer a request to write."""
        if self.refused:
            return self.refused, {"message": "Resource not accessible by integration"}
        if method == "POST" and address == self.notes:
            return 201, self.add(sent["body"], ME)
        if method == ("PATCH" if self.github else "PUT") and address.startswith(self.one):
            comment = self.comments[int(address.removeprefix(self.one)) - 1]
            comment["body"] = sent["body"]
            return 200, comment
        return 404, {"message": "Not found"}


@contextmanager
def served(host: Host) -> Iterator[str]:
    """Let a host listen on this machine; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def reply(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            sent = json.loads(self.rfile.read(length)) if length else {}
            if length:
                assert self.headers["Content-Type"] == "application/json"
            token = self.headers["Authorization" if host.github else "PRIVATE-TOKEN"]
            status, content = host.answer(self.command, self.path, token, sent)
            answer = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_PATCH = do_PUT = reply  # noqa: N815 so the server looks them up

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def script(*, github: bool) -> str:
    """Give the script that comments, as the CI file has it."""
    if github:
        steps = yaml.safe_load((CI / "github-pull-request.yml").read_text("utf-8"))["jobs"]["comment"]["steps"]
        return str(steps[-1]["run"])
    return str(yaml.safe_load((CI / "gitlab-ci.yml").read_text("utf-8"))["comment"]["script"][0])


def comment(host: Host, folder: Path, diff: str = DIFF, token: str = TOKEN) -> subprocess.CompletedProcess[str]:
    """Run the script as the runner does."""
    (folder / "diff.md").write_text(diff, "utf-8")
    with served(host) as address:
        github = {
            "GITHUB_API_URL": address,
            "GITHUB_SERVER_URL": "https://host.example",
            "GITHUB_REPOSITORY": "acme/status",
            "GITHUB_RUN_ID": "99",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GH_TOKEN": token,
            "NUMBER": "12",
        }
        gitlab = {
            "CI_API_V4_URL": address,
            "CI_MERGE_REQUEST_PROJECT_ID": "5",
            "CI_MERGE_REQUEST_IID": "12",
            "CI_PIPELINE_URL": "https://host.example/acme/status/-/pipelines/99",
            "KAPM_COMMENT_TOKEN": token,
        }
        return subprocess.run(
            ["bash" if host.github else "sh", "-e", "-c", script(github=host.github)],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "NO_PROXY": "127.0.0.1", **(github if host.github else gitlab)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


@pytest.fixture(params=["GitHub", "GitLab"])
def host(request: pytest.FixtureRequest) -> Host:
    """A host with two comments of others, one of which looks like ours."""
    made = Host(github=request.param == "GitHub")
    made.add("Looks good to me")
    made.add(f"{MARKER}\nI am not the job")
    return made


def test_the_first_run_posts_and_later_ones_update(host: Host, tmp_path: Path) -> None:
    """One comment, whatever the number of runs; nobody else's is touched, and no token is printed."""
    others = host.bodies()
    for text in (DIFF, DIFF + "- more\n", f"{MARKER}\nNothing changes.\n"):
        done = comment(host, tmp_path, text)
        assert done.returncode == 0, done.stdout + done.stderr
        assert TOKEN not in done.stdout + done.stderr
        assert host.bodies()[:2] == others
        assert [body.splitlines() for body in host.bodies()[2:]] == [text.splitlines()]
    assert not (tmp_path / "hacked").exists()


def test_the_comment_is_found_behind_many_others(host: Host, tmp_path: Path) -> None:
    """Comments come by the hundred; ours may be on the third page, or the last page may be full."""
    for _ in range(198):
        host.add("Noted")
    assert comment(host, tmp_path).returncode == 0
    assert (host.asked.count("GET") - (not host.github), host.asked.count("POST"), len(host.comments)) == (3, 1, 201)
    host.asked.clear()
    assert comment(host, tmp_path, f"{MARKER}\nLater\n").returncode == 0
    assert host.asked.count("POST") == 0
    assert "Later" in host.comments[-1]["body"]


@pytest.mark.parametrize("status", [403, 404])
def test_a_run_without_the_right_says_so_and_stays_green(tmp_path: Path, status: int) -> None:
    """As from a fork, where GitHub's token may only read: a note in the summary, and nothing written."""
    host = Host(github=True, refused=status)
    done = comment(host, tmp_path)
    assert done.returncode == 0, done.stderr
    told = (tmp_path / "summary.md").read_text("utf-8")
    assert told == done.stdout
    assert "No comment: this run may not write one." in told
    assert host.comments == []


def test_any_other_trouble_is_not_hidden(host: Host, tmp_path: Path) -> None:
    """A host that fails, or a token that has expired, fails the job with the answer and without the token."""
    host.refused = 500
    done = comment(host, tmp_path)
    assert done.returncode == 1
    assert "answered with 500" in done.stdout
    done = comment(host, tmp_path, token="expired-token")  # noqa: S106 no real one
    assert done.returncode == 1
    assert "answered with 401" in done.stdout
    assert "expired-token" not in done.stdout + done.stderr


def test_a_comment_longer_than_the_host_allows_is_cut_and_says_where_the_whole_is(host: Host, tmp_path: Path) -> None:
    """Whole lines up to the limit, counted in characters; a text that just fits is left alone."""
    limit = 65_536 if host.github else 1_000_000
    line = "- 里程碑 moves by 3 days"
    for count, cut in ((limit // (len(line) + 1) - 60, False), (limit // len(line) + 60, True)):
        assert comment(host, tmp_path, "\n".join([MARKER, *[line] * count]) + "\n").returncode == 0
        body = host.bodies()[-1]
        assert limit - 2000 < len(body) <= limit
        assert body.startswith(f"{MARKER}\n")
        lines = body.splitlines()
        assert (("Too long for a comment" in lines[1]) and ("https://host.example/" in lines[1])) is cut
        assert lines[-1] == line
    assert len(host.comments) == 3


def test_the_job_that_comments_runs_nothing_of_the_pull_request() -> None:
    """No checkout, no kapm; its one right on GitHub is to write on pull requests, on GitLab its token is optional."""
    job = yaml.safe_load((CI / "github-pull-request.yml").read_text("utf-8"))["jobs"]["comment"]
    assert job["permissions"] == {"pull-requests": "write"}
    assert [step["uses"].split("@")[0] for step in job["steps"] if "uses" in step] == ["actions/download-artifact"]
    assert job["needs"] == "check"
    events = [value for step in job["steps"] for value in step.get("env", {}).values()]
    assert events == ["${{ github.token }}", "${{ github.event.pull_request.number }}"]
    assert not re.search(r"\bkapm [a-z]|pip |python", job["steps"][-1]["run"].replace(MARKER, ""))

    job = yaml.safe_load((CI / "gitlab-ci.yml").read_text("utf-8"))["comment"]
    assert job["variables"] == {"GIT_STRATEGY": "none"}
    assert job["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event" && $KAPM_COMMENT_TOKEN'}]
    assert job["allow_failure"] is True
    assert not re.search(r"\bkapm [a-z]|pip |python", job["script"][0].replace(MARKER, ""))


def test_the_whole_stands_elsewhere_too() -> None:
    """Whoever drops the comment keeps the summary of the run, or the log and the artifact of the job."""
    steps = yaml.safe_load((CI / "github-pull-request.yml").read_text("utf-8"))["jobs"]["check"]["steps"]
    told = next(step["run"] for step in steps if "kapm diff" in step.get("run", ""))
    assert told.splitlines() == [
        "kapm diff HEAD^1 HEAD --format markdown > diff.md",
        'cat diff.md >> "$GITHUB_STEP_SUMMARY"',
    ]
    changes = yaml.safe_load((CI / "gitlab-ci.yml").read_text("utf-8"))["changes"]
    assert changes["script"] == [
        'kapm diff "$CI_MERGE_REQUEST_DIFF_BASE_SHA" HEAD --format markdown > diff.md',
        "cat diff.md",
    ]
    assert changes["artifacts"]["paths"] == ["diff.md"]


def test_the_manual_says_how_to_do_without_the_right() -> None:
    """Each host's way is named: the permission, the variable, and what remains without them."""
    manual = (CI.parent / "publish.md").read_text("utf-8")
    section = manual.split("### The comment\n")[1].split("\n### ")[0]
    for said in ("pull-requests: write", "KAPM_COMMENT_TOKEN", "fork", "Delete the job `comment`", MARKER):
        assert said in section
