import base64
import io
import json
from collections.abc import Callable
from html import escape
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from kapm_site.problem import Mark, Problem
from kapm_site.publish import Secrets
from kapm_site.publish.audit import canonical
from kapm_site.publish.audit.canonical import windows
from kapm_site.publish.audit.search import Hit, Root, examine, find_matches, forbidden, hits_among, readable

Audit = Callable[..., list[Problem]]
MakeSecrets = Callable[..., Secrets]

HIDDEN = "Müller & Söhne wants out"
PAGE = "<!DOCTYPE html><html lang=en><head><title>ERP</title></head><body>{}</body></html>"


def _page(body: str) -> str:
    return PAGE.format(body)


def _png(**text: str) -> bytes:
    stream = io.BytesIO()
    info = PngImagePlugin.PngInfo()
    for key, value in text.items():
        info.add_text(key, value, zip=True)
    Image.new("RGB", (2, 2)).save(stream, "PNG", pnginfo=info)
    return stream.getvalue()


def _photo(kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, kind, **options)
    return stream.getvalue()


def _exif(tag: int, value: object) -> Image.Exif:
    data = Image.Exif()
    data[tag] = value
    return data


ESCAPED = "".join(character if character.isascii() else f"\\u{ord(character):04x}" for character in HIDDEN)
CSS_ESCAPED = "".join(character if character.isascii() else f"\\{ord(character):x} " for character in HIDDEN)
HTML_ESCAPED = "".join(f"&#x{ord(character):x};" for character in HIDDEN)
IN_MARKUP = HIDDEN.replace("&", "&amp;")
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
XHTML = '<feed xmlns:h="http://www.w3.org/1999/xhtml">{}</feed>'
FEED = "<feed><entry><content type='html'>{}</content></entry></feed>"
DATA_URI = "data:image/svg+xml;base64," + base64.b64encode(f"<svg><text>{HIDDEN}</text></svg>".encode()).decode()

