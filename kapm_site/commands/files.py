"""Writing files on behalf of a user, each in full or not at all."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Write files of the workspace one by one."""
    for path, text in files.items():
        try:
            write_whole(root / path, text.encode())
        except OSError as error:
            raise click.ClickException(f"{path} cannot be written: {error.strerror or error}") from error


def write_whole(file: Path, content: bytes) -> None:
    """Write a file beside its place and move it there; what is no ordinary file, such as a pipe, is written to.

    Raises:
        OSError: It cannot be written; what was there is as it was.
    """
    if file.exists() and not file.is_file():
        file.write_bytes(content)
        return
    place = file.resolve()  # where a link leads, the file changes and not the link
    draft = place.with_name(f".{place.name}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        if place.exists():
            draft.chmod(place.stat().st_mode & 0o7777)
        draft.replace(place)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
