"""The `_headers` file of a web root, for the static hosts that read one."""

from collections.abc import Iterable

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_SEALED_POLICY = CONTENT_SECURITY_POLICY.replace("img-src 'self'", "img-src 'self' blob:")

SECURITY_HEADERS: dict[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_PAGE = {"Cache-Control": "private, no-cache"}
_HASHED = {"Cache-Control": "private, max-age=31536000, immutable"}

# Cloudflare Pages reads at most 100 rules; a client with more projects keeps the host's own cache rule,
# which asks for revalidation too.
_MOST_PROJECTS = 90


def headers_text(projects: Iterable[str], homes: Iterable[str] = ("index.html",), *, sealed: bool = False) -> str:
    """Write the `_headers` file of a web root.

    Hosts join the values of all rules that match a path, so no header stands in two rules that overlap:
    the security headers hold for everything, cache rules name the hashed assets and each page folder.

    Args:
        projects: The folders below it: the client's projects, or for internal readers the clients.
        homes: Names of the start page in each language.
        sealed: The pages are published encrypted, and show pictures that the browser has decrypted.
    """
    folders = sorted(set(projects))
    pages = ["/", *(f"/{home}" for home in homes), "/feed.xml"]
    if len(folders) <= _MOST_PROJECTS:
        pages += [f"/{folder}/*" for folder in folders]
    security = SECURITY_HEADERS | ({"Content-Security-Policy": _SEALED_POLICY} if sealed else {})
    rules = [("/*", security), ("/assets/*", _HASHED), *((page, _PAGE) for page in pages)]
    return "\n".join(_rule(pattern, headers) for pattern, headers in rules)


def _rule(pattern: str, headers: dict[str, str]) -> str:
    return "".join([f"{pattern}\n", *(f"  {name}: {value}\n" for name, value in headers.items())])
