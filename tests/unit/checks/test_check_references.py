"""Every field that must be an id is checked, and nothing else is."""

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import WithJsonSchema

from kapm_site.checks.references import SITES
from kapm_site.model.client import Client
from kapm_site.model.record import Record
from kapm_site.model.reports import ReportFile, UpdateMatter
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import PROJECT_FILES
from kapm_site.problem.catalogue import rules


def records(hint: Any, seen: set[type[Record]]) -> Iterator[type[Record]]:
    """Walk the record classes that a type hint reaches."""
    if isinstance(hint, type) and issubclass(hint, Record):
        if hint not in seen:
            seen.add(hint)
            yield hint
            for info in hint.model_fields.values():
                yield from records(info.annotation, seen)
        return
    for part in get_args(hint):
        yield from records(part, seen)


def is_reference(hint: Any, metadata: Any) -> bool:
    """Tell whether a field is of the type `Ref`, or holds some."""
    if get_origin(hint) is Annotated:
        return is_reference(None, get_args(hint)[1:])
    schemas = [item.json_schema or {} for item in metadata if isinstance(item, WithJsonSchema)]
    return any(schema.get("description") == "Id of another record" for schema in schemas) or any(
        is_reference(part, ()) for part in get_args(hint)
    )


SEEN: set[type[Record]] = set()
RECORDS = [
    record
    for root in (Settings, Client, UpdateMatter, ReportFile, *PROJECT_FILES.values())
    for record in records(root, SEEN)
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_the_sites_are_the_reference_fields_of_the_model(record: type[Record]) -> None:
    """A new field of the type Ref without a site would take any id."""
    fields = {name for name, info in record.model_fields.items() if is_reference(info.annotation, info.metadata)}
    assert {site.field for site in SITES.get(record, ())} == fields


def test_every_kind_has_a_code() -> None:
    """People of the team and people in general share one."""
    kinds = {site.kind.lower().replace("member", "person") for sites in SITES.values() for site in sites}
    assert {f"unknown-{kind}" for kind in kinds} == {code for code in rules.REFERENCES if code.startswith("unknown-")}
