"""The built wheel is whole: templates, catalogues and fonts come with it."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that nothing is left in the checkout."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for name in ("kapm_site", "templates"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, source)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_what_a_build_reads(wheel: Path) -> None:
    """Templates, styles, fonts with their licences, and the compiled catalogues."""
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {p.relative_to(ROOT / "templates").as_posix() for p in (ROOT / "templates").rglob("*") if p.is_file()}
    assert {f"kapm_site/_templates/{name}" for name in templates} <= names
    catalogues = {p.relative_to(ROOT).as_posix() for p in ROOT.glob("kapm_site/language/locales/**/*.mo")}
    assert catalogues
    assert catalogues <= names
    assert not [name for name in names if name.startswith(("tests/", "projects/"))]


def test_an_example_is_built_with_the_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    """A clean environment that has the wheel and its pinned dependencies, and no checkout, builds a site."""
    environment = tmp_path / "venv"
    run(sys.executable, "-m", "venv", environment)
    python = environment / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", wheel)

    workspace = tmp_path / "workspace"
    shutil.copytree(ROOT / "projects" / "rheintal", workspace / "projects" / "rheintal")
    shutil.copytree(ROOT / "attachments", workspace / "attachments")
    shutil.copy(ROOT / "kapm.yaml", workspace)
    run(environment / "bin" / "kapm", "build", "--no-pdf", "--status-date", "2026-11-20", cwd=workspace)

    site = workspace / "site"
    pages = [site / "internal" / "index.html", site / "clients" / "rheintal" / "index.html"]
    for page in [*pages, *(site / "clients" / "rheintal").glob("*/index.html")]:
        assert "</html>" in page.read_text("utf-8")
    where = run(
        python, "-c", "from kapm_site.render import templates_folder; print(templates_folder())", cwd=workspace
    ).strip()
    assert Path(where).name == "_templates"
    assert Path(where).is_relative_to(environment)


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a program and return what it prints."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
