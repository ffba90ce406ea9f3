"""Writing source files on behalf of a user."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Write files of the workspace one by one, each in full or not at all."""
    for path, text in files.items():
        target = root / path
        draft = target.with_name(f".{target.name}.new")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(text.encode())
            draft.replace(target)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise click.ClickException(f"{path} cannot be written: {error.strerror or error}") from error
