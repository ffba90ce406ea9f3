"""Templates that raise, fonts and pictures that are none: the previous site stays, and the message names the cause."""

from pathlib import Path

import pytest

from tests.faulty import Place, tree

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\2\0\0\0"


def write(root: Path, files: dict[str, bytes | str]) -> None:
    """Write files of the workspace."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.promise("F1")
@pytest.mark.promise("F5")
@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("base.html.j2", "\n{{ 1 / 0 }}", "2:1: error: "),
        ("project.html.j2", "\n\n{{ page.nothing.at.all }}", "3:1: error: "),
        ("client.html.j2", "{% include 'absent.html.j2' %}", "1:1: error: "),
        ("portfolio.html.j2", "{% extends 'portfolio.html.j2' %}", "1:1: error: "),
        ("print/full.html.j2", "\n{{ 'a' + 1 }}", "2:1: error: "),
        ("print/base.html.j2", "{% block", "1:1: error: "),
        ("project.html.j2", b"\xff\xfe\x00", "1:1: error: "),
    ],
)
def test_a_template_that_raises_is_named(built: Place, name: str, text: str | bytes, says: str) -> None:
    """With its line; nothing is published."""
    before = tree(built.site)
    write(built.root, {f"templates/{name}": text})
    result = built.build_here(*(() if name.startswith("print/") else ("--no-pdf",)))
    assert result.exit_code == 1, result.output
    assert f"templates/{name}:{says}" in result.stderr
    assert "[template-" in result.stderr
    assert tree(built.site) == before
    assert built.leftovers() == []


@pytest.mark.promise("F5")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("theme.css", b"wOF2" + bytes(range(256)) * 8),
        ("theme.css", b"\0\1\0\0" + b"\xff" * 4000),
        ("theme.css", b"no font"),
        ("theme-print.css", b"wOF2"),
    ],
)
def test_a_font_that_is_none_is_named(built: Place, name: str, content: bytes) -> None:
    """It is not published, and no report is made without it and without a word."""
    before = tree(built.site)
    css = '@font-face{font-family:"Mine";src:url("mine.woff2")}\nbody,h1,p,td{font-family:"Mine"}'
    write(built.root, {f"templates/assets/{name}": css, "templates/assets/mine.woff2": content})
    result = built.build_here()
    assert result.exit_code == 1, result.output
    assert "mine.woff2" in result.stderr
    assert tree(built.site) == before


@pytest.mark.promise("F5")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", PNG + bytes(99)),
        ("logo.png", b""),
        ("logo.png", b"no picture"),
        ("logo.jpg", b"\xff\xd8\xff\xe0" + bytes(500)),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><path d="),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><script>1</script></svg>"),
    ],
)
def test_a_logo_that_is_none_is_named(built: Place, name: str, content: bytes) -> None:
    """With the file, or the line that names it."""
    before = tree(built.site)
    settings = f"organization: {{name: Tidewater Delivery, logo: attachments/{name}}}\ncurrency: EUR\n"
    write(built.root, {"kapm.yaml": settings, f"attachments/{name}": content})
    result = built.build_here("--no-pdf")
    assert result.exit_code == 1, result.output
    assert name in result.stderr
    assert ": error: " in result.stderr
    assert tree(built.site) == before
