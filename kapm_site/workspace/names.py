"""Names of folders and files: what becomes a path of the site, and what nobody would read."""

import re

from kapm_site.model.scalars import SLUG_PATTERN
from kapm_site.model.workspace import PROJECT_FILES
from kapm_site.problem import Mark, Problem
from kapm_site.workspace.collect import PROJECTS, SourceFiles
from kapm_site.workspace.records import did_you_mean

MAX_NAME = 64
RESERVED = {"assets", "attachments", "feed.xml", "index.html", "manifest.json"}
#: Device names that Windows does not allow as a file's name, with any ending.
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"com{n}" for n in range(1, 10)),
    *(f"lpt{n}" for n in range(1, 10)),
}


def check_folder_names(files: SourceFiles) -> list[Problem]:
    """Check the names of client and project folders."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for folder in sorted(files.folders):
        parts = folder.split("/")
        name = parts[-1]
        if parts[0] != PROJECTS or len(parts) not in (2, 3) or (len(parts) == 3 and name == "attachments"):  # noqa: PLR2004
            continue
        fault = _fault(name)
        if fault:
            problems.append(Problem(Mark(folder), "bad-folder-name", f"folder name '{name}' {fault}", hint="rename it"))
        twin = seen.setdefault(folder.lower(), folder)
        if twin != folder:
            message = f"'{folder}' and '{twin}' differ only by case"
            problems.append(Problem(Mark(folder), "bad-folder-name", message, hint="rename one of them"))
    return problems


def check_stray_files(files: SourceFiles) -> list[Problem]:
    """Report YAML files that nothing reads, and the files of other endings that look like ours."""
    problems = []
    for path in sorted(files.texts):
        parts = path.split("/")
        known = _known_names(parts)
        if known is None or parts[-1] in known or path.endswith(".md"):
            continue
        hint = did_you_mean(parts[-1], known) or f"known files: {', '.join(known)}"
        message = f"'{parts[-1]}' is not a file that is read here"
        problems.append(Problem(Mark(path), "unknown-file", message, "warning", hint=hint))
    return problems


def _fault(name: str) -> str:
    if len(name) > MAX_NAME:
        return f"has {len(name)} characters, the limit is {MAX_NAME}"
    if not re.fullmatch(SLUG_PATTERN, name):
        return "is not an id (lower-case letters, digits, and single . _ - between them)"
    if name in RESERVED:
        return "is reserved for the site"
    if name.split(".", maxsplit=1)[0] in _DEVICES:
        return "is a device name on Windows"
    return ""


def _known_names(parts: list[str]) -> list[str] | None:
    """Return the names that are read in a file's folder; None where any name is right."""
    match len(parts):
        case 3:
            return ["client.yaml"]
        case 4:
            return [f"{name}.yaml" for name in PROJECT_FILES]
        case 5 if parts[3] == "reports":
            return [parts[-1]] if re.fullmatch(r"\d{3,}\.yaml", parts[-1]) else ["001.yaml"]
        case 5 if parts[3] == "updates":
            return []
        case _:
            return None if parts == ["kapm.yaml"] else []
