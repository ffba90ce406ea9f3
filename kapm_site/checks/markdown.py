"""The Markdown texts of records, with where each stands; links and images are checked in all of them alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated, Any, get_args, get_origin

from pydantic import WithJsonSchema

from kapm_site.model.record import Record
from kapm_site.model.reports import UpdateSection
from kapm_site.model.workspace import Project
from kapm_site.problem import Mark
from kapm_site.source import Target, targets


@dataclass(frozen=True, slots=True)
class Found:
    """A link or an image of a Markdown text.

    Attributes:
        target: What it leads to.
        path: The file that it stands in.
        place: Works out where its address stands, which takes time in a text that is full of them.
    """

    target: Target
    path: str
    place: Callable[[Target], Mark]

    @property
    def mark(self) -> Mark:
        """Where its address stands."""
        return self.place(self.target)

    @property
    def folder(self) -> str:
        """The folder of the file that names it, with a slash behind it; empty for the workspace's own."""
        return self.path[: self.path.rfind("/") + 1]


@dataclass(frozen=True, slots=True)
class Text:
    """A Markdown text; its links and images are found when they are asked for, as that takes time."""

    text: str
    path: str
    place: Callable[[Target], Mark]

    def found(self) -> Iterator[Found]:
        """Find its links and images."""
        for target in targets(self.text):
            yield Found(target, self.path, self.place)


def texts_of_project(project: Project) -> Iterator[Text]:
    """Walk the Markdown of a project that may hold links and images: of its records, and the bodies of its updates."""
    files: tuple[Record, ...] = (
        project.project,
        project.plan,
        project.risks,
        project.asks,
        project.decisions,
        project.actions,
        project.changes,
        project.kpis,
        project.feedback,
        project.costs,
        project.meetings,
        project.training,
        project.lessons,
    )
    for file in files:
        yield from texts_of_record(file)
    for update in project.updates:
        for section in update.sections:
            yield Text(section.body, section.body_mark.path, partial(_mark_in_section, section))


def texts_of_record(record: Record) -> Iterator[Text]:
    """Walk the Markdown of a record, and of all records below it, that may hold links and images."""
    texts, parts = fields_of(type(record))
    for field in texts:
        text: str | None = getattr(record, field)
        if text and ("](" in text or "<" in text or "]:" in text):
            yield Text(text, record.mark().path, partial(_mark_in_record, record, field))
    for field in parts:
        value = getattr(record, field)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Record):
                yield from texts_of_record(item)


@cache
def fields_of(record: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the Markdown fields of a record, and those that hold further records with Markdown fields."""
    fields = {name: (info.annotation, info.metadata) for name, info in record.model_fields.items()}
    texts = tuple(name for name, (hint, metadata) in fields.items() if _is_markdown(hint, metadata))
    parts = tuple(name for name, (hint, _) in fields.items() if _holds_markdown(hint, frozenset({record})))
    return texts, parts


def _is_markdown(hint: Any, metadata: Any = ()) -> bool:
    if get_origin(hint) is Annotated:
        return _is_markdown(None, get_args(hint)[1:])
    schemas = [item.json_schema or {} for item in metadata if isinstance(item, WithJsonSchema)]
    return any(schema.get("description") == "Markdown" for schema in schemas) or any(map(_is_markdown, get_args(hint)))


def _holds_markdown(hint: Any, seen: frozenset[type[Record]]) -> bool:
    if not (isinstance(hint, type) and issubclass(hint, Record)):
        return any(_holds_markdown(part, seen) for part in get_args(hint))
    if hint in seen:
        return True
    fields = [(info.annotation, info.metadata) for info in hint.model_fields.values()]
    return any(_is_markdown(*field) or _holds_markdown(field[0], seen | {hint}) for field in fields)


def _mark_in_record(record: Record, field: str, target: Target) -> Mark:
    return record.mark_within(field, target.start, target.length)


def _mark_in_section(section: UpdateSection, target: Target) -> Mark:
    before = section.body[: target.start]
    column = target.start - before.rfind("\n")
    return Mark(section.body_mark.path, section.body_mark.line + before.count("\n"), column, target.length)
