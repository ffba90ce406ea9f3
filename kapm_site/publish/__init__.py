"""Publishing: files in memory become a folder on disk that is complete, listed, audited and swapped in."""

from kapm_site.publish.audit import Secret, Secrets, audit_folder
from kapm_site.publish.files import Audience, OutputFile, SiteFile, StoredFile, Withdrawn, asset_name, client_root
from kapm_site.publish.folder import Published, check_target, publish
from kapm_site.publish.headers import headers_text
from kapm_site.publish.manifest import Manifest, ManifestEntry, Stamp, is_ours, read_manifest

__all__ = [
    "Audience",
    "Manifest",
    "ManifestEntry",
    "OutputFile",
    "Published",
    "Secret",
    "Secrets",
    "SiteFile",
    "Stamp",
    "StoredFile",
    "Withdrawn",
    "asset_name",
    "audit_folder",
    "check_target",
    "client_root",
    "headers_text",
    "is_ours",
    "publish",
    "read_manifest",
]
