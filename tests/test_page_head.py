"""What a browser's tab, a search engine and a chat's preview find in the head of each page."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kapm_site.cli import kapm
from kapm_site.publish.headers import CONTENT_SECURITY_POLICY
from tests.small import write_workspace

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="36"><path d="M0 0h40v36H0z"/></svg>'
PAGES = {
    "clients/acme/index.html": "Projects for Acme Industrial",
    "clients/acme/erp/index.html": "ERP rollout · Acme Industrial",
    "internal/index.html": "Portfolio · Tidewater Delivery",
    "internal/acme/erp/index.html": "ERP rollout · Acme Industrial",
}


def build(root: Path) -> dict[str, str]:
    """Build a workspace and return the head of each page."""
    arguments = ["-C", str(root), "build", "-o", str(root / "site"), "--no-pdf", "--status-date", "2026-11-20"]
    result = CliRunner().invoke(kapm, arguments)
    assert result.exit_code == 0, result.stderr
    return {name: (root / "site" / name).read_text("utf-8").partition("</head>")[0] for name in PAGES}


def icon(root: Path, page: str, head: str) -> str:
    """Read the icon that a page names."""
    [href] = re.findall(r'<link rel="icon" href="([^"]+)">', head)
    return ((root / "site" / page).parent / href).read_text("utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workspace with a brand colour too pale for a white letter."""
    client = "name: Acme Industrial\nprotection: none\nbrand: {color: '#7fd1c4'}\n"
    return write_workspace(tmp_path / "work", {"projects/acme/client.yaml": client})


@pytest.mark.promise("P2")
def test_each_page_has_its_own_title_and_says_nothing_to_robots_and_previews(root: Path) -> None:
    """No search engine lists a page; a chat in which its address is pasted shows nothing of it."""
    for name, head in build(root).items():
        assert f"<title>{PAGES[name]}</title>" in head
        assert '<meta name="robots" content="noindex, nofollow, noarchive">' in head
        assert '<meta name="referrer" content="no-referrer">' in head
        assert not re.search(r"og:|twitter:|itemprop|application/ld\+json|name=\"description\"|rel=\"canonical\"", head)


def test_without_a_square_logo_a_tab_shows_the_clients_letter_in_its_colour(root: Path) -> None:
    """Of the client on its pages, of the organization inside; dark enough to be read."""
    heads = build(root)
    for name, head in heads.items():
        letter, color = ("T", "#0f5a8a") if name.startswith("internal") else ("A", "#4d7f77")
        drawn = icon(root, name, head)
        assert f">{letter}</text>" in drawn
        assert f'fill="{color}"' in drawn


def test_a_logo_about_as_wide_as_high_is_the_icon(root: Path) -> None:
    """A word mark would be a smear at that size."""
    client = "name: Acme Industrial\nprotection: none\nbrand: {logo: attachments/mark.svg}\n"
    write_workspace(root, {"projects/acme/client.yaml": client, "projects/acme/attachments/mark.svg": SQUARE})
    assert "M0 0h40v36H0z" in icon(root, "clients/acme/erp/index.html", build(root)["clients/acme/erp/index.html"])
    wide = SQUARE.replace('width="40"', 'width="120"')
    write_workspace(root, {"projects/acme/attachments/mark.svg": wide})
    heads = build(root)
    assert ">A</text>" in icon(root, "clients/acme/index.html", heads["clients/acme/index.html"])


def test_the_policy_of_the_page_is_that_of_the_header(root: Path) -> None:
    """But for what only a header can say; a picture from a data address is refused by both."""
    for head in build(root).values():
        [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', head)
        assert f"{policy}; frame-ancestors 'none'" == CONTENT_SECURITY_POLICY
        assert "data:" not in policy
