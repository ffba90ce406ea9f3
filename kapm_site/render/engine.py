"""WeasyPrint, held to our files alone; import it only through `kapm_site.render.pango`.

What is costly and the same for every document lives as long as the process: fonts, parsed style sheets, images.
"""

import gc
import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from weasyprint import CSS, Attachment
from weasyprint.css.counters import CounterStyle
from weasyprint.images import SVGImage
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from kapm_site.render.document import Document
from kapm_site.render.finisher import finish, has_doubtful_end
from kapm_site.render.fonts import font_face_rules, font_files
from kapm_site.render.job import Heading, Job, Pdf
from kapm_site.render.pango import own_fontconfig

_MM = 25.4 / 96
_FEW = 80  # millimetres on a last page that may be saved by setting all pages closer
_MOST_ATTEMPTS = 5  # one in a hundred archives needs a second
_BASE = "kapm:/"
_FONTS = f"{_BASE}fonts/"
_LINKS = ("http://", "https://", "mailto:", "#")
_TYPES = {".css": "text/css", ".svg": "image/svg+xml"}


def render(job: Job) -> tuple[Pdf, list[logging.LogRecord]]:
    """Lay out and write one PDF.

    Returns:
        The PDF, and what WeasyPrint had to say about it.

    Raises:
        Exception: WeasyPrint gave up; it has no class of its own for that.
    """
    with _records() as records, _collect_garbage_later():
        return _render(job, records)


def _render(job: Job, records: list[logging.LogRecord]) -> tuple[Pdf, list[logging.LogRecord]]:
    for text in (job.html, *job.shorter):
        records.clear()
        html = Document(text, _BASE, _Files(job.assets))
        _cut_links(html.etree_element)
        document = _lay_out(html, job)
        if len(document.pages) == 1:
            break
    if not job.single and len(document.pages) > 1 and _extent(document.pages[-1]) < _FEW:
        told_once = len(records)
        document = _closer(document, html, job)
        del records[told_once:]
    content = _write(document, job)
    outline = _headings(document.make_bookmark_tree())
    told = _without_decoration(records, html.etree_element)
    log = tuple(record.getMessage() for record in told)
    surplus = sum(map(_extent, document.pages[1:])) if job.single else 0.0
    return Pdf(content, len(document.pages), outline, log, surplus), told


def _closer(document: Any, html: Any, job: Job) -> Any:
    """Set a document closer, as its style sheet has it for `tight`, if that saves its last page."""
    body = html.etree_element.find("body")
    body.set("class", f"{body.get('class', '')} tight".strip())
    other = _lay_out(html, job)
    return other if len(other.pages) < len(document.pages) else document


