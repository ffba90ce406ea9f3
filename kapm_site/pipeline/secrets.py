"""What the audit must not find: all that the workspace holds, and what each client may read of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis
from kapm_site.audience import ProjectView, client_view
from kapm_site.audience.looks import look_figures
from kapm_site.audience.reader import Reader
from kapm_site.language import SHIPPED, language_for
from kapm_site.model.record import Record
from kapm_site.model.scalars import SLUG_PATTERN
from kapm_site.model.workspace import PROJECT_FILES, Account, Project, Workspace
from kapm_site.pipeline.load import load
from kapm_site.pipeline.past.history import ProjectHistory, read_history
from kapm_site.pipeline.past.seen import see_as_far
from kapm_site.pipeline.protection import read_keys
from kapm_site.pipeline.released.enclosed import latest_release, released_view
from kapm_site.problem import Mark, Problem, has_errors
from kapm_site.publish import Secret, Secrets
from kapm_site.publish.protection import SiteKey
from kapm_site.render import templates_folder
from kapm_site.workspace.collect import SourceFiles


def project_secrets(project: Project) -> list[Secret]:
    """Gather every text and number that a person typed of a project."""
    client = project.client_id
    found = [Secret(project.id, Mark(project.folder), client)]
    for name in PROJECT_FILES:
        _gather_record(getattr(project, name), client, found)
    for report in project.reports:
        _gather_record(report, client, found)
    for update in project.updates:
        _gather_record(update.matter, client, found)
        for section in update.sections:
            found.append(Secret(section.title, section.mark, client))
            found.append(Secret(section.body, section.mark, client))
    return found


def shared_secrets(workspace: Workspace) -> list[Secret]:
    """Gather every text and number that a person typed in the files that no project owns."""
    found: list[Secret] = []
    _gather_record(workspace.settings, None, found)
    for account in workspace.accounts:
        _gather_record(account.client, account.id, found)
    return found


def told_texts(account: Account, project: Project, view: ProjectView) -> Iterator[str]:
    """Walk what a client may read of a project: its view, sums of it, and updates that a later report may repeat."""
    yield from texts_of(replace(view, looks=()))
    # A page sums the months up; one of the sums is what an earlier report had as spent.
    yield from map(_shown, accumulate(amount for _, amount in view.money.by_month) if view.money else ())
    yield from (_shown(figure) for figure in set(look_figures(view.looks)))
    reader = Reader(account, project, internal=False)
    for update in project.updates:
        if reader.sees(update.matter.audience):
            yield update.matter.headline or ""
            yield from (text for section in update.sections for text in (section.title, section.body))


def texts_of(view: object) -> list[str]:
    """Gather every text and number of a view."""
    found: list[str] = []
    _gather(view, found)
    return found


def _gather(value: Any, found: list[str]) -> None:
    kind = type(value)
    if value is None:
        return
    if isinstance(value, str):
        found.append(str(value))
    elif isinstance(value, date):
        found.append(value.isoformat())
    elif kind is float or kind is int:
        found.append(_shown(value))
    elif isinstance(value, (tuple, list, frozenset)):
        for item in value:
            _gather(item, found)
    elif isinstance(value, dict):
        _gather(tuple(value.items()), found)
    else:
        for name in _field_names_of(kind):  # type: ignore[arg-type]  # mypy takes no class for hashable
            _gather(getattr(value, name), found)


@cache
def _field_names_of(view: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(view)) if is_dataclass(view) else ()


def secrets_from(
    held: Iterable[Secret],
    told: Mapping[str, Iterable[str]],
    files: SourceFiles,
    root: Path,
    keys: Mapping[str, SiteKey | None],
) -> Secrets:
    """Put together what the audit compares a built folder with.

    Args:
        held: All that the workspace says; it may still grow until the audit begins, and so may `told`.
        told: What each client may read.
        files: The sources, whose names no page bears.
        root: The workspace, whose place on the machine no page gives away.
        keys: What opens each protected site.
    """
    sources = tuple(sorted({*files.texts, *files.others}))
    return Secrets(held, told, _common_words(), sources, machine=(str(root.resolve()),), keys=keys)


def _tells(text: str) -> bool:
    """Tell whether a text is more than words that may stand anywhere.

    The audit compares letters and digits alone, so the id `test.integration` is the words "test integration" to it.
    An id with digits is told apart: `cr-2026-014`.
    """
    if not re.fullmatch(SLUG_PATTERN, text) or text.isdecimal():
        return True
    return len(text) >= _TELLING_ID and any(character.isdigit() for character in text)


_TELLING_ID = 8
#: Fields whose values tell nothing of anybody.
_PLAIN_FIELDS = {
    "unit",
    "seed",
    "runs",
    "currency",
    "language",
    "timezone",
    "country",
    "subdivision",
    "color",
    "weight",
}


def _gather_record(record: Record, client: str | None, found: list[Secret]) -> None:
    for name, key in _telling_fields(type(record)):
        value = getattr(record, name)
        if value:  # 0 tells nothing
            _gather_value(value, record, (key,), client, found)


@cache
def _telling_fields(record: type[Record]) -> tuple[tuple[str, str], ...]:
    """List the fields whose values tell something, by the name of the attribute and by the key in YAML."""
    fields = ((name, info.alias or name) for name, info in record.model_fields.items())
    return tuple((name, key) for name, key in fields if key not in _PLAIN_FIELDS)


def _gather_value(
    value: object, record: Record, path: tuple[str | int, ...], client: str | None, found: list[Secret]
) -> None:
    if isinstance(value, (str, float)):
        text = _shown(value)
        if text not in _vocabulary_words() and _tells(text):
            found.append(Secret(text, record.mark(*path), client))
    elif isinstance(value, Record):
        _gather_record(value, client, found)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _gather_value(item, record, (*path, index), client, found)
    elif isinstance(value, dict):
        for key, item in value.items():
            _gather_value(item, record, (*path, str(key)), client, found)


def _shown(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"  # noqa: PLR2004


@cache
def _common_words() -> tuple[str, ...]:
    """What any reader may see: catalogues, templates, style sheets, names of fields, words of the vocabulary."""
    words = [*_vocabulary_words(), *_field_names()]
    for path in sorted(templates_folder().rglob("*")):
        if path.suffix in (".j2", ".css", ".js"):
            text = path.read_text("utf-8")
            words += [text, re.sub(r"[^\w]+", " ", text)]
    for tag in SHIPPED:
        words += language_for(tag).texts()
    return tuple(words)


@cache
def _vocabulary_words() -> frozenset[str]:
    """Words that fields take from a fixed list."""
    found: set[str] = set()
    for record in _records():
        for info in record.model_fields.values():
            found |= set(_literals(info.annotation))
    return frozenset(found)


def _field_names() -> list[str]:
    names = [key for record in _records() for key in record.keys()]  # noqa: SIM118 a method of the record class
    return [*names, *(field.name for view in _views() for field in fields(view))]


def _records(base: type[Record] = Record) -> Iterator[type[Record]]:
    for record in base.__subclasses__():
        yield record
        yield from _records(record)


def _views() -> list[Any]:
    from kapm_site.audience import charter, registers, views

    return [item for module in (charter, registers, views) for item in vars(module).values() if is_dataclass(item)]


def _literals(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from _literals(part)


def workspace_secrets(root: Path, status: date, variables: Mapping[str, str]) -> Secrets | list[Problem]:
    """Load a workspace for `kapm audit`: what it holds and what each client may read.

    Args:
        root: The workspace.
        status: Status date of the folder that is looked at.
        variables: Of the environment, where the passphrases of protected sites are.

    Returns:
        The secrets, or the errors that keep them from being told.
    """
    loaded = load(root)
    if has_errors(loaded.shared_problems):
        return loaded.shared_problems
    workspace = loaded.workspace
    held = list(shared_secrets(workspace))
    folders = [project.folder for _, project in workspace.projects()]
    history = read_history(root, folders, workspace.settings.timezone)
    told = {account.id: [account.id] for account in workspace.accounts}
    for account, project in workspace.projects():
        held += project_secrets(project)
        if loaded.is_sound(account, project):
            analysis = analyse(workspace.settings, account, project, status)
            told[account.id] += _told(analysis, history.projects.get(project.folder))
    for account in workspace.accounts:
        told[account.id] += texts_of(client_view(workspace.settings, account, (), status))
    keys = read_keys(workspace, variables)
    if has_errors(keys.problems):
        return list(keys.problems)
    return secrets_from(held, told, loaded.files, root, keys.site_keys)


def _told(analysis: Analysis, history: ProjectHistory | None) -> list[str]:
    """Gather what a client may read of a project, in the last released report as well."""
    (seen, history), project = see_as_far(analysis, history), analysis.project
    if seen.client is None:
        return []
    report = latest_release(history, project, seen.client.status) if history else None
    past = released_view(history, project, report, seen.reported) if history and report else None
    return [*told_texts(analysis.account, project, seen.client), *(texts_of(past) if past else ())]
