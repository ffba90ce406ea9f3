"""A workspace's own look: the worked example on real pages and PDF, and what a theme is refused."""

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm
from tests.small import write_workspace

LEDGER = Path(__file__).parents[1] / "docs" / "themes" / "ledger"
NOTE = "Confidential to both parties."
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><path d="M0 0h9v9H0z"/></svg>'


def build(root: Path, *arguments: str) -> Result:
    """Build a workspace into its folder `site`."""
    return CliRunner().invoke(
        kapm, ["-C", str(root), "build", "-o", str(root / "site"), "--status-date", "2026-11-20", *arguments]
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workspace with a logo of its own."""
    found = write_workspace(
        tmp_path / "work",
        {"kapm.yaml": "organization: {name: Tidewater Delivery, logo: attachments/logo.svg}\ncurrency: EUR\n"},
    )
    (found / "attachments").mkdir()
    (found / "attachments" / "logo.svg").write_bytes(LOGO)
    return found


def theme(root: Path, **files: str) -> None:
    """Give a workspace templates; two underscores stand for a slash, one for a point."""
    for name, text in files.items():
        file = root / "templates" / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def problems(result: Result) -> str:
    """Give what the build complained of."""
    assert result.exit_code == 1, result.stderr
    return result.stderr


def test_the_example_theme_is_short() -> None:
    """A look of one's own takes less than 60 lines in all."""
    assert sum(len(path.read_text("utf-8").splitlines()) for path in LEDGER.rglob("*") if path.is_file()) < 60


def test_the_example_theme_dresses_pages_and_reports(root: Path) -> None:
    """Its note, its mark and the organization's logo are on the page; its colours and its note are in both PDFs."""
    shutil.copytree(LEDGER / "templates", root / "templates")
    result = build(root)
    assert result.exit_code == 0, result.stderr
    client = root / "site" / "clients" / "acme"
    page = (client / "erp" / "index.html").read_text("utf-8")
    assert NOTE in page
    assert 'class="ledger-ours"' in page
    assert "Go-live" in page
    pictures = {path.name: path.read_bytes() for path in (client / "assets").glob("*.svg")}
    assert len(pictures) == 3
    assert all(f"../assets/{name}" in page for name in pictures)
    [style] = (client / "assets").glob("*.css")
    css = style.read_text("utf-8")
    assert css.index("--paper: #ffffff") < css.index("--paper: #fbf8f1")
    assert "Warm paper" not in css
    for other in (client / "index.html", root / "site/internal/index.html", root / "site/internal/acme/erp/index.html"):
        assert NOTE in other.read_text("utf-8")
    for name in ("report-draft-full.pdf", "report-draft-brief.pdf"):
        with pypdfium2.PdfDocument(client / "erp" / name) as pdf:
            texts = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
        assert NOTE in texts[-1]
        assert "ERP rollout" in texts[0]


def test_one_block_in_three_lines(root: Path) -> None:
    """The rest of the page is byte for byte what it was."""
    assert build(root, "--no-pdf").exit_code == 0
    page = root / "site" / "clients" / "acme" / "erp" / "index.html"
    before = page.read_text("utf-8")
    theme(
        root,
        project_html_j2='{% extends "kapm/project.html.j2" %}\n{% block nav %}<p>In short</p>\n{% endblock %}\n',
    )
    assert build(root, "--no-pdf").exit_code == 0
    nav = re.compile(r'<nav class="nav".*?</nav>\s*', re.DOTALL)
    assert len(nav.findall(before)) == 1
    assert re.sub(r"<p>In short</p>\s*", "", page.read_text("utf-8")) == nav.sub("", before)


def test_pictures_and_fonts_of_a_style_sheet_are_published(root: Path) -> None:
    """Under names of their content, with nothing but picture in them."""
    theme(root, assets__theme_css='.mast{background:url("pictures/wave one.svg")} .a{mask:url(#own)}')
    wave = root / "templates" / "assets" / "pictures" / "wave one.svg"
    wave.parent.mkdir()
    wave.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!-- draft of Kim --></svg>')
    assert build(root, "--no-pdf").exit_code == 0
    assets = root / "site" / "clients" / "acme" / "assets"
    [picture] = [path for path in assets.glob("*.svg") if 'width="9"' in path.read_text() and path.read_bytes() != LOGO]
    assert "Kim" not in picture.read_text("utf-8")
    [style] = assets.glob("*.css")
    assert f".mast{{background:url({picture.name})}} .a{{mask:url(#own)}}" in style.read_text("utf-8")


@pytest.mark.parametrize(
    ("css", "place", "says"),
    [
        ("a{}\nb{background: url(https://cdn.example/x.png)}", "2:15", "'https://cdn.example/x.png'"),
        ("a{background:u\\72l(//cdn.example/x.png)}", "1:14", "'//cdn.example/x.png'"),
        ('a{background:url("../../secret.png")}', "1:14", "'../../secret.png'"),
        ("a{background:url(data:image/png;base64,AAAA)}", "1:14", "no file of the theme"),
        ('@import "other.css";', "1:1", "imports"),
        ('a{background:image-set("https://cdn.example/x.png" 1x)}', "1:14", "image-set"),
        ("a{background:url(absent.png)}", "1:14", "'absent.png' is not in templates/assets/"),
        ("a{color:red}}", "1:13", "not CSS"),
    ],
)
def test_a_style_sheet_names_the_themes_own_files_alone(root: Path, css: str, place: str, says: str) -> None:
    """What would ask another site, or reach out of the folder, stops the build at its place."""
    theme(root, assets__theme_css=css)
    told = problems(build(root, "--no-pdf"))
    assert f"templates/assets/theme.css:{place}: error:" in told
    assert says in told
    assert "[style-error]" in told
    assert not (root / "site").exists()


@pytest.mark.parametrize("name", ["absent.svg", "../../kapm.yaml", "/etc/hostname"])
def test_a_picture_that_is_not_there_is_told_with_the_line_of_the_template(root: Path, name: str) -> None:
    """So is a name that leads out of the folder."""
    block = f'{{% block nav %}}{{{{ asset("{name}") }}}}{{% endblock %}}'
    theme(root, project_html_j2=f'{{% extends "kapm/project.html.j2" %}}\n\n{block}')
    told = problems(build(root, "--no-pdf"))
    assert "templates/project.html.j2:3:1: error:" in told
    assert f"'{name}' is not in templates/assets/" in told


def test_a_theme_does_not_tell_one_client_of_another(root: Path) -> None:
    """The audit reads what a theme writes like all else."""
    write_workspace(root, {"projects/globex/client.yaml": "name: Globex Holding\nprotection: none\n"})
    theme(root, base_html_j2='{% extends "kapm/base.html.j2" %}{% block page_end %}As for Globex Holding{% endblock %}')
    assert "[leak]" in problems(build(root, "--no-pdf"))


def test_what_changes_nothing_is_told(root: Path) -> None:
    """A name that no template has, a block that is no more, a style sheet that replaces none; the rest is published."""
    theme(
        root,
        projct_html_j2="{{ page.title }}",
        note_txt_j2="Thanks",
        base_html_j2='{% extends "kapm/base.html.j2" %}{% block page_end %}{% include "note.txt.j2" %}{% endblock %}',
        project_html_j2=(
            '{% extends "kapm/project.html.j2" %}\n{% block lead %}{% block mine %}So{% endblock %}{% endblock %}'
            "{% block page_end %}{{ super() }}{% endblock %}\n{% block navigation %}{% endblock %}"
        ),
        assets__site_css="a{}",
    )
    result = build(root, "--no-pdf")
    assert result.exit_code == 0, result.stderr
    told = [line for line in result.stderr.splitlines() if "[template-unused]" in line]
    assert [line.partition(": warning: ")[::2] for line in told] == [
        ("templates/assets/site.css:1:1", "no page uses the style sheet 'assets/site.css' [template-unused]"),
        ("templates/projct.html.j2:1:1", "no page uses the template 'projct.html.j2' [template-unused]"),
        (
            "templates/project.html.j2:3:1",
            "'kapm/project.html.j2' has no block 'navigation', so it shows nowhere [template-unused]",
        ),
    ]
    assert "Thanks" in (root / "site/clients/acme/erp/index.html").read_text("utf-8")


ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize("name", ["project.html.j2", "client.html.j2", "portfolio.html.j2", "print/brief.html.j2"])
@pytest.mark.promise("H6")
def test_a_template_without_end_is_stopped_and_named(root: Path, name: str) -> None:
    """In time, with its line, whichever page it makes; the previous site stays."""
    file = root / "templates" / name
    file.parent.mkdir(parents=True)
    file.write_text(f"\n{ENDLESS}", "utf-8")
    told = problems(build(root, "--time-limit", "1"))
    assert f"templates/{name}:2:1: error:" in told
    assert "it takes more than 1 seconds of processor time" in told
    assert not (root / "site").exists()


@pytest.mark.parametrize("greedy", ["{{ ('a' * 3000000000)|length }}", "{% set x = [0] * 900000000 %}"])
@pytest.mark.promise("H6")
def test_a_template_that_wants_all_memory_is_stopped_and_named(root: Path, greedy: str) -> None:
    """At 2 GiB, with its line."""
    theme(root, project_html_j2=f"\n\n{greedy}")
    told = problems(build(root, "--no-pdf"))
    assert "templates/project.html.j2:3:1: error:" in told
    assert "it needs more than 2 GiB of memory" in told
