"""Whatever people do to a plan: the record they touched has their commit, and what is kept tells the same as all."""

import tempfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from past_project import ANA, BO, past_project

FIRST = date(2026, 1, 5)


@dataclass
class Plan:
    """A plan as its lines, and the number of the commit that last changed each record."""

    records: list[list[str]] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    made: int = 0

    def add(self, at: int, commit: int) -> None:
        """Put a new record somewhere; but for its id it is like the others."""
        name = f"t{self.made}"
        self.made += 1
        lines = [f"  - id: {name}", "    name: Work", "    owner: ana", "    audience: client", "    progress: 0"]
        self.records.insert(at % (len(self.records) + 1), lines)
        self.changed[name] = commit

    def edit(self, what: str, at: int, commit: int) -> None:
        """Change the plan at one place."""
        if what == "add" or len(self.records) < 2:
            self.add(at, commit)
            return
        record = self.records[at % len(self.records)]
        name = record[0].split()[-1]
        if what == "delete":
            self.records.remove(record)
            del self.changed[name]
            return
        if what == "shorten" and len(record) > 2:
            record.pop(2 + at % (len(record) - 2))
        elif what == "lengthen":
            record.insert(2, f"    description: Words of {commit}")
        else:
            record[1] = f"    name: Work {commit}"
        self.changed[name] = commit

    def text(self) -> str:
        """Write it."""
        return "tasks:\n" + "".join(f"{line}\n" for record in self.records for line in record)


EDITS = st.tuples(st.sampled_from(["add", "delete", "shorten", "lengthen", "rename"]), st.integers(0, 40))


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(EDITS, st.booleans()), min_size=1, max_size=8))
def test_each_commit_touches_the_record_that_it_changed(edits: list[tuple[tuple[str, int], bool]]) -> None:
    """Looked at after some of the commits or only at the end, the answer is that of a new clone, and it is right."""
    with tempfile.TemporaryDirectory() as folder:
        past, plan = past_project(Path(folder)), Plan()
        for at in range(4):
            plan.add(at, 0)
        commits = [past.commit(FIRST, ANA, plan=plan.text())]
        for number, ((what, at), looked_at) in enumerate(edits, 1):
            plan.edit(what, at, number)
            commits.append(past.commit(FIRST + timedelta(number), (ANA, BO)[number % 2], plan=plan.text()))
            if looked_at:
                past.touches()
        found = past.touches()
        assert found == past.touches(fresh=True)
        told = {one.id: commits.index(one.touch.commit) for one in found if one.kind == "task" and one.touch}
        assert told == plan.changed
