"""A baseline that the client may not see is, to the client, as if it were not there."""

from dataclasses import fields

import pytest
from small_workspace import ERP, FILES, client, internal_page

from kapm_site.audience.views import ProjectView

BASELINES = f"{ERP}/baselines.yaml"
HIDDEN = FILES[BASELINES].replace("audience: client\n", "", 1)
OLDER = """  - id: b0
    approved: 2026-09-01
    audience: client
    tasks: {build: {start: 2026-10-19, finish: 2026-11-20, cost: 60000}, golive: {finish: 2026-11-20}}
"""


def _differences(one: ProjectView, other: ProjectView) -> list[str]:
    return [field.name for field in fields(one) if getattr(one, field.name) != getattr(other, field.name)]


@pytest.mark.promise("I1")
def test_its_dates_are_not_told() -> None:
    """Neither dates nor slip nor percentages tell of it; the client's page is that of a project without one."""
    hidden, none = client({BASELINES: HIDDEN}).projects[0], client({BASELINES: ""}).projects[0]
    assert _differences(hidden, none) == []
    assert not hidden.schedule.has_baseline


def test_an_older_one_for_the_client_counts_instead() -> None:
    """Work is compared with the latest baseline that the client sees."""
    hidden = client({BASELINES: HIDDEN + OLDER}).projects[0]
    alone = client({BASELINES: "baselines:\n" + OLDER}).projects[0]
    assert set(_differences(hidden, alone)) <= {"health", "dimensions"}
    assert [one.id for one in hidden.baselines if one.counts] == ["b0"]


def test_internal_readers_are_told_of_it() -> None:
    """Nothing changes for them."""
    hidden, shown = internal_page({BASELINES: HIDDEN}).view, internal_page().view
    assert hidden == shown


def test_health_is_that_of_the_whole_but_gives_no_figures_of_it() -> None:
    """The color of the schedule is everybody's; what it comes from is told as far as the client may know it."""
    later = HIDDEN.replace("finish: 2026-11-13, cost", "finish: 2026-11-27, cost")
    shown = dict(client({BASELINES: f"audience: client\n{later}"}).projects[0].dimensions)["schedule"]
    hidden = dict(client({BASELINES: later}).projects[0].dimensions)["schedule"]
    known = dict(client({BASELINES: ""}).projects[0].dimensions)["schedule"]
    assert hidden.health == shown.health
    assert hidden.facts != shown.facts
    assert hidden.facts in ({}, known.facts)


def test_the_forecast_is_that_of_the_whole_all_the_same() -> None:
    """A hidden baseline takes no hidden risk out of the simulation."""
    risk = "id: r9, title: They leave, probability: 4, impact: 2, affects: [build]"
    risks = f"risks:\n  - {{{risk}, schedule_impact: {{optimistic: 1d, likely: 5d, pessimistic: 20d}}}}\n"
    shown = client({f"{ERP}/risks.yaml": risks}).projects[0].forecast
    assert shown is not None
    assert client({f"{ERP}/risks.yaml": risks, BASELINES: HIDDEN}).projects[0].forecast == shown
