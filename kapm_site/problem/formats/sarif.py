"""Problems as SARIF 2.1.0, which code scanning and many editors read."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from kapm_site import __version__
from kapm_site.problem.catalogue import CATALOGUE, Entry
from kapm_site.problem.formats.hosts import fingerprint
from kapm_site.problem.printable import plain_json
from kapm_site.problem.records import Mark, Problem, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def format_sarif(problems: Sequence[Problem], _texts: Mapping[str, str]) -> str:
    """Write problems as one run, with the rules of the catalogue that they break."""
    codes = sorted({problem.code for problem in problems} & CATALOGUE.keys())
    seen: Counter[tuple[str, str, str]] = Counter()
    driver = {
        "name": "kapm",
        "version": __version__,
        "rules": [_rule(code, CATALOGUE[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes, seen) for problem in problems],
    }
    content = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return plain_json(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"


def _rule(code: str, entry: Entry) -> dict[str, object]:
    return {
        "id": code,
        "shortDescription": {"text": entry.summary},
        "fullDescription": {"text": entry.meaning},
        "help": {"text": entry.remedy},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
    }


def _result(problem: Problem, codes: Sequence[str], seen: Counter[tuple[str, str, str]]) -> dict[str, object]:
    hint = f"\n{problem.hint}" if problem.hint else ""
    result: dict[str, object] = {
        "ruleId": problem.code,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.message + hint},
        "locations": [_location(problem.mark)],
        "partialFingerprints": {"kapm/v1": fingerprint(problem, seen)},
    }
    if problem.code in codes:
        result["ruleIndex"] = codes.index(problem.code)
    if problem.related:
        result["relatedLocations"] = [
            {"id": number, **_location(related.mark), "message": {"text": related.message}}
            for number, related in enumerate(problem.related)
        ]
    return result


def _location(mark: Mark) -> dict[str, object]:
    region = {"startLine": mark.line, "startColumn": mark.column, "endColumn": mark.column + mark.length}
    uri = quote(mark.path.encode("utf-8", "replace"))
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
