"""Chinese dates stay whole in print."""

import io

import pypdf

from kapm_site.problem import Mark
from kapm_site.render.dates import keep_dates_whole
from kapm_site.render.job import Job
from kapm_site.render.pdf import render_job

PAGE = '<!doctype html><html lang="zh-CN"><head><title>报告 2026年11月20日</title></head><body><p>{}</p></body></html>'
CSS = 'p { width: 14mm; font: 9pt "Kapm Sans", "Kapm Sans SC" }'


def lines(html: str) -> list[str]:
    """Set a page and read its lines."""
    pdf, problems = render_job(Job(html, CSS, {}, Mark("x")))
    assert problems == []
    assert pdf is not None
    return pypdf.PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().splitlines()


def test_a_date_is_not_divided() -> None:
    """A column that is too narrow for the text before it as well begins a line with the date; a search finds it."""
    page = PAGE.format("报告，2026年11月20日")
    assert "2026年11月20日" not in lines(page)
    assert "2026年11月20日" in lines(keep_dates_whole(page))


def test_nothing_else_changes() -> None:
    """Neither the title, which becomes the file's own, nor a page without such dates."""
    assert "<title>报告 2026年11月20日</title>" in keep_dates_whole(PAGE.format("3月"))
    page = PAGE.replace("年", "-").replace("月", "-").format("20 Nov 2026, 3 日")
    assert keep_dates_whole(page) == page
