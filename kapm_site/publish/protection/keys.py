"""The keys of a protected site: which there are, and how they come from the passphrases.

    passphrase --PBKDF2-SHA256, 600,000 rounds--> wrapping key | share
    shares of all passphrases --HKDF--> content key, which each wrapping key wraps
    content key --HKDF--> key of the files (AES-256-GCM), of their names, of their nonces

So a reader with any one passphrase gets the content key, and whoever takes a passphrase away changes the content key
with it: nothing has to be remembered to revoke it. Nothing is drawn at random, as the same sources and passphrases must
give the same bytes; what is not random is made by a key that only the passphrases give.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

FORMAT = "kapm/v1"
#: At the top of the web root.
KEYS_FILE = "keys.json"
#: OWASP Password Storage Cheat Sheet (2023) for PBKDF2-HMAC-SHA256.
ITERATIONS = 600_000
NONCE_BYTES = 12
_KEY_BYTES = 32
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class SiteKey:
    """What encrypts one client's files.

    Attributes:
        client: Id of the client; it is bound to each file, so that none can be passed off as another client's.
        files: Key of the contents.
        names: Key that names are made with.
        nonces: Key that nonces are made with.
    """

    client: str
    files: bytes
    names: bytes
    nonces: bytes

    def __repr__(self) -> str:
        return f"SiteKey(client={self.client!r})"


@dataclass(frozen=True, slots=True)
class Ring:
    """What is published of the keys, so that a browser can get the content key from a passphrase.

    Attributes:
        salt: Of PBKDF2.
        wrapped: The content key under each passphrase, a nonce before it, sorted.
    """

    salt: bytes
    wrapped: tuple[bytes, ...]

    def to_json(self) -> bytes:
        """Write it as the file that `unlock.js` reads."""
        data = {
            "format": FORMAT,
            "iterations": ITERATIONS,
            "salt": _base64(self.salt),
            "keys": [_base64(key) for key in self.wrapped],
        }
        return f"{json.dumps(data, indent=2)}\n".encode()


@lru_cache(maxsize=256)
def forge(client: str, passphrases: tuple[str, ...], organization: str) -> tuple[SiteKey, Ring]:
    """Make the keys of a client's site.

    Args:
        client: Id of the client.
        passphrases: One or more; each opens the site.
        organization: Whose workspace it is, so that two with a client of the same id have two salts.
    """
    salt = hashlib.sha256(f"{FORMAT}/salt/{organization}/{client}".encode()).digest()[:_SALT_BYTES]
    pairs = [_stretched(passphrase, salt) for passphrase in passphrases]
    content = _derived(b"".join(sorted(share for _, share in pairs)), "content")
    wrapped = sorted(_wrapped(content, key, client) for key, _ in pairs)
    key = SiteKey(client, _derived(content, "files"), _derived(content, "names"), _derived(content, "nonces"))
    return key, Ring(salt, tuple(wrapped))


def can_encrypt() -> bool:
    """Tell whether the library that encrypts is installed; it is an extra, as few sites need it."""
    return find_spec("cryptography") is not None


def nonce(key: bytes, *parts: bytes) -> bytes:
    """Make the nonce of one encryption: another text, another nonce, and nobody without the key can tell of what."""
    return hmac.digest(key, b"\0".join(parts), "sha256")[:NONCE_BYTES]


def cipher(key: bytes) -> Any:
    """Return AES-256-GCM under a key."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _stretched(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """Make a passphrase's wrapping key and its share in the content key, each as dear to guess as the other."""
    both = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, ITERATIONS, 2 * _KEY_BYTES)
    return both[:_KEY_BYTES], both[_KEY_BYTES:]


def _wrapped(content: bytes, key: bytes, client: str) -> bytes:
    bound = f"{FORMAT}/{client}/key".encode()
    number = nonce(key, bound, content)
    return number + bytes(cipher(key).encrypt(number, content, bound))


def _derived(secret: bytes, purpose: str) -> bytes:
    """Derive one key of 32 bytes: HKDF-SHA256 (RFC 5869) without salt."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"{FORMAT}/{purpose}".encode()).derive(secret)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