# Where a text may hide, by file: what it is called, and the content that holds it.
HIDING_PLACES: dict[str, tuple[str, str | bytes]] = {
    "html text": ("index.html", _page(f"<p>They say {IN_MARKUP}.</p>")),
    "html references": ("index.html", _page(f"<p>{HTML_ESCAPED}</p>")),
    "html markup in a word": ("index.html", _page("Mü<b>ll</b>er &amp; S<i>öh</i>ne wa<!----> nts <a href=#>o</a>ut")),
    "html upper case": ("index.html", _page(f"<p>{HIDDEN.upper()}")),
    "html line breaks": ("index.html", _page("<p>Müller\n  &amp; Söh\u00adne\u00a0wants<br>out")),
    "html attribute": ("index.html", _page(f'<p title="{IN_MARKUP}">x')),
    "html data attribute": ("index.html", _page(f"<p data-x='{HIDDEN}'>x")),
    "html attribute given twice": ("index.html", _page(f"<p title='x' title='{HTML_ESCAPED}'>x")),
    "html geometry attribute": ("index.html", _page(f'<svg><path d="{HIDDEN}"/></svg>')),
    "html comment": ("index.html", _page(f"<!-- {HIDDEN} -->")),
    "html comment after the end": ("index.html", _page("x") + f"<!-- {HIDDEN} -->"),
    "html comment before the start": ("index.html", f"<!-- {HIDDEN} -->" + _page("x")),
    "html document type": ("index.html", f'<!DOCTYPE html PUBLIC "{HIDDEN}" "">' + _page("x")[15:]),
    "html title": ("index.html", _page("").replace("ERP", HIDDEN)),
    "html meta": ("index.html", _page("").replace("<title>", f'<meta name=x content="{HIDDEN}"><title>')),
    "html script": ("index.html", _page(f'<script>var a = "{ESCAPED}";</script>')),
    "html script data": ("index.html", _page(f'<script type="application/json">{json.dumps([HIDDEN])}</script>')),
    "html style": ("index.html", _page(f'<style>p:before{{content:"{CSS_ESCAPED}"}}</style>')),
    "html template": ("index.html", _page(f"<template><p>{HIDDEN}</p></template>")),
    "html hidden": ("index.html", _page(f"<p hidden>{HIDDEN}</p>")),
    "html svg title": ("index.html", _page(f"<svg><title>{HIDDEN}</title></svg>")),
    "html svg text": ("index.html", _page("<svg><text>Müller &amp; <tspan>Söhne</tspan> wants out</text></svg>")),
    "html link": ("index.html", _page(f'<a href="mailto:a@acme.example?subject={quote(HIDDEN)}">mail</a>')),
    "html data uri": ("index.html", _page(f'<img alt="" src="{DATA_URI}">')),
    "html deep": ("index.html", _page("<div>" * 400 + HIDDEN + "</div>" * 400)),
    "css": ("assets/0123456789ab.css", f"/* {HIDDEN} */"),
    "css escapes": ("assets/0123456789ab.css", f'p:before{{content:"{CSS_ESCAPED}"}}'),
    "css data uri": ("assets/0123456789ab.css", f'p{{background:url("data:image/svg+xml,{quote(HIDDEN)}")}}'),
    "js": ("assets/0123456789ab.js", f"// {HIDDEN}"),
    "js escapes": ("assets/0123456789ab.js", f"x = '{ESCAPED}'"),
    "json value": ("status.json", json.dumps({"risks": [{"title": HIDDEN}]})),
    "json key": ("status.json", json.dumps({HIDDEN: 1})),
    "json repeated key": ("status.json", f'{{"a": {json.dumps(HIDDEN)}, "a": 1}}'),
    "csv": ("tasks.csv", f'id,name\n1,"{HIDDEN}"\n'),
    "csv guarded": ("tasks.csv", f"id,name\n1,'{HIDDEN}\n"),
    "ics": ("milestones.ics", "BEGIN:VCALENDAR\r\nSUMMARY:Müller & Sö\r\n hne wants\\n out\r\nEND:VCALENDAR\r\n"),
    "ics parameter": ("milestones.ics", f'BEGIN:VCALENDAR\r\nORGANIZER;CN="{HIDDEN}":mailto:x@acme.example\r\n'),
    "atom": ("feed.xml", f"<feed><entry><title>{IN_MARKUP}</title></entry></feed>"),
    "atom escaped html": ("feed.xml", FEED.format(escape("Mül<b>ler</b> &amp; Söhne wants out"))),
    "atom escaped attribute": ("feed.xml", FEED.format(escape(f"<p title='{IN_MARKUP}'>x"))),
    "atom xhtml": ("feed.xml", XHTML.format("<h:p>Mül<h:b>ler</h:b> &amp; Söhne wants out</h:p>")),
    "atom cdata": ("feed.xml", f"<feed><title><![CDATA[{HIDDEN}]]></title></feed>"),
    "svg": ("assets/0123456789ab.svg", SVG.format("<text>Müller &amp; <tspan>Söhne</tspan> wants out</text>")),
    "svg metadata": ("assets/0123456789ab.svg", SVG.format(f"<metadata>{IN_MARKUP}</metadata>")),
    "headers": ("_headers", f"/*\n  X-Note: {HIDDEN}\n"),
    "text": ("notes.txt", "Müller & Söhne\nwants out\n"),
    "font": ("assets/0123456789ab.woff2", b"wOF2\x00\x01" + HIDDEN.encode() + b"\x00"),
    "font in utf-16": ("assets/0123456789ab.ttf", b"\x00\x01\x00\x00" + HIDDEN.encode("utf-16-le")),
    "png text": ("assets/0123456789ab.png", _png(Comment=HIDDEN)),
    "png bytes at the end": ("assets/0123456789ab.png", _png() + HIDDEN.encode()),
    "jpeg comment": ("assets/0123456789ab.jpg", _photo("JPEG", comment=HIDDEN.encode())),
    "jpeg exif": ("assets/0123456789ab.jpg", _photo("JPEG", exif=_exif(0x010E, HIDDEN.encode()))),
    "jpeg exif of windows": ("assets/0123456789ab.jpg", _photo("JPEG", exif=_exif(0x9C9B, HIDDEN.encode("utf-16-le")))),
    "webp exif": ("assets/0123456789ab.webp", _photo("WEBP", exif=_exif(0x013B, HIDDEN.encode("latin-1")).tobytes())),
    "webp xmp": ("assets/0123456789ab.webp", _photo("WEBP", xmp=f"<x>{HIDDEN}</x>".encode())),
    "gif comment": ("assets/0123456789ab.gif", _photo("GIF", comment=HIDDEN.encode())),
    "file name": (f"{HIDDEN}.html", _page("x")),
    "folder name": ("muller/mullersohnewantsout/index.html", _page("x")),
}  # fmt: skip


