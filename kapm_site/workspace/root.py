"""Where a workspace begins."""

from pathlib import Path

ROOT_FILE = "kapm.yaml"


def find_root(start: Path) -> Path | None:
    """Walk up from a folder to the one that holds `kapm.yaml`."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / ROOT_FILE).is_file()), None)
