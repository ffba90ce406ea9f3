"""PDF that hold what their document names and nothing else: no network, no file, no other client's picture."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from pypdf import PdfReader

from kapm_site.problem import Mark
from kapm_site.render.pdf import Job, Pdf, render_job

pytestmark = pytest.mark.pdf

Wrap = Callable[[str], Job]
Make = Callable[[Job], Pdf]


def links(content: bytes) -> list[str]:
    """List the addresses that a PDF links to."""
    found = [
        annotation.get_object() for page in PdfReader(BytesIO(content)).pages for annotation in page.get("/Annots", [])
    ]
    return [annotation["/A"]["/URI"] for annotation in found if "/A" in annotation]


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Open a web server and a file that no document may reach; yield their addresses and the requests."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(302 if "redirect" in self.path else 200)
            self.send_header("Location", (tmp_path / "secret.svg").as_uri())
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    (tmp_path / "secret.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">canary</text></svg>')
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", (tmp_path / "secret.svg").as_uri(), requests
        server.shutdown()


VECTORS = [
    '<img src="{url}" alt="x">',
    '<img src="{url}redirect" alt="x">',
    '<object data="{url}">x</object>',
    '<object data="{url}" type="image/svg+xml">x</object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<style>@import "{url}";</style>',
    "<style>@import url({url});</style>",
    "<style>@font-face{{font-family:x;src:url({url})}}p{{font-family:x}}</style><p>x</p>",
    '<style>@font-face{{font-family:x;src:local("DejaVu Sans")}}p{{font-family:x}}</style><p>x</p>',
    "<style>@color-profile --x{{src:url({url})}}</style>",
    '<p style="background:url({url})">x</p>',
    '<p style="background-image:url({url}),url({url}x)">x</p>',
    '<ul style="list-style-image:url({url})"><li>x</li></ul>',
    '<p style="border-image:url({url}) 1">x</p>',
    "<style>p::before{{content:url({url})}}</style><p>x</p>",
    "<style>@page{{background:url({url})}}</style>",
    '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{url}#x"/></svg>',
    '<svg width="9" height="9"><style>@import "{url}";</style><rect fill="url({url}#x)" width="9" height="9"/></svg>',
    """<img alt="x" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{url}'/></svg>">""",
    '<base href="{url}"><img src="x.png" alt="x">',
    '<img src="{url}" srcset="{url} 2x" alt="x">',
    '<input type="image" src="{url}">',
    '<video poster="{url}"></video>',
]


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.promise("H5")
def test_nothing_outside_is_fetched(vector: str, wrap: Wrap, outside: tuple[str, str, list[str]]) -> None:
    """No element, style or picture of a document reaches a network or a file."""
    address, file, requests = outside
    for url in (address, file, "/etc/hostname", "ftp://127.0.0.1/x"):
        made, _ = render_job(wrap(vector.format(url=url)))
        if made is not None:
            reader = PdfReader(BytesIO(made.content))
            assert "canary" not in "".join(page.extract_text() for page in reader.pages)
            assert not reader.attachments
    assert requests == []


@pytest.mark.parametrize(
    "name",
    ["https://a.example/x.png", "file:///etc/hostname", "data:image/png;base64,AA", "../logo.png", "/assets/logo.png"],
)
def test_a_refused_file_is_a_problem(name: str, wrap: Wrap) -> None:
    """A picture that is not among the document's files is told."""
    made, [problem] = render_job(replace(wrap(f'<img src="{name}" alt="x">'), mark=Mark("projects/acme/erp", 3)))
    assert made is not None
    assert (problem.mark, problem.code, problem.severity) == (Mark("projects/acme/erp", 3), "pdf-warning", "warning")
    assert name in problem.message


def test_files_of_another_document_are_not_served(wrap: Wrap, make: Make) -> None:
    """A picture that one client's report showed is not to be had by the next document of the process."""
    body = '<img src="assets/logo.png" alt="x">'
    make(wrap(body))
    other, [problem] = render_job(replace(wrap(body), assets={"assets/else.png": b"x"}))
    assert other is not None
    assert "not one of the document's own files" in problem.message
    assert b"/Image" not in other.content


@pytest.mark.promise("H3")
def test_only_harmless_links_are_written(wrap: Wrap, make: Make) -> None:
    """A PDF links to the web and to mail addresses, and to its own headings."""
    targets = ["https://a.example", "mailto:a@a.example", "#here", "javascript:alert(1)", " JAVASCRIPT:x", "file:///x"]
    targets += ["\tjava\nscript:x", "data:text/html,x", "//evil.example", "other.pdf", "vbscript:x", "kapm:/x", ""]
    body = '<h2 id="here">x</h2>' + "".join(f'<p><a href="{target}">x</a></p>' for target in targets)
    assert links(make(wrap(body)).content) == ["https://a.example", "mailto:a@a.example"]


@pytest.mark.parametrize("element", ['<a rel="attachment" href="{}">x</a>', '<link rel="attachment" href="{}">'])
def test_nothing_is_attached_by_a_link(element: str, wrap: Wrap, make: Make) -> None:
    """Only the caller attaches files: the engine would date those of a link by the clock."""
    content = make(wrap(element.format("assets/logo.png"))).content
    assert not PdfReader(BytesIO(content)).attachments