@pytest.mark.promise("A1")
@pytest.mark.parametrize("place", HIDING_PLACES)
def test_a_leak_is_found_in_every_hiding_place(audit: Audit, secrets: MakeSecrets, place: str) -> None:
    """An internal text is found wherever a reader of the file could find it, and its source is named."""
    name, content = HIDING_PLACES[place]
    text = "Mullersohne wants out" if place == "folder name" else HIDDEN
    problems = audit({f"clients/acme/{name}": content}, secrets(("Harmless", None), (text, "acme")))
    leaks = [problem for problem in problems if problem.code == "leak"]
    assert [leak.related[0].mark for leak in leaks] == [Mark("projects/acme/erp/risks.yaml", 2)]
    assert leaks[0].mark.path == f"site/clients/acme/{name}"
    assert "which is internal" in leaks[0].message


@pytest.mark.parametrize("place", HIDING_PLACES)
def test_the_same_text_allowed_is_no_leak(audit: Audit, secrets: MakeSecrets, place: str) -> None:
    """What the client may read is no leak in any of these places."""
    name, content = HIDING_PLACES[place]
    allowed = {"acme": [f"In the client's words: {HIDDEN}, Mullersohne wants out."], "globex": ()}
    problems = audit({f"clients/acme/{name}": content}, secrets((HIDDEN, "acme"), allowed=allowed))
    assert [problem for problem in problems if problem.code == "leak"] == []


@pytest.mark.promise("A1")
def test_a_text_of_another_client_is_foreign(audit: Audit, secrets: MakeSecrets) -> None:
    """What globex may read itself is a leak on acme's page and none on its own."""
    texts = secrets((HIDDEN, "globex"), allowed={"acme": (), "globex": (HIDDEN,)})
    content = _page(f"<p>{HIDDEN}</p>")
    problems = audit({"clients/acme/index.html": content, "clients/globex/index.html": content}, texts)
    assert [(problem.mark.path, problem.code) for problem in problems] == [("site/clients/acme/index.html", "leak")]
    assert "belongs to client 'globex'" in problems[0].message


def test_the_internal_pages_may_say_everything(audit: Audit, secrets: MakeSecrets) -> None:
    """Only clients' folders are searched."""
    assert audit({"internal/index.html": _page(HIDDEN)}, secrets((HIDDEN, "acme"))) == []


def test_a_leak_tells_its_line_and_place(audit: Audit, secrets: MakeSecrets) -> None:
    """The problem points to the line of the page and says what there holds the text."""
    content = f"<!DOCTYPE html>\n<html>\n<body>\n<p>a</p>\n<p title='{HIDDEN}'>b</p>\n</body></html>"
    (problem,) = audit({"clients/acme/index.html": content}, secrets((HIDDEN, None)))
    assert problem.mark == Mark("site/clients/acme/index.html", 5)
    assert problem.message == f"attribute title of <p> holds '{HIDDEN}', which is internal"


