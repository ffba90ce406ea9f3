"""Printed pages of a project whose names and units are longer than any column: nothing leaves its place."""

from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument
from rich_workspace import project
from test_print_pdf import IMPRINT, boxes_of, made, made_of, setting_of, text_of

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
        assert IMPRINT.version and IMPRINT.version.commit in text_of(pdf, number)


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
