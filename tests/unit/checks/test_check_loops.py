"""Circles are found wherever there are some, a shortest one each, in linear time."""

import time
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from case_folders import Check
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.checks.loops import find_loops

GRAPHS = st.integers(1, 8).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, size - 1), max_size=4), min_size=size, max_size=size)
)


@given(GRAPHS)
def test_there_is_a_loop_exactly_where_there_is_no_order(successors: list[list[int]]) -> None:
    """As the standard library's sorter sees it; and each loop is one, of nodes of its own."""
    loops = find_loops(successors)
    try:
        list(TopologicalSorter(dict(enumerate(successors))).static_order())
        ordered = True
    except CycleError:
        ordered = False
    assert (loops == []) == ordered
    for loop in loops:
        assert len(set(loop)) == len(loop)
        assert all(after in successors[node] for node, after in zip(loop, [*loop[1:], loop[0]], strict=True))
    assert len({node for loop in loops for node in loop}) == sum(map(len, loops))


def test_the_loop_shown_is_a_short_one() -> None:
    """A way round through all is not shown where a shorter one leads through the first."""
    assert find_loops([[1, 3], [2], [0], [0]]) == [[0, 3]]


def test_hundred_thousand_nodes_in_a_row_or_in_a_ring_take_little_time() -> None:
    """Neither recursion nor time grows with the square."""
    began = time.process_time()
    size = 100_000
    assert find_loops([[node + 1] for node in range(size - 1)] + [[]]) == []
    assert len(find_loops([[(node + 1) % size] for node in range(size)])[0]) == size
    assert len(find_loops([[node ^ 1] for node in range(size)])) == size // 2
    assert time.process_time() - began < 5


def test_a_link_between_large_parents_costs_no_more_than_one_between_tasks(check: Check, tmp_path: Path) -> None:
    """Every leaf of one waits for every leaf of the other, yet the links are not multiplied out."""
    size = 990
    lines = ["tasks:"]
    for parent, before in (("a", ""), ("b", "a"), ("c", "b")):
        lines += [f"  - id: {parent}", f"    name: {parent}", f"    depends_on: [{before}]", "    tasks:"]
        lines += [
            f"      - {{id: {parent}{n}, name: x, assigned: [], milestone: true, duration: 0d}}" for n in range(size)
        ]
    lines[2] = "    depends_on: [c7]"
    files = {
        "kapm.yaml": "",
        "projects/acme/client.yaml": "name: Acme\nprotection: none\n",
        "projects/acme/erp/project.yaml": "name: ERP\n",
        "projects/acme/erp/plan.yaml": "\n".join(lines).replace("    depends_on: []\n", ""),
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text + "\n", "utf-8")
    began = time.process_time()
    problems = [problem for problem in check(tmp_path) if problem.code == "dependency-cycle"]
    assert [problem.message for problem in problems] == [
        "dependencies go in a circle: c7 → a → b → c → c7",
    ]
    assert time.process_time() - began < 4