def test_one_source_is_told_once_a_file(audit: Audit, secrets: MakeSecrets) -> None:
    """A long note found in many parts and places of a file is one problem."""
    note = "The sponsor doubts that the steering group will ever decide. " * 5
    problems = audit({"clients/acme/index.html": _page(f"<p>{note}</p><p title='{note}'>")}, secrets((note, "acme")))
    assert [problem.code for problem in problems] == ["leak"]


NOTE = """Margin is **below nine percent**, see [the sheet](https://vendor.example/margin) of today.

1. Do not tell the sponsor before the steering group has met
2. Ask Wei Zhang | Hanna Lind

> The renewal hangs on this one,
> says our account manager in private
"""


@pytest.mark.promise("A1")
@pytest.mark.parametrize(
    "quoted",
    [
        "Margin is <strong>below nine percent</strong>",
        "<a href='https://vendor.example/margin'>here</a>",
        "<ol><li>Do not tell the sponsor before the steering group has met</li></ol>",
        "Do not tell the sponsor before the steer…",
        "tell the sponsor before the steering group has met",
        "<td>Hanna Lind</td>",
        "<blockquote>The renewal hangs on this one, says our account manager in private",
    ],
)
def test_a_part_of_a_note_is_found(audit: Audit, secrets: MakeSecrets, quoted: str) -> None:
    """Rendered, quoted, cut off or split into cells, a Markdown note is recognised."""
    problems = audit({"clients/acme/index.html": _page(f"<p>{quoted}</p>")}, secrets((NOTE, "acme")))
    assert [problem.code for problem in problems] == ["leak"]


def test_a_note_that_the_client_may_read_is_rendered_freely(audit: Audit, secrets: MakeSecrets) -> None:
    """A client's own note may be rendered in any way, though parts of it are internal elsewhere."""
    body = """<p>Margin is <strong>below nine percent</strong>, see
    <a href="https://vendor.example/margin">the sheet</a> of today.</p>
    <ol><li>Do not tell the sponsor before the steering group has met</li><li>Ask Wei Zhang | Hanna Lind</li></ol>
    <blockquote>The renewal hangs on this one, says our account manager in private</blockquote>"""
    texts = secrets(
        (NOTE, "acme"),
        ("the sheet of today", "globex"),
        ("this one, says our account manager", "globex"),
        allowed={"acme": [NOTE], "globex": ()},
    )
    assert audit({"clients/acme/index.html": _page(body)}, texts) == []


def test_common_words_are_no_leak(audit: Audit, secrets: MakeSecrets) -> None:
    """A task called like a label of the page does not stop its publishing."""
    texts = secrets(("Milestones", "acme"), ("next report", "globex"), common=("Milestones", "Next report: {date}"))
    assert audit({"clients/acme/index.html": _page("<h2>Milestones</h2><p>Next report</p>")}, texts) == []


@pytest.mark.parametrize("text", ["ERP", "Anna", "20%", "2026-11-20", "+49 30 1234567", "12", "王", "---", ""])
def test_what_is_too_short_or_has_no_letter_tells_nothing(audit: Audit, secrets: MakeSecrets, text: str) -> None:
    """Five letters, one ideograph, a date or a bare number stand on any page by chance."""
    assert audit({"clients/acme/index.html": _page(f"<p>{text}</p>")}, secrets((text, "acme"))) == []


@pytest.mark.parametrize("text", ["Fusion", "王芳", "Зоя К", "張偉先生"])
def test_a_short_name_counts(audit: Audit, secrets: MakeSecrets, text: str) -> None:
    """Six letters or a Chinese name of two are enough."""
    problems = audit({"clients/acme/index.html": _page(f"<td>{text}</td>")}, secrets((text, "acme")))
    assert [problem.code for problem in problems] == ["leak"]


