"""The head of every page that is built says what a browser may do with it, before anything else is read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from kapm_site.publish.headers import SECURITY_HEADERS
from tests.gates.injected import Sites
from tests.gates.loopback import rules_of
from tests.gates.sites import made_once
from tests.gates.test_locked import FIRST, SECOND, build_locked

OPEN = "; ".join(
    part for part in SECURITY_HEADERS["Content-Security-Policy"].split("; ") if "frame-ancestors" not in part
)
#: Shows pictures that the browser has decrypted.
SEALED = OPEN.replace("img-src 'self'", "img-src 'self' blob:")
#: What points to a file that a browser fetches by itself.
FETCHED = ("src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest")


@pytest.fixture(scope="session")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client's root, encrypted, without the portfolio that tells of it."""
    source = tmp_path_factory.mktemp("locked")
    site = made_once(tmp_path_factory, "gates-locked", lambda folder: build_locked(folder, source, FIRST, SECOND))
    return site / "clients/acme"


@pytest.fixture(params=["examples", "rich", "locked"])
def built(request: pytest.FixtureRequest) -> tuple[Path, str]:
    """A site, and the policy of its pages."""
    site = request.getfixturevalue(request.param)
    return site["zh-CN"] if request.param == "rich" else site, SEALED if request.param == "locked" else OPEN


def roots(site: Path) -> Iterator[Path]:
    """Give the folders that are published each by itself."""
    parts = [*site.glob("clients/*"), *site.glob("internal")]
    yield from parts or [site]


@pytest.mark.promise("P1")
@pytest.mark.promise("P2")
def test_every_page_says_first_what_it_may_do(built: tuple[Path, str]) -> None:
    """The policy stands before all that it holds for; then come no referrer and no robots; nothing is inline."""
    check_pages(*built)


@pytest.mark.promise("P1")
def test_no_text_of_anybody_changes_that(sites: Sites) -> None:
    """Nor adds anything inline."""
    check_pages(sites.shipped, OPEN)


def check_pages(site: Path, policy: str) -> None:
    """Look at the head of each page, and for what is inline or foreign in all of it."""
    pages = list(site.rglob("*.html"))
    assert len(pages) > 1
    for page in pages:
        tree = html.document_fromstring(page.read_bytes())
        first, *others = tree.head
        assert (first.tag, dict(first.attrib)) == ("meta", {"http-equiv": "Content-Security-Policy", "content": policy})
        metas = {one.get("name"): one.get("content") for one in others if one.tag == "meta"}
        assert metas["referrer"] == "no-referrer"
        assert metas["robots"] == "noindex, nofollow, noarchive"
        assert [one.get("http-equiv") for one in others if one.get("http-equiv")] == []
        assert faults(tree) == []


def faults(tree: html.HtmlElement) -> list[str]:
    """List what is inline, what is fetched from elsewhere, and what changes the meaning of addresses."""
    found = [one.tag for one in tree.iter("style", "base", "iframe", "object", "embed", "portal", "frame")]
    found += [one.text for one in tree.iter("script") if (one.text or "").strip() or not one.get("src")]
    for one in tree.iter("*"):
        for name, value in one.attrib.items():
            if name == "style" or name.startswith("on") or name in ("target", "ping", "srcdoc", "formaction"):
                found.append(f"{one.tag} {name}")
            elif (name in FETCHED or (one.tag == "link" and name == "href")) and not re.fullmatch(r"[\w./-]+", value):
                found.append(f"{one.tag} {name}={value}")
            elif (
                name == "href"
                and one.tag == "a"
                and re.match(r"(?i)\s*(?!https?:|mailto:)[\w+.-]*:|\s*[/\\]{2}", value)
            ):
                found.append(f"a href={value}")
    return found


@pytest.mark.promise("P1")
@pytest.mark.promise("P2")
def test_every_root_says_it_in_headers_as_well(built: tuple[Path, str]) -> None:
    """Each header once for each file; those of the policy agree with the pages'."""
    site, policy = built
    wanted = {**SECURITY_HEADERS, "Content-Security-Policy": f"{policy}; frame-ancestors 'none'"}
    for root in roots(site):
        rules = rules_of((root / "_headers").read_text("utf-8"))
        for path in root.rglob("*"):
            address = f"/{path.relative_to(root).as_posix()}"
            sent = [header for pattern, headers in rules if pattern.fullmatch(address) for header in headers]
            assert len({name for name, _ in sent}) == len(sent)
            assert {name: value for name, value in sent if name in wanted} == wanted
