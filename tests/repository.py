"""Git repositories for tests, made by git itself, without the settings of whoever runs them."""

import os
import subprocess
from datetime import date
from pathlib import Path


def git(root: Path, *arguments: str, day: date = date(2026, 11, 20)) -> str:
    """Run git in a folder as of a day, at noon; returns what it printed.

    Raises:
        CalledProcessError: git says no.
    """
    moment = f"{day}T12:00:00+0000"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(root),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Ana Okafor",
        "GIT_AUTHOR_EMAIL": "ana@tidewater.example",
        "GIT_COMMITTER_NAME": "Ana Okafor",
        "GIT_COMMITTER_EMAIL": "ana@tidewater.example",
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment,
    }
    command = ("git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments)
    return subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, text=True).stdout.strip()


def commit_all(root: Path, message: str, day: date = date(2026, 11, 20)) -> str:
    """Commit everything in the repository of a folder; returns the commit's hash."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet")
    git(root, "add", "--all", day=day)
    git(root, "commit", "--quiet", "--allow-empty", "--message", message, day=day)
    return git(root, "rev-parse", "HEAD")
