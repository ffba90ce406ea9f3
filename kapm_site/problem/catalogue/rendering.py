"""Codes of problems found when rendering pages and PDF."""

from kapm_site.problem.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}
