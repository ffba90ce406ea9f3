"""Codes of problems found when rules across records."""

from kapm_site.problem.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}
