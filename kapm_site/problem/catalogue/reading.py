"""Codes of problems found when reading source files into records."""

from kapm_site.problem.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}
