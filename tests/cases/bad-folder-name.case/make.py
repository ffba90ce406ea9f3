"""Makes a project whose folder differs from another's only by case."""

import shutil
from pathlib import Path


def make(root: Path) -> None:
    """Copy the project to a folder in capitals, as a disk that knows no case cannot hold both."""
    shutil.copytree(root / "projects/acme/erp", root / "projects/acme/ERP")
