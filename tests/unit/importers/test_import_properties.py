"""Whatever happens to a plan upstream, the YAML takes its shape and loses nothing of what people wrote."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from mspdi_files import FOLDER, import_plan, imported_then, link, plan, task, workspace

from kapm_site.source.edit import text_value

Rows = list[tuple[int, int]]
PLAN = f"{FOLDER}/plan.yaml"


@st.composite
def rows(draw: st.DrawFn) -> Rows:
    """Draw rows of a plan: a UID and a level each, no level more than one deeper than the one before."""
    uids = draw(st.lists(st.integers(1, 9), min_size=1, max_size=9, unique=True))
    found: Rows = []
    for uid in uids:
        deepest = found[-1][1] + 1 if found else 1
        found.append((uid, draw(st.integers(1, min(deepest, 5)))))
    return found


def file_of(outline: Rows, percent: int) -> bytes:
    """Write a plan in which each row waits for the row with the next lower UID, where there is one."""
    uids = {uid for uid, _ in outline}
    return plan(
        *(
            task(uid, f"Row {uid}", *([link(uid - 1)] if uid - 1 in uids else []), level=level, PercentComplete=percent)
            for uid, level in outline
        ),
    )


def parents(outline: Rows) -> list[tuple[str, str | None]]:
    """Return the rows in their order, each with its parent."""
    above: Rows = []
    found: list[tuple[str, str | None]] = []
    for uid, level in outline:
        above = [row for row in above if row[1] < level]
        found.append((str(uid), str(above[-1][0]) if above else None))
        above.append((uid, level))
    return found


def shape(tasks: list[dict[str, object]], parent: str | None = None) -> list[tuple[str, str | None]]:
    """Return the keys of a plan's tasks in their order, each with that of its parent."""
    found: list[tuple[str, str | None]] = []
    for item in tasks:
        key = str(item["source"]["key"])  # type: ignore[index]
        found += [(key, parent), *shape(item.get("tasks", []), key)]  # type: ignore[arg-type]
    return found


def remark(text: str) -> str:
    """Write a comment above every task, and a description into it."""
    noted = re.sub(r"(?m)^( *)- id: (\S+)$", r"\1# about \2\n\1- id: \2", text)
    return re.sub(r"(?m)^( *)name: (.*)$", r"\1name: \2\n\1description: Ours.", noted)


@settings(max_examples=60, deadline=None)
@given(rows(), rows())
def test_a_merge_takes_the_shape_of_the_file_and_keeps_what_people_wrote(first: Rows, second: Rows) -> None:
    """Order and parents follow the file; comments and added keys stay; the same file again changes nothing."""
    edited, result = imported_then(file_of(first, 0), remark, file_of(second, 50))
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    text = result.files.get(PLAN, edited)
    value = text_value(text)
    assert isinstance(value, dict)
    kept = {str(uid) for uid, _ in second}
    found = [(key, parent) for key, parent in shape(value["tasks"]) if key in kept]
    assert found == parents(second)
    assert sorted(re.findall("# about .*", text)) == sorted(re.findall("# about .*", edited))
    assert text.count("description: Ours.") == len(first)
    again = import_plan(file_of(second, 50), workspace(project="name: ERP\n", plan=text))
    assert PLAN not in again.files
