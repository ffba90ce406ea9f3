"""What every report must be, asked of the file itself: accessible, whole without a font of the reader's, in order."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

import page as validator
import pikepdf
from pypdfium2 import PdfDocument

from kapm_site.pages.brief_report import BriefReport
from kapm_site.pages.full_report import FullReport
from kapm_site.render.pdf import Pdf

#: Where a line ends: spaces and the hyphens that only stand there.
_BREAKS = re.compile("[\\s\u00ad\u2010\\-\ufffe\u0002]+")


def broken_rules(pdf: Pdf) -> list[str]:
    """Name the rules of PDF/UA-1 that a report breaks, by an independent checker."""
    report = validator.validate_pdf_bytes(pdf.content, profile="ua1")
    assert report.rules.total > 100
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def foreign_fonts(pdf: Pdf) -> list[str]:
    """Name the fonts that a reader's machine would have to bring."""
    with pikepdf.open(BytesIO(pdf.content)) as document:
        fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        # A composite font is made of others, which are looked at themselves.
        own = [font for font in fonts if font.Subtype != "/Type0"]
        assert own
        return [str(font.BaseFont) for font in own if not _is_embedded(font)]


def _is_embedded(font: pikepdf.Dictionary) -> bool:
    return any(f"/FontFile{kind}" in font.get("/FontDescriptor", {}) for kind in ("", "2", "3"))


def text_of(pdf: Pdf) -> str:
    """Extract all text as a program does that reads the file aloud, without spaces and hyphens at ends of lines."""
    return _BREAKS.sub("", "".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf.content)))


def out_of_order(pdf: Pdf, sentences: Iterable[str]) -> list[str]:
    """Name the sentences that are not read where they should be: after those before them."""
    text, at, found = text_of(pdf), 0, []
    for sentence in filter(None, sentences):
        place = text.find(_BREAKS.sub("", sentence), at)
        if place < 0:
            found.append(sentence)
        at = max(at, place)
    return found


def first_words(report: FullReport | BriefReport) -> Iterator[str]:
    """Yield the headings of a report and what follows them first, in the order in which they are to be read."""
    opening = report.opening
    yield from (opening.title, opening.headline, opening.asks_title)
    yield from (ask.title for ask in opening.asks)
    if opening.changes:
        yield from (opening.changes.title, *opening.changes.lines[:1])
    if isinstance(report, FullReport):
        yield from (text for one in report.sections for text in (one.title, one.section.finding))
    else:
        yield from (part.title for part in report.parts)
