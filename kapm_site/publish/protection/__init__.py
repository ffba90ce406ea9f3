"""Protection by passphrase: a client's web root whose files only those can read who were given one.

No server is asked for anything: files are encrypted when they are built and decrypted in the reader's browser, by
`templates/assets/unlock.js`, which is the other half of this package. `SECURITY.md` says what that protects from, and
what it does not.
"""

from kapm_site.publish.protection.icon import lock_icon
from kapm_site.publish.protection.keys import KEYS_FILE, Ring, SiteKey, can_encrypt, forge
from kapm_site.publish.protection.passphrases import (
    make_passphrase,
    passphrase_variable,
    read_passphrases,
    read_pdf_passphrase,
)
from kapm_site.publish.protection.pdf import encrypt_pdf
from kapm_site.publish.protection.seal import SEALED, NotSealedError, open_sealed, seal, sealed_path

__all__ = [
    "KEYS_FILE",
    "SEALED",
    "NotSealedError",
    "Ring",
    "SiteKey",
    "can_encrypt",
    "encrypt_pdf",
    "forge",
    "lock_icon",
    "make_passphrase",
    "open_sealed",
    "passphrase_variable",
    "read_passphrases",
    "read_pdf_passphrase",
    "seal",
    "sealed_path",
]
