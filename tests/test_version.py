"""The version line: which state of the sources a page and a PDF were made from."""

from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner

from kapm_site.cli import kapm
from tests.repository import commit_all, git
from tests.small import write_workspace

DATE = ("--status-date", "2026-11-20")
PAGES = (
    "clients/acme/index.html",
    "clients/acme/erp/index.html",
    "internal/index.html",
    "internal/acme/erp/index.html",
)
DRAFT = {
    "": "draft, uncommitted changes",
    "zh-CN": "草稿，有未提交的更改",
    "de": "Entwurf, nicht eingecheckte Änderungen",
}


def pages(root: Path) -> dict[str, str]:
    """Build without PDF and return the pages of both sites."""
    result = CliRunner().invoke(kapm, ["-C", str(root), "build", "-o", str(root / "site"), "--no-pdf", *DATE])
    assert result.exit_code == 0, result.stderr
    return {path: (root / "site" / path).read_text(encoding="utf-8") for path in PAGES}


def test_every_page_names_the_commit_it_was_made_from(tmp_path: Path) -> None:
    """Who reads a page can find its sources again, also where the workspace is a folder of the repository."""
    root = write_workspace(tmp_path / "account" / "status")
    commit = commit_all(tmp_path, "First status")

    assert [f"Version {commit[:7]}<" in text for text in pages(root).values()] == [True] * len(PAGES)


@pytest.mark.parametrize("language", DRAFT)
@pytest.mark.parametrize(
    "path", ["projects/acme/erp/plan.yaml", "kapm.yaml", "attachments/logo.txt", "templates/x.html.j2"]
)
def test_a_page_of_uncommitted_changes_says_so(tmp_path: Path, path: str, language: str) -> None:
    """A state that is in no commit cannot be found again, so the page does not pass for one that can."""
    told = {"kapm.yaml": f"organization: {{name: Tidewater}}\n{f'language: {language}' if language else ''}\n"}
    root = write_workspace(tmp_path, told)
    commit_all(root, "First status")
    file = root / path
    file.parent.mkdir(exist_ok=True)
    file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + "\n", encoding="utf-8")

    assert [DRAFT[language] in text for text in pages(root).values()] == [True] * len(PAGES)


def test_what_is_no_source_makes_no_draft(tmp_path: Path) -> None:
    """A built site, notes and files that git ignores lie in many workspaces and change no page."""
    root = write_workspace(tmp_path)
    (root / ".gitignore").write_text("projects/acme/erp/scratch.txt\n", encoding="utf-8")
    commit_all(root, "First status")
    for path in ("site.txt", "README.md", "projects/acme/erp/scratch.txt"):
        (root / path).write_text("x", encoding="utf-8")

    assert not any("draft" in text for text in pages(root).values())


OTHER = {
    "projects/globex/client.yaml": "name: Globex\nprotection: none\n",
    "projects/globex/crm/project.yaml": "name: C\n",
    "projects/globex/crm/plan.yaml": "tasks: []\n",
}


@pytest.mark.promise("I2")
@pytest.mark.parametrize("committed", [True, False])
def test_work_on_another_client_changes_no_page(tmp_path: Path, committed: bool) -> None:
    """Neither a commit nor an uncommitted change there is told of: a page names the commit that it is made of."""
    root = write_workspace(tmp_path, OTHER)
    first = commit_all(root, "First status")
    before = pages(root)
    (root / "projects/globex/crm/project.yaml").write_text("name: CRM\n", encoding="utf-8")
    if committed:
        commit_all(root, "CRM")
    after = pages(root)

    assert all(f"Version {first[:7]}<" in before[path] for path in PAGES)
    assert {path for path in PAGES if before[path] != after[path]} == {"internal/index.html"}


@pytest.mark.parametrize("prepare", [None, ("init", "--quiet")])
def test_without_a_commit_no_version_is_claimed(tmp_path: Path, prepare: tuple[str, ...] | None) -> None:
    """Without git, and before the first commit, the pages are built and name no version."""
    root = write_workspace(tmp_path)
    if prepare:
        git(root, *prepare)

    assert not any("Version" in text for text in pages(root).values())


@pytest.mark.parametrize("edition", ["full", "brief"])
def test_a_pdf_names_its_version_too(tmp_path: Path, edition: str) -> None:
    """A report that lies in a mailbox still says what it was made from."""
    root = write_workspace(tmp_path)
    commit = commit_all(root, "First status")
    (root / "kapm.yaml").write_text("organization: {name: Tidewater}\n", encoding="utf-8")
    out = tmp_path / "report.pdf"
    result = CliRunner().invoke(kapm, ["-C", str(root), "pdf", "acme/erp", "--edition", edition, "-o", str(out), *DATE])
    assert result.exit_code == 0, result.stderr
    text = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(out).pages).split())

    assert f"Version {commit[:7]}, draft, uncommitted changes" in text
