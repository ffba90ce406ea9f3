"""Takes the client with its project away."""

import shutil
from pathlib import Path


def make(root: Path) -> None:
    """Delete all projects."""
    shutil.rmtree(root / "projects")
