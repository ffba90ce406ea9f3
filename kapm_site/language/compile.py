"""Compiles the catalogues: `python -m kapm_site.language.compile` writes each `kapm.mo` beside its `kapm.po`.

Runs when a text was changed, never in a build. The same `.po` gives the same bytes, whatever the machine, the
clock and the version of Babel; both files are kept in git, and a test compares them.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kapm_site.language.messages import DOMAIN, LOCALES


class TextCatalogue(Catalog):
    """A catalogue whose header says only what a reader of the file needs: no dates, no versions."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The fields of the header, the same at every run."""
        return [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Language", str(self.locale)),
            ("Plural-Forms", f"{self.plural_forms}\n"),
        ]


def compile_catalogues(locales: Path = LOCALES) -> list[Path]:
    """Write the `.mo` of every `.po` below the folder; gives the files whose bytes changed."""
    return [target for source in sorted(locales.glob(f"*/LC_MESSAGES/{DOMAIN}.po")) if (target := _compile(source))]


def read_catalogue(path: Path) -> TextCatalogue:
    """Read a `.po` file; the folder names its locale.

    Raises:
        babel.messages.pofile.PoFileError: The file is not a well-formed catalogue.
    """
    with path.open("rb") as file:
        read = read_po(file, locale=path.parents[1].name, abort_invalid=True)
    catalogue = TextCatalogue(locale=read.locale, fuzzy=False, header_comment=read.header_comment)
    for message in read:
        if message.id:
            catalogue[message.id] = message
    return catalogue


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write a `.po` file, sorted by id and one line a text, so that two people's additions merge."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, sort_output=True)
    replace_file(path, stream.getvalue().rstrip(b"\n") + b"\n")


def replace_file(path: Path, content: bytes) -> bool:
    """Put a file in place in one step, so that nobody reads half of it; tells whether it changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
    return True


@contextmanager
def lock_catalogues(locales: Path = LOCALES) -> Iterator[None]:
    """Hold the catalogues alone, waiting for whoever has them: two writers would lose each other's texts."""
    import fcntl  # only a developer's machine compiles; elsewhere the module may not exist

    folder = os.open(locales, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _compile(source: Path) -> Path | None:
    stream = io.BytesIO()
    write_mo(stream, read_catalogue(source))
    target = source.with_suffix(".mo")
    return target if replace_file(target, stream.getvalue()) else None


if __name__ == "__main__":
    with lock_catalogues():
        for changed in compile_catalogues():
            sys.stdout.write(f"compiled {changed.relative_to(LOCALES).as_posix()}\n")
