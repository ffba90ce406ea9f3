"""A workspace's own look: its templates, the style sheets behind ours, and the pictures and fonts that these name.

All of it lies below `templates/`, so a report that is made again from its commit has the look it had.
"""

from functools import lru_cache
from pathlib import Path

from kapm_site.problem import Mark, Problem
from kapm_site.render import templates_folder
from kapm_site.render.images import MAX_BYTES, Image, clean_image
from kapm_site.render.style import Style, read_style

_FOLDER = "templates/assets"
_FONTS = {b"wOF2": ".woff2", b"\0\1\0\0": ".ttf"}


def overrides_of(root: Path) -> Path | None:
    """Return a workspace's own templates, None without any."""
    folder = root / "templates"
    return folder if folder.is_dir() and may_have_theme(root) else None


def may_have_theme(root: Path) -> bool:
    """Tell whether `templates/` is a theme, today or in an earlier state; this project's own has the built-in ones."""
    return (root / "templates").resolve() != templates_folder().resolve()


def read_theme_style(root: Path, name: str) -> Style:
    """Read a style sheet of the theme; an empty one where there is none."""
    try:
        path = theme_path(root, name)
    except LookupError:
        return Style("")
    return read_style((root / path).read_bytes(), path)


def theme_path(root: Path, name: str) -> str:
    """Return the path of a file of the theme below the workspace.

    Raises:
        LookupError: There is no such file, or it is a link to a place outside.
    """
    overrides = overrides_of(root)
    file = root / _FOLDER / name
    if overrides is None or not file.is_file() or not file.resolve().is_relative_to(root.resolve() / _FOLDER):
        raise LookupError(f"{name!r} is not in {_FOLDER}/")
    return f"{_FOLDER}/{name}"


def font_suffix(content: bytes) -> str:
    """Tell a font by its first bytes; empty for all else."""
    return _FONTS.get(content[:4], "")


@lru_cache(maxsize=64)
def load_image(root: Path, path: str) -> tuple[Image | None, tuple[Problem, ...]]:
    """Read an image of the workspace, stripped of all that is not picture."""
    try:
        with (root / path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        return None, (Problem(Mark(path), "unreadable-file", f"cannot be read: {error.strerror}"),)
    image, problems = clean_image(content, Mark(path), path.rsplit("/", 1)[-1])
    return image, tuple(problems)
