"""Codes of problems found when a command writes a record: a baseline, a report."""

from kapm_site.problem.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "change-not-approved": Entry(
        "error",
        "A baseline follows from a change that was approved.",
        "Dates and money would be measured against what nobody has agreed to.",
        "Set the change to `approved` with `decided` and `by`, or record the baseline without `--change`.",
    ),
    "not-in-commit": Entry(
        "error",
        "A report is made from a commit that holds its project.",
        "What is in no commit cannot be found again, so the report could never be made a second time.",
        "Commit the project's folder, then release the report.",
    ),
    "nothing-planned": Entry(
        "error",
        "A plan that is recorded as a baseline has tasks, and names a day.",
        "There is nothing to measure against yet.",
        "Write `plan.yaml` first; where it holds tasks, give the first ones a `start`.",
    ),
    "number-taken": Entry(
        "error",
        "A number names one report.",
        "The client has a report of that number already.",
        "Leave `--number` out, and the report gets the next one.",
    ),
    "uncommitted": Entry(
        "error",
        "All that a released report is made from is in a commit.",
        "A report that was made from changes in no commit could not be made again, and nobody could say what it was "
        "made from.",
        "Commit the files of the message, or set them aside with `git stash`.",
    ),
}
