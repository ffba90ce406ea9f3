"""Microsoft Project plans saved as XML (MSPDI, Project 2003 and later)."""

from kapm_site.importers.msproject.reader import read_msproject

__all__ = ["read_msproject"]
