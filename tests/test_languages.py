"""A client whose people read several languages: pages and reports in each, from one set of files."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from lxml import html

from kapm_site.cli import kapm
from tests.repository import commit_all
from tests.small import FILES, write_workspace

CLIENT = "projects/acme/client.yaml"
RECORD = "projects/acme/erp/reports/001.yaml"
CONTACTS = """\
name: Acme Industrial
protection: none
language: {own}
brand: {{vocabulary: {{label.milestone: Gate}}}}
contacts:
  - {{id: vogt, name: Klaus Vogt, email: vogt@acme.example, language: {further}, receives: [full]}}
  - {{id: reed, name: Sara Reed, email: reed@acme.example, receives: [full]}}
"""
DATE = ("--status-date", "2026-11-20")


def client(own: str = "en", further: str = "de") -> dict[str, str | None]:
    """Write a client with two contacts: the second reads the client's own language."""
    return {CLIENT: CONTACTS.format(own=own, further=further)}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace whose client reads English and German."""
    return write_workspace(tmp_path / "work", client())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is built of it, for tests that only look."""
    root = write_workspace(tmp_path_factory.mktemp("languages"), client())
    run(root, "build", *DATE, "-o", str(root / "site"))
    run(root, "audit", str(root / "site"))
    return root / "site"


def run(root: Path, *arguments: str) -> Result:
    """Run kapm in a workspace; it must work."""
    result = CliRunner().invoke(kapm, ["-C", str(root), *arguments])
    assert result.exit_code == 0, result.output
    return result


def pages(folder: Path) -> list[str]:
    """List the pages and reports below a folder."""
    return sorted(path.relative_to(folder).as_posix() for kind in ("*.html", "*.pdf") for path in folder.rglob(kind))


def page(file: Path) -> html.HtmlElement:
    """Parse a page."""
    return html.fromstring(file.read_bytes())


