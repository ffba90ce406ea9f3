"""Names of folders and files: what becomes a path of the site, and what nobody would read."""

import re

from kapm_site.model.scalars import SLUG_PATTERN
from kapm_site.model.workspace import PROJECT_FILES
from kapm_site.problem import Mark, Problem
from kapm_site.workspace.collect import PROJECTS, SourceFiles
from kapm_site.workspace.folders import is_client, is_project
from kapm_site.workspace.records import did_you_mean

MAX_NAME = 64
#: What looks like an update, anywhere in a project's folder.
_UPDATE = re.compile(rf"{PROJECTS}/[^/]+/[^/]+/(.+/)?\d{{4}}-\d{{2}}-\d{{2}}\.md")
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
    named = [folder for folder in sorted(files.folders) if is_client(folder) or is_project(folder)]
    by_lower: dict[str, list[str]] = {}
    for folder in named:
        by_lower.setdefault(folder.lower(), []).append(folder)
    problems = []
    for folder in named:
        name = folder.rsplit("/", 1)[-1]
        fault = _fault(name)
        twin = next((other for other in by_lower[folder.lower()] if other != folder), None)
        if fault and twin:
            fault = f"differs from '{twin}' only by case"
        if fault:
            problems.append(Problem(Mark(folder), "bad-folder-name", f"folder name '{name}' {fault}", hint="rename it"))
    return problems


def check_stray_files(files: SourceFiles) -> list[Problem]:
    """Report YAML files that nothing reads, and updates that lie outside of their folder."""
    problems = []
    for path in sorted(files.texts):
        parts = path.split("/")
        name, known = parts[-1], _known_names(parts)
        if path.endswith(".md"):
            if not _UPDATE.fullmatch(path) or parts[-2] == "updates":
                continue
            hint = f"move it to updates/{name}"
        elif known is None or name in known:
            continue
        else:
            hint = did_you_mean(name, known) or (f"known files: {', '.join(known)}" if known else "delete it")
        message = f"'{name}' is not a file that is read here"
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
