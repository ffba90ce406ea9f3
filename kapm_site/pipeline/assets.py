"""Style sheets, fonts and images of one web root, each under a name made of its content."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath

from kapm_site.model.colors import contrast, darkened, lightened
from kapm_site.model.settings import Paper
from kapm_site.problem import Mark, Problem
from kapm_site.publish import asset_name
from kapm_site.render import templates_folder
from kapm_site.render.images import Image, clean_image

DEFAULT_ACCENT = "#0f5a8a"
WHITE, BLACK = "#ffffff", "#121417"
#: WCAG 2.2 AA for text.
MIN_CONTRAST = 4.5

_STYLES = ("assets/tokens.css", "assets/site.css", "charts/charts.css", "assets/portfolio.css")
_FONT_URL = re.compile(r"url\((fonts/[\w.-]+)\)")


class Shelf:
    """The assets of one web root: what is put on it gets a name, and is written once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.contents: dict[str, bytes] = {}
        self.styles: set[str] = set()
        self.problems: list[Problem] = []

    def put(self, content: bytes, suffix: str) -> str:
        """Put a file on the shelf; returns its path below the root."""
        name = asset_name(content, suffix)
        self.contents[name] = content
        return name

    def put_style(self, accent: str) -> str:
        """Put the style sheet in a client's colour on the shelf, with its fonts beside it."""
        text = _FONT_URL.sub(lambda match: f"url({self._font(match[1])})", f"{_style_sheet()}\n{_accent_rules(accent)}")
        name = self.put(text.encode(), "css")
        self.styles.add(name)
        return name

    def put_image(self, path: str) -> str | None:
        """Put an image of the workspace on the shelf; None, and a problem, where it cannot be shown."""
        image, problems = load_image(self._root, path)
        self.problems += problems
        return self.put(image.content, image.suffix) if image else None

    def _font(self, name: str) -> str:
        content = (templates_folder() / "assets" / name).read_bytes()
        put = self.put(content, PurePosixPath(name).suffix)
        self.styles.add(put)
        return PurePosixPath(put).name

    @property
    def pictures(self) -> dict[str, bytes]:
        """What was put on it beside styles and their fonts."""
        return {name: content for name, content in self.contents.items() if name not in self.styles}


class Images(Mapping[str, str]):
    """Addresses of the images that Markdown may name; looking one up puts it on the shelf.

    Only what a page really shows is published, so an internal picture never comes along; `shown` counts it.

    Args:
        shelf: Where images are put.
        folders: Workspace folders that a name is looked for in, in this order.
        up: From the page to the root of the shelf, such as `../`.
        known: Paths of all files of the workspace.
    """

    def __init__(self, shelf: Shelf, folders: tuple[str, ...], up: str, known: frozenset[str]) -> None:
        self.shown = 0
        self._shelf = shelf
        self._up = up
        self._paths = {
            path.removeprefix(f"{folder}/"): path
            for folder in reversed(folders)
            for path in sorted(known)
            if path.startswith(f"{folder}/")
        }

    def __getitem__(self, name: str) -> str:
        found = self._shelf.put_image(self._paths[name])
        if found is None:
            raise KeyError(name)
        self.shown += 1
        return self._up + found

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def overrides_of(root: Path) -> Path | None:
    """Return a workspace's own templates; this project's workspace has the built-in ones there, which are none."""
    folder = root / "templates"
    return folder if folder.is_dir() and folder.resolve() != templates_folder().resolve() else None


def readable_accent(color: str | None) -> str:
    """Return a client's colour, made dark enough to be read on white."""
    accent = color or DEFAULT_ACCENT
    return accent if contrast(accent, WHITE) >= MIN_CONTRAST else darkened(accent, WHITE, MIN_CONTRAST)


@lru_cache(maxsize=64)
def load_image(root: Path, path: str) -> tuple[Image | None, tuple[Problem, ...]]:
    """Read an image of the workspace, stripped of all that is not picture."""
    try:
        content = (root / path).read_bytes()
    except OSError as error:
        return None, (Problem(Mark(path), "unreadable-file", f"cannot be read: {error.strerror}"),)
    image, problems = clean_image(content, Mark(path), path.rsplit("/", 1)[-1])
    return image, tuple(problems)


@cache
def print_style(paper: Paper = "a4") -> str:
    """Return the print style sheet, with what another paper than A4 adds to it."""
    names = ("print.css",) if paper == "a4" else ("print.css", f"print-{paper}.css")
    return "\n".join((templates_folder() / "assets" / name).read_text("utf-8") for name in names)


@cache
def _style_sheet() -> str:
    files = [templates_folder() / name for name in _STYLES]
    return "\n".join(file.read_text("utf-8") for file in files if file.is_file())


def _accent_rules(accent: str) -> str:
    light, dark = readable_accent(accent), lightened(accent, BLACK, MIN_CONTRAST)
    return (
        f":root{{--accent:{light};--accent-soft:color-mix(in srgb,{light} 18%,{WHITE})}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{dark};"
        f"--accent-soft:color-mix(in srgb,{dark} 25%,{BLACK})}}}}\n"
        f"@media print{{:root{{--accent:{light}}}}}\n"
    )
