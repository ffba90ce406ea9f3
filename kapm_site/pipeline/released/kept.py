"""Released PDFs that were made before, kept in the git folder by project and hash, which alone makes them trusted."""

import hashlib

from kapm_site.history.cache import read_cache, write_cache
from kapm_site.history.repository import Repository


def sha256_of(content: bytes) -> str:
    """Return the hash by which a report's file is recorded."""
    return hashlib.sha256(content).hexdigest()


def keep_pdf(repository: Repository, folder: str, content: bytes) -> None:
    """Keep a file of the project in a folder for later builds."""
    write_cache(repository, _name(folder, sha256_of(content)), content)


def kept_pdf(repository: Repository, folder: str, sha256: str) -> bytes | None:
    """Return a project's file with a hash; None where it is not kept, or is not what was kept.

    A record that was copied from another project must not bring that project's report along.
    """
    content = read_cache(repository, _name(folder, sha256)) if sha256.isalnum() else b""
    return content if content and sha256_of(content) == sha256 else None


def _name(folder: str, sha256: str) -> str:
    return f"{folder.replace('/', '.')}.report-{sha256}.pdf"
