"""Characters that the fonts of the PDF lack, each at the text it stands in: told before anything is printed."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kapm_site.model.record import Record, is_locked
from kapm_site.model.workspace import PROJECT_FILES, Project, Workspace
from kapm_site.pipeline.theme import read_theme_style
from kapm_site.problem import Mark, Problem
from kapm_site.render.fonts import glyph_problem, missing_characters
from kapm_site.workspace.read import readable_text


def workspace_glyphs(workspace: Workspace, texts: Mapping[str, bytes], root: Path) -> list[Problem]:
    """Name the characters of a workspace that no font has, each where it stands first."""
    parts: dict[str, dict[str, bytes]] = {}
    for path, content in texts.items():
        parts.setdefault("/".join(path.split("/")[:3]), {})[path] = content
    found = shared_glyphs(workspace, texts, root)
    for account in workspace.accounts:
        for project in account.projects:
            found += project_glyphs(project, parts.get(project.folder, {}), root)
    return found


def shared_glyphs(workspace: Workspace, texts: Mapping[str, bytes], root: Path) -> list[Problem]:
    """Name those in the files that no project owns."""
    files = ["kapm.yaml", *(f"{account.folder}/client.yaml" for account in workspace.accounts)]
    if not _may_miss({path: texts[path] for path in files if path in texts}, root):
        return []
    records: list[Record] = [workspace.settings, *(account.client for account in workspace.accounts)]
    return [problem for record in records for problem in _problems(_found(record))]


def project_glyphs(project: Project, texts: Mapping[str, bytes], root: Path) -> list[Problem]:
    """Name those in the files of a project."""
    return _problems(_in_project(project)) if _may_miss(texts, root) else []


def _may_miss(texts: Mapping[str, bytes], root: Path) -> bool:
    """Tell by one look at the whole text whether any record need be searched; an escape may stand for any character."""
    whole = "".join(map(readable_text, texts.values()))
    if "\\" not in whole and not missing_characters(whole):
        return False
    return "@font-face" not in read_theme_style(root, "theme-print.css").text


def _problems(found: Iterable[tuple[str, Mark]]) -> list[Problem]:
    first: dict[str, Mark] = {}
    for character, mark in found:
        first.setdefault(character, mark)
    return [glyph_problem(character, mark) for character, mark in first.items()]


def _in_project(project: Project) -> Iterator[tuple[str, Mark]]:
    for name in PROJECT_FILES:
        yield from _found(getattr(project, name))
    for update in project.updates:
        yield from _found(update.matter)
        for section in update.sections:
            for character in sorted(missing_characters(section.title)):
                yield character, section.mark
            for character in sorted(missing_characters(section.body)):
                before = section.body[: section.body.index(character)]
                line, column = section.body_mark.line + before.count("\n"), len(before) - before.rfind("\n")
                yield character, Mark(section.body_mark.path, line, column)


def _found(record: Record) -> Iterator[tuple[str, Mark]]:
    """Search what may be printed of a record and of those below it."""
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if isinstance(value, str):
            if not is_locked(type(record), name):
                key = info.alias or name
                for character in sorted(missing_characters(value)):
                    yield character, record.mark_within(key, value.index(character), 1)
        elif value and not is_locked(type(record), name):
            yield from _below(value, record, (info.alias or name,))


def _below(value: object, record: Record, path: tuple[str | int, ...]) -> Iterator[tuple[str, Mark]]:
    if isinstance(value, str):
        for character in sorted(missing_characters(value)):
            yield character, record.mark(*path)
    elif isinstance(value, Record):
        yield from _found(value)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _below(item, record, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _below(item, record, (*path, str(key)))
