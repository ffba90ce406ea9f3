"""Columns of an MSPDI file that the vocabulary has no place for: each is counted once, none goes unsaid."""

from collections import Counter

from kapm_site.importers.msproject.tasks import TaskTable
from kapm_site.importers.msproject.xml import Element
from kapm_site.importers.records import Dropped

_USUAL_PRIORITY = 500
_ELAPSED_PERCENT = (20, 52)


def leftovers(project: Element, table: TaskTable) -> list[Dropped]:
    """Name the columns that hold something unusual in a row that is kept, and in how many rows."""
    aliases = _aliases(project)
    counts: Counter[tuple[str, str]] = Counter()
    for row in table.rows.values():
        counts.update(set(_columns(row.element, aliases)))
    left = [
        Dropped("field", f"{column} of {count} {'task' if count == 1 else 'tasks'}", reason)
        for (column, reason), count in sorted(counts.items())
    ]
    left += [
        Dropped("field", f"file property {name}", "it may be internal; copy what the client may read")
        for name in ("Subject", "Category", "Keywords", "Comments")
        if project.raw(name)
    ]
    status = project.moment("StatusDate")
    if status:
        left.append(Dropped("field", f"status date {status.date()}", "every command takes it as --status-date"))
    symbol = project.name("CurrencySymbol")
    if symbol and not project.raw("CurrencyCode"):
        left.append(
            Dropped("field", f"currency '{symbol}'", "without an ISO code; amounts are in the client's currency")
        )
    return left


def _columns(element: Element, aliases: dict[str, str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if element.integer("Priority", _USUAL_PRIORITY) != _USUAL_PRIORITY:
        found.append(("priority", "the plan has no priorities"))
    if element.raw("WBS") not in ("", element.raw("OutlineNumber")):
        found.append(("WBS code", "tasks are numbered by their place in the plan"))
    if element.integer("LevelingDelay", 0):
        found.append(("leveling delay", "the dates already contain it"))
    if element.flag("IsSubproject"):
        found.append(("inserted project", "the file holds its row, not its tasks; import its own file"))
    for attribute in element.children("ExtendedAttribute"):
        if attribute.raw("Value"):
            name = aliases.get(attribute.raw("FieldID")) or f"custom field {attribute.raw('FieldID')}"
            found.append((f"'{name}'", "the plan has no custom fields"))
    if any(link.integer("LagFormat", 7) in _ELAPSED_PERCENT for link in element.children("PredecessorLink")):
        found.append(("elapsed lag in percent", "it is read as a percentage of working time"))
    if next(element.children("OutlineCode"), None):
        found.append(("outline codes", "the plan has no custom fields"))
    return found


def _aliases(project: Element) -> dict[str, str]:
    return {
        item.raw("FieldID"): item.name("Alias") or item.name("FieldName")
        for item in project.grandchildren("ExtendedAttributes", "ExtendedAttribute")
    }
