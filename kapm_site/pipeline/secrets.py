"""What the audit must not find: all that the workspace holds, and what each client may read of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from kapm_site.audience import ClientView, client_view
from kapm_site.audience.reader import Reader
from kapm_site.language import SHIPPED, language_for
from kapm_site.model.record import Record
from kapm_site.model.scalars import SLUG_PATTERN
from kapm_site.model.workspace import PROJECT_FILES, Account, Project, Workspace
from kapm_site.pipeline.load import analyse_projects, load
from kapm_site.problem import Mark, Problem, has_errors
from kapm_site.publish import Secret, Secrets
from kapm_site.render import templates_folder
from kapm_site.workspace import SourceFiles


def secrets_of(workspace: Workspace, files: SourceFiles, views: Iterable[ClientView], root: Path) -> Secrets:
    """Gather what the audit compares a built folder with."""
    allowed: dict[str, Iterable[str]] = {account.id: (account.id,) for account in workspace.accounts}
    accounts = {account.id: account for account in workspace.accounts}
    for view in views:
        allowed[view.client_id] = (
            *_texts_of(view),
            *_told_before(accounts[view.client_id], view),
        )
    return Secrets(
        texts=tuple(_held(workspace)),
        allowed=allowed,
        common=_common_words(),
        sources=tuple(sorted({*files.texts, *files.others})),
        machine=(str(root.resolve()),),
    )


def _held(workspace: Workspace) -> Iterator[Secret]:
    """Walk every text and number that a person typed."""
    yield from _of_record(workspace.settings, None)
    for account in workspace.accounts:
        yield from _of_record(account.client, account.id)
        for project in account.projects:
            yield from _of_project(project)


def _of_project(project: Project) -> Iterator[Secret]:
    yield Secret(project.id, Mark(project.folder), project.client_id)
    for name in PROJECT_FILES:
        yield from _of_record(getattr(project, name), project.client_id)
    for report in project.reports:
        yield from _of_record(report, project.client_id)
    for update in project.updates:
        yield from _of_record(update.matter, project.client_id)
        for section in update.sections:
            yield Secret(section.title, section.mark, project.client_id)
            yield Secret(section.body, section.mark, project.client_id)


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


def _of_record(record: Record, client: str | None) -> Iterator[Secret]:
    for name, info in type(record).model_fields.items():
        key = info.alias or name
        if key in _PLAIN_FIELDS:
            continue
        yield from _of_value(getattr(record, name), record, (key,), client)


def _of_value(value: object, record: Record, path: tuple[str | int, ...], client: str | None) -> Iterator[Secret]:
    if isinstance(value, str | float) and not isinstance(value, bool):
        text = _shown(value)
        if text not in _vocabulary_words() and _tells(text):
            yield Secret(text, record.mark(*path), client)
    elif isinstance(value, Record):
        yield from _of_record(value, client)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _of_value(item, record, (*path, index), client)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _of_value(item, record, (*path, str(key)), client)


def _told_before(account: Account, view: ClientView) -> Iterator[str]:
    """Walk the earlier updates that the client was told; a later report may say the same again."""
    shown = {project.id for project in view.projects}
    for project in account.projects:
        reader = Reader(account, project, internal=False)
        for update in project.updates:
            if project.id in shown and reader.sees(update.matter.audience):
                yield update.matter.headline or ""
                yield from (text for section in update.sections for text in (section.title, section.body))


def _texts_of(value: object) -> Iterator[str]:
    """Walk every text and number of a view."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        yield _shown(value)
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from _texts_of(item)
    elif isinstance(value, dict):
        yield from _texts_of(tuple(value.items()))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts_of(getattr(value, field.name))


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


def workspace_secrets(root: Path, status: date) -> Secrets | list[Problem]:
    """Load a workspace for `kapm audit`: what it holds and what each client may read.

    Args:
        root: The workspace.
        status: Status date of the folder that is looked at.

    Returns:
        The secrets, or the errors that keep them from being told.
    """
    loaded = load(root)
    if has_errors(loaded.shared_problems):
        return loaded.shared_problems
    workspace = loaded.workspace
    sound = [pair for pair in workspace.projects() if loaded.is_sound(*pair)]
    analyses = analyse_projects(loaded, sound, status)
    views = [
        client_view(workspace.settings, account, [a for a in analyses if a.account.id == account.id], status)
        for account in workspace.accounts
    ]
    return secrets_of(workspace, loaded.files, views, root)
