"""The page that asks for a passphrase, in the place of one that is published encrypted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LockedPage:
    """What `locked.html.j2` writes out: addresses alone, as anybody can read it.

    Attributes:
        language: Of the page behind it, BCP 47.
        path: Of the page, below the web root.
        root: Address of the web root, from the page.
        client: Id of the client, which is bound to each of its files.
        style, script, icon: Addresses of the style sheet, of `unlock.js`, and of the picture in the browser's tab.
    """

    language: str
    path: str
    root: str
    client: str
    style: str
    script: str
    icon: str


def locked_page(path: str, client: str, language: str, assets: tuple[str, str, str]) -> LockedPage:
    """Build the page that stands at a path; the assets, style sheet, script and icon, are paths below the web root."""
    root = "../" * path.count("/") or "./"
    return LockedPage(language, path, root, client, *(f"{root}{asset}" for asset in assets))
