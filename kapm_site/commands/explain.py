"""`kapm explain`: what a problem code means, or how a figure came about."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kapm_site.commands.common import (
    FINE,
    PROBLEMS,
    find_workspace,
    refuse_unknown,
    show_problems,
    status_date_option,
    status_moment,
    workspace_option,
)
from kapm_site.problem.printable import plain_json

if TYPE_CHECKING:
    from kapm_site.pipeline.load import Loaded


@click.command("explain", short_help="What a code means, how a figure came about.")
@click.argument("word", required=False, metavar="[CODE|FIGURE]")
@click.argument("selector", required=False, metavar="[SELECTOR]")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@status_date_option
@workspace_option
@click.pass_context
def explain(
    context: click.Context,
    word: str | None,
    selector: str | None,
    status_date: date | datetime | None,
    start: str | None,
    *,
    as_json: bool,
) -> None:
    """Explain a problem code of `kapm check`, or a figure of `kapm status --json`.

    Of a figure of a project: its formula with the numbers put in, and the file and line of each of them. Without a
    project: what it is. Without a word: all figures.

    \b
    Examples:
      kapm explain late-without-cause
      kapm explain earned_value.cpi acme/erp
      kapm explain schedule.tasks.t1.total_slack_days acme/erp
    """  # noqa: D301 - Click reads the character
    from kapm_site.problem.catalogue import CATALOGUE

    if word is None:
        _index(as_json=as_json)
    elif word in CATALOGUE:
        _code(context, word, selector, status_date, start, as_json=as_json)
    else:
        _figure(context, word, selector, status_date, start, as_json=as_json)


def _index(*, as_json: bool) -> None:
    if as_json:
        from kapm_site.pipeline.explain import index_data

        _echo_json(index_data())
        return
    from kapm_site.commands.explain_text import print_index

    print_index()


def _code(
    context: click.Context,
    code: str,
    selector: str | None,
    status_date: date | datetime | None,
    start: str | None,
    *,
    as_json: bool,
) -> None:
    from kapm_site.commands.explain_text import print_code
    from kapm_site.pipeline.explain import code_data, explain_code, problems_of_code
    from kapm_site.problem.formats import FORMATS

    found, shown = None, ""
    if selector is not None:
        loaded = _load(context, start, selector)
        moment = status_moment(status_date, loaded.workspace.settings.timezone)
        found = problems_of_code(loaded, code, [selector], moment)
        shown = FORMATS["text"](found, loaded.texts).rstrip("\n")
    explanation = explain_code(code, found)
    if explanation is None:
        raise click.UsageError(f"no code '{code}'")
    if as_json:
        _echo_json(code_data(explanation))
    else:
        print_code(explanation, shown)


def _figure(
    context: click.Context,
    name: str,
    selector: str | None,
    status_date: date | datetime | None,
    start: str | None,
    *,
    as_json: bool,
) -> None:
    from kapm_site.analysis.explain import describe, names_in
    from kapm_site.analysis.explain import explain as explain_figure
    from kapm_site.commands.explain_text import print_figure
    from kapm_site.pipeline.explain import figure_data
    from kapm_site.pipeline.status import report_status

    general = describe(name)
    loaded = _load(context, start, selector) if selector is not None else _only_project(context, start)
    analysis = None
    explanation = general
    if loaded is not None and "<" not in name:
        project = _one_project(loaded, selector)
        moment = status_moment(status_date, loaded.workspace.settings.timezone)
        report = report_status(loaded, [project], moment)
        if not report.analyses:
            show_problems(report.problems or loaded.problems_of(f"projects/{project}"), loaded.texts)
            context.exit(PROBLEMS)
        analysis = report.analyses[0]
        explanation = explain_figure(analysis, name)
        if explanation is None:
            _refuse(name, f"{project} has no figure", names_in(analysis))
    if explanation is None:
        _refuse(name, "no code or figure", [])
    elif as_json:
        _echo_json(figure_data(explanation, analysis))
    else:
        print_figure(explanation, analysis)
    context.exit(FINE)


def _load(context: click.Context, start: str | None, selector: str) -> "Loaded":
    from kapm_site.pipeline.load import load

    loaded = load(find_workspace(context, start))
    refuse_unknown(loaded, [selector])
    return loaded


def _only_project(context: click.Context, start: str | None) -> "Loaded | None":
    """Return the workspace where it has one project, which is then meant."""
    from kapm_site.pipeline.load import load
    from kapm_site.workspace.root import find_root

    root = find_root(Path(start or context.obj or "."))
    loaded = load(root) if root is not None else None
    return loaded if loaded is not None and len(_projects(loaded)) == 1 else None


def _projects(loaded: "Loaded") -> list[str]:
    return sorted(selector for selector in loaded.selectors if "/" in selector)


def _one_project(loaded: "Loaded", selector: str | None) -> str:
    meant = [name for name in _projects(loaded) if selector in (None, name, name.split("/", maxsplit=1)[0])]
    if len(meant) != 1:
        raise click.UsageError(f"'{selector}' has {len(meant)} projects; name one: {', '.join(meant) or 'none'}")
    return meant[0]


def _refuse(word: str, what: str, names: list[str]) -> None:
    from kapm_site.pipeline.explain import likely_word

    near = likely_word(word, names)
    raise click.UsageError(f"{what} '{word}'; " + (f"did you mean '{near}'?" if near else "kapm explain lists them"))


def _echo_json(data: dict[str, Any]) -> None:
    click.echo(plain_json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)))