@pytest.mark.promise("A1")
@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("412345", "412345"),
        ("412345", "412,345"),
        ("412345", "€412,345.00"),
        ("412345", "412.345 €"),
        ("412345", "412\u202f345,00 €"),
        ("412345", "412'345"),
        ("412345", "¥412,345"),
        ("412345", "共412,345元"),
        ("1412345.60", "1,412,345.60"),
        ("1412345.60", "1.412.345,6"),
        ("1412345.60", "1,412,346"),
        ("-41234", "41,234"),
        ("500000", "<td>500,000</td>"),
    ],
)
def test_an_internal_amount_is_found_in_any_grouping(
    audit: Audit, secrets: MakeSecrets, typed: str, printed: str
) -> None:
    """A number is recognised however a language prints it, and rounded to whole units."""
    problems = audit({"clients/acme/index.html": _page(f"<p>Cost {printed}</p>")}, secrets((typed, "acme")))
    assert [problem.code for problem in problems] == ["leak"]


@pytest.mark.parametrize("printed", ["412,346", "1412345", "4123456", "x412345", "41234", "a4f412345c", "412345_2"])
def test_another_number_is_no_leak(audit: Audit, secrets: MakeSecrets, printed: str) -> None:
    """A number that merely contains the digits, or an id that does, is not the amount."""
    assert audit({"clients/acme/index.html": _page(f"<p>{printed}</p>")}, secrets(("412345", "acme"))) == []


def test_an_amount_that_the_client_may_read_is_no_leak(audit: Audit, secrets: MakeSecrets) -> None:
    """A sum that the client sees may equal an entry that it doesn't."""
    texts = secrets(("412345", "acme"), allowed={"acme": ["412345.00"], "globex": ()})
    assert audit({"clients/acme/index.html": _page("<p>412,345 and 412.345,00 €")}, texts) == []


def test_the_labels_of_an_axis_are_no_amounts(audit: Audit, secrets: MakeSecrets) -> None:
    """A round number in a drawing, and a coordinate, measure the drawing; an odd one is a figure."""
    chart = '<svg viewBox="0 0 412345 10"><path d="M412345 3L4 5"/><text x="412345">{}</text></svg>'
    texts = secrets(("412345", "acme"), ("500000", "acme"))
    assert audit({"clients/acme/index.html": _page(chart.format("500,000"))}, texts) == []
    problems = audit({"clients/acme/index.html": _page(chart.format("412,345"))}, texts)
    assert [problem.code for problem in problems] == ["leak"]


def test_numbers_of_json_are_searched(audit: Audit, secrets: MakeSecrets) -> None:
    """An amount is a leak in data as it is on a page."""
    problems = audit({"clients/acme/status.json": '{"spent": 412345.5}'}, secrets(("412345.5", "acme")))
    assert [problem.code for problem in problems] == ["leak"]


words = st.text(st.sampled_from("abcdefgh äöß王项目-*_"), min_size=1, max_size=12)
sentences = st.lists(words, min_size=1, max_size=12).map(" ".join)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(sentences, min_size=1, max_size=6), st.lists(sentences, max_size=6), st.data())
def test_a_text_is_a_leak_exactly_if_it_is_not_allowed(
    allowed: list[str], hidden: list[str], data: st.DataObject
) -> None:
    """Whatever is typed, a page of allowed texts has no leak, and one more text leaks unless it is allowed."""
    nothing = readable(())
    may = readable(allowed)
    sources = [forbidden(allowed), forbidden(hidden)]

    def hits(roots: list[Root]) -> list[Hit]:
        return hits_among(find_matches(roots, nothing, sources), lambda _root: may, nothing)

    parts = data.draw(st.permutations(allowed))
    own = Root("acme", (examine("p", parts, may, nothing), examine("q", ["".join(parts[:1])], may, nothing)))
    assert hits([own]) == []
    for text in hidden:
        leaked = Root("acme", (examine("p", [*parts, f"x {text} y"], may, nothing),))
        found = {hit.pattern for hit in hits([leaked])}
        expected = [window for window in windows(canonical.canonical(text)) if window not in may.joined]
        assert found >= set(expected)


