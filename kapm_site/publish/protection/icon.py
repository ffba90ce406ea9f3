"""The one picture that lies open in a protected site."""

from functools import cache

from kapm_site.render import templates_folder


@cache
def lock_icon() -> bytes:
    """Return the icon of pages that ask for a passphrase."""
    return (templates_folder() / "assets/lock.svg").read_bytes()
