"""Whatever people type stays text: in every page, in a real browser, also where no policy of the page helps."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from playwright.sync_api import Browser, BrowserContext

from tests.gates.injected import (
    COPIES,
    PROJECTS,
    SOAK,
    TOGETHER,
    TURNS,
    Payloads,
    Sites,
    build_unruled,
    text_fields,
    workspace,
    write,
)
from tests.gates.looking import root_of
from tests.gates.loopback import served
from tests.gates.payloads import ALL, PAYLOADS
from tests.gates.sites import made_once
from tests.gates.test_locked import FIRST, VARIABLE, heading, unlock
from tests.gates.test_policy import WATCH

pytestmark = pytest.mark.browser

PAGES = (
    "clients/acme/index.html",
    *(f"clients/acme/p{number}/index.html" for number in range(PROJECTS)),
    "internal/index.html",
    "internal/acme/p1/index.html",
)


def test_every_field_gets_many_payloads_and_every_payload_each_kind_of_field() -> None:
    """The fields are those of the schemas: a new one is filled by itself, or named here."""
    fields = text_fields()
    met: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {}
    for turn in range(TURNS):
        payloads = Payloads(turn, TURNS, TOGETHER)
        workspace(payloads, projects=PROJECTS, copies=COPIES)
        for path, kind, texts in payloads.written:
            met.setdefault(path, set()).update(texts)
            kinds.setdefault(kind, set()).update(texts)
    assert sorted(set(fields) - set(met)) == []
    counts = {path: len(met[path]) for path, kind in fields.items() if kind in ("line", "markdown")}
    assert min(counts.values()) >= (len(ALL) if SOAK else TOGETHER), counts
    assert kinds["line"] == kinds["markdown"] == set(ALL)
    assert len(ALL) == sum(map(len, PAYLOADS.values())) >= 120


# --- in the browser

#: What is in a page: elements with their attributes, ids, names and classes, and where it leads.
SEEN = """() => {
  const parts = new Set(), names = new Set(), links = new Set()
  for (const element of document.querySelectorAll('*')) {
    const tag = `${element.namespaceURI.split('/').pop()} ${element.tagName.toLowerCase()}`
    parts.add(tag)
    for (const { name, value } of element.attributes) {
      parts.add(`${tag} ${name}`)
      if (['id', 'name', 'for', 'aria-labelledby', 'class', 'data-about'].includes(name)) names.add(`${name}=${value}`)
      if (['href', 'src', 'action', 'data', 'srcset', 'xlink:href'].includes(name)) links.add(`${tag} ${value}`)
    }
  }
  const comments = document.createNodeIterator(document, NodeFilter.SHOW_COMMENT).nextNode()
  return { parts: [...parts], names: [...names], links: [...links], comments: comments?.data ?? '' }
}"""
#: All that the script of a page does, with what somebody may type into it, and every event that a handler waits for.
WORK = """async (payloads) => {
  for (const details of document.querySelectorAll('details')) details.open = true
  dispatchEvent(new Event('beforeprint'))
  dispatchEvent(new Event('afterprint'))
  const type = (input, value) => {
    input.value = value
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const bars = Array.from(document.querySelectorAll('.bar input'))
  bars.forEach((input, n) => {
    for (const text of n ? payloads.slice(n, n + 3) : payloads) type(input, text)
    type(input, '')
  })
  for (const button of document.querySelectorAll('th button')) for (let n = 0; n < 3; n++) button.click()
  for (const select of document.querySelectorAll('.choice select')) {
    for (const { value } of select.options) {
      select.value = value
      select.dispatchEvent(new Event('change'))
    }
    select.value = ''
    select.dispatchEvent(new Event('change'))
  }
  const search = document.querySelector('.search input')
  search.focus()
  await new Promise(done => setTimeout(done, 300))
  const said = { found: 0, strange: new Set() }
  for (const text of payloads) {
    type(search, text)
    await new Promise(done => setTimeout(done))
    const parts = document.querySelectorAll('.found *')
    said.found += parts.length > 0
    for (const part of parts) {
      if (!/^(P|UL|LI|A|B|MARK)$/.test(part.tagName)) said.strange.add(part.outerHTML)
      if (part.href && !part.href.startsWith(location.origin)) said.strange.add(part.href)
      if (part.attributes.length !== Number(part.tagName === 'A')) said.strange.add(part.outerHTML)
    }
  }
  type(search, '')
  await new Promise(done => setTimeout(done))
  for (const button of document.querySelectorAll('.copy')) button.click()
  document.addEventListener('click', event => event.preventDefault(), true)
  for (const element of document.querySelectorAll('.md *, .quotes *, .asks *')) {
    for (const name of ['mouseover', 'focus', 'click']) element.dispatchEvent(new Event(name, { cancelable: true }))
  }
  for (const text of payloads) location.hash = text
  await new Promise(done => setTimeout(done, 50))
  return { found: said.found, strange: [...said.strange] }
}"""


class Watched:
    """A page of which all is noted that must not happen."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.page = context.new_page()
        self.heard: list[str] = []
        self.page.on("console", lambda message: self.heard.append(f"{message.type}: {message.text[:300]}"))
        self.page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        self.page.on("dialog", self._dismiss)
        self.page.on("popup", lambda page: self.heard.append(f"popup: {page.url}"))
        self.page.on("framenavigated", lambda frame: self._went(frame.url, origin))
        self.page.on("request", lambda request: self._went(request.url, origin))
        self.page.on(
            "response", lambda one: None if one.status < 400 else self.heard.append(f"{one.status}: {one.url}")
        )

    def _dismiss(self, dialog: Any) -> None:
        self.heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _went(self, url: str, origin: str) -> None:
        if not url.startswith((origin, f"blob:{origin}")) and url != "about:blank":
            self.heard.append(f"went to {url}")

    def told(self) -> list[str]:
        """List what was heard, what the policy refused, and whether a payload ran."""
        refused = self.page.evaluate("window.refused")
        ran = self.page.evaluate("window.__pwned ?? Object.prototype.__pwned ?? Function.prototype.__pwned ?? null")
        return [*self.heard, *(f"refused {one}" for one in refused), *([f"pwned: {ran}"] if ran is not None else [])]


@contextmanager
def watched(browser: Browser, origin: str, **options: bool) -> Iterator[Watched]:
    """Open a tab."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)  # type: ignore[arg-type]
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(WATCH)
    yield Watched(context, origin)
    context.close()


def look_at(browser: Browser, folder: Path, path: str, payloads: Sequence[str]) -> dict[str, set[str]]:
    """Open a page, do all that can be done with it, and say what is in it."""
    root, rest = root_of(folder, path)
    with served(root) as origin, watched(browser, origin) as tab:
        tab.page.goto(origin + rest)
        return worked(tab, payloads)


def worked(tab: Watched, payloads: Sequence[str]) -> dict[str, set[str]]:
    """Do all that can be done with an open page, and say what is in it."""
    tab.page.wait_for_selector(".search input", state="attached")
    said = tab.page.evaluate(WORK, list(payloads))
    assert said["strange"] == []
    assert tab.told() == []
    seen = tab.page.evaluate(SEEN)
    assert seen.pop("comments") == ""
    return {name: set(values) for name, values in seen.items()}


def strangers(seen: dict[str, set[str]], tame: dict[str, set[str]]) -> list[str]:
    """List what a page has that its tame twin has not, save addresses that may stand in a link."""
    fine = re.compile(
        r"xhtml a (https?://|mailto:)[^\s<>]*|xhtml (img|link|script) (\.{1,2}/)*assets/[0-9a-f]{12}\.\w+",
        re.IGNORECASE,
    )
    links = {link for link in seen["links"] - tame["links"] if not fine.fullmatch(link)}
    # A heading that an author typed names a place of its section: in the section's name, by letters and digits.
    sections = "|".join(re.escape(name) for name in tame["names"] if name.startswith("id="))
    place = re.compile(rf"({sections})-[\w-]*")
    names = {name for name in seen["names"] - tame["names"] if not place.fullmatch(name)}
    return sorted((seen["parts"] - tame["parts"]) | names | links)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.promise("H2")
@pytest.mark.promise("P1")
def test_a_page_full_of_payloads_is_its_tame_twin_with_other_words(browser: Browser, sites: Sites, path: str) -> None:
    """Under its policy and without one, read and worked with: no script, no dialog, no request, no foreign element."""
    tame = look_at(browser, sites.tame, path, ["word"])
    for number, folder in enumerate((sites.shipped, sites.bare)):
        # Searching a whole site takes its time: the pages share the typing.
        typed = ALL if SOAK else ALL[2 * PAGES.index(path) + number :: 2 * len(PAGES)]
        assert strangers(look_at(browser, folder, path, typed), tame) == []


@pytest.fixture(scope="session")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The web root of the same client, encrypted."""

    def make(folder: Path) -> None:
        root = tmp_path_factory.mktemp("locked")
        texts = workspace(Payloads(), copies=COPIES)
        client = "projects/acme/client.yaml"
        texts[client] = texts[client].replace('"protection": "none"', '"protection": "passphrase"')
        write(root, texts)
        build_unruled(root, folder, **{VARIABLE: FIRST})

    return made_once(tmp_path_factory, "gates-injected-locked", make) / "clients/acme"


@pytest.mark.parametrize("policy", [True, False], ids=["shipped", "bare"])
@pytest.mark.promise("H2")
def test_an_opened_page_of_a_protected_site_is_no_weaker(
    browser: Browser, locked: Path, sites: Sites, *, policy: bool
) -> None:
    """The script that puts a decrypted page in place, and starts its scripts, starts no other."""
    with served(locked) as origin, watched(browser, origin, bypass_csp=not policy) as tab:
        for path in ("index.html", "p0/index.html"):
            tab.page.goto(origin + path)
            if path == "index.html":
                unlock(tab.page, FIRST)
            heading(tab.page)
            seen = worked(tab, ALL if SOAK else ALL[:: 2 * len(PAGES)])
            tame = look_at(browser, sites.tame, f"clients/acme/{path}", ["word"])
            found = strangers(seen, tame)
            pictures = [one for one in found if one.startswith(f"xhtml img blob:{origin}")]
            assert {*found} - {*pictures} <= {"class=lock", "xhtml button class"}


def test_what_was_typed_is_read_as_it_was_typed(sites: Sites) -> None:
    """Every payload stands on some page as a text, letter by letter: it was there to run, and nobody lost it."""
    words = "\n".join(said(page) for page in sites.shipped.rglob("*.html"))
    assert [text for text in ALL if " ".join(text.split()) not in words] == []


def said(page: Path) -> str:
    """Give all texts and all values of attributes of a page, without line breaks and the isolates that we add."""
    tree = html.document_fromstring(page.read_bytes())
    parts = [*tree.itertext(), *(value for element in tree.iter(etree.Element) for value in element.attrib.values())]
    return " ".join(re.sub("[\u2068\u2069]", "", "\0".join(parts)).split())
