"""Both editions as PDF: accessible, complete, of the right length, in every shipped language."""

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import page as validator
import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from rich_workspace import printed, project, with_dropped

from kapm_site.analysis.analyse import analyse
from kapm_site.audience.project import project_view
from kapm_site.audience.views import ProjectView
from kapm_site.language import SHIPPED, language_for
from kapm_site.model.settings import Paper
from kapm_site.pages.blocks import Beside, Block, Cell, Column, Figure, Pairs, Prose, Row, Section, Table, Tile, Tiles
from kapm_site.pages.brief_room import brief_forms
from kapm_site.pages.charts.gantt import GanttRow, GanttWords, draw_gantt
from kapm_site.pages.charts.sparkline import Sample, draw_sparkline
from kapm_site.pages.full_report import Numbered, full_report
from kapm_site.pages.imprint import Imprint, Version
from kapm_site.pages.print_widths import HALF, fit_section
from kapm_site.pages.sections.money import money
from kapm_site.pages.setting import Setting
from kapm_site.pipeline.assets import print_style
from kapm_site.render.markdown import to_html
from kapm_site.render.pdf import Job, Pdf, render_job
from kapm_site.render.templates import environment, render_page
from kapm_site.workspace.collect import collect
from kapm_site.workspace.read import read

pytestmark = pytest.mark.pdf

ROOT = Path(__file__).parents[3]
IMPRINT = Imprint(
    number=12,
    version=Version("4f2a9c1"),
    address="https://status.example/acme/erp/",
    distribution=("Grace Whitcombe", "Hugh Bellamy"),
)
DROPPED = (
    "Pilot live",
    "Hall 3 handed over to the operator with all scanners, printers and the drawings of the electrical installation",
    "Key users trained",
    "Data moved",
    "Support in place",
    "Old system off",
)
EDITIONS = ("full", "brief")


@cache
def examples() -> dict[str, ProjectView]:
    """Show every example project of the repository to its client."""
    workspace = read(collect(ROOT)).workspace
    return {
        project.selector: project_view(
            analyse(workspace.settings, account, project, date(2026, 11, 20)), internal=False
        )
        for account, project in workspace.projects()
    }


def setting_of(view: ProjectView) -> Setting:
    """Set a report as its client reads it."""
    words = language_for(view.language, dict(view.brand.vocabulary))
    return Setting(words, "print", "#0b4f6c", view.currency)


def made(name: str, report: object, setting: Setting, images: dict[str, str] | None = None, *shorter: object) -> Pdf:
    """Render an edition, or the first of its forms that fits; every image is one white pixel."""
    words = setting.words
    found: dict[str, str] = images or {}
    texts = []
    for page in (report, *shorter):
        context = {"page": page, "md": lambda text: to_html(text, images=found)}
        html, problems = render_page(environment(None), f"print/{name}.html.j2", context, t=words.text, tn=words.plural)
        assert problems == []
        texts.append(html)
    assets, css = (
        dict.fromkeys(found.values(), PIXEL),
        f"{print_style(setting.paper)}:root{{--accent:{setting.accent}}}",
    )
    pdf, problems = render_job(Job(texts[0], css, assets, shorter=tuple(texts[1:]), single=name == "brief"))
    assert problems == []
    assert pdf is not None
    assert pdf.log == ()
    return pdf


@cache
def edition(name: str, selector: str, paper: Paper = "a4") -> Pdf:
    """Make an edition of an example once, with six changes to tell."""
    return made_of(name, with_dropped(examples()[selector], *DROPPED), paper)


def made_of(name: str, view: ProjectView, paper: Paper = "a4") -> Pdf:
    """Make an edition of a project."""
    setting = replace(setting_of(view), paper=paper)
    if name == "full":
        return made(name, full_report(view, setting, IMPRINT), setting)
    first, *shorter = brief_forms(view, setting, IMPRINT)
    return made(name, first, setting, None, *shorter)


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a4944415478da63f80f00010101001bb6ee560000000049454e44ae426082"
)
SELECTORS = [
    "harbourline/customs-portal",
    "harbourline/warehouse-rollout",
    "qingshan/iot-pilot",
    "qingshan/mes-rollout",
    "rheintal/zaehlertausch",
]


def text_of(pdf: Pdf, number: int) -> str:
    """Read a page, counted from 0."""
    return PdfReader(BytesIO(pdf.content)).pages[number].extract_text()


#: Shares of a page and of the last one that must be filled, and the side margin of US Letter in points, less what a
#: glyph may jut out.
_FILLED, _LAST, _LETTER_SIDE = 0.4, 0.33, 47
Box = tuple[float, float, float, float]


