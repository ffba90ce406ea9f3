"""Codes of problems found when importing foreign files."""

from kapm_site.problem.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "import-bad-xml": Entry(
        "error",
        "A file to import is well-formed XML without a document type.",
        "A file that was cut off on its way would give half a plan; a document type could pull in other files.",
        "Save the plan as XML again: File → Save As → XML Format (*.xml).",
    ),
    "import-empty": Entry(
        "error",
        "A file to import has content.",
        "Nothing can be read from it, and nothing is changed.",
        "Save the plan as XML again: File → Save As → XML Format (*.xml).",
    ),
    "import-no-tasks": Entry(
        "warning",
        "A plan to import has tasks.",
        "The project is set up with its dates, calendar and people, but its plan stays empty.",
        "Check that the right file was saved.",
    ),
    "import-not-msproject": Entry(
        "error",
        "A file to import is a plan of Microsoft Project in XML.",
        "Files with .mpp or .mpx, with a password or without, are binary and not read here; other XML holds no plan.",
        "Open it in Microsoft Project and choose File → Save As → XML Format (*.xml).",
    ),
    "import-removed-upstream": Entry(
        "warning",
        "A task that was imported is still in the plan it came from.",
        "It was deleted or made inactive there. It stays here, and counts, until somebody decides.",
        "Delete the task, or delete its `source` to keep it as a task of your own.",
    ),
    "import-selector": Entry(
        "error",
        "`--into` names a project as client/project.",
        "An import goes into one project; where it is absent, it is created.",
        "Write, for example, `--into acme/erp`.",
    ),
    "import-target": Entry(
        "error",
        "The files of the project that an import goes into can be read.",
        "Merging into a file that is broken would lose what a person meant.",
        "Run `kapm check` and mend the file first.",
    ),
    "import-too-large": Entry(
        "error",
        "A file to import has at most 64 MiB, and each file it becomes at most 1 MiB.",
        "Larger files are slow to read and impossible to review.",
        "Save a copy without time-phased data, or import the plan's parts as several projects.",
    ),
    "import-twice": Entry(
        "warning",
        "No two tasks have the same `source` key.",
        "A copied task takes its `source` with it; the next import would not know which of the two it means.",
        "Delete `source` from the copy.",
    ),
    "import-unreadable-value": Entry(
        "warning",
        "Dates, numbers and durations of a file to import can be read.",
        "The value counts as absent.",
        "Mend it in the plan and save it again, or type the value into the YAML.",
    ),
}
