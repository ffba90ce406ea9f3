"""Writes docs/figures.md: every figure, what it is, its formula and where that comes from.

python tools/figures.py            write the page
python tools/figures.py --check    exit 1 if the page is not what would be written
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from kapm_site.analysis.explain import ALIASES, TOPICS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "figures.md"

INTRODUCTION = """\
# Figures

Every figure of `kapm status --json`, and those that pages show besides. `kapm explain FIGURE acme/erp` puts the numbers
of a project into the formula and says where each of them is typed; without a project it prints what stands here. `<…>`
stands for an id, a number counted from 0, or a week such as `2026-W48`.

A figure that the data do not support is left open, never guessed; `kapm explain` then says why, and what to add.

This page is written by `tools/figures.py`.
"""


def main() -> None:
    """Write the page, or compare it."""
    text = render_page()
    if "--check" in sys.argv:
        sys.exit(
            0 if PAGE.exists() and PAGE.read_text("utf-8") == text else "docs/figures.md is not up to date: make docs"
        )
    PAGE.write_text(text, "utf-8")


def render_page() -> str:
    """Return the page as Markdown."""
    return "\n".join([INTRODUCTION, *_topics(), *_aliases()])


def _topics() -> Iterator[str]:
    for topic, figures in TOPICS.items():
        yield f"## {topic}\n\n| figure | what it is | formula |\n|---|---|---|"
        for name, figure in figures.items():
            yield f"| `{name}` | {figure.sentence} | {figure.formula} |"
        sources = dict.fromkeys(figure.source for figure in figures.values())
        yield f"\nSources: {' '.join(sources)}\n"


def _aliases() -> Iterator[str]:
    yield "## Other names\n\nA KPI that follows a figure (`computed:`) may call it otherwise.\n"
    yield "| name | figure |\n|---|---|"
    yield from (f"| `{name}` | `{figure}` |" for name, figure in ALIASES.items())
    yield ""


if __name__ == "__main__":
    main()
