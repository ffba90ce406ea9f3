"""Strategies for folders that are not what they should be: kinds of files, names, and how many there are."""

import atexit
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from seeds import Files, seeds, texts_of
from texts import one_from

Step = Callable[[Path], None]

_NAMES = [
    b"asks.yaml", b"Asks.yaml", b"ASKS.YAML", b"asks.yml", b"plan.yaml.bak", b".plan.yaml", b"con", b"aux.yaml",
    b"nul.md", b"com1", b"feed.xml", b"index.html", b"assets", b"attachments", b"reports", b"updates",
    b"manifest.json", b"a" * 255, b"a" * 65, b"-rf", b"--help", b"~", b" ", b"a b", b"a ", b" a", b"\xff\xfe",
    b"caf\xe9.md", b"a\nb.yaml", b"a\rb", b"a\tb", b"\x1b[31m.yaml", b"\x7f", b"2026-11-14.md", b"2026-02-30.md",
    b"20261114.md", "a\u202eb.yaml".encode(), "\u2028.md".encode(), "caf\u00e9.md".encode(),
    "cafe\u0301.md".encode(), "项目".encode(), "\U0001f600.yaml".encode(), b"001.yaml", b"0001.yaml", b"1.yaml",
    b"%2e%2e", b"..yaml", b"...", b"a:b.yaml", b"a\\b.yaml", b"?.md", b"*", b"<a>.yaml", b"'\".md", b"$(x).yaml",
    b"`x`.md", b"a;b",
]  # fmt: skip
_FOLDERS = [
    "", "projects", "attachments", "projects/acme", "projects/acme/erp", "projects/acme/erp/updates",
    "projects/acme/erp/reports", "projects/acme/erp/attachments", "projects/acme/other",
    "projects/acme/erp/updates/deep/er", "projects/new/thing",
]  # fmt: skip


SECRET = b"the words of another client\n"


@cache
def outside() -> Path:
    """Make a folder that no workspace is in, with a file that links of a workspace lead to."""
    folder = Path(tempfile.mkdtemp(prefix="kapm-outside-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "secret.txt").write_bytes(SECRET)
    return folder


@st.composite
def layouts(draw: st.DrawFn) -> tuple[Files, list[Step]]:
    """Take a good workspace and do odd things to its folders."""
    files = seeds()[draw(st.integers(0, 1))]
    step = st.one_of(
        st.builds(_put, one_from(_FOLDERS), one_from(_NAMES), st.sampled_from(sorted(_KINDS))),
        st.builds(
            _replace,
            one_from([*texts_of(files), "projects/acme", "projects/acme/erp", "projects"]),
            st.sampled_from(sorted(_KINDS)),
        ),
        st.builds(_remove, one_from([*texts_of(files), "projects/acme/erp", "projects/acme", "projects"])),
        st.builds(
            _many,
            one_from(_FOLDERS[3:]),
            st.sampled_from([10, 300]),
            st.sampled_from(["{}.yaml", "{}.md", "{:03}.yaml", "{}.png"]),
        ),
        st.builds(_deep, one_from(_FOLDERS[3:]), st.sampled_from([3, 30, 1500])),
    )
    return files, draw(st.lists(step, min_size=1, max_size=4))


def apply(root: Path, steps: list[Step]) -> None:
    """Do all steps; what a step before it has made impossible is left out."""
    for step in steps:
        try:
            step(root)
        except OSError:
            continue


def _put(folder: str, name: bytes, kind: str) -> Step:
    def put(root: Path) -> None:
        (root / folder).mkdir(parents=True, exist_ok=True)
        place = Path(os.fsdecode(os.fsencode(root / folder) + b"/" + name))
        if not os.path.lexists(place):
            _KINDS[kind](place)

    return put


def _replace(path: str, kind: str) -> Step:
    def replace(root: Path) -> None:
        _aside(root, path)
        _KINDS[kind](root / path)

    return replace


def _remove(path: str) -> Step:
    return lambda root: _aside(root, path)


def _many(folder: str, count: int, pattern: str) -> Step:
    def fill(root: Path) -> None:
        (root / folder).mkdir(parents=True, exist_ok=True)
        for number in range(count):
            (root / folder / pattern.format(number)).write_bytes(b"number: 1\n")

    return fill


def _deep(folder: str, levels: int) -> Step:
    def dig(root: Path) -> None:
        (root / folder).mkdir(parents=True, exist_ok=True)
        there = os.open(root / folder, os.O_RDONLY)
        for _ in range(levels):
            os.mkdir("d", dir_fd=there)
            below = os.open("d", os.O_RDONLY, dir_fd=there)
            os.close(there)
            there = below
        os.close(there)

    return dig


def _aside(root: Path, path: str) -> None:
    (root / "aside").mkdir(exist_ok=True)
    (root / path).rename(root / "aside" / path.replace("/", "_"))


def _socket(place: Path) -> None:
    there = Path.cwd()
    os.chdir(place.parent)  # its address may have 108 characters
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(place.name)
    finally:
        os.chdir(there)


def _unreadable(place: Path) -> None:
    place.write_bytes(b"a: 1\n")
    place.chmod(0)


def _hole(place: Path) -> None:
    """Make a file of a gigabyte that takes no room."""
    with place.open("wb") as file:
        file.truncate(1024**3)


#: What may lie in the place of a file.
_KINDS: dict[str, Step] = {
    "folder": lambda place: place.mkdir(),
    "empty": lambda place: place.write_bytes(b"") and None,
    "text": lambda place: place.write_bytes(b"a: 1\n") and None,
    "binary": lambda place: place.write_bytes(bytes(range(256))) and None,
    "large": lambda place: place.write_bytes(b"a" * 1_100_000) and None,
    "hole": _hole,
    "link to a file": lambda place: place.symlink_to(outside() / "secret.txt"),
    "link to a folder": lambda place: place.symlink_to(outside()),
    "link to itself": lambda place: place.symlink_to(place.name),
    "link to above": lambda place: place.symlink_to(".."),
    "link to nothing": lambda place: place.symlink_to("nothing"),
    "pipe": os.mkfifo,
    "socket": _socket,
    "device": lambda place: os.mknod(place, 0o020666, os.makedev(1, 5)),  # /dev/zero, which never ends
    "unreadable": _unreadable,
    "hard link": lambda place: place.write_bytes(b"name: x\n") and None,
}
