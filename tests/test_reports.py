"""Printed reports as a user gets them: paper, archive, one page, and characters that no font has."""

import json
from io import BytesIO
from pathlib import Path

import page as validator
import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from kapm_site.cli import kapm
from tests.small import FILES, write_workspace

pytestmark = pytest.mark.pdf

DATE = ("--status-date", "2026-11-20")
CLIENT, PLAN = "projects/acme/client.yaml", "projects/acme/erp/plan.yaml"
#: More than one page holds in any form.
ENDLESS = {
    "projects/acme/long/project.yaml": FILES["projects/acme/erp/project.yaml"].replace("ERP rollout", "Endless"),
    "projects/acme/long/plan.yaml": FILES[PLAN],
    "projects/acme/long/updates/2026-11-13.md": f"---\nheadline: {'Headline ' * 900}\naudience: client\n---\n",
}


def run(root: Path, *arguments: str) -> Result:
    """Run kapm in a workspace."""
    return CliRunner().invoke(kapm, ["-C", str(root), *arguments])


def build(root: Path, *options: str) -> Result:
    """Build the site of a workspace."""
    return run(root, "build", "-o", str(root / "site"), *DATE, *options)


def report(root: Path, path: str) -> bytes:
    """Read a report of the built site."""
    return (root / "site" / path).read_bytes()


def attached(pdf: bytes) -> dict[str, object]:
    """Read the one file inside a report."""
    with pikepdf.open(BytesIO(pdf)) as document:
        (name,) = document.attachments
        (relation,) = {str(one.AFRelationship) for one in document.Root.AF}
        assert (name, relation) == ("status.json", "/Data")
        found: dict[str, object] = json.loads(document.attachments[name].get_file().read_bytes())
    return found


def failures(pdf: bytes, profile: str) -> list[str]:
    """Name the rules of a standard that a report breaks."""
    return [failure.rule_id for failure in validator.validate_pdf_bytes(pdf, profile=profile).failures]


def test_paper_of_the_workspace_and_of_a_client(tmp_path: Path) -> None:
    """`kapm.yaml` chooses for all, `client.yaml` for its own; US Letter is 8.5 by 11 inches."""
    sizes = []
    for common, own in (("a4", ""), ("letter", ""), ("letter", "pdf: {paper: a4}\n")):
        root = write_workspace(
            tmp_path / f"{common}{len(sizes)}",
            {"kapm.yaml": f"{FILES['kapm.yaml']}pdf: {{paper: {common}}}\n", CLIENT: FILES[CLIENT] + own},
        )
        made = run(root, "pdf", "acme/erp", *DATE, "--edition", "brief", "-o", str(root / "brief.pdf"))
        assert made.exit_code == 0, made.stderr
        with pikepdf.open(root / "brief.pdf") as document:
            sizes.append(tuple(round(float(side)) for side in document.pages[0].MediaBox[2:]))
    assert sizes == [(595, 842), (612, 792), (595, 842)]


def test_an_archive_holds_the_figures_as_its_reader_may_see_them(tmp_path: Path) -> None:
    """PDF/A-3a and PDF/UA-1 both hold; the client's file is that of its site, ours has all; the audit reads it."""
    root = write_workspace(tmp_path / "work", {CLIENT: FILES[CLIENT] + "pdf: {archive: true}\n"})
    assert build(root).exit_code == 0
    for edition in ("full", "brief"):
        client = report(root, f"clients/acme/erp/report-draft-{edition}.pdf")
        internal = report(root, f"internal/acme/erp/report-draft-{edition}.pdf")
        assert [failures(pdf, profile) for pdf in (client, internal) for profile in ("3a", "ua1")] == [[]] * 4
        assert attached(client) == json.loads(report(root, "clients/acme/erp/status.json"))
        assert attached(internal) == json.loads(report(root, "internal/acme/erp/status.json"))
        assert "findings" not in attached(client)
        assert "findings" in attached(internal)
    first = {path: path.read_bytes() for path in (root / "site").rglob("*.pdf")}
    assert build(root).exit_code == 0
    assert {path: path.read_bytes() for path in first} == first

    leaking = root / "site/clients/acme/erp/report-draft-full.pdf"
    leaking.write_bytes(report(root, "internal/acme/erp/report-draft-full.pdf"))
    audited = run(root, "audit", str(root / "site"))
    assert (audited.exit_code, "attachment 'status.json'" in audited.stderr + audited.stdout) == (1, True)


