"""Style sheets, the script, fonts and images of one web root, each under a name made of its content."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from kapm_site.model.colors import contrast, darkened, lightened, stands_out
from kapm_site.model.settings import Paper
from kapm_site.pipeline.theme import font_suffix, load_image, read_theme_style, theme_path
from kapm_site.problem import Mark, Problem
from kapm_site.publish import asset_name
from kapm_site.publish.protection import lock_icon
from kapm_site.render import templates_folder
from kapm_site.render.fonts import font_fault
from kapm_site.render.images import Image
from kapm_site.render.style import addressed

DEFAULT_ACCENT = "#0f5a8a"
WHITE, BLACK = "#ffffff", "#121417"
#: WCAG 2.2 AA for text.
MIN_CONTRAST = 4.5

#: A logo wider than so many times its height, or as high, becomes a line; up to that it is about a square.
_WIDEST, _HIGHEST, _SQUARE = 8.0, 3.0, 1.25

_STYLES = ("assets/tokens.css", "assets/site.css", "charts/charts.css", "assets/portfolio.css", "assets/script.css")
_SCRIPT = "assets/site.js"
_UNLOCK = "assets/unlock.js"
_FONT_URL = re.compile(r"url\((fonts/[\w.-]+)\)")


class Shelf:
    """The assets of one web root: what is put on it gets a name, and is written once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.contents: dict[str, bytes] = {}
        self.shared: set[str] = set()
        self.problems: list[Problem] = []

    def put(self, content: bytes, suffix: str) -> str:
        """Put a file on the shelf; returns its path below the root."""
        name = asset_name(content, suffix)
        self.contents[name] = content
        return name

    def put_style(self, accent: str) -> str:
        """Put the style sheet in a client's colour on the shelf, the theme's behind it, with their files beside it."""
        text = f"{_style_sheet()}\n{_accent_rules(accent)}"
        built_in = _FONT_URL.sub(lambda match: f"url({self._font(match[1])})", text)
        own = self.theme_style("theme.css", lambda name: PurePosixPath(name).name)
        name = self.put(f"{built_in}{own}".encode(), "css")
        self.shared.add(name)
        return name

    def put_script(self) -> str:
        """Put the script of all pages on the shelf."""
        name = self.put(_script(), "js")
        self.shared.add(name)
        return name

    def put_unlock(self) -> str:
        """Put the script on the shelf that opens the pages of a protected site."""
        name = self.put((templates_folder() / _UNLOCK).read_bytes(), "js")
        self.shared.add(name)
        return name

    def put_lock(self) -> str:
        """Put the icon of pages that ask for a passphrase on the shelf."""
        return self.put(lock_icon(), "svg")

    def put_image(self, path: str) -> str | None:
        """Put an image of the workspace on the shelf; None, and a problem, where it cannot be shown."""
        image, problems = load_image(self._root, path)
        self.problems += problems
        return self.put(image.content, image.suffix) if image else None

    def put_logo(self, path: str) -> str | None:
        """Put a logo on the shelf as `put_image` does; a problem as well where its shape makes it too small to read."""
        image, _ = load_image(self._root, path)
        if image is not None and not -_HIGHEST <= _shape(image) <= _WIDEST:
            wide = image.width > image.height
            times = f"{abs(_shape(image)):.0f} times as {'wide as it is high' if wide else 'high as it is wide'}"
            hint = "cut off what is empty around it, or take the mark without the words"
            self.problems.append(Problem(Mark(path), "logo-shape", f"the logo is {times}", "warning", hint=hint))
        return self.put_image(path)

    def is_square(self, path: str) -> bool:
        """Tell whether an image of the workspace is about as wide as high."""
        image, _ = load_image(self._root, path)
        return image is not None and abs(_shape(image)) <= _SQUARE

    def theme_style(self, name: str, address: Callable[[str], str] = str) -> str:
        """Return a style sheet of the workspace's theme, empty without one; the files it names are put on the shelf.

        Args:
            name: Of the file below `templates/assets/`.
            address: How the style sheet names a file of the shelf, by its path below the root.
        """
        style = read_theme_style(self._root, name)
        self.problems += style.problems
        return addressed(style, lambda file: address(self._theme_file(file, dict(style.files)[file])))

    def put_theme_picture(self, name: str) -> str | None:
        """Put a picture of the theme on the shelf; None, and a problem, where it cannot be shown.

        Raises:
            LookupError: The theme has no such file.
        """
        return self.put_image(theme_path(self._root, name))

    def _theme_file(self, name: str, mark: Mark) -> str:
        """Put what a style sheet names at a place on the shelf: a font, or else a picture."""
        try:
            path = theme_path(self._root, name)
        except LookupError as error:
            hint = "put the file there, or mend the name"
            self.problems.append(Problem(mark, "style-error", str(error.args[0]), hint=hint))
            return ""
        content = (self._root / path).read_bytes()
        suffix = font_suffix(content)
        fault = font_fault(content) if suffix else ""
        if fault:
            hint = "export it again as WOFF2 or TTF, or leave it out"
            self.problems.append(Problem(mark, "style-error", f"{name!r} is no whole font: {fault}", hint=hint))
            return ""
        put = self.put(content, suffix) if suffix else self.put_image(path) or ""
        self.shared.add(put)
        return put

    def _font(self, name: str) -> str:
        content = (templates_folder() / "assets" / name).read_bytes()
        put = self.put(content, PurePosixPath(name).suffix)
        self.shared.add(put)
        return PurePosixPath(put).name

    @property
    def pictures(self) -> dict[str, bytes]:
        """What was put on it beside styles, their fonts and the script."""
        return {name: content for name, content in self.contents.items() if name not in self.shared}


