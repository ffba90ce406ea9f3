"""Makes a named pipe, which no repository can hold."""

import os
from pathlib import Path


def make(root: Path) -> None:
    """Put a pipe where a register is expected."""
    os.mkfifo(root / "projects/acme/erp/asks.yaml")
