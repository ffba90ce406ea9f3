"""Figures against ground truth; `tools/oracles.py` prints the same comparisons as a report."""

import pytest
from comparing import Compared, Topic, misses
from topics import TOPICS

#: Why a stored value may contradict its own file, and in which rows it does.
EXCUSED = {
    "NewProductDev.mpp.e81bec.json: task 10": "stores a finish slack of 22560 minutes, its dates are 0 apart",
    "NewProductDev.mpp.e81bec.json: task 11": "stores a finish slack of 20160 minutes, its dates are 0 apart",
    "NewProductDev.mpp.e81bec.json: task 23": "stores a finish slack of 2400 minutes, its dates are 0 apart",
    "project_RetrieveExceptions_test.mpp.25964a.json: task 2": "slack of 13440 minutes, its dates are 12960 apart",
    "bug1.mpp.a142cd.json: task 3": "later than its summary, which may finish by 2003-02-24T17:00",
    "bug1.mpp.a142cd.json: task 4": "later than its summary, which may finish by 2003-02-24T17:00",
    "C2011-07.json: Actual Schedule": "run on after completion",
    "C2011-12.json: Finish": "run on after completion",
    "C2013-07.json: 28/02, 2007": "run on after completion",
}

#: How many values are compared at least, so that none is lost unseen.
LEAST = {"psplib": 40, "Microsoft Project: late": 766, "Microsoft Project: total": 383, "MPXJ": 2754}
LEAST |= {"real projects: starts": 713, "real projects: PV and EV": 9208, "real projects: EAC(t)": 999}
LEAST |= {"real projects: EAC, eight": 888, "worked cases of earned value": 66, "worked networks": 173}


def compared(topic: Topic) -> list[Compared]:
    """Compare a topic, or skip it where its data are absent."""
    if not topic.is_here:
        pytest.skip(f"shared/truth/{topic.folder} is not here")
    return list(topic.compared())


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_topic(topic: Topic) -> None:
    """All values are the published ones, save where those contradict themselves."""
    found = compared(topic)
    least = next((count for name, count in LEAST.items() if topic.name.startswith(name)), 1)
    assert len(found) >= least
    assert misses(found) == []


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_excuses(topic: Topic) -> None:
    """No more is excused than is known, and each excuse is seen in the file itself."""
    for one in compared(topic):
        if one.excused:
            known = [why for row, why in EXCUSED.items() if f"{one.file}: {one.item}".startswith(f"{row} ")]
            assert known, str(one)
            assert known[0] in one.excused
