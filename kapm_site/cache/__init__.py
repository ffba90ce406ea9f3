"""What was made before, kept under keys made of everything that it was made from: the same key, the same bytes.

Nothing depends on it. What is missing, broken, of another key or in a folder of somebody else is made again.
"""

from kapm_site.cache.digest import digest, digest_of_files, digest_of_texts
from kapm_site.cache.fingerprint import fingerprint
from kapm_site.cache.records import pack_records
from kapm_site.cache.reuse import take_or_make
from kapm_site.cache.shelved import Gathered, LostEntryError, Shelved, recall
from kapm_site.cache.store import NO_STORE, Store, open_store

__all__ = [
    "NO_STORE",
    "Gathered",
    "LostEntryError",
    "Shelved",
    "Store",
    "digest",
    "digest_of_files",
    "digest_of_texts",
    "fingerprint",
    "open_store",
    "pack_records",
    "recall",
    "take_or_make",
]
