"""Writes the examples that `kapm explain CODE` prints, taken from docs/problems.md, so that a wheel has them too.

python tools/examples.py            write the file
python tools/examples.py --check    exit 1 if the file is not what would be written
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "problems.md"
FILE = ROOT / "kapm_site" / "problem" / "catalogue" / "examples.json"

_SECTION = re.compile(r"^### (\S+)\n(.*?)(?=^##|\Z)", re.DOTALL | re.MULTILINE)
_EXAMPLE = re.compile(r"^```text\n(.*?)\n```$", re.DOTALL | re.MULTILINE)


def main() -> None:
    """Write the file, or compare it."""
    text = render()
    if "--check" in sys.argv:
        sys.exit(
            0 if FILE.exists() and FILE.read_text("utf-8") == text else f"{FILE.name} is not up to date: make docs"
        )
    FILE.write_text(text, "utf-8")


def render() -> str:
    """Return the examples by code, as JSON."""
    found = {}
    for code, body in _SECTION.findall(PAGE.read_text("utf-8")):
        example = _EXAMPLE.search(body)
        if example:
            found[code] = example[1]
    return json.dumps(dict(sorted(found.items())), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    main()
