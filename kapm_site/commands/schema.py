"""`kapm schema`: JSON Schemas of every file, for editors."""

import json
from pathlib import Path

import click


@click.command("schema", short_help="JSON Schemas for editors.")
@click.option(
    "--output",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write one file per schema here; without it all go to standard output.",
)
def schema(folder: Path | None) -> None:
    """Write the JSON Schema of each YAML file, so that an editor completes keys and shows mistakes.

    \b
    Examples:
      kapm schema --output .schemas
      # then, as the first line of plan.yaml:
      # yaml-language-server: $schema=../../../.schemas/plan.schema.json
    """  # noqa: D301 - Click reads the character
    from kapm_site.model.schemas import schemas

    found = schemas()
    if folder is None:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in found.items():
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
    click.echo(f"{len(found)} schemas in {folder}", err=True)
