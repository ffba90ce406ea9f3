"""Both editions of every example in every shipped language, its own and the others, as files."""

from dataclasses import replace

import pytest
from printed_facts import broken_rules, first_words, foreign_fonts, out_of_order
from rich_workspace import with_dropped
from test_print_pdf import DROPPED, IMPRINT, SELECTORS, examples, made, setting_of

from kapm_site.language import SHIPPED
from kapm_site.pages.brief_room import brief_forms
from kapm_site.pages.full_report import full_report

pytestmark = pytest.mark.pdf


@pytest.mark.parametrize("tag", SHIPPED)
@pytest.mark.parametrize("selector", SELECTORS)
def test_reports_keep_what_they_promise_in_every_language(selector: str, tag: str) -> None:
    """No rule of PDF/UA-1 is broken, all fonts are inside, the text is read in its order, the brief one is a page."""
    view = with_dropped(replace(examples()[selector], language=tag), *DROPPED)
    setting = setting_of(view)
    assert setting.words.tag == tag
    report, forms = full_report(view, setting, IMPRINT), brief_forms(view, setting, IMPRINT)
    full, brief = made("full", report, setting), made("brief", forms[0], setting, None, *forms[1:])
    assert (broken_rules(full), broken_rules(brief)) == ([], [])
    assert (foreign_fonts(full), foreign_fonts(brief)) == ([], [])
    # What the shortest form says all forms say.
    assert (out_of_order(full, first_words(report)), out_of_order(brief, first_words(forms[-1]))) == ([], [])
    assert brief.pages == 1
