"""Loading the PDF engine: it stands on system libraries that may be missing, which is nobody's traceback."""

import os
import platform
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from importlib.metadata import version
from io import StringIO

from kapm_site.problem import Mark, Problem
from kapm_site.render.folders import fonts_folder

_COMMANDS = {
    "debian": "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "dnf install pango",
    "rhel": "dnf install pango",
    "arch": "pacman -S pango",
    "alpine": "apk add pango",
    "suse": "zypper install libpango-1_0-0",
    "darwin": "brew install pango",
    "windows": r"C:\msys64\usr\bin\pacman -S mingw-w64-ucrt-x86_64-pango",
}


def pango_problem(mark: Mark) -> Problem | None:
    """Load WeasyPrint and the libraries below it; tell what is missing and the one command that mends it.

    Nothing else needs them: pages, feeds and calendars are built without.
    """
    library = _missing_library()
    if library is None:
        return None
    return Problem(
        mark,
        "pango-missing",
        f"no PDF was made: it needs the Pango library, and '{library}' was not found",
        hint=f"run `{install_command()}`, or build the pages alone with `--no-pdf`",
    )


def install_command() -> str:
    """Name the command that installs Pango on this system."""
    system = platform.system().lower()
    if system in _COMMANDS:
        return _COMMANDS[system]
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    names = (release.get("ID", ""), *release.get("ID_LIKE", "").split())
    return next((_COMMANDS[name] for name in names if name in _COMMANDS), _COMMANDS["debian"])


def engine_versions() -> dict[str, str]:
    """Name what the bytes of a PDF depend on besides its own text, without loading WeasyPrint.

    Part of the key under which a finished PDF may be cached, and of what `kapm doctor` shows.
    """
    packages = {name: version(name) for name in ("weasyprint", "pydyf", "fonttools", "pillow")}
    return packages | {"pango": _library_version()}


@contextmanager
def own_fontconfig() -> Iterator[None]:
    """Hide the fonts of this machine from Fontconfig while it is set up."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(fonts_folder() / "fonts.conf")
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@cache
def _missing_library() -> str | None:
    try:
        # WeasyPrint prints advice of its own on standard output, and warns that there are no fonts yet.
        with own_fontconfig(), redirect_stdout(StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from kapm_site.render import engine  # noqa: F401 - slow to load, and it may fail
    except OSError as error:
        named = re.search(r"library '([^']+)'", str(error))
        return named[1] if named else str(error)
    return None


def _library_version() -> str:
    import ctypes

    names = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0.0.dylib", "libpango-1.0-0.dll")
    for name in names:
        try:
            function = ctypes.CDLL(name).pango_version_string
        except (OSError, AttributeError):
            continue
        function.restype = ctypes.c_char_p
        return bytes(function()).decode()
    return "missing"
