"""An image lies beside the file that names it, or in an `attachments/` folder there.

This goes for logos and for images in Markdown, `![what it shows](attachments/plan.png)`. A path that leads elsewhere
could publish a file of another client. A remote image would be missing from the PDF, and would tell its owner who
reads the page, so it is an error too. An image that is not there would leave a hole.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from kapm_site.checks.markdown import Text, texts_of_project, texts_of_record
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Mark, Problem, first_problems
from kapm_site.workspace.records import did_you_mean

ATTACHMENTS = "attachments"

_REMOTE = re.compile(r"(https?:)?//", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")


def check(_account: Account, project: Project, workspace: Workspace) -> list[Problem]:
    """Report images in a project's Markdown that cannot be shown."""
    return _problems(texts_of_project(project), workspace)


def check_account(account: Account, workspace: Workspace) -> list[Problem]:
    """Report a client's logo, and images in the notes on the account, that cannot be shown."""
    problems = _problems(texts_of_record(account.client), workspace)
    if account.client.brand.logo:
        mark = account.client.brand.mark("logo")
        problems += _check_path(account.client.brand.logo, mark, f"{account.folder}/", workspace)
    return problems


def check_workspace(workspace: Workspace) -> list[Problem]:
    """Report the organization's logo if it cannot be shown."""
    organization = workspace.settings.organization
    return _check_path(organization.logo, organization.mark("logo"), "", workspace) if organization.logo else []


def _problems(texts: Iterable[Text], workspace: Workspace) -> list[Problem]:
    return list(first_problems((text.path, _faults(text, workspace)) for text in texts))


def _faults(text: Text, workspace: Workspace) -> Iterator[Problem]:
    for image in text.found():
        if image.target.kind != "image" or not image.target.address:
            continue
        if image.target.html and not _REMOTE.match(image.target.address):
            message = f"image '{image.target.address}' in an HTML tag is not shown"
            hint = "write ![what it shows](attachments/name.png)"
            yield Problem(image.mark, "image-path", message, hint=hint)
        else:
            yield from _check_path(unquote(image.target.address), image.mark, image.folder, workspace)


def _check_path(address: str, mark: Mark, folder: str, workspace: Workspace) -> list[Problem]:
    if _REMOTE.match(address):
        hint = f"save the image in {folder}{ATTACHMENTS}/ and name it from there"
        return [Problem(mark, "image-remote", f"image '{address}' is remote", hint=hint)]
    path = address.removeprefix("./")
    steps = path.split("/")
    nested = len(steps) > 1 and steps[0] != ATTACHMENTS
    if nested or ".." in steps or "" in steps or "\\" in path or _SCHEME.match(path):
        message = f"image path '{address}' leads out of {folder or './'} and its {ATTACHMENTS}/"
        hint = f"put the image into {folder}{ATTACHMENTS}/"
        return [Problem(mark, "image-path", message, hint=hint)]
    if folder + path in workspace.attachments:
        return []
    hint = _near(folder, path, workspace)
    return [Problem(mark, "image-missing", f"image '{address}' is not in {folder or './'}", hint=hint)]


def _near(folder: str, path: str, workspace: Workspace) -> str:
    here = sorted(file.removeprefix(folder) for file in workspace.attachments if file.startswith(folder))
    if hint := did_you_mean(path, [file for file in here if file.count("/") == path.count("/")]):
        return hint
    around = posixpath.dirname(folder.rstrip("/"))
    name = f"/{path.rsplit('/', 1)[-1]}"
    elsewhere = [file for file in workspace.attachments if file.startswith(f"{around}/") and file.endswith(name)]
    if elsewhere and around.count("/") > 1:
        return f"it lies at {min(elsewhere)}; move it to {folder}{path}"
    return f"put the file at {folder}{path}"
