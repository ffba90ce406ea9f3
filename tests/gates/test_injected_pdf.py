"""Whatever people type stays text in the PDF reports too: nothing runs, opens, sends, is fetched or comes along."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject
from pypdfium2 import PdfDocument

from tests.gates.injected import TURNS, Payloads, run_unruled, workspace, write
from tests.gates.sites import DATE

pytestmark = pytest.mark.pdf

#: Keys and kinds of objects by which a PDF does something, or holds a file.
ACTIVE = {
    *("/AA", "/AcroForm", "/JS", "/JavaScript", "/XFA", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData"),
    *("/Movie", "/Sound", "/Rendition", "/RichMedia", "/3D", "/EmbeddedFile", "/EmbeddedFiles", "/Filespec", "/Widget"),
    *("/AF", "/Collection", "/Named", "/Hide", "/Trans", "/Thread", "/FileAttachment", "/Screen"),
}
LINK = re.compile(r"https?://[^\s/\\]|mailto:\S", re.IGNORECASE)


@contextmanager
def proxy() -> Iterator[tuple[str, list[str]]]:
    """Stand where all that is asked of any host comes by; yields the address and what was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def refuse(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_error(502)

        do_GET = do_HEAD = do_POST = do_CONNECT = refuse  # noqa: N815 so the server looks them up

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.mark.parametrize("turn", range(TURNS))
@pytest.mark.parametrize("edition", ["full", "brief"])
@pytest.mark.promise("H2")
@pytest.mark.promise("H3")
@pytest.mark.promise("H5")
def test_a_report_full_of_payloads_is_paper(tmp_path: Path, edition: str, turn: int) -> None:
    """Every object of it is looked at."""
    write(tmp_path, workspace(Payloads(turn, TURNS, together=1)))
    file = tmp_path / "report.pdf"
    with proxy() as (address, asked):
        proxies = {f"{scheme}_proxy": address for scheme in ("http", "https", "ftp", "all")}
        arguments = ("pdf", "acme/p0", "--edition", edition, "-o", str(file), "--status-date", DATE)
        run_unruled(tmp_path, *arguments, **proxies, no_proxy="")
    assert asked == []
    reader = PdfReader(file)
    objects = [IndirectObject(number, 0, reader).get_object() for number in range(1, int(reader.trailer["/Size"]))]
    links = 0
    for part in (part for one in objects for part in dictionaries(one)):
        names = {*part, *(str(part.raw_get(key)) for key in ("/S", "/Type", "/Subtype") if key in part)}
        assert not names & ACTIVE, part
        if "/A" in part and "/URI" in part["/A"]:
            links += 1
            assert LINK.match(part["/A"]["/URI"]), part
            assert part["/A"]["/S"] == "/URI"
    assert links > 0 or edition == "brief"
    assert "/OpenAction" not in reader.root_object
    assert not reader.attachments
    etree.fromstring(reader.root_object["/Metadata"].get_object().get_data())
    text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(file))
    assert text.count("__pwned") > (50 if edition == "full" else 5)


def dictionaries(one: Any) -> Iterator[DictionaryObject]:
    """Walk the dictionaries that stand within an object; what it refers to is an object of its own."""
    if isinstance(one, DictionaryObject):
        yield one
        for value in one.values():
            yield from dictionaries(value)
    elif isinstance(one, ArrayObject):
        for value in one:
            yield from dictionaries(value)
