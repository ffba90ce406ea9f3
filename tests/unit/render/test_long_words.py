"""A page marks the words that no column has room for, and leaves all else as it is."""

import re

import pytest

from kapm_site.render.long_words import mark_long_words

LONG = "Zählerfernauslesungsinbetriebnahme"


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        (f"<td>{LONG}", [LONG]),
        (f"<p>Die {LONG}, und {LONG}.</p>", [f"{LONG},", f"{LONG}."]),
        (f"<p>系统{LONG}已上线</p>", [LONG]),
        (f"<p>vor-{LONG}-nach, in/{LONG}</p>", [f"vor-{LONG}-nach,", f"in/{LONG}"]),
        ("<p>ada.okafor.delivery@northwind.example</p>", ["ada.okafor.delivery@northwind.example"]),
        (f"<p>R&amp;D{LONG}&#34;</p>", [f"R&amp;D{LONG}&#34;"]),
        ("<p>Vertragsverlängerungsfris</p>", ["Vertragsverlängerungsfris"]),
        ("<p>Vertragsverlängerungsfri</p>", []),
        ("<p>Vertragsverlängerung-Vertragsverlängerung</p>", []),
        ("<p>abcdefghijklmnopqrst&amp;&amp;&amp;&amp;</p>", []),
        ("<p>需要在验收之前完成的所有系统集成测试和用户培训工作安排以及后续维护计划</p>", []),
        (f'<td data-label="{LONG}"><a href="#{LONG}" title="a {LONG}">x</a>', []),
        (f"<head><title>{LONG}</title></head><svg><text>{LONG}</text></svg><option>{LONG}</option>", []),
    ],
)
def test_only_words_of_more_than_24_letters_are_marked(html: str, marked: list[str]) -> None:
    """Where a line may end anyway, a word ends; attributes, drawings and what takes no markup stay as they are."""
    done = mark_long_words(html)
    assert re.findall('<span class="long">(.*?)</span>', done) == marked
    assert re.sub('<span class="long">(.*?)</span>', r"\1", done) == html
