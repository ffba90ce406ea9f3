"""PDFs that are mailed: encrypted for those who know a passphrase."""

import secrets
from io import BytesIO


def encrypt_pdf(content: bytes, passphrase: str) -> bytes:
    """Encrypt a PDF with AES-256 (ISO 32000-2, revision 6), its metadata and attachments too.

    Screen readers may still read it, and whoever opens it may print and copy it. Its bytes differ each time, as the
    format asks for random keys. PDF/A forbids encryption, so give it no archive.
    """
    from pikepdf import Encryption, Pdf, Permissions

    # An owner passphrase that nobody knows: what is permitted stays as it is.
    allow = Permissions(accessibility=True, modify_annotation=False, modify_assembly=False, modify_other=False)
    lock = Encryption(owner=secrets.token_urlsafe(32), user=passphrase, R=6, allow=allow)
    made = BytesIO()
    with Pdf.open(BytesIO(content)) as pdf:
        pdf.save(made, encryption=lock)
    return made.getvalue()
