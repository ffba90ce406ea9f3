"""Buffers of the critical chain against published cases."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kapm_site.analysis.analyse import _leaves
from kapm_site.analysis.buffers import buffer_figures, half_of_cut, root_squared_buffer, zone_lines, zone_of
from kapm_site.analysis.frame import frame_of
from kapm_site.analysis.outlook import BufferFigures
from kapm_site.analysis.working_time import working_time
from kapm_site.model.charter import Charter
from kapm_site.model.client import Client
from kapm_site.model.plan import Plan
from kapm_site.model.settings import Settings
from kapm_site.model.workspace import Account, Project

CASES = Path(__file__).parents[2] / "../shared/truth/ccpm/published_cases.json"

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="shared/truth/ccpm is not here")


def case(name: str) -> dict[str, Any]:
    """Return a published case."""
    found: dict[str, Any] = next(case for case in json.loads(CASES.read_text("utf-8")) if case["id"] == name)
    return found


def test_root_squared_error() -> None:
    """The project buffer and both feeding buffers follow from safe and aggressive durations."""
    found = case("rsem-vanhoucke")
    inputs, computed = found["inputs"], found["computed"]
    chains = {"PB": inputs["project_chain"], "FB46": inputs["feeding"]["FB4-6"], "FB78": inputs["feeding"]["FB7-8"]}
    for name, chain in chains.items():
        safe = [inputs["safe"][str(task)] for task in chain]
        aggressive = [inputs["aggressive"][str(task)] for task in chain]
        assert root_squared_buffer(safe, aggressive) == pytest.approx(computed[name])


def test_root_of_contingencies() -> None:
    """The published buffer is the root of the squared contingencies, to its one decimal."""
    found = case("ssq-grist")
    contingencies = found["inputs"]["contingencies"]
    size = root_squared_buffer(contingencies, [0] * len(contingencies))
    assert round(size, 1) == found["published"]["project_buffer"]


def test_half_of_what_was_cut() -> None:
    """A chain cut to its half gets half of the cut as a buffer, and promises both."""
    found = case("half-the-chain")
    published = found["published"]
    size = half_of_cut([found["inputs"]["safe_chain"]], [published["cut_chain"]])
    assert (size, published["cut_chain"] + size) == (published["buffer"], published["promise"])


#: Names of the published figures: done, whole chain, days of the buffer that are gone, its size.
STATUSES = {
    "burn-rate-toc-handbook": ("done", "chain", "consumed", "buffer"),
    "grist-status": ("done_days", "chain_days", "penetration_days", "buffer_days"),
}


def status(name: str) -> BufferFigures:
    """Put a published status into a plan: work done that took as many days longer as were taken from the buffer."""
    done, chain, gone, size = (case(name)["inputs"][key] for key in STATUSES[name])
    time = working_time(Settings().calendar)
    start = time.day_start(date(2026, 1, 5))
    now = time.finish_at(time.position(start) + round((done + gone) * time.seconds_per_day))
    tasks = (
        {"id": "a", "name": "A", "duration": f"{done}d", "actual_start": start, "actual_finish": now},
        {"id": "b", "name": "B", "duration": f"{chain - done}d", "depends_on": ["a"]},
        {"id": "buffer", "name": "Buffer", "duration": f"{size}d", "depends_on": ["b"], "buffer": True},
    )
    project = Project("acme", "case", "projects/acme/case", Charter(name="Case", start=start), Plan(tasks=tasks))
    frame = frame_of(Settings(), Account("acme", "projects/acme", Client(name="Acme")), project, now)
    return buffer_figures(frame, _leaves(frame, None, {}))["buffer"]


def test_burn_rate() -> None:
    """A third of the buffer gone with 14 of 52 days done: by exact percents, not the rounded ones that were printed."""
    found, published = status("burn-rate-toc-handbook"), case("burn-rate-toc-handbook")["published"]
    assert found.consumed_percent is not None
    assert found.chain_complete_percent is not None
    assert round(found.consumed_percent / 100, 2) == published["buffer_pct"]
    assert round(found.chain_complete_percent / 100, 2) == published["chain_pct"]
    assert found.consumed_percent / found.chain_complete_percent == pytest.approx((10 / 30) / (14 / 52))


def test_status() -> None:
    """5 of 34 days of the buffer gone with 10 of 85 days done, to whole percents."""
    found, published = status("grist-status"), case("grist-status")["published"]
    assert found.consumed_percent is not None
    assert found.chain_complete_percent is not None
    assert round(found.consumed_percent) == published["consumed_pct"]
    assert round(found.chain_complete_percent) == published["complete_pct"]


def test_regions_of_the_fever_chart() -> None:
    """Green starts at the origin, red within the published range, and ends before the buffer does."""
    lower, upper = zone_lines()
    first, last = case("fever-zones-prochain")["published"]["red_line_start_pct_range"]
    assert lower.at(0) == 0
    assert first <= upper.at(0) <= last
    assert upper.at(100) < 100


def test_half_way_near_the_thirds() -> None:
    """In the middle of a chain the lines stand within six percent of the buffer of the published thirds."""
    one, two, _ = case("thirds-tameflow")["published"]["zones"]
    assert [line.at(50) for line in zone_lines()] == pytest.approx([one, two], abs=6)
    assert [zone_of(percent, 50) for percent in (one / 2, (one + two) / 2, (two + 100) / 2)] == [
        "green",
        "amber",
        "red",
    ]
