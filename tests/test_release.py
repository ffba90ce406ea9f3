"""`kapm release`: a numbered report made from a commit alone, recorded, and made again later."""

import shutil
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import yaml
from click.testing import CliRunner, Result

from kapm_site.cli import kapm
from tests.repository import commit_all, git
from tests.small import FILES, write_workspace

PROJECT = "projects/acme/erp"
PLAN = f"{PROJECT}/plan.yaml"
RECORD = f"{PROJECT}/reports/001.yaml"
LEDGER = Path(__file__).parents[1] / "docs" / "themes" / "ledger" / "templates"
DATE = ("--status-date", "2026-11-20")


def run(root: Path, *arguments: str) -> Result:
    """Run kapm in a workspace."""
    return CliRunner().invoke(kapm, ["-C", str(root), *arguments])


def release(root: Path, *options: str) -> Result:
    """Release the next report."""
    return run(root, "release", "acme/erp", *DATE, *options)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A committed workspace."""
    root = write_workspace(tmp_path / "work")
    commit_all(root, "Status")
    return root


def test_a_report_is_recorded_with_what_it_said(root: Path, tmp_path: Path) -> None:
    """Number, status date, commit, health, figures, and the hashes of the PDFs that are handed out."""
    commit = git(root, "rev-parse", "HEAD")
    result = release(root, "-o", str(tmp_path / "outbox"))
    assert result.exit_code == 0, result.stderr
    assert f"released report 1 from commit {commit[:7]} in {RECORD}" in result.stdout
    assert f"git add {RECORD}" in result.stdout
    record = yaml.safe_load((root / RECORD).read_text(encoding="utf-8"))
    assert (record["number"], str(record["status_date"]), record["commit"]) == (1, "2026-11-20", commit)
    assert record["health"]["overall"] == "red"
    assert record["figures"]["actual_percent"] == 73.3
    assert str(record["figures"]["forecast_finish"]) == "2026-11-27"
    assert sorted(path.name for path in (tmp_path / "outbox").iterdir()) == [
        "report-001-brief.pdf",
        "report-001-full.pdf",
    ]
    assert record["sha256"].keys() == record["content"].keys() == {"full", "brief"}
    assert run(root, "check").exit_code == 0


def test_numbers_go_on_and_none_is_taken_twice(root: Path) -> None:
    """The next number is the next one; a chosen one must be free."""
    assert release(root).exit_code == 0
    commit_all(root, "Report 1")
    taken = release(root, "--number", "1")
    assert taken.exit_code == 1
    assert f"{RECORD}:3:9: error: report 1 was released with status date 2026-11-20 [number-taken]" in taken.stderr
    assert "leave --number out for report 2" in taken.stderr
    assert "released report 2" in release(root).stdout
    commit_all(root, "Report 2")
    assert "released report 7" in release(root, "--number", "7").stdout


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        (PLAN, True),
        ("projects/acme/client.yaml", True),
        ("kapm.yaml", True),
        (f"{PROJECT}/notes.md", True),
        ("templates/page.html.j2", True),
        ("attachments/logo.png", True),
        ("projects/acme/crm/notes.md", True),
        ("projects/globex/client.yaml", True),
        (f"{PROJECT}/reports/007.yaml", True),
        ("projects/acme/crm/reports/007.yaml", False),
        ("projects/acme/attachments/logo.png", True),
        ("logo.png", True),
        (f"{PROJECT}/ignored.md", True),
        (f"{PROJECT}/ignored/notes.yaml", True),
        (f"{PROJECT}/.ignored.md", False),
        (f"{PROJECT}/ignored.log", False),
        ("README.md", False),
    ],
)
def test_what_it_is_made_from_must_be_committed(root: Path, changed: str, refused: bool) -> None:
    """Any change of the workspace refuses, save the record of another project's report, written a moment ago."""
    (root / ".gitignore").write_text("*ignored*\n", encoding="utf-8")
    commit_all(root, "What git ignores")
    file = root / changed
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + "\n", encoding="utf-8")
    result = release(root)
    found = "changes that are in no commit: " in result.stderr
    assert found == refused
    assert (root / RECORD).exists() != refused


