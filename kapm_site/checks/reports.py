"""A numbered report is what its file's name says it is.

`reports/012.yaml` is report 12. Reports are written by `kapm release` and counted by their files, so a number changed
by hand would give two reports one number.
"""

from kapm_site.model.workspace import Account, Project, Workspace
from kapm_site.problem import Problem


def check(_account: Account, project: Project, _workspace: Workspace) -> list[Problem]:
    """Report reports whose number is not that of their file."""
    problems = []
    for report in project.reports:
        mark = report.mark("number")
        name = mark.path.rsplit("/", 1)[-1].removesuffix(".yaml")
        if name.isdigit() and int(name) != report.number and not report.lost("number"):
            message = f"report number {report.number:g} stands in a file named for report {int(name)}"
            problems.append(Problem(mark, "report-number", message, hint=f"write number: {int(name)}"))
    return problems
