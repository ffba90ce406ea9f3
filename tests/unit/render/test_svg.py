"""User SVG: rebuilt from plain parts, or refused with the reason."""

import re
import time
from io import BytesIO

import pytest
from lxml import etree

from kapm_site.problem import Mark
from kapm_site.render.images import Image, clean_image

MARK = Mark("projects/acme/client.yaml", 4, 9)
NAMESPACES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
)


def svg(body: str, attributes: str = 'viewBox="0 0 20 10"', before: str = "") -> bytes:
    """Wrap a body into an SVG file."""
    return f"{before}<svg {NAMESPACES} {attributes}>{body}</svg>".encode()


def clean(content: bytes) -> Image:
    """Clean an SVG that has nothing wrong."""
    image, problems = clean_image(content, MARK, "logo.svg")
    assert problems == []
    assert image is not None
    return image


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ('<path d="M0 0L20 10z" fill="#1d4e89"/>', '<path d="M0 0L20 10z" fill="#1d4e89"/>'),
        ('<g style="fill:#f00; stroke : none">x</g>', '<g fill="#f00" stroke="none">x</g>'),
        ('<rect fill="red" style="fill:blue" width="2"/>', '<rect fill="blue" width="2"/>'),
        ('<text font-family="Größe, serif">Größe 图</text>', '<text font-family="Größe, serif">Größe 图</text>'),
        ('<use xlink:href="#a"/><g id="a"/>', '<use href="#a"/><g id="a"/>'),
        (
            '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient><rect fill="url(#g)"/>',
            '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient><rect fill="url(#g)"/>',
        ),
        ("<title>Acme</title><desc>A logo</desc>", "<title>Acme</title><desc>A logo</desc>"),
        ("<!-- by Ann --><g/>", "<g/>"),
        ("<?pi x?><g/>", "<g/>"),
        ("<metadata><x>by Ann</x></metadata><g/>", "<g/>"),
        ('<inkscape:grid/><g inkscape:label="by Ann"/>', "<g/>"),
        ('<g onclick="alert(1)" onload="alert(1)" class="a" data-x="1" xml:base="//evil"/>', "<g/>"),
        ('<g style="background:url(//evil.example)"/>', "<g/>"),
        ('<g style="behavior:url(x.htc);-moz-binding:url(x);fill:red"/>', '<g fill="red"/>'),
        ('<g href=""/>', "<g/>"),
        ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script><g/>", "<g/>"),
        ("<h:iframe xmlns:h='http://www.w3.org/1999/xhtml' src='//evil.example'/><g/>", "<g/>"),
        ("<e:listener xmlns:e='http://www.w3.org/2001/xml-events' event='load' handler='//evil.example'/><g/>", "<g/>"),
        (
            "<text><![CDATA[</text><script>alert(1)</script>]]></text>",
            "<text>&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;</text>",
        ),
        ("<title>&lt;img src=x onerror=alert(1)&gt;</title>", "<title>&lt;img src=x onerror=alert(1)&gt;</title>"),
        ("<?xml-stylesheet href='//evil.example/x.css'?><g/>", "<g/>"),
        ('<svg onload="alert(1)" onbegin="alert(1)"><g onfocus="alert(1)" tabindex="0"/></svg>', "<svg><g/></svg>"),
    ],
)
@pytest.mark.promise("H4")
def test_harmless_parts_are_kept_and_the_rest_left_out(body: str, kept: str) -> None:
    """Shapes, text and gradients stay; what is invisible, runs or names its author goes."""
    content = clean(svg(body)).content.decode()
    assert content == f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{kept}</svg>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "<foreignObject>"),
        ('<image href="https://evil.example/x.png"/>', "<image>"),
        ('<image href="data:image/png;base64,AA"/>', "<image>"),
        ("<style>@import 'x'</style>", "<style>"),
        ('<a href="#x"><g/></a>', "<a>"),
        ('<animate attributeName="href" values="javascript:alert(1)"/>', "<animate>"),
        ('<set attributeName="onload" to="alert(1)"/>', "<set>"),
        ('<filter id="f"><feImage href="//evil"/></filter>', "<filter>"),
        ('<pattern id="p"/>', "<pattern>"),
        ('<animateTransform attributeName="transform" onbegin="alert(1)"/>', "<animateTransform>"),
        ('<animateMotion onend="alert(1)"/>', "<animateMotion>"),
        ("<handler type='text/javascript'>alert(1)</handler>", "<handler>"),
        ("<switch><g/></switch>", "<switch>"),
        ("<symbol><script>alert(1)</script></symbol>", "<script>"),
        ("<defs><foreignObject/></defs>", "<foreignObject>"),
        ("<SCRIPT>alert(1)</SCRIPT>", "<SCRIPT>"),
        ("<iframe src='//evil.example'/>", "<iframe>"),
        ("<video src='//evil.example'/>", "<video>"),
        ("<link xmlns='http://www.w3.org/2000/svg' href='//evil.example'/>", "<link>"),
        ('<use href="x.svg#a"/>', "x.svg#a"),
        ('<use href=" #a"/>', " #a"),
        ('<g href="https://evil.example"/>', "https://evil.example"),
        ('<linearGradient xlink:href="https://evil.example/x.svg#g"/>', "https://evil.example/x.svg#g"),
        ('<g clip-path="url(data:image/svg+xml,x#a)"/>', "data:image"),
        ('<g mask="url(&quot;#a&quot;) , url(//evil.example)"/>', "//evil.example"),
        ('<g fill="url(#a) url(javascript:alert(1))"/>', "javascript"),
        ('<rect fill="image-set(&quot;//evil.example&quot; 1x)"/>', "//evil.example"),
        ('<g fill="@import"/>', "@import"),
        ('<g id="x&quot; onload=&quot;alert(1)&gt;"/>', "onload"),
        ('<g fill="{}"/>', "{}"),
        ('<use href="https://evil.example/x.svg#a"/>', "https://evil.example/x.svg#a"),
        ('<use href="data:image/svg+xml,x#a"/>', "data:image"),
        ('<use xlink:href="javascript:alert(1)"/>', "javascript:alert(1)"),
        ('<rect fill="url(https://evil.example/x)"/>', "url(https://evil.example/x)"),
        ('<rect fill="URL( //evil.example )"/>', "//evil.example"),
        ('<rect style="fill:url(//evil.example)"/>', "//evil.example"),
        ('<rect fill="u\\72l(//evil.example)"/>', "\\72"),
        ('<rect fill="red;background:blue"/>', "red;background"),
        ('<rect fill="&lt;x>"/>', "<x>"),
        ('<g id="a"><use href="#a"/></g>', "chain"),
        ("".join(f'<g id="a{i}"><use href="#a{i + 1}"/><use href="#a{i + 1}"/></g>' for i in range(30)), "chain"),
        ('<use href="#a"/>' * 201, "200 references"),
        ("<g>" * 60 + "</g>" * 60, "nested"),
        ("<g/>" * 20_001, "20,000 elements"),
    ],
)
@pytest.mark.promise("H4")
def test_what_would_load_run_or_change_is_refused(body: str, reason: str) -> None:
    """An SVG that cannot be made safe without changing it is refused by the very thing."""
    image, [problem] = clean_image(svg(body), MARK, "logo.svg")
    assert image is None
    assert problem.code == "image-type"
    assert reason in problem.message


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ('<!ATTLIST g onload CDATA "alert(1)">', "<g/>"),
        ('<!ATTLIST svg onload CDATA "alert(1)">', ""),
        ('<!ATTLIST use href CDATA "https://evil.example/x.svg#a">', "<use/>"),
        ('<!ENTITY x "https://evil.example/x.svg#a">', '<use href="&x;"/>'),
        ('<!ENTITY x "javascript:alert(1)">', '<use xlink:href="&x;"/>'),
        ('<!ENTITY x "<script>alert(1)</script>">', "<g>&x;</g>"),
        ('<!ENTITY x SYSTEM "file:///etc/hostname">', '<g id="&x;"/>'),
        ("".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(9)), '<g id="&x8;"/>'),
        ("".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(9)), "<g>&x8;</g>"),
        (f'<!ENTITY x "{"a" * 100_000}">', f'<g id="{"&x;" * 5_000}"/>'),
    ],
)
@pytest.mark.promise("H4")
def test_nothing_comes_in_by_a_declaration(declared: str, body: str) -> None:
    """No attribute that a document type adds, no address or bomb in an entity; refused at once or left out."""
    begun = time.process_time()
    image, problems = clean_image(svg(body, before=f"<!DOCTYPE svg [{declared}]>"), MARK, "logo.svg")
    assert time.process_time() - begun < 1
    written = image.content if image else b""
    assert len(written) < 10_000
    assert not re.search(rb"alert|evil|DOCTYPE|ENTITY|root|&x", written)
    assert bool(problems) == (image is None)


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE svg [<!ENTITY x "&y;&y;&y;"><!ENTITY y "aaaaaaaaaa">]>',
        '<!DOCTYPE svg [<!ENTITY % p SYSTEM "https://evil.example/x.dtd">%p;<!ENTITY x "">]>',
    ],
)
def test_entities_are_not_resolved(before: str) -> None:
    """No file, no address and no bomb comes in by an entity."""
    image, [problem] = clean_image(svg("<text>&x;</text>", before=before), MARK, "logo.svg")
    assert image is None
    assert "entity" in problem.message.lower()


