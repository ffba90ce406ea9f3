"""Where a client's pages point: never out of the client's own web root, and to files that are there."""

import posixpath
from collections.abc import Callable, Iterable
from urllib.parse import unquote, urlsplit


def outside_links(page: str, links: Iterable[str]) -> list[str]:
    """List the links of a page that climb out of the web root.

    Args:
        page: Path of the page below the root.
        links: Targets as the page has them.
    """
    return sorted(link for link in links if _climbs(_target(page, link)))


def broken_links(page: str, links: Iterable[str], is_there: Callable[[str], bool]) -> list[str]:
    """List the links of a page to files of the web root that aren't there.

    Args:
        page: Path of the page below the root.
        links: Targets as the page has them.
        is_there: Tells whether the root has a file of this path.
    """
    targets = {link: _target(page, link) for link in links}
    return sorted(
        link
        for link, target in targets.items()
        if target
        and not _climbs(target)
        and not (is_there(target) or is_there(f"{target}/index.html".removeprefix("./")))
    )


def _climbs(target: str) -> bool:
    return target == ".." or target.startswith("../")


def _target(page: str, link: str) -> str:
    """Resolve a link to a path below the root; empty for another site, `mailto:` and the page itself."""
    try:
        parts = urlsplit(link.strip().replace("\\", "/"))
    except ValueError:
        return ""
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or not path:
        return ""
    # A host serves the root at `/`: there a path from the top cannot climb out.
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/") or "."
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