def test_a_project_with_errors_is_refused_with_all_of_them(root: Path) -> None:
    """As in check: with places, and nothing is written."""
    write_workspace(root, {PLAN: FILES[PLAN].replace("owner: ana", "ownre: ana")})
    commit_all(root, "A slip of the pen")
    result = release(root)
    assert result.exit_code == 1
    assert result.stderr.count("unknown key 'ownre'") == FILES[PLAN].count("owner: ana")
    assert not (root / RECORD).exists()


def test_an_internal_project_has_no_report(root: Path) -> None:
    """Its client may not know of it."""
    write_workspace(
        root, {f"{PROJECT}/project.yaml": FILES[f"{PROJECT}/project.yaml"].replace("audience: client\n", "")}
    )
    commit_all(root, "Internal")
    result = release(root)
    assert (result.exit_code, "[project-is-internal]" in result.stderr) == (1, True)


def test_a_report_that_does_not_fit_is_refused(root: Path) -> None:
    """The one-page edition is one page, or nothing is released."""
    asks = "".join(
        f"  - {{id: a{n}, title: {'Decide on the interface of the warehouse ' * 3}{n}, kind: decision, owner: ana,"
        f" raised: 2026-11-02, due: 2026-12-0{n + 1}, effect: {'The next stage starts later. ' * 20}, status: open}}\n"
        for n in range(9)
    )
    logo = "".join(f"{'Headline ' * 60}. " for _ in range(12))
    update = f"{PROJECT}/updates/2026-11-13.md"
    text = FILES[update].replace("Build is under way.", logo)
    write_workspace(root, {f"{PROJECT}/asks.yaml": f"audience: client\nasks:\n{asks}", update: text})
    commit_all(root, "Too much")
    result = release(root)
    assert (result.exit_code, "[brief-too-long]" in result.stderr) == (1, True), result.stderr
    assert not (root / RECORD).exists()


def test_it_is_made_again_from_its_commit(root: Path, tmp_path: Path) -> None:
    """Whatever has been committed since, and whatever lies in the working tree."""
    assert release(root, "-o", str(tmp_path / "sent")).exit_code == 0
    commit_all(root, "Report 1")
    write_workspace(
        root, {PLAN: FILES[PLAN].replace("Go-live", "Cutover"), "kapm.yaml": "organization: {name: Other}\n"}
    )
    commit_all(root, "All is new")
    (root / PLAN).write_text("not: yaml: at all", encoding="utf-8")

    result = run(root, "release", "acme/erp", "--verify", "-o", str(tmp_path / "again"))
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "report 1 full: same bytes\nreport 1 brief: same bytes\n"
    sent, again = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("sent", "again"))
    assert sent == again


def test_it_keeps_the_theme_it_was_sent_in(root: Path, tmp_path: Path) -> None:
    """Another look today, or none, changes no report that is out."""
    shutil.copytree(LEDGER, root / "templates")
    commit_all(root, "Theme")
    assert release(root, "-o", str(tmp_path)).exit_code == 0
    with pypdfium2.PdfDocument(tmp_path / "report-001-brief.pdf") as pdf:
        assert "Confidential to both parties." in pdf[0].get_textpage().get_text_range()
    shutil.rmtree(root / "templates")
    commit_all(root, "Report 1, and no theme any more")
    verified = run(root, "release", "acme/erp", "--verify")
    assert verified.stdout == "report 1 full: same bytes\nreport 1 brief: same bytes\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("overall: red", "overall: green", ["health: green in the record, red now"]),
        ("73.3", "70", ["actual_percent: 70 in the record, 73.3 now"]),
        ("kapm: 0.1.0", "kapm: 0.0.9", ["kapm: 0.0.9 in the record, 0.1.0 now"]),
    ],
)
def test_what_differs_is_told(root: Path, old: str, new: str, told: list[str]) -> None:
    """Where the bytes are others: whether the content is, which versions are, which figures are."""
    assert release(root).exit_code == 0
    record = root / RECORD
    text = record.read_text(encoding="utf-8").replace(old, new)
    head, rest = text.split("  full: ", 1)
    record.write_text(f"{head}  full: {'0' * 64}{rest[64:]}", encoding="utf-8")
    result = run(root, "release", "acme/erp", "--verify")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "report 1 full: same content, set into other bytes by other versions",
        "report 1 brief: same bytes",
        *(f"  {line}" for line in told),
    ]


