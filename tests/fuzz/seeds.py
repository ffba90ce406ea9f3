"""Good workspaces to begin with: one project each, of the examples and of the tests' own."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rich_workspace
import small_workspace

from tests import small

ROOT = Path(__file__).parents[2]
#: The day the examples are looked at.
STATUS = "2026-11-20"

Files = dict[str, bytes]


@cache
def seeds() -> tuple[Files, ...]:
    """Return the files of workspaces with one project, by path."""
    rich = {**small_workspace.FILES, **rich_workspace.FILES}
    kept = {path: text.encode() for path, text in rich.items() if not path.startswith("projects/borealis/")}
    tiny = {path: text.encode() for path, text in small.FILES.items()}
    examples = [_example(folder.parent) for folder in sorted(ROOT.glob("projects/*/*/plan.yaml"))]
    return (tiny, kept, *examples)


@dataclass(frozen=True)
class Changed:
    """A good workspace with one file changed, short enough to be printed.

    Attributes:
        seed: Number of the workspace.
        path: The file.
        content: What stands in it.
    """

    seed: int
    path: str
    content: bytes

    @property
    def files(self) -> Files:
        """All files of the workspace."""
        return {**seeds()[self.seed], self.path: self.content}


def texts_of(files: Files) -> list[str]:
    """List the files that are read, in order."""
    return sorted(path for path in files if path.endswith((".yaml", ".md")))


def _example(project: Path) -> Files:
    paths = [ROOT / "kapm.yaml", *(ROOT / "attachments").glob("*"), *project.parent.glob("*"), *project.rglob("*")]
    paths += (project.parent / "attachments").glob("*")
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths if path.is_file()}
