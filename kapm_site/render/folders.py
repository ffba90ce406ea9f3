"""Where the built-in templates, their assets and fonts lie; imports nothing heavy."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


@cache
def templates_folder() -> Path:
    """Find the built-in templates: inside the package in a wheel, beside it in a checkout.

    Raises:
        FileNotFoundError: The installation is broken; there is nothing a user's data could change.
    """
    for folder in (_PACKAGE / "_templates", _PACKAGE.parent / "templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the templates of kapm_site are missing: install it again")


def fonts_folder() -> Path:
    """Find the bundled fonts, their licences and the Fontconfig file of the PDF engine."""
    return templates_folder() / "assets" / "fonts"