def _shape(image: Image) -> float:
    """Tell how many times as wide as high a picture is; a high one is below zero."""
    wide = image.width / max(image.height, 1)
    return wide if wide >= 1 else -image.height / max(image.width, 1)


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

    def of_theme(self, name: str) -> str:
        """Give the address of a picture of the workspace's theme: `asset("mark.svg")` in its templates.

        Raises:
            LookupError: The theme has no such file.
        """
        found = self._shelf.put_theme_picture(name)
        self.shown += 1
        return f"{self._up}{found}" if found else ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def readable_accent(color: str | None) -> str:
    """Return a client's colour, made dark enough to be read on white."""
    accent = color or DEFAULT_ACCENT
    return accent if contrast(accent, WHITE) >= MIN_CONTRAST else darkened(accent, WHITE, MIN_CONTRAST)


@cache
def print_style(paper: Paper = "a4") -> str:
    """Return the print style sheet, with what another paper than A4 adds to it."""
    names = ("print.css",) if paper == "a4" else ("print.css", f"print-{paper}.css")
    return "\n".join((templates_folder() / "assets" / name).read_text("utf-8") for name in names)


@cache
def _script() -> bytes:
    return (templates_folder() / _SCRIPT).read_bytes()


@cache
def _style_sheet() -> str:
    files = [templates_folder() / name for name in _STYLES]
    return "\n".join(file.read_text("utf-8") for file in files if file.is_file())


def _accent_rules(accent: str) -> str:
    rules = _schemes("accent", accent)
    return rules if stands_out(readable_accent(accent)) else f"{rules}{_schemes('forecast', DEFAULT_ACCENT)}"


def _schemes(name: str, color: str) -> str:
    """Set a colour and its tint in light, in the dark and on paper."""
    light, dark = readable_accent(color), lightened(color, BLACK, MIN_CONTRAST)
    return (
        f":root{{--{name}:{light};--{name}-soft:color-mix(in srgb,{light} 18%,{WHITE})}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--{name}:{dark};"
        f"--{name}-soft:color-mix(in srgb,{dark} 25%,{BLACK})}}}}\n"
        f"@media print{{:root{{--{name}:{light}}}}}\n"
    )
