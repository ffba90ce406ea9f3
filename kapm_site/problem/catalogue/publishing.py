"""Codes of problems found when writing, auditing and publishing a site."""

from kapm_site.problem.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}
