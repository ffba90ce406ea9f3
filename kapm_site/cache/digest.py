"""Keys: a digest of all that something is made from, in which no two different inputs look alike."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path


def digest(*parts: bytes | str) -> str:
    """Return a key of parts; each goes in with its length, so that none runs into the next."""
    total = sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "big"))
        total.update(content)
    return total.hexdigest()


def digest_of_texts(texts: Mapping[str, bytes]) -> str:
    """Return a key of named contents, whatever their order."""
    return digest(*(part for name in sorted(texts) for part in (name, texts[name])))


def digest_of_files(root: Path, paths: Iterable[str]) -> str:
    """Return a key of files by path and content; one that cannot be read counts as such."""
    return digest(*(part for path in sorted(paths) for part in (path, _content_digest(root / path))))


def _content_digest(path: Path) -> bytes:
    try:
        return sha256(path.read_bytes()).digest()
    except OSError as error:
        return f"unreadable {error.errno}".encode()
