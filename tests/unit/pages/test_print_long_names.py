"""Printed pages of a project whose names and units are longer than any column: nothing leaves its place."""

from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument
from rich_workspace import FILES, project
from small_workspace import ERP
from test_print_pdf import IMPRINT, boxes_of, made, made_of, overlap, setting_of, text_of

from kapm_site.audience.views import ProjectView
from kapm_site.language import SHIPPED
from kapm_site.pages.full_report import full_report
from kapm_site.render.pdf import Pdf

pytestmark = pytest.mark.pdf

#: Margins of a page in points.
SIDE, TOP, FOOT = 14 * 72 / 25.4, 18 * 72 / 25.4, 16 * 72 / 25.4
LONG = {
    "en": "The consolidated warehouse management programme of the northern region with returns and spare parts ",
    "zh-CN": "北方区域仓储管理与配送整合升级项目含退货处理与备件物流以及各分公司结算服务系统切换",
    "de": "Die zusammengeführte Lagerverwaltungssystemeinführung der nördlichen Niederlassungen mit Rücksendungen ",
}


def long_named(tag: str) -> ProjectView:
    """Name the project, its client and who delivers it in two hundred characters each."""
    name = (LONG[tag] * 5)[:200]
    view = project()
    return replace(
        view,
        language=tag,
        name=f"P{name}",
        client_name=f"C{name}",
        organization=replace(view.organization, name=f"O{name}"),
    )


def outside(pdf: Pdf) -> list[tuple[int, str]]:
    """Name the runs of text that stand outside the margins at the sides, or leave the page above or below."""
    found = []
    for number in range(pdf.pages):
        page = PdfDocument(pdf.content)[number]
        text = page.get_textpage()
        for left, bottom, right, top in boxes_of(pdf, number):
            sides = left < SIDE - 1 or right > page.get_width() - SIDE + 1
            if sides or bottom < FOOT / 3 or top > page.get_height() - TOP / 3:
                found.append((number + 1, text.get_text_bounded(left, bottom, right, top)))
    return found


def headers(pdf: Pdf) -> list[str]:
    """Read what stands above the content of each page but the first, from left to right."""
    lines = []
    for number in range(1, pdf.pages):
        page = PdfDocument(pdf.content)[number]
        edge = page.get_height() - TOP
        boxes = sorted(box for box in boxes_of(pdf, number) if box[1] > edge)
        lines.append(" ".join(page.get_textpage().get_text_bounded(*box) for box in boxes))
    return lines


@pytest.mark.parametrize("tag", SHIPPED)
def test_running_lines_stay_on_one_line_within_the_margins(tag: str) -> None:
    """Names of two hundred characters are shortened: both are begun, the report and its version are still said."""
    view = long_named(tag)
    setting = setting_of(view)
    pdf = made("full", full_report(view, setting, IMPRINT), setting)
    assert outside(pdf) == []
    for number, line in enumerate(headers(pdf), 1):
        assert line.replace("...", "…").count("…") == 2  # the Chinese font has three full stops for it
        assert f"P{LONG[tag][:9]}".replace(" ", "") in line.replace(" ", "")
        assert IMPRINT.version is not None
        assert IMPRINT.version.commit in text_of(pdf, number)


def test_a_page_is_headed_by_the_section_it_begins_with() -> None:
    """That is the section that goes on from the page before, if one does."""
    pdf = made_of("full", project())
    sections = [heading for heading in pdf.outline[0].children if heading.title[0].isdigit()]
    for page, line in enumerate(headers(pdf), 2):
        new = [heading for heading in sections if heading.page == page]
        before = [heading for heading in sections if heading.page < page]
        first = " ".join(text_of(pdf, page - 1).split())
        begins = bool(new) and first.startswith(" ".join(new[0].title.split()))
        assert " ".join((new if begins else before[-1:])[0].title.split()) in " ".join(line.split())


COMPOUND = {
    "en": "Internationalisationwithoutanyblankbetweenitswords",
    "zh-CN": "客户满意度调查评估程序说明及其后续改进措施跟踪",
    "de": "Kundenzufriedenheitsbefragungsauswertungsverfahren",
}
UNIT = "Palettenstellplatzbewegungen/Schichtarbeitsstunde"


def crowded(tag: str) -> ProjectView:
    """Give eight key figures and three goals a name of one word and a unit as long as a line of their column."""
    kpis = "".join(
        f"  - {{id: k{n}, name: {COMPOUND[tag]} {COMPOUND[tag]}, unit: {UNIT}, direction: up, target: 9500000,"
        f" amber: 90, red: 80, values: {{2026-08: 81, 2026-09: 1234567.5, 2026-10: 9876543.21}}}}\n"
        for n in range(8)
    )
    goals = "".join(
        f"  - {{id: g{n}, statement: Halve the {COMPOUND[tag]}, due: 2027-01-04,"
        f" metric: {{name: Minutes, unit: {UNIT}, baseline: 8, target: 4, current: {4 + n}}}}}\n"
        for n in range(3)
    )
    charter = FILES[f"{ERP}/project.yaml"].replace("goals:\n", f"goals:\n{goals}")
    changed = {f"{ERP}/project.yaml": charter, f"{ERP}/kpis.yaml": f"audience: client\nkpis:\n{kpis}"}
    return replace(project(changed), language=tag)


@pytest.mark.parametrize("tag", SHIPPED)
@pytest.mark.parametrize("name", ["full", "brief"])
def test_long_words_and_units_break_in_their_column(name: str, tag: str) -> None:
    """No run of text stands in another, or beyond the margins."""
    pdf = made_of(name, crowded(tag))
    assert outside(pdf) == []
    for number in range(pdf.pages):
        boxes = boxes_of(pdf, number)
        pairs = [(a, b) for index, a in enumerate(boxes) for b in boxes[index + 1 :]]
        assert [pair for pair in pairs if overlap(*pair) > 1] == []


def test_a_printed_figure_begins_with_no_separator() -> None:
    """A share is never too long for its tile, yet a value of ten digits is: nothing stands before its target."""
    kpi = "{id: k, name: Share, unit: '%', direction: up, target: 9500000, values: {2026-10: 9876543}}"
    pdf = made_of("full", project({f"{ERP}/kpis.yaml": f"audience: client\nkpis:\n  - {kpi}\n"}))
    lines = [line.strip() for number in range(pdf.pages) for line in text_of(pdf, number).splitlines()]
    assert any(line.startswith("target 9,500,000%") for line in lines)