def test_a_page_that_is_too_long_says_by_how_much(tmp_path: Path) -> None:
    """In millimetres and lines, with the part that is longest, though the page shows the least of everything."""
    root = write_workspace(tmp_path, ENDLESS)
    result = run(root, "pdf", "acme/long", *DATE, "--edition", "brief", "-o", str(tmp_path / "x.pdf"))
    assert result.exit_code == 1
    assert " mm, about " in result.stderr
    assert "longest is the headline: " in result.stderr
    assert "hint: shorten the headline" in result.stderr


def test_a_report_that_cannot_be_made_leaves_its_project_out_alone(tmp_path: Path) -> None:
    """A build that keeps going publishes the others whole, with no link or picture of it; else nothing is published."""
    root = write_workspace(tmp_path, ENDLESS)
    assert build(root).exit_code == 1
    assert not (root / "site").exists()
    result = build(root, "--keep-going")
    assert (result.exit_code, "[brief-too-long]" in result.stderr) == (1, True)
    assert (root / "site/clients/acme/erp/report-draft-brief.pdf").exists()
    assert not (root / "site/clients/acme/long").exists()
    assert not (root / "site/internal/acme/long").exists()
    assert "Endless" not in (root / "site/clients/acme/index.html").read_text("utf-8")
    assert "acme/long" in (root / "site/internal/index.html").read_text("utf-8")
    assert run(root, "audit", str(root / "site")).exit_code == 0


def test_a_character_without_a_glyph_is_told_where_it_stands(tmp_path: Path) -> None:
    """Once, by `kapm check` and by the build, also where an escape writes it; not in a comment or an internal note."""
    plan = "# 🙃\n" + FILES[PLAN].replace("name: Build it", r'name: "Build \u2603 it"').replace("Margin", "Margin 🙃")
    root = write_workspace(tmp_path, {PLAN: plan, CLIENT: FILES[CLIENT].replace("Acme Industrial", "Acme ꙮ")})
    told = (
        "projects/acme/client.yaml:1:12: warning: the character 'ꙮ' (U+A66E)",
        "projects/acme/erp/plan.yaml:13:23: warning: the character '☃' (U+2603)",
    )
    for result in (run(root, "check", *DATE), build(root)):
        said = result.stdout + result.stderr
        assert [text for text in told if said.count(text) != 1] == []
        assert said.count("[missing-glyph]") == len(told)


@pytest.mark.parametrize(("size", "told"), [((2400, 60), "40 times as wide as it is high"), ((480, 96), "")])
def test_a_logo_keeps_its_shape_and_an_extreme_one_is_told(size: tuple[int, int], told: str, tmp_path: Path) -> None:
    """On paper it is drawn as it is, however long; that it will be a line is said once."""
    root = write_workspace(tmp_path, {CLIENT: FILES[CLIENT] + "brand: {logo: logo.png}\n"})
    Image.new("RGB", size, "#0b4f6c").save(root / "projects/acme/logo.png")
    result = build(root)
    assert result.exit_code == 0
    assert (result.stdout + result.stderr).count("[logo-shape]") == bool(told)
    assert told in result.stdout + result.stderr
    for edition in ("full", "brief"):
        page = PdfDocument(report(root, f"clients/acme/erp/report-draft-{edition}.pdf"))[0]
        (logo,) = page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])
        left, bottom, right, top = logo.get_bounds()
        assert (right - left) / (top - bottom) == pytest.approx(size[0] / size[1], rel=0.02)
