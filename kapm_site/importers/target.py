"""The project that an import goes into: its files as they are, read as texts."""

from collections.abc import Mapping
from dataclasses import dataclass

from kapm_site.problem import Mark, Problem
from kapm_site.source import compose, decode
from kapm_site.source.edit import text_value
from kapm_site.workspace.collect import SourceFiles

_PARTS = 2


@dataclass(frozen=True, slots=True)
class Target:
    """Where an import goes.

    Attributes:
        client: Folder of the client.
        project: Folder of the project.
        texts: Text of each file that is there, byte order mark and line ends included.
        values: What each file holds, as dicts, lists and texts.
    """

    client: str
    project: str
    texts: Mapping[str, str]
    values: Mapping[str, Mapping[str, object]]

    @property
    def folder(self) -> str:
        """The project's folder."""
        return f"projects/{self.client}/{self.project}"

    def path(self, name: str) -> str:
        """Return the path of a file of the project."""
        return f"{self.folder}/{name}.yaml"

    def value(self, path: str) -> Mapping[str, object]:
        """Return what a file holds; nothing where it is absent."""
        return self.values.get(path, {})


def find_target(selector: str, files: SourceFiles) -> tuple[Target | None, list[Problem]]:
    """Read the files that an import may change.

    Args:
        selector: `client/project`.
        files: The files of the workspace.

    Returns:
        The target, or None where the selector names no project or a file cannot be edited; and the problems.
    """
    parts = selector.strip("/").split("/")
    if len(parts) != _PARTS or not all(parts):
        message = f"'{selector}' does not name a project"
        return None, [
            Problem(Mark("--into"), "import-selector", message, hint="write client/project, for example acme/erp")
        ]
    client, project = parts
    folder = f"projects/{client}/{project}"
    names = ("project", "plan", "baselines")
    paths = ["kapm.yaml", f"projects/{client}/client.yaml", *(f"{folder}/{name}.yaml" for name in names)]
    texts: dict[str, str] = {}
    values: dict[str, Mapping[str, object]] = {}
    problems: list[Problem] = []
    for path in paths:
        if path in files.texts:
            found = _read(files.texts[path], path)
            problems += found
            if not found:
                texts[path] = files.texts[path].decode()
                value = text_value(texts[path].removeprefix("\ufeff"))
                values[path] = value if isinstance(value, dict) else {}
    return (None if problems else Target(client, project, texts, values)), problems


def _read(content: bytes, path: str) -> list[Problem]:
    """Return why a file cannot be edited."""
    text, problems = decode(content, path)
    if text is None:
        return problems
    node, problems = compose(text, path)
    problems = [problem for problem in problems if problem.severity == "error"]
    if not problems and node is not None and not hasattr(node, "entries"):
        problems = [Problem(node.mark, "import-target", "the file holds no keys", hint="mend the file first")]
    return problems
