"""How problems are printed: for people, for programs, and for what the code hosts show beside a change."""

from collections.abc import Callable, Mapping, Sequence

from kapm_site.problem.formats.hosts import format_github, format_gitlab
from kapm_site.problem.formats.machine import format_json
from kapm_site.problem.formats.sarif import format_sarif
from kapm_site.problem.formats.text import format_text
from kapm_site.problem.records import Problem

#: The values of `--format`: each takes problems and the texts of files by path, and returns what is to be printed.
FORMATS: dict[str, Callable[[Sequence[Problem], Mapping[str, str]], str]] = {
    "text": format_text,
    "json": format_json,
    "github": format_github,
    "gitlab": format_gitlab,
    "sarif": format_sarif,
}

__all__ = ["FORMATS", "format_github", "format_gitlab", "format_json", "format_sarif", "format_text"]
