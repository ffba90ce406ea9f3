"""A language that is asked for is one that pages can be written in.

Where no catalogue is shipped for a language, pages come out in English; every kind of Chinese gets Simplified Chinese.
"""

from kapm_site.language import SHIPPED
from kapm_site.language.tags import has_texts, resolve_tag
from kapm_site.model.record import Record
from kapm_site.model.workspace import Account, Workspace
from kapm_site.problem import Problem

#: Parts of a tag that ask for Traditional Chinese.
_TRADITIONAL = {"hant", "tw", "hk", "mo"}


def check_account(account: Account, _workspace: Workspace) -> list[Problem]:
    """Report languages of a client and its contacts that pages are not written in."""
    client = account.client
    found = _check_language(client, client.language)
    return found + [problem for contact in client.contacts for problem in _check_language(contact, contact.language)]


def check_workspace(workspace: Workspace) -> list[Problem]:
    """Report the workspace's language if pages are not written in it."""
    return _check_language(workspace.settings, workspace.settings.language)


def _check_language(record: Record, tag: str | None) -> list[Problem]:
    if tag is None:
        return []
    parts = tag.replace("_", "-").lower().split("-")
    if has_texts(tag) and not (parts[0] == "zh" and _TRADITIONAL & set(parts)):
        return []
    message = f"there are no texts in '{tag}'; pages are written in {resolve_tag(tag)[0]}"
    hint = f"languages: {', '.join(SHIPPED)}"
    return [Problem(record.mark("language"), "language-not-shipped", message, "warning", hint=hint)]