def pdf_text(content: bytes) -> str:
    """Read the text of a PDF on one line."""
    import io

    import pypdf

    return " ".join(" ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def test_each_page_is_there_in_each_language(site: Path) -> None:
    """Files of the client's own language keep their names; internal readers have theirs alone."""
    assert pages(site / "clients/acme") == [
        "erp/index.de.html",
        "erp/index.html",
        "erp/report-draft-brief.de.pdf",
        "erp/report-draft-brief.pdf",
        "erp/report-draft-full.de.pdf",
        "erp/report-draft-full.pdf",
        "index.de.html",
        "index.html",
    ]
    assert not [name for name in pages(site / "internal") if ".de." in name]
    rules = (site / "clients/acme/_headers").read_text(encoding="utf-8")
    assert "\n/index.de.html\n  Cache-Control: private, no-cache\n" in rules


def test_a_page_stays_in_its_language(site: Path) -> None:
    """Language of the document, links to other pages and to the reports, and the switch to the other language."""
    german = page(site / "clients/acme/erp/index.de.html")
    assert german.get("lang") == "de"
    assert german.xpath("//p[@class='who']/a/@href") == ["../index.de.html"]
    assert german.xpath("//nav[@class='get']//a/@href")[:2] == ["report-draft-full.de.pdf", "report-draft-brief.de.pdf"]
    assert german.xpath("//head/link[@hreflang]/@href") == ["index.html"]
    switch = german.xpath("//nav[@aria-label='Sprachen']//li/*")
    assert [(one.text, one.getparent().get("lang"), one.get("href")) for one in switch] == [
        ("English", "en", "index.html"),
        ("Deutsch", "de", None),
    ]
    home = page(site / "clients/acme/index.de.html")
    assert home.xpath("//h2/a/@href") == ["erp/index.de.html"]
    assert home.xpath("//ul[@class='ch-files']//a/@href")[0] == "erp/report-draft-full.de.pdf"


def test_what_people_wrote_keeps_its_language(site: Path) -> None:
    """It stands as they wrote it and says so, for voices and hyphens; the client's words are of its own language."""
    german = page(site / "clients/acme/erp/index.de.html")
    assert german.xpath("//p[@lang='en' and @class='say']/text()") == ["Build is under way."]
    assert german.xpath("//section[@id='period']//div[@lang='en']//li/text()") == ["Design accepted", "Build"]
    assert "Gate" not in german.text_content()
    english = page(site / "clients/acme/erp/index.html")
    assert english.xpath("//main//@lang") == []
    assert "Gate" in english.text_content()


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a German workspace with a client that reads English."""
    root = write_workspace(tmp_path_factory.mktemp("foreign"), client(further="en"))
    (root / "kapm.yaml").write_text(f"{FILES['kapm.yaml']}language: de\n", encoding="utf-8")
    run(root, "build", *DATE, "-o", str(root / "site"))
    run(root, "audit", str(root / "site"))
    return root / "site"


def test_internal_readers_have_the_language_of_the_workspace(foreign: Path) -> None:
    """Pages, tables and reports alike, under their usual names; what people wrote says in which language it stands."""
    internal = page(foreign / "internal/acme/erp/index.html")
    assert internal.get("lang") == "de"
    assert page(foreign / "internal/index.html").get("lang") == "de"
    assert internal.xpath("//p[@lang='en' and @class='say']/text()") == ["Build is under way."]
    assert "Gate" not in internal.text_content()
    assert "Meilenstein" in internal.text_content()
    assert internal.xpath("//*[@hreflang]") == []
    (full, _) = internal.xpath("//nav[@class='get']//a[contains(@href, '.pdf')]/@href")
    assert "Verteiler: Klaus Vogt und Sara Reed" in pdf_text((foreign / "internal/acme/erp" / full).read_bytes())
    table = (foreign / "internal/acme/erp/tasks.csv").read_text("utf-8-sig")
    assert "Verantwortlich" in table.splitlines()[0]


def test_the_client_keeps_its_own_language(foreign: Path) -> None:
    """In a workspace of another language too, with its own words."""
    own = page(foreign / "clients/acme/erp/index.html")
    assert own.get("lang") == "en"
    assert "Gate" in own.text_content()


def test_a_region_is_no_other_language(tmp_path: Path) -> None:
    """Internal readers of the client's language keep the client's words."""
    root = write_workspace(tmp_path / "work", client(own="en-GB", further="en"))
    run(root, "build", *DATE, "--no-pdf", "-o", str(root / "site"))
    assert "Gate" in page(root / "site/internal/acme/erp/index.html").text_content()


@pytest.mark.parametrize("further", ["en", "en-GB", "fr"])
def test_one_language_needs_no_switch(tmp_path: Path, further: str) -> None:
    """Neither a contact of the same language, nor of another region, nor of a language without texts makes a second."""
    root = write_workspace(tmp_path / "work", client(further=further))
    run(root, "build", *DATE, "--no-pdf", "-o", str(root / "site"))
    assert pages(root / "site/clients/acme") == ["erp/index.html", "index.html"]
    assert page(root / "site/clients/acme/erp/index.html").xpath("//*[@hreflang]") == []


def test_a_report_goes_to_those_who_read_it(root: Path, tmp_path: Path) -> None:
    """`kapm pdf --language` makes it in any language, and its distribution names the contacts who read that."""
    texts = {}
    for tag in ("en", "de", "zh-CN"):
        run(root, "pdf", "acme/erp", *DATE, "--language", tag, "-o", str(tmp_path / tag))
        texts[tag] = pdf_text((tmp_path / tag).read_bytes())
    assert "Distribution: Sara Reed" in texts["en"]
    assert "Verteiler: Klaus Vogt" in texts["de"]
    assert "Status quo" not in texts["zh-CN"]
    assert "状态日期" in texts["zh-CN"]


def test_a_language_without_texts_is_wrong_usage(root: Path) -> None:
    """Nothing is made, and the languages are named."""
    result = CliRunner().invoke(kapm, ["-C", str(root), "pdf", "acme/erp", *DATE, "--language", "fr"])
    assert (result.exit_code, "languages: en, zh-CN, de" in result.stderr) == (2, True)


def test_a_released_report_is_frozen_in_each_language(root: Path, tmp_path: Path) -> None:
    """Recorded, made again byte for byte, and put on the client's site as it was sent."""
    commit_all(root, "Status")
    sent = tmp_path / "sent"
    run(root, "release", "acme/erp", *DATE, "-o", str(sent))
    record = yaml.safe_load((root / RECORD).read_text(encoding="utf-8"))
    names = ["brief", "brief.de", "full", "full.de"]
    assert sorted(record["sha256"]) == sorted(record["content"]) == names
    assert pages(sent) == sorted(f"report-001-{name}.pdf" for name in names)
    commit_all(root, "Report 1")
    write_workspace(root, client(further="zh-CN"))
    verified = run(root, "release", "acme/erp", "--verify").stdout
    assert [line for line in verified.splitlines() if "same bytes" not in line] == []
    assert len(verified.splitlines()) == 4
    run(root, "build", "--status-date", "2026-11-27", "-o", str(root / "site"))
    erp = root / "site/clients/acme/erp"
    assert {path.name: path.read_bytes() for path in erp.glob("*.pdf")} == {
        path.name: path.read_bytes() for path in sent.iterdir()
    }


def test_a_report_sent_in_one_language_is_offered_to_readers_of_another(root: Path) -> None:
    """The page of who came later links to what was sent, and says which language that is."""
    write_workspace(root, client(further="en"))
    commit_all(root, "Status")
    run(root, "release", "acme/erp", *DATE)
    record = yaml.safe_load((root / RECORD).read_text(encoding="utf-8"))
    assert sorted(record["sha256"]) == ["brief", "full"]
    commit_all(root, "Report 1")
    write_workspace(root, client())
    run(root, "build", "--status-date", "2026-11-27", "-o", str(root / "site"))
    links = page(root / "site/clients/acme/erp/index.de.html").xpath("//nav[@class='get']//a")[:2]
    assert [(one.text, one.get("href"), one.get("hreflang")) for one in links] == [
        ("Bericht 1, PDF · English", "report-001-full.pdf", "en"),
        ("Bericht 1, eine Seite · English", "report-001-brief.pdf", "en"),
    ]
    own = page(root / "site/clients/acme/erp/index.html").xpath("//nav[@class='get']//a")[:2]
    assert [one.get("hreflang") for one in own] == [None, None]


def test_a_page_that_does_not_fit_names_its_language(root: Path) -> None:
    """The one-page edition must fit in each language; which did not is told."""
    asks = "".join(
        f"  - {{id: a{n}, title: {'Decide on the interface of the warehouse ' * 3}{n}, kind: decision, owner: ana,"
        f" raised: 2026-11-02, due: 2026-12-0{n + 1}, effect: {'The next stage starts later. ' * 20}, status: open}}\n"
        for n in range(9)
    )
    headline = "".join(f"{'Headline ' * 60}. " for _ in range(12))
    update = f"---\nheadline: {headline}\naudience: client\n---\n"
    write_workspace(
        root,
        {
            "projects/acme/erp/asks.yaml": f"audience: client\nasks:\n{asks}",
            f"projects/acme/erp/updates/{date(2026, 11, 20)}.md": update,
        },
    )
    result = CliRunner().invoke(kapm, ["-C", str(root), "pdf", "acme/erp", "--edition", "brief", "--language", "de"])
    assert "the brief edition in 'de' is " in result.stderr
