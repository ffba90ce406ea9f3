"""Writes docs/problems.md: every problem code, what it means, how to mend it, and what it looks like.

    python tools/problems.py            write the page
    python tools/problems.py --check    exit 1 if the page is not what would be written

The examples are the cases under tests/cases, run as `kapm check` runs them.
"""

# a script, no package

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from case_folders import Case, all_cases, check_case  # noqa: E402 # the path comes first

from kapm_site.problem.catalogue import (  # noqa: E402
    Entry,
    findings,
    history,
    importing,
    publishing,
    reading,
    recording,
    rendering,
    rules,
)
from kapm_site.problem.formats import format_text  # noqa: E402

PAGE = ROOT / "docs" / "problems.md"

INTRODUCTION = """\
# Problems

What `kapm` finds wrong is named by a code. This page has all of them; `kapm explain CODE` prints one. An **error**
stops the project from being published, a **warning** wants a look and fails a build with `--strict` only, an **info**
is for the record. Each example is what `kapm check` prints for a mistake under `tests/cases/`.

This page is written by `tools/problems.py`.
"""

GROUPS: dict[str, Mapping[str, Entry]] = {
    "Files and folders": reading.FILES,
    "YAML": reading.YAML,
    "Values": reading.VALUES,
    "Ids and what they name": rules.REFERENCES,
    "The plan": rules.PLAN,
    "Registers and settings": rules.REGISTERS,
    "The client and what it sees": rules.CLIENT,
    "What the figures say": findings.ENTRIES,
    "Importing": importing.ENTRIES,
    "Recording": recording.ENTRIES,
    "Pages and PDF": rendering.ENTRIES,
    "Building and publishing": publishing.ENTRIES,
    "Looking back through git": history.ENTRIES,
}


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    page = render_page()
    if not parser.parse_args().check:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page, "utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text("utf-8") == page:
        return 0
    sys.stderr.write("docs/problems.md is not up to date; run: python tools/problems.py\n")
    return 1


def render_page() -> str:
    """Return the page as Markdown."""
    cases = {case.name: case for case in all_cases()}
    return "\n".join([INTRODUCTION, *_index(), *_sections(cases)])


def _index() -> Iterator[str]:
    for title, entries in GROUPS.items():
        codes = ", ".join(f"[`{code}`](#{code})" for code in sorted(entries))
        yield f"- **{title}**: {codes}" if codes else f"- **{title}**"
    yield ""


def _sections(cases: Mapping[str, Case]) -> Iterator[str]:
    for title, entries in GROUPS.items():
        if entries:
            yield f"## {title}\n"
        for code, entry in sorted(entries.items()):
            yield f"### {code}\n"
            yield f"*{entry.severity.capitalize()}.* **{_sentence(entry.summary)}** {entry.meaning}\n"
            yield f"To mend it: {_lowered(entry.remedy)}\n"
            if code in cases:
                yield f"```text\n{_example(cases[code])}\n```\n"


def _example(case: Case) -> str:
    """Run a case and print the first problem of its code."""
    with tempfile.TemporaryDirectory() as folder:
        case.lay(Path(folder))
        problems, texts = check_case(Path(folder), case.status())
    shown = next(problem for problem in problems if problem.code == case.code)
    return format_text([shown], texts).rsplit("\n\n", 1)[0]


def _sentence(text: str) -> str:
    text = text[0].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."


def _lowered(text: str) -> str:
    """Let a sentence go on after a colon, unless its first word is a name."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() or first[1:] != first[1:].lower() else text[0].lower() + text[1:]


if __name__ == "__main__":
    raise SystemExit(main())