def test_a_number_is_not_found_in_a_longer_one(audit: Audit, secrets: MakeSecrets) -> None:
    """Another client's "Rollout 2" is no part of "Rollout 21"; where it stands by itself it is found."""
    known = secrets(("Rollout 2", "globex"))
    assert audit({"clients/acme/index.html": _page("<p>Rollout 21</p>")}, known) == []
    assert [problem.code for problem in audit({"clients/acme/index.html": _page("<p>Rollout 2</p>")}, known)] == [
        "leak"
    ]


@pytest.mark.parametrize(
    ("text", "owner", "printed", "codes"),
    [
        ("571000", "globex", "571,000", []),
        ("571234", "globex", "571,234", ["leak"]),
        ("571000", "acme", "571,000", ["leak"]),
        ("Handover of phase 1", "acme", "Handover of phase 12", []),
        ("Handover of phase 1", "acme", "Handover of phase 1, then 2", ["leak"]),
    ],
)
def test_what_stands_there_by_chance_is_no_leak(
    audit: Audit, secrets: MakeSecrets, text: str, owner: str, printed: str, codes: list[str]
) -> None:
    """Round amounts of another client are many a project's, and no number is the beginning of a longer one."""
    texts = secrets((text, owner), allowed={"acme": (), "globex": ()})
    problems = audit({"clients/acme/index.html": _page(f"<p>{printed}</p>")}, texts)
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("common", "codes"), [("every two weeks", []), ("two weeks", ["leak"]), ("every other week", ["leak"])]
)
def test_a_phrase_of_ours_behind_the_same_letters_is_no_leak(
    audit: Audit, secrets: MakeSecrets, common: str, codes: list[str]
) -> None:
    """Another client's sentence ends in `-ion every two weeks` too; it would be told if that were no phrase of ours."""
    texts = secrets(("We watch consultation every two weeks", "globex"), common=(common,))
    problems = audit({"clients/acme/index.html": _page("<p>Demonstration <b>every two weeks</b></p>")}, texts)
    assert [problem.code for problem in problems] == codes


@pytest.mark.promise("A1")
@pytest.mark.parametrize(
    ("secret", "printed", "codes"),
    [
        # The whole text, though five letters of it are its own.
        ("Krupp every two weeks", "Krupp, every two weeks", ["leak"]),
        # A part of a longer text, with six letters of whole words beside the phrase, or fewer.
        ("Krupp wants money for it every two weeks", "They get money for it every two weeks", ["leak"]),
        ("Krupp wants money for it every two weeks", "A report for it every two weeks", []),
        ("Krupp asks. Every two weeks the sponsor", "Every two weeks the sponsor comes", ["leak"]),
        ("We watch consultation every two weeks", "We watch our station every two weeks", []),
        ("We watch consultation every two weeks", "consultation every two weeks", ["leak"]),
        ("王总说每周五下午开会后再谈裁员的事情", "他说每周五下午开会", []),
        ("王总说每周五下午开会后再谈裁员的事情", "王总说每周五下午开会", ["leak"]),
        ("王总要裁员的重点、每周五下午开会时", "重点、每周五下午开会时", ["leak"]),
    ],
)
def test_a_secret_cannot_hide_beside_a_phrase_of_ours(
    audit: Audit, secrets: MakeSecrets, secret: str, printed: str, codes: list[str]
) -> None:
    """Where whole words of the secret stand there beside the phrase, it is no chance."""
    texts = secrets((secret, "globex"), common=("every two weeks", "每周五下午开会"))
    problems = audit({"clients/acme/index.html": _page(f"<p>{printed}</p>")}, texts)
    assert [problem.code for problem in problems] == codes
