"""The catalogue of problem codes: each code once, with what it means and how to mend it.

Every entry has a case under `tests/cases/<code>/`; a test counts them.
"""

from kapm_site.problem.catalogue import findings, history, importing, publishing, reading, recording, rendering, rules
from kapm_site.problem.catalogue.entry import Entry

CATALOGUE: dict[str, Entry] = {
    **reading.ENTRIES,
    **rules.ENTRIES,
    **findings.ENTRIES,
    **importing.ENTRIES,
    **recording.ENTRIES,
    **rendering.ENTRIES,
    **publishing.ENTRIES,
    **history.ENTRIES,
}

__all__ = ["CATALOGUE", "Entry"]