def test_other_content_is_not_called_the_report(root: Path, tmp_path: Path) -> None:
    """The client's site then holds a draft, and the build says how to see what differs."""
    assert release(root).exit_code == 0
    record = root / RECORD
    text = record.read_text(encoding="utf-8")
    head, rest = text.split("content:\n  full: ", 1)
    sums = head.split("sha256:\n")[0] + f"sha256:\n  full: {'0' * 64}\n  brief: {'1' * 64}\n"
    record.write_text(f"{sums}content:\n  full: {'2' * 64}{rest[64:]}", encoding="utf-8")
    verified = run(root, "release", "acme/erp", "--verify")
    assert (verified.exit_code, "report 1 full: other content" in verified.stdout) == (1, True)

    built = run(root, "build", "-o", str(tmp_path / "site"), *DATE)
    assert built.exit_code == 0
    assert f"{RECORD}:25:" in built.stderr or "[report-differs]" in built.stderr
    assert "kapm release acme/erp --verify --number 1" in built.stderr
    names = sorted(path.name for path in (tmp_path / "site/clients/acme/erp").glob("*.pdf"))
    assert names == ["report-draft-brief.pdf", "report-draft-full.pdf"]


def test_the_clients_site_holds_what_was_sent(root: Path, tmp_path: Path) -> None:
    """The page of today names and links the report; internal readers have the draft of the next one."""
    assert release(root, "-o", str(tmp_path / "sent")).exit_code == 0
    commit_all(root, "Report 1")
    built = run(root, "build", "-o", str(tmp_path / "site"), "--status-date", "2026-11-27")
    assert built.exit_code == 0, built.stderr
    client, internal = tmp_path / "site/clients/acme/erp", tmp_path / "site/internal/acme/erp"
    for edition in ("full", "brief"):
        name = f"report-001-{edition}.pdf"
        assert (client / name).read_bytes() == (tmp_path / "sent" / name).read_bytes()
        assert (internal / f"report-draft-{edition}.pdf").exists()
    page = (client / "index.html").read_text(encoding="utf-8")
    assert 'href="report-001-full.pdf">Report 1, PDF</a>' in page
    assert run(root, "audit", str(tmp_path / "site")).exit_code == 0


def test_what_became_internal_since_does_not_fail_the_audit_of_the_report(root: Path, tmp_path: Path) -> None:
    """The client has read it; the page of today does not say it again, not even as a change."""
    risks = f"{PROJECT}/risks.yaml"
    risk = "risks:\n  - {id: r1, title: The vendor may be sold, audience: client, probability: 3, status: open}\n"
    write_workspace(root, {risks: risk})
    commit_all(root, "A risk")
    assert release(root).exit_code == 0
    write_workspace(root, {risks: risk.replace("audience: client", "audience: internal")})
    commit_all(root, "Keep it inside")
    built = run(root, "build", "-o", str(tmp_path / "site"), "--status-date", "2026-11-27")
    assert built.exit_code == 0, built.stderr
    page = (tmp_path / "site/clients/acme/erp/index.html").read_text(encoding="utf-8")
    assert "vendor" not in page
    assert run(root, "audit", str(tmp_path / "site")).exit_code == 0


