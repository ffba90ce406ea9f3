"""Both editions of every example in every shipped language, its own and the others, as files."""

from dataclasses import replace

import pytest
from printed_facts import broken_rules, first_words, foreign_fonts, out_of_order
from rich_workspace import with_dropped
from test_print_pdf import DROPPED, EDITIONS, IMPRINT, SELECTORS, examples, made, setting_of

from kapm_site.language import SHIPPED

pytestmark = pytest.mark.pdf


@pytest.mark.parametrize("tag", SHIPPED)
@pytest.mark.parametrize("selector", SELECTORS)
def test_reports_keep_what_they_promise_in_every_language(selector: str, tag: str) -> None:
    """No rule of PDF/UA-1 is broken, all fonts are inside, the text is read in its order, the brief one is a page."""
    view = with_dropped(replace(examples()[selector], language=tag), *DROPPED)
    setting = setting_of(view)
    assert setting.words.tag == tag
    reports = {name: build(view, setting, IMPRINT) for name, build in EDITIONS.items()}
    pdfs = {name: made(name, report, setting) for name, report in reports.items()}
    assert {name: broken_rules(pdf) for name, pdf in pdfs.items()} == {"full": [], "brief": []}
    assert {name: foreign_fonts(pdf) for name, pdf in pdfs.items()} == {"full": [], "brief": []}
    late = {name: out_of_order(pdf, first_words(reports[name])) for name, pdf in pdfs.items()}
    assert late == {"full": [], "brief": []}
    assert pdfs["brief"].pages == 1