def test_a_document_type_alone_does_no_harm() -> None:
    """What drawing programs write at the top is accepted and left out."""
    before = (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
        ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    assert clean(svg("<g/>", before=before)).content.startswith(b"<svg")
    assert clean(b"\xef\xbb\xbf" + svg("<g/>")).suffix == ".svg"


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 20 10"', (20, 10)),
        ('width="40" height="20"', (40, 20)),
        ('width="40px" height="20px" viewBox="0 0 4 2"', (40, 20)),
        ('width="1in" height="25.4mm"', (96, 96)),
        ('width="100%" height="100%" viewBox="0,0,30,15"', (30, 15)),
        ('viewBox="-5 -5 20 10"', (20, 10)),
    ],
)
def test_size(attributes: str, size: tuple[int, int]) -> None:
    """Width and height are known for the page, by attribute or by box."""
    image = clean(svg("<g/>", attributes))
    assert (image.width, image.height) == size
    assert b"viewBox=" in image.content


@pytest.mark.parametrize(
    "attributes", ["", 'width="100%"', 'viewBox="0 0 0 0"', 'viewBox="x"', 'width="1e999" height="1"']
)
def test_no_size(attributes: str) -> None:
    """An SVG that no page could place is refused."""
    _, [problem] = clean_image(svg("<g/>", attributes), MARK, "logo.svg")
    assert "neither its size nor a viewBox" in problem.message


@pytest.mark.parametrize("content", [b"<svg", b"<svg><g></svg>", svg("<g>"), b'<svg xmlns="x"/>', b"<svg/>"])
def test_malformed(content: bytes) -> None:
    """What is no SVG document is refused and does not raise."""
    image, [problem] = clean_image(content, MARK, "logo.svg")
    assert image is None
    assert problem.code in ("image-broken", "image-type")


def test_the_result_is_an_svg_document() -> None:
    """What comes out is read again as what it was."""
    root = etree.parse(BytesIO(clean(svg("<g><path d='M0 0'/></g>")).content)).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert clean(clean(svg("<g/>")).content) == clean(svg("<g/>"))