def test_a_build_at_the_commit_of_a_report_has_it(root: Path, tmp_path: Path) -> None:
    """As of its status date, whatever the working tree holds; another revision is of the day of its commit."""
    sent = tmp_path / "sent"
    assert release(root, "-o", str(sent)).exit_code == 0
    commit_all(root, "Report 1")
    write_workspace(root, {PLAN: FILES[PLAN].replace("Go-live", "Cutover")})
    built = run(root, "build", "--at", "HEAD~1", "-o", str(tmp_path / "then"))
    assert built.exit_code == 0, built.stderr
    folder = tmp_path / "then/clients/acme/erp"
    assert {path.name: path.read_bytes() for path in folder.glob("*.pdf")} == {
        path.name: path.read_bytes() for path in sent.iterdir()
    }
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "Go-live" in page
    assert "Cutover" not in page
    assert "draft, uncommitted" not in page


@pytest.mark.parametrize("again", [(), ("--verify",)])
def test_without_the_whole_history_nothing_is_released_or_verified(
    root: Path, tmp_path: Path, again: tuple[str, ...]
) -> None:
    """A report that compares itself with missing commits could not be made again; the one command is told."""
    assert release(root).exit_code == 0
    commit_all(root, "Report 1")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "shallow")
    result = run(tmp_path / "shallow", "release", "acme/erp", *DATE, *again)
    assert (result.exit_code, "git fetch --unshallow" in result.stderr) == (1, True)
    bare = run(write_workspace(tmp_path / "bare"), "release", "acme/erp", *DATE, *again)
    assert (bare.exit_code, "git init" in bare.stderr) == (1, True)


def test_a_lost_commit_is_told(root: Path, tmp_path: Path) -> None:
    """A rebase has dropped it: the report cannot be made again, the page says nothing of changes, the build goes on."""
    assert release(root).exit_code == 0
    record = root / RECORD
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace(git(root, "rev-parse", "HEAD"), "12345678" * 5), encoding="utf-8")
    commit_all(root, "Report 1")
    verified = run(root, "release", "acme/erp", "--verify")
    assert (verified.exit_code, "cannot be made again" in verified.stdout) == (1, True)
    assert "[report-commit-lost]" in verified.stderr
    built = run(root, "build", "--no-pdf", "-o", str(tmp_path / "site"), "--status-date", "2026-11-27")
    assert (built.exit_code, "[report-commit-lost]" in built.stderr) == (0, True)


def test_a_dry_run_writes_nothing(root: Path) -> None:
    """It says what would be released."""
    assert "would release report 1" in release(root, "--dry-run").stdout
    assert git(root, "status", "--porcelain") == ""


@pytest.mark.promise("F4")
def test_a_project_that_went_to_another_client_takes_no_report_along(root: Path, tmp_path: Path) -> None:
    """What one client was sent, and what it read then, is nothing that the next one may read."""
    risk = "risks:\n  - {id: r1, title: Acme staff strike, audience: client, probability: 2, impact: 2, owner: ana}\n"
    (root / "projects/acme/erp/risks.yaml").write_text(risk, "utf-8")
    commit_all(root, "A risk", date(2026, 11, 13))
    release(root)
    commit_all(root, "Report 1", date(2026, 11, 14))
    shutil.copytree(root / "projects/acme", root / "projects/globex", ignore=shutil.ignore_patterns("erp"))
    (root / "projects/globex/client.yaml").write_text("name: Globex\nprotection: none\n", "utf-8")
    shutil.move(root / "projects/acme/erp", root / "projects/globex/erp")
    (root / "projects/globex/erp/risks.yaml").unlink()
    commit_all(root, "The project is of Globex", date(2026, 11, 20))

    result = run(root, "build", "-o", str(tmp_path / "site"), "--status-date", "2026-11-27")
    told = run(root, "diff", "HEAD~1", "HEAD", "--audience", "client")

    folder = tmp_path / "site/clients/globex/erp"
    assert result.exit_code == 0, result.output
    assert sorted(file.name for file in folder.glob("*.pdf")) == ["report-draft-brief.pdf", "report-draft-full.pdf"]
    assert "Acme staff strike" not in (folder / "index.html").read_text("utf-8")
    assert "<entry" not in (folder.parent / "feed.xml").read_text("utf-8")
    assert "on 20\N{NO-BREAK SPACE}Nov" not in (folder / "index.html").read_text("utf-8")
    assert "Acme staff strike" in (tmp_path / "site/internal/globex/erp/index.html").read_text("utf-8")
    assert "Acme staff strike" not in told.output
    assert "new project on the client's site" in told.output


