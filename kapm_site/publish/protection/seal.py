"""Sealed files: encrypted, bound to their client and place, under names that tell nothing.

    KAPM1 | nonce | AES-256-GCM(path, newline, content)

The name is made from the path by a key, so a browser that has the key finds a file without a list of them, and a file
that was put in another's place does not open there.
"""

import hmac

from kapm_site.publish.protection.keys import FORMAT, NONCE_BYTES, SiteKey, cipher, nonce

SEALED = ".sealed"
_MAGIC = b"KAPM1"
_NAME_LENGTH = 32


class NotSealedError(ValueError):
    """A file that does not open with this key at this place; its text says why."""


def sealed_path(path: str, key: SiteKey) -> str:
    """Name the sealed file of a path below the web root; it lies in the same folder."""
    folder, slash, _ = path.rpartition("/")
    name = hmac.digest(key.names, path.encode(), "sha256").hex()[:_NAME_LENGTH]
    return f"{folder}{slash}{name}{SEALED}"


def seal(path: str, content: bytes, key: SiteKey) -> bytes:
    """Encrypt the file of a path below the web root; the same file gives the same bytes."""
    bound, text = _bound(sealed_path(path, key), key), path.encode() + b"\n" + content
    number = nonce(key.nonces, bound, text)
    return _MAGIC + number + bytes(cipher(key.files).encrypt(number, text, bound))


def open_sealed(place: str, content: bytes, key: SiteKey) -> tuple[str, bytes]:
    """Decrypt the sealed file at a place below the web root; returns its path and content.

    Raises:
        NotSealedError: It was not sealed with this key, or for another place, or it is damaged.
    """
    from cryptography.exceptions import InvalidTag

    head = len(_MAGIC) + NONCE_BYTES
    if not content.startswith(_MAGIC) or len(content) < head:
        raise NotSealedError("it is no sealed file")
    try:
        text = cipher(key.files).decrypt(content[len(_MAGIC) : head], content[head:], _bound(place, key))
    except InvalidTag:
        raise NotSealedError("it was sealed with other passphrases, for another place, or it is damaged") from None
    path, _, found = bytes(text).partition(b"\n")
    return path.decode(), found


def _bound(place: str, key: SiteKey) -> bytes:
    """What is authenticated beside the text: whose file it is, and where it lies."""
    return f"{FORMAT}/{key.client}/{place}".encode()
