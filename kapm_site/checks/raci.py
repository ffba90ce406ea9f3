"""Each area of the RACI table has one person who answers for it, and each person one part in it.

Without somebody accountable, nobody decides. Whoever is responsible is consulted and informed anyway; a person in two
lists, or twice in one, is one entry too many. The accountable person may well be responsible too.
"""

from kapm_site.checks.names import name_of
from kapm_site.model.charter import Responsibility
from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem

_LISTS = ("responsible", "consulted", "informed")


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report areas nobody answers for, and people who stand in one area twice."""
    return [
        problem
        for row in project.project.responsibilities
        for problem in (*_check_accountable(row), *_check_lists(row))
    ]


def _check_accountable(row: Responsibility) -> list[Problem]:
    if row.accountable is not None or row.lost("accountable"):
        return []
    message = f"nobody is accountable for {name_of(row)}"
    return [
        Problem(row.mark("area"), "no-accountable", message, "warning", hint="add 'accountable' with a person's id")
    ]


def _check_lists(row: Responsibility) -> list[Problem]:
    parts: dict[str, str] = {}
    problems = []
    for part in _LISTS:
        for index, person in enumerate(getattr(row, part)):
            earlier = parts.setdefault(person, f"{part} {index}")
            if earlier == f"{part} {index}":
                continue
            word = earlier.split(" ", maxsplit=1)[0]
            twice = "twice" if word == part else f"and '{word}'"
            message = f"'{person}' is '{part}' {twice} in {name_of(row)}"
            problems.append(
                Problem(row.mark(part, index), "raci-twice", message, "warning", hint="keep the strongest part only"),
            )
    return problems