def test_a_risk_that_became_internal_is_not_counted_in_earlier_weeks(root: Path, tmp_path: Path) -> None:
    """A client who sees the count fall would know that one is gone."""
    one, two = (f"  - {{id: {name}, title: {name} fails, owner: ana, audience: client}}\n" for name in ("r1", "r2"))
    for day, second in ((date(2026, 10, 16), two), (date(2026, 10, 23), two), (date(2026, 11, 6), two)):
        (root / PROJECT / "risks.yaml").write_text(f"risks:\n{one}{second}# {day}\n", "utf-8")
        commit_all(root, "Risks", day)
    (root / PROJECT / "risks.yaml").write_text(f"risks:\n{one}{two.replace('client', 'internal')}", "utf-8")
    commit_all(root, "One is internal", date(2026, 11, 13))

    result = run(root, "build", "-o", str(tmp_path / "site"), "--no-pdf", *DATE)

    assert result.exit_code == 0, result.output
    client, internal = (
        (tmp_path / "site" / page / "erp/index.html").read_text("utf-8") for page in ("clients/acme", "internal/acme")
    )
    assert "Open risks" in client
    assert "2026: 1 and" in client
    assert "2026: 2 and" in internal


@pytest.mark.parametrize("moving", ["HEAD", "main", "mark", "'@{0}'", "':/Status'", "HEAD~0"])
def test_a_record_names_a_commit_and_nothing_that_moves(root: Path, moving: str) -> None:
    """A branch or a tag would make another report tomorrow; a cut hash is one."""
    assert release(root).exit_code == 0
    commit_all(root, "Report 1")
    git(root, "tag", "-a", "-m", "A tag", "mark")
    made = git(root, "rev-parse", "HEAD~1")
    text = (root / RECORD).read_text("utf-8")
    (root / RECORD).write_text(text.replace(made, moving), "utf-8")
    result = run(root, "release", "acme/erp", "--verify")
    assert (result.exit_code, "[report-commit-lost]" in result.stderr) == (1, True), result.output
    (root / RECORD).write_text(text.replace(made, made[:10]), "utf-8")
    assert run(root, "release", "acme/erp", "--verify").exit_code == 0


def test_what_an_earlier_report_had_as_spent_may_stand_on_the_page(root: Path, tmp_path: Path) -> None:
    """The months summed up hold it once another month has begun; that is no leak."""
    money: dict[str, str | None] = {
        f"{PROJECT}/project.yaml": FILES[f"{PROJECT}/project.yaml"] + "budget: {amount: 480000, audience: client}\n",
        f"{PROJECT}/costs.yaml": (
            "audience: client\nentries:\n"
            "  - {date: 2026-10-30, amount: 102345}\n  - {date: 2026-11-13, amount: 101234}\n"
        ),
    }
    write_workspace(root, money)
    commit_all(root, "Money")
    assert release(root).exit_code == 0
    assert "spent: 203579" in (root / RECORD).read_text(encoding="utf-8")
    commit_all(root, "Report 1")
    for day in ("2026-12-04", "2026-12-11"):
        with (root / f"{PROJECT}/costs.yaml").open("a", encoding="utf-8") as costs:
            costs.write(f"  - {{date: {day}, amount: 7000}}\n")
        commit_all(root, "More")
        assert run(root, "release", "acme/erp", "--status-date", day).exit_code == 0
        commit_all(root, "Report")
    built = run(root, "build", "--no-pdf", "-o", str(tmp_path / "site"), "--status-date", "2026-12-18")
    assert built.exit_code == 0, built.stderr
    assert "203,579" in (tmp_path / "site/clients/acme/erp/index.html").read_text(encoding="utf-8")


