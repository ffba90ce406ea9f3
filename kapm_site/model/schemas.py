"""JSON Schemas of all files, generated from the records."""

from typing import Any

from kapm_site.model.client import Client
from kapm_site.model.record import Record
from kapm_site.model.reports import ReportFile, UpdateMatter
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import PROJECT_FILES

#: Name of each file, or kind of file, and the record it holds.
FILES: dict[str, type[Record]] = {
    "kapm": Settings,
    "client": Client,
    **PROJECT_FILES,
    "update": UpdateMatter,
    "report": ReportFile,
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema (draft 2020-12) of each kind of file by its name."""
    return {name: _schema(name, record) for name, record in FILES.items()}


def _schema(name: str, record: type[Record]) -> dict[str, Any]:
    schema = record.model_json_schema(by_alias=True)
    title = {"update": "updates/<date>.md (front matter)", "report": "reports/<NNN>.yaml"}.get(name, f"{name}.yaml")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}
