"""A link leads to the web or to an address: `https:`, `http:` or `mailto:`.

Pages are handed to clients on their own. A relative link would lead nowhere there, nor would `https:` without a host,
which browsers take for one; and any other scheme, such as `javascript:`, `file:` or `data:`, is either of no use to
the reader or dangerous. This goes for all Markdown texts;
links in fields of their own, such as `url`, are held to the same schemes when they are read.
"""

import re
from collections.abc import Iterable, Iterator

from kapm_site.checks.markdown import Text, texts_of_project, texts_of_record
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem, first_problems

SCHEMES = ("https", "http", "mailto")

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_WITH_PLACE = re.compile(r"https?://[^/\\]|mailto:.", re.IGNORECASE)


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report links in a project's Markdown that lead elsewhere."""
    return _problems(texts_of_project(project))


def check_account(account: Account, _workspace: Workspace) -> list[Problem]:
    """Report links in the notes on an account that lead elsewhere."""
    return _problems(texts_of_record(account.client))


def _problems(texts: Iterable[Text]) -> list[Problem]:
    return list(first_problems((text.path, _faults(text)) for text in texts))


def _faults(text: Text) -> Iterator[Problem]:
    for link in text.found():
        address = link.target.address
        if link.target.kind == "link" and address and (what := _fault("".join(address.split()))):
            hint = "links start with https://, http:// or mailto:"
            yield Problem(link.mark, "link-scheme", f"link '{address}' {what}", hint=hint)


def _fault(address: str) -> str:
    """Say what is wrong with where a link leads, if anything."""
    scheme = _SCHEME.match(address)
    if scheme is None:
        return "is relative"
    if scheme[1].lower() not in SCHEMES:
        return f"has the scheme '{scheme[1]}:'"
    return "" if _WITH_PLACE.match(address) else "names no host"