def test_a_record_of_a_project_in_no_commit_is_not_verified(root: Path) -> None:
    """It was copied there, or is not committed yet."""
    shutil.copytree(root / PROJECT, root / "projects/acme/copy")
    record = root / "projects/acme/copy/reports/001.yaml"
    record.parent.mkdir()
    record.write_text("number: 1\nstatus_date: 2026-11-13\ncommit: abcdef1\n", "utf-8")
    result = run(root, "release", "acme/copy", "--verify")
    assert (result.exit_code, "[not-in-commit]" in result.stderr) == (1, True), result.output


@pytest.mark.parametrize(
    ("options", "epoch"), [(("--status-date", "9999-12-31"), ""), ((), "99999999999999"), ((), "253402300000")]
)
def test_a_day_at_the_end_of_all_calendars_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], epoch: str
) -> None:
    """With exit code 2, as everywhere."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run(root, "release", "acme/erp", "--dry-run", *options)
    assert (result.exit_code, "is later than any plan" in result.stderr) == (2, True), result.output


@pytest.mark.parametrize("back", [True, False])
def test_projects_that_change_places_keep_their_own_reports(root: Path, tmp_path: Path, *, back: bool) -> None:
    """What is told of one since its report is nothing of the other, which had its name then."""
    other = root / "projects/acme/crm"
    shutil.copytree(root / PROJECT, other)
    risk = "risks:\n  - {id: r1, title: Vendor of the CRM strikes, audience: client, probability: 2, impact: 2}\n"
    (other / "risks.yaml").write_text(risk.replace("2}", "2, owner: ana}"), "utf-8")
    commit_all(root, "Another project", date(2026, 11, 19))
    release(root)
    commit_all(root, "Report 1")
    shutil.move(root / PROJECT, root / "elsewhere")
    shutil.move(other, root / PROJECT)
    shutil.move(root / "elsewhere", other)
    if not back:
        shutil.rmtree(root / PROJECT)
    commit_all(root, "They change places", date(2026, 11, 24))
    verified = run(root, "release", "acme/crm", "--verify")
    assert (verified.exit_code, verified.stdout.count("same bytes")) == (0, 2), verified.output
    built = run(root, "build", "--no-pdf", "-o", str(tmp_path / "site"), "--status-date", "2026-11-27")
    assert built.exit_code == 0, built.output
    assert "Vendor of the CRM" not in (tmp_path / "site/clients/acme/crm/index.html").read_text("utf-8")


@pytest.mark.promise("F4")
def test_a_record_copied_from_another_client_brings_no_report_along(root: Path, tmp_path: Path) -> None:
    """Though that report is kept, and its commit holds both projects."""
    shutil.copytree(root / "projects/acme", root / "projects/globex")
    charter = root / "projects/globex/erp/project.yaml"
    charter.write_text(charter.read_text("utf-8").replace("ERP rollout", "Plant rollout"), "utf-8")
    commit_all(root, "Another client")
    release(root, "-o", str(tmp_path / "outbox"))
    shutil.copytree(root / PROJECT / "reports", root / "projects/globex/erp/reports")
    commit_all(root, "Report 1")
    result = run(root, "build", "-o", str(tmp_path / "site"), *DATE)
    assert "projects/globex/erp/reports/001.yaml" in result.stderr
    assert "[report-differs]" in result.stderr
    sent = {file.read_bytes() for file in (tmp_path / "outbox").iterdir()}
    assert not sent & {file.read_bytes() for file in (tmp_path / "site/clients/globex").rglob("*.pdf")}
    assert sent <= {file.read_bytes() for file in (tmp_path / "site/clients/acme").rglob("*.pdf")}
