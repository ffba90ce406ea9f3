"""Passphrases: made by us, kept by the one who publishes, read from the environment and written nowhere."""

import re
import secrets
import unicodedata
from collections.abc import Mapping

from kapm_site.problem import Mark, Problem

#: Small letters and digits that nobody mistakes for one another when one is read out.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 5, 4
#: A passphrase can be guessed without anybody noticing, so what a person would choose is too short.
MINIMUM_LENGTH = 20
_MINIMUM_VARIETY = 8
_SIGNS = {"-": "_", "_": "__", ".": "___"}
_SITES, _PDFS = "KAPM_PASSPHRASES_", "KAPM_PDF_PASSPHRASE_"


def make_passphrase() -> str:
    """Make a passphrase of 99 bits, such as `k7qf-3m2x-...`: 20 of 31 letters and digits, in groups of four."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def passphrase_variable(client: str) -> str:
    """Name the environment variable with the passphrases of a client's site: `KAPM_PASSPHRASES_ACME`."""
    return f"{_SITES}{_in_capitals(client)}"


def pdf_passphrase_variable(client: str) -> str:
    """Name the environment variable with the passphrase of a client's PDFs: `KAPM_PDF_PASSPHRASE_ACME`."""
    return f"{_PDFS}{_in_capitals(client)}"


def read_passphrases(client: str, environment: Mapping[str, str], mark: Mark) -> tuple[str, ...] | Problem:
    """Read the passphrases of a client's site from the environment, where white space or commas part them.

    Args:
        client: Id of the client.
        environment: Of the process.
        mark: Where `client.yaml` asks for them.

    Returns:
        One or more passphrases, sorted; or why the site cannot be encrypted. No message repeats one.
    """
    name = passphrase_variable(client)
    found = sorted(set(map(normalized, _parted(environment.get(name, "")))))
    if not found:
        message = f"the site of client '{client}' is not built: {name} holds no passphrase to encrypt it with"
        return Problem(mark, "passphrase-missing", message, "warning", hint=_make_one(client))
    weak = sum(map(_is_weak, found))
    return _weak(client, name, weak, len(found), mark) if weak else tuple(found)


def read_pdf_passphrase(client: str, environment: Mapping[str, str], mark: Mark) -> str | Problem:
    """Read the passphrase of a client's PDFs from the environment, or say why there is none to use."""
    name = pdf_passphrase_variable(client)
    found = normalized(environment.get(name, ""))
    if not found:
        message = f"the PDF is not made: {name} holds no passphrase to encrypt it with"
        return Problem(mark, "passphrase-missing", message, hint=_make_one(client))
    return _weak(client, name, 1, 1, mark) if _is_weak(found) else found


def passphrases_in(environment: Mapping[str, str]) -> set[str]:
    """Gather all passphrases of an environment, as they stand there and as they are used: none may be shown."""
    values = [value for name, value in environment.items() if name.startswith((_SITES, _PDFS))]
    typed = [text.strip() for value in values for text in (value, *_parted(value))]
    return {spelled for text in typed for spelled in (text, normalized(text)) if spelled}


def _parted(value: str) -> list[str]:
    return [text for text in re.split(r"[\s,]+", value) if text]


def normalized(passphrase: str) -> str:
    """Return a passphrase as it is used: the same characters whichever way a keyboard composes them (NFKC)."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def _in_capitals(client: str) -> str:
    """Write an id as a part of a variable's name, no two ids alike: in an id two signs never stand side by side."""
    return "".join(_SIGNS.get(letter, letter) for letter in client).upper()


def _make_one(client: str) -> str:
    return f"make one with `kapm passphrase {client}`, and keep it as a secret of the CI"


def _is_weak(passphrase: str) -> bool:
    return len(passphrase) < MINIMUM_LENGTH or len(set(passphrase)) < _MINIMUM_VARIETY


def _weak(client: str, name: str, weak: int, count: int, mark: Mark) -> Problem:
    which = "the passphrase" if count == 1 else f"{weak} of {count} passphrases"
    message = f"{which} in {name} can be guessed: fewer than {MINIMUM_LENGTH} characters, or a few of them repeated"
    return Problem(mark, "passphrase-weak", message, hint=f"make another with `kapm passphrase {client}`")