def boxes_of(pdf: Pdf, number: int) -> list[Box]:
    """Find the runs of text on a page: left, bottom, right, top in points."""
    page = PdfDocument(pdf.content)[number].get_textpage()
    return [page.get_rect(index) for index in range(page.count_rects())]


def overlap(one: Box, other: Box) -> float:
    """Measure how far two runs stand in each other: the smaller of width and height, in points."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return min(width, height)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("selector", SELECTORS)
def test_brief_edition_has_one_page(selector: str, paper: Paper) -> None:
    """The brief edition of every example fits on both papers."""
    assert edition("brief", selector, paper).pages == 1


@pytest.mark.parametrize("selector", SELECTORS)
@pytest.mark.parametrize("name", EDITIONS)
def test_no_word_of_the_first_page_runs_into_another(name: str, selector: str) -> None:
    """A long word, such as the German one for what a client contributes, breaks within its column."""
    boxes = boxes_of(edition(name, selector), 0)
    pairs = [(a, b) for index, a in enumerate(boxes) for b in boxes[index + 1 :]]
    assert [pair for pair in pairs if overlap(*pair) > 1] == []


@pytest.mark.parametrize("selector", SELECTORS)
def test_full_edition_is_short_enough_to_be_read(selector: str) -> None:
    """Caps on registers keep the full edition within ten pages."""
    assert 6 <= edition("full", selector).pages <= 10


@pytest.mark.parametrize("selector", SELECTORS)
def test_no_page_is_half_empty(selector: str) -> None:
    """But for the last, each page is filled to two fifths at least, and none begins with what belongs to the last."""
    assert [n for n, share in enumerate(filled_shares(edition("full", selector))[:-1], 1) if share < _FILLED] == []


@pytest.mark.parametrize("selector", SELECTORS)
def test_no_last_page_is_for_a_few_lines(selector: str) -> None:
    """Where the last section would open a page for itself, all are set closer."""
    assert filled_shares(edition("full", selector))[-1] > _LAST


@pytest.mark.parametrize("selector", SELECTORS)
def test_the_figures_of_the_budget_stand_together(selector: str) -> None:
    """No page ends between the bars and the last of the figures below them."""
    view = examples()[selector]
    section = money(view, setting_of(view))
    assert section is not None
    (pairs,) = (block for block in section.blocks if isinstance(block, Pairs))
    pdf = edition("full", selector)
    pages = ["".join(text_of(pdf, number).split()) for number in range(pdf.pages)]
    wanted = ["".join(f"{label}{cell.text}".split()) for label, cell in pairs.pairs]
    assert any(all(one in page for one in wanted) for page in pages)


def filled_shares(pdf: Pdf) -> list[float]:
    """Tell how far down its pages the content of a report reaches, as a share of the room between the margins."""
    shares = []
    for number in range(pdf.pages):
        page = PdfDocument(pdf.content)[number]
        height, foot = page.get_height(), 17 * 72 / 25.4
        tops = [box[1] for box in boxes_of(pdf, number) if box[1] > foot]
        shares.append((height - min(tops, default=height) - foot) / (height - 2 * foot))
    return shares


@pytest.mark.parametrize("selector", ["harbourline/warehouse-rollout", "rheintal/zaehlertausch"])
@pytest.mark.parametrize("name", EDITIONS)
def test_letter_paper_clips_nothing(name: str, selector: str) -> None:
    """All text stands between the margins of the smaller page, none in another."""
    pdf = edition(name, selector, "letter")
    for number in range(pdf.pages):
        page = PdfDocument(pdf.content)[number]
        assert (round(page.get_width()), round(page.get_height())) == (612, 792)
        boxes = boxes_of(pdf, number)
        assert min(box[0] for box in boxes) >= _LETTER_SIDE
        assert max(box[2] for box in boxes) <= page.get_width() - _LETTER_SIDE
        assert min(box[1] for box in boxes) > 0
    assert pdf.pages <= 12


def test_bookmarks_are_title_and_sections() -> None:
    """The outline has one root, the parts of the opening and every numbered section below it, in their order."""
    pdf = edition("full", "harbourline/warehouse-rollout")
    (root,) = pdf.outline
    assert root.title == "Warehouse management rollout"
    titles = [heading.title.replace("\N{NO-BREAK SPACE}", " ") for heading in root.children]
    numbered = [title for title in titles if title[0].isdigit()]
    assert [int(title.split()[0]) for title in numbered] == list(range(1, len(numbered) + 1))
    assert len(numbered) > 8
    pages = [heading.page for heading in root.children]
    assert pages == sorted(pages)


def test_contents_name_the_page_of_each_section() -> None:
    """The page that a line of the contents states is the page of the bookmark."""
    pdf = edition("full", "harbourline/warehouse-rollout")
    first = " ".join(text_of(pdf, 0).split())
    for heading in pdf.outline[0].children:
        title = " ".join(heading.title.split())
        if title[0].isdigit():
            line = first[first.index(title) + len(title) :].lstrip(" .")
            assert line.startswith(str(heading.page))


def test_running_lines_say_what_the_page_belongs_to() -> None:
    """From the second page on, project and section stand above, report, version and number of the page below."""
    pdf = edition("full", "harbourline/warehouse-rollout")
    second = " ".join(text_of(pdf, 1).split())
    assert "Harbourline Logistics plc · Warehouse management rollout" in second
    assert "Tidewater Delivery · Report 12 · Status date 20 Nov 2026 · Version 4f2a9c1" in second
    assert f"Page 2 of {pdf.pages}" in second
    assert "Harbourline Logistics plc · Warehouse management rollout" not in text_of(pdf, 0)


def test_page_of_the_brief_edition_answers_the_reader() -> None:
    """Health, headline, needs, changes, figures, milestones, risks and the contact are read in this order."""
    told = " ".join(text_of(edition("brief", "harbourline/warehouse-rollout"), 0).split())
    at = 0
    for text in (
        "Report 12 · Status date 20 Nov 2026",
        "At risk",
        "Saltmere goes live on 25 January",
        "What we need from Harbourline",
        "Confirm the pack units of the 1,900 fast movers",
        "5 working days overdue",
        "What changed",
        "Gate ‘Pilot live’ was dropped",
        "3 more on the site",
        "Satisfaction",
        "Progress 64%",
        "Next gates",
        "Acceptance signed",
        "Top risks",
        "Questions: Ruth Calder",
        "status.example/acme/erp",
    ):
        assert text in told[at:], f"{text!r} is missing or stands before its place"
        at = told.index(text, at)


def every_block(setting: Setting) -> tuple[Block, ...]:
    """Make one block of each kind, and a plan that goes over several pages."""
    frame = setting.frame(setting.widths[0])
    rows = [
        GanttRow(f"t{n}", f"Task {n}", start=date(2026, 11, 2), finish=date(2026, 12, n % 28 + 1)) for n in range(60)
    ]
    charts = [
        draw_gantt(
            part, GanttWords("Plan", "Sixty tasks"), frame, setting.tick, status=date(2026, 11, 20), row_height=20
        )
        for part in (rows[:30], rows[30:])
    ]
    spark = draw_sparkline([Sample(date(2026, 11, n), n) for n in (1, 9)], "Course", "rising", setting.frame(64))
    cell = Cell("Rises **fast**", markdown=True)
    table = Table("Names", (Column("Name"), Column("Course", "chart")), (Row((Cell("A"), Cell("up", chart=spark))),))
    return (
        Figure(tuple(chart for chart in charts if chart), caption="How to read it", heading="Plan"),
        Prose("Some *words*.\n\n![A map](map.png)\n\n| a | b |\n|---|--:|\n| c | 1 |\n\n- item\n  - deeper", "Report"),
        Tiles(
            (Tile("KPI", "4.2", "of 5", "amber", "At risk", "target 5", spark, (("Owner", Cell("Ann")),)),) * 4, "KPIs"
        ),
        Pairs((("Label", Cell("Value", health="green")), ("Link", Cell("x", href="https://x.example"))), "Facts"),
        Table(
            "Text", (Column("Name"), Column("Text", "long")), (Row((Cell("B", note="n"), cell), depth=1, strong=True),)
        ),
        Beside(table, table, HALF, HALF, "Two"),
    )


def test_every_kind_of_block_can_be_printed() -> None:
    """Whatever a section is built of comes out accessible: long charts break between each other, images are shown."""
    setting = printed()
    report = full_report(project(), setting, IMPRINT)
    section = fit_section(Section("all", "All", "A finding.", "A note.", every_block(setting)))
    whole = replace(report, sections=(Numbered("all", "1 All", section),), contents=())
    pdf = made("full", whole, setting, {"map.png": "assets/map.png"})
    assert pdf.pages > 3
    report_of = validator.validate_pdf_bytes(pdf.content, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report_of.failures] == []


@pytest.mark.parametrize("tag", SHIPPED)
def test_registers_are_the_same_bytes_each_time(tag: str) -> None:
    """The same view gives the same file."""
    setting = printed(tag)
    first, second = (made("full", full_report(project(), setting, IMPRINT), setting).content for _ in range(2))
    assert first == second
