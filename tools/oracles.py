"""Compares the figures with ground truth: a line per topic with what matches, and below it what differs most.

    python tools/oracles.py             the data beside the project, ../shared/truth
    python tools/oracles.py FOLDER      other data, laid out alike

Ends with 1 if a value differs that has no excuse. A value is excused where the published one contradicts its own file;
it is shown, and counted apart. Topics whose comparison is a test of its own are run as one.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests/truth"
#: How many differences are shown below a topic.
WORST = 5
#: Topics by the tests that compare them.
TESTED = {"Monte Carlo: percentiles": "test_montecarlo_truth.py", "critical chain: buffers": "test_ccpm_truth.py"}


class Tally:
    """Counts tests by their outcome, as pytest reports them."""

    def __init__(self) -> None:
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}
        self.failed: list[str] = []
        self.reasons: set[str] = set()

    def pytest_collectreport(self, report: Any) -> None:
        """Count a file that cannot be read as tests as failed."""
        if report.failed:
            self.counts["failed"] += 1
            self.failed.append(report.nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Count a test once, when it has run, or where it was skipped or broke before."""
        if report.when != "call" and report.passed:
            return
        self.counts[report.outcome] += 1
        if report.failed:
            self.failed.append(report.nodeid)
        if report.skipped and isinstance(report.longrepr, tuple):
            self.reasons.add(report.longrepr[2])


def main() -> None:
    """Print all topics."""
    if sys.argv[1:]:
        os.environ["KAPM_TRUTH"] = str(Path(sys.argv[1]).resolve())
    sys.path[:0] = [str(ROOT), str(TESTS)]
    from topics import TOPICS

    results = [*map(told, TOPICS), *(tested(name, TESTS / file) for name, file in TESTED.items())]
    sys.exit(0 if all(results) else 1)


def told(topic: Any) -> bool:
    """Print a topic and its worst differences; tell whether all is well."""
    if not topic.is_here:
        print(f"{topic.name:<46}  absent: no folder {topic.folder}")
        return True
    compared = list(topic.compared())
    differing = [one for one in compared if not one.same]
    excused = [one for one in differing if one.excused]
    wrong = len(differing) - len(excused)
    note = f", {len(excused)} excused" if excused else ""
    verdict = f", {wrong} WRONG" if wrong else ""
    print(f"{topic.name:<46}{len(compared) - len(differing):>7}/{len(compared)}{note}{verdict}")
    for line in worst(differing):
        print(f"    {line}")
    return not wrong and bool(compared)


def worst(differing: list[Any]) -> Iterator[str]:
    """Say the largest differences, those without an excuse first, and how many more there are."""
    ranked = sorted(differing, key=lambda one: (bool(one.excused), -one.off))
    for one in ranked[:WORST]:
        yield f"{one}{f' (excused: {one.excused})' if one.excused else ''}"
    if len(ranked) > WORST:
        yield f"and {len(ranked) - WORST} more"


def tested(name: str, path: Path) -> bool:
    """Run a test file and print its outcome as a topic."""
    if not path.exists():
        print(f"{name:<46}  absent: no {path.relative_to(ROOT)}")
        return True
    import pytest

    tally = Tally()
    with redirect_stdout(io.StringIO()):
        pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT), str(path)], plugins=[tally])
    run = tally.counts["passed"] + tally.counts["failed"]
    if not run:
        print(f"{name:<46}  absent: {', '.join(sorted(tally.reasons)) or 'no tests'}")
        return bool(tally.reasons)
    print(f"{name:<46}{tally.counts['passed']:>7}/{run} tests{', some WRONG' if tally.failed else ''}")
    for test in tally.failed[:WORST]:
        print(f"    {test}")
    return not tally.failed


if __name__ == "__main__":
    main()