class _Files(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the files of one document by their relative address, and nothing else on earth."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files = files

    def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002 - its parent's signature
        name = unquote(url.removeprefix(_BASE))
        if name not in self.files:
            raise ValueError("it is not one of the document's own files")
        suffix = name[name.rfind(".") :].lower()
        kind = _TYPES.get(suffix, "application/octet-stream")
        return URLFetcherResponse(_BASE + name, self.files[name], {"Content-Type": kind})


def _lay_out(html: Any, job: Job) -> Any:
    fonts, faces = _new_fonts() if "@font-face" in job.css.lower() else _fonts()
    style, counters = _read_style(job, fonts)
    images = _images(frozenset(job.assets.items()))
    document = html.render(
        font_config=fonts,
        counter_style=counters.copy(),
        stylesheets=[faces, style],
        cache=images,
        pdf_variant=job.variant,
    )
    for address in [address for address, image in images.items() if isinstance(image, SVGImage)]:
        del images[address]  # it would keep the whole document it was first drawn in
    return document


def _extent(page: Any) -> float:
    """Measure how far down a page its content reaches, in millimetres from the upper margin."""
    box = page._page_box  # noqa: SLF001 - there is no public way to ask
    inside = (child for child in box.children[0].descendants() if child.is_in_normal_flow())
    ends = (child.position_y + child.margin_height() for child in inside)
    return float(max(ends, default=0.0) - box.content_box_y()) * _MM


def _write(document: Any, job: Job) -> bytes:
    archive = job.variant == "pdf/a-3a"
    content = b""
    for attempt in range(_MOST_ATTEMPTS):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
            content = document.write_pdf(
                finisher=lambda _, pdf, attempt=attempt: finish(pdf, archive=archive, attempt=attempt),
                pdf_variant=job.variant,
                attachments=[_attachment(one) for one in job.attachments],
            )
        if not (archive and has_doubtful_end(content)):
            break
    return content


@cache
def _fonts() -> tuple[Any, Any]:
    """Load the bundled fonts once a process; a style sheet with fonts of its own gets a set of its own."""
    return _new_fonts()


def _new_fonts() -> tuple[Any, Any]:
    with own_fontconfig():
        fonts = FontConfiguration()
    files = _Files({f"fonts/{name}": content for name, content in font_files().items()})
    faces = CSS(string=font_face_rules(_FONTS), base_url=_BASE, url_fetcher=files, font_config=fonts)
    files.files = {}  # Fontconfig has its own copies now
    return fonts, faces


def _read_style(job: Job, fonts: Any) -> tuple[Any, Any]:
    """Parse the print style sheet, once a process if it stands alone."""
    if re.search("@font-face|@import", job.css, re.IGNORECASE):
        return _parse_style(job.css, job.assets, fonts)
    return _shared_style(job.css)


@lru_cache(maxsize=16)
def _shared_style(css: str) -> tuple[Any, Any]:
    return _parse_style(css, {}, _fonts()[0])


def _parse_style(css: str, assets: Mapping[str, bytes], fonts: Any) -> tuple[Any, Any]:
    counters = CounterStyle()
    sheet = CSS(string=css, base_url=_BASE, url_fetcher=_Files(assets), font_config=fonts, counter_style=counters)
    return sheet, counters


@lru_cache(maxsize=4)
def _images(files: frozenset[tuple[str, bytes]]) -> dict[str, Any]:  # noqa: ARG001 - the key
    """Keep decoded images for documents with the very same files: one client's never serve another's page."""
    return {}


def _cut_links(root: Element) -> None:
    """Remove link targets that a PDF would carry out unasked, such as `javascript:` and `file:`.

    Attachments by link go as well: WeasyPrint would date them by the clock.
    """
    for element in root.iter():
        target = element.get("href", "").strip().lower()
        if element.tag in ("a", "area") and not target.startswith(_LINKS):
            element.attrib.pop("href", None)
        if element.tag in ("a", "link") and "attachment" in element.get("rel", "").lower():
            del element.attrib["rel"]


def _attachment(one: Any) -> Any:
    return Attachment(
        string=one.content,
        name=one.name,
        description=one.description,
        created=one.created,
        modified=one.created,
        relationship=one.relationship,
    )


def _headings(tree: list[Any]) -> tuple[Heading, ...]:
    return tuple(Heading(label, target[0] + 1, _headings(children)) for label, target, children, _ in tree)


def _without_decoration(records: list[logging.LogRecord], root: Element) -> list[logging.LogRecord]:
    """Drop complaints of images that say by an empty `alt` that they need no description."""
    if any(image.get("alt") is None for image in root.iter("img")):
        return records
    return [record for record in records if "has no required alt description" not in str(record.msg)]


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _records() -> Iterator[list[logging.LogRecord]]:
    logger = logging.getLogger("weasyprint")
    collector = _Collector()
    level = logger.level
    logger.addHandler(collector)
    logger.setLevel(logging.WARNING)
    try:
        yield collector.records
    finally:
        logger.removeHandler(collector)
        logger.setLevel(level)


@contextmanager
def _collect_garbage_later() -> Iterator[None]:
    """Collect once after a document, not during: a tenth of the time, and memory stays level."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
        gc.collect(0)  # all that the document left lies in the youngest generation
