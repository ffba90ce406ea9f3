"""What the client and internal readers see alike is built and written once, and nothing else is."""

from dataclasses import replace
from pathlib import Path

from PIL import Image
from rich_workspace import project, web
from small_workspace import ERP, FILES, client, internal_page
from weekly_looks import with_looks

from kapm_site.pages.blocks import Prose, Section
from kapm_site.pages.reuse import build_sections
from kapm_site.pages.sections import SECTIONS
from kapm_site.pages.sections.delays import delays
from kapm_site.pages.sections.health import health
from kapm_site.pages.sections.plan import plan
from kapm_site.pages.sections.risks import risks
from kapm_site.pipeline.assets import Images, Shelf
from kapm_site.pipeline.sections import SectionWriter, Written


def test_equal_views_share_every_section() -> None:
    """The sections of the second reader are those of the first."""
    first = build_sections(project(), web())
    second = build_sections(project(), web(), first)
    assert all(second.found[build].section is first.found[build].section for build in SECTIONS)


def test_a_hidden_risk_is_on_one_page_only() -> None:
    """A section whose records differ is built for each reader; one that reads none of them is shared."""
    theirs = replace(project(), risks=project().risks[1:])
    for_client = build_sections(theirs, web())
    for_us = build_sections(project(), web(), for_client)
    assert for_us.found[risks].section != for_client.found[risks].section
    assert for_us.found[risks].section == risks(project(), web())
    assert for_us.found[plan].section is for_client.found[plan].section


def test_what_only_we_are_asked_is_on_our_page_only() -> None:
    """A section that says more to the team than to the client is built for each."""
    first = build_sections(project(), web())
    late = frozenset(task.id for task in project().tasks if task.late)
    second = build_sections(replace(project(), unanswered=late), web(), first)
    assert second.found[delays].section != first.found[delays].section


def test_late_work_of_which_all_is_said_is_shared() -> None:
    """Both readers are told the same, so it is written once; who reads it is no part of what is told."""
    plan_text = FILES[f"{ERP}/plan.yaml"].replace("audience: internal, ", "")
    plan_text = plan_text.replace("depends_on: [build]", "depends_on: [build], delay: {cause: client, recovery: None}")
    changed = {f"{ERP}/plan.yaml": plan_text}
    for_client = client(changed).projects[0]
    for_us = internal_page(changed).view
    first = build_sections(for_client, web())
    second = build_sections(for_us, web(), first)
    assert first.found[delays].section is not None
    assert second.found[delays].section is first.found[delays].section
    silent = plan_text.replace("cause: client, recovery: Work on two Saturdays", "cause: client")
    assert internal_page({f"{ERP}/plan.yaml": silent}).view.unanswered == {"build"}
    assert client({f"{ERP}/plan.yaml": silent}).projects[0].unanswered == frozenset()


def test_a_past_that_looks_alike_is_shared() -> None:
    """What only internal readers know of an earlier week keeps no section apart that does not show it."""
    moves = {"health": {0: "green", 40: "red"}}
    theirs = with_looks(project(), **moves)
    whole = with_looks(project(), **moves, spi={0: 0.9}, exposure={0: 10.0})
    first = build_sections(theirs, web())
    second = build_sections(whole, web(), first)
    assert second.found[health].section is first.found[health].section
    other = build_sections(with_looks(project(), health={0: "amber"}), web(), first)
    assert other.found[health].section != first.found[health].section


def test_sections_are_those_that_stand_alone() -> None:
    """Whatever is shared, each section is what its builder makes of the reader's own view."""
    theirs = replace(project(), tasks=project().tasks[2:], feedback=(), money=None)
    built = build_sections(project(), web(), build_sections(theirs, web()))
    assert [built.found[build].section for build in SECTIONS] == [build(project(), web()) for build in SECTIONS]


def test_a_picture_has_the_address_of_its_own_page(tmp_path: Path) -> None:
    """Markup with a picture is written for each page, as the pages lie at different depths."""
    (tmp_path / "update").mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / "update/site.png")
    section = Section("done", "Done", blocks=(Prose("![The site](site.png)"),))
    plain = Section("next", "Next", blocks=(Prose("Build on."),))
    written = Written()
    pages = []
    for up in ("../", "../../"):
        images = Images(Shelf(tmp_path), ("update",), up, frozenset({"update/site.png"}))
        writer = SectionWriter(None, images, web().words, written)
        pages.append((writer.write(section), writer.write(plain)))
    assert 'src="../assets/' in pages[0][0]
    assert 'src="../../assets/' in pages[1][0]
    assert pages[0][1] is pages[1][1]
