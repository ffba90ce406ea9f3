"""Codes of problems found when a command writes a record: a baseline, a report."""

from kapm_site.problem.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "change-not-approved": Entry(
        "error",
        "A baseline follows from a change that was approved.",
        "Dates and money would be measured against what nobody has agreed to.",
        "Set the change to `approved` with `decided` and `by`, or record the baseline without `--change`.",
    ),
    "nothing-planned": Entry(
        "error",
        "A plan that is recorded as a baseline has tasks.",
        "There is nothing to measure against yet.",
        "Write `plan.yaml` first.",
    ),
}
