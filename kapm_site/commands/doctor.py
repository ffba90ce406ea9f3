"""`kapm doctor`: what works, what does not, and the one command that mends it."""

import platform
import sys
import tempfile
from pathlib import Path

import click

from kapm_site import __version__
from kapm_site.commands.common import FINE, PROBLEMS, workspace_option

_LIBRARIES = ("pydantic", "PyYAML", "Jinja2", "Markdown", "WeasyPrint", "Babel", "holidays")


@click.command("doctor", short_help="What works here, and what mends the rest.")
@workspace_option
@click.pass_context
def doctor(context: click.Context, start: str | None) -> None:
    """Tell what works on this machine: versions, Pango, fonts, git, write access.

    \b
    Example:
      kapm doctor
    """  # noqa: D301 - Click reads the character
    click.echo(f"kapm {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    click.echo(", ".join(f"{name} {_version(name)}" for name in _LIBRARIES))
    from kapm_site.workspace.root import find_root

    root = find_root(Path(start or context.obj or "."))
    results = [_pango(), _fonts(), _workspace(root), *_git(root), _writable(root)]
    for works, what, remedy in results:
        click.echo(f"{'ok  ' if works else 'MEND'}  {what}")
        if not works:
            click.echo(f"      → {remedy}")
    context.exit(FINE if all(works for works, _, _ in results) else PROBLEMS)


Result = tuple[bool, str, str]


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _pango() -> Result:
    from kapm_site.problem import Mark
    from kapm_site.render.pango import engine_versions, pango_problem

    problem = pango_problem(Mark("."))
    if problem is not None:
        return False, problem.message, problem.hint
    known = ", ".join(f"{name} {number}" for name, number in engine_versions().items())
    return True, f"PDF engine: {known}", ""


def _fonts() -> Result:
    from kapm_site.render.folders import fonts_folder

    found = sorted(path.name for path in fonts_folder().glob("*.ttf"))
    again = f"{Path(sys.executable).name} -m pip install --force-reinstall kapm-site"
    return bool(found), f"{len(found)} bundled fonts" if found else "the bundled fonts are missing", again


def _workspace(root: Path | None) -> Result:
    return (
        root is not None,
        f"workspace {root}" if root else "no kapm.yaml here or above",
        "cd to a workspace, or -C DIR",
    )


def _git(root: Path | None) -> list[Result]:
    if root is None:
        return [(True, "git: looked at inside a workspace", "")]
    from kapm_site.pipeline.past.history import read_history
    from kapm_site.workspace.collect import collect
    from kapm_site.workspace.folders import is_project

    history = read_history(root, filter(is_project, collect(root).folders), "UTC")
    found = [(False, f"git: {one.message}", one.hint.removeprefix("run: ")) for one in history.problems]
    changed = "" if history.is_committed else ", with uncommitted changes"
    return found or [(True, f"git: commit {history.commit or '':.7}{changed}", "")]


def _writable(root: Path | None) -> Result:
    folder = root or Path()
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return False, f"cannot write to {folder}: {error.strerror}", "build elsewhere with kapm build -o DIR"
    return True, f"can write to {folder}", ""
