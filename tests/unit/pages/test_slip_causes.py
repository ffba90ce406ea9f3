"""Where the slip of the finish came from, as the client and internal readers are told."""

from dataclasses import replace
from math import fsum

import pytest
from rich_workspace import printed, texts_of, web
from small_workspace import ERP, analyses, client, workspace

from kapm_site.audience.build import internal_project
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Figure, Table
from kapm_site.pages.charts.waterfall import Waterfall
from kapm_site.pages.sections.delays import delays

NB = "\N{NO-BREAK SPACE}"
PLAN = """
audience: client
tasks:
  - {id: design, name: Design, start: 2026-10-05, finish: 2026-10-16, progress: 100, actual_start: 2026-10-05,
     actual_finish: 2026-10-21, delay: {cause: client}}
  - {id: secret, name: Secretword, audience: internal, start: 2026-10-19, finish: 2026-10-30, depends_on: [design],
     progress: 100, actual_start: 2026-10-22, actual_finish: 2026-11-06, delay: {cause: resources}}
  - {id: build, name: Build, start: 2026-11-02, finish: 2026-11-20, depends_on: [secret], progress: 50,
     actual_start: 2026-11-09, delay: {cause: technical, new_finish: 2026-12-04}}
  - {id: guide, name: Guides, start: 2026-10-05, finish: 2026-10-09, progress: 100, actual_start: 2026-10-05,
     actual_finish: 2026-10-14, delay: {cause: communication}}
  - {id: spare, name: Spare, buffer: true, start: 2026-11-23, finish: 2026-11-27, depends_on: [build]}
  - {id: end, name: End, milestone: true, finish: 2026-11-27, depends_on: [spare]}
"""
BASELINE = """
audience: client
baselines:
  - id: b1
    approved: 2026-10-01
    tasks:
      design: {start: 2026-10-05, finish: 2026-10-16}
      secret: {start: 2026-10-19, finish: 2026-10-30}
      build: {start: 2026-11-02, finish: 2026-11-20}
      guide: {start: 2026-10-05, finish: 2026-10-09}
      spare: {start: 2026-11-23, finish: 2026-11-27}
      end: {finish: 2026-11-27}
"""
FILES = {f"{ERP}/plan.yaml": PLAN, f"{ERP}/baselines.yaml": BASELINE}
FILES |= {f"{ERP}/{name}.yaml": "" for name in ("risks", "changes", "costs", "feedback", "asks")}


def seen_by_client() -> ProjectView:
    """The project as its client sees it."""
    return client(FILES).projects[0]


def seen_inside() -> ProjectView:
    """The project as internal readers see it."""
    return internal_project(analyses(workspace(FILES))[0], ()).view


def causes(view: ProjectView) -> dict[str, float]:
    """The days of each cause."""
    assert view.slip is not None
    return {one.cause: round(one.days, 2) for one in view.slip.causes}


@pytest.mark.parametrize("view", [seen_by_client, seen_inside])
def test_the_causes_add_up_to_the_slip(view: object) -> None:
    """Both readers are told the same slip, to the day."""
    shown = view()  # type: ignore[operator]
    assert shown.slip is not None
    assert fsum(one.days for one in shown.slip.causes) == pytest.approx(shown.schedule.slip_days)


def test_hidden_work_counts_as_other() -> None:
    """A client learns neither the name nor the cause of work that is not theirs to see."""
    assert causes(seen_inside()) == {"resources": 2.0, "technical": 5.0, "client": 3.0, "buffered": -5.0}
    assert causes(seen_by_client()) == {"technical": 5.0, "client": 3.0, "other": 2.0, "buffered": -5.0}
    told = texts_of(delays(seen_by_client(), web()))
    assert "Secretword" not in told
    assert "Resources" not in told


def test_late_work_beside_the_chain_is_named_as_parallel() -> None:
    """It is late, and the finish has not moved for it; days of parallel work are not added up."""
    assert seen_by_client().slip is not None
    section = delays(seen_by_client(), web())
    assert section is not None
    figure = next(block for block in section.blocks if isinstance(block, Figure))
    assert figure.caption.endswith(f"Late in parallel, without moving the finish: Guides: 3{NB}d.")


def test_the_main_cause_is_that_of_the_chart() -> None:
    """The sentence counts what moved the finish, so that it names no more days than the chart below it."""
    section = delays(seen_by_client(), web())
    assert section is not None
    assert f"Most of the slip of the finish comes from Technical: 5{NB}working days." not in section.finding
    view = seen_by_client()
    assert view.slip is not None
    most = tuple(replace(one, days=9.0) if one.cause == "technical" else one for one in view.slip.causes)
    section = delays(replace(view, slip=replace(view.slip, causes=most)), web())
    assert section is not None
    assert f"Most of the slip of the finish comes from Technical: 9{NB}working days." in section.finding


def test_what_is_shown_adds_up() -> None:
    """The figures of the chart and of its table are the same, and their sum is the last line."""
    section = delays(seen_by_client(), web())
    assert section is not None
    chart = next(block.wide[0] for block in section.blocks if isinstance(block, Figure))
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert isinstance(chart, Waterfall)
    figures = [row.cells[1].text for row in table.rows]
    assert figures[:-1] == [text.text for text in chart.texts[1:-1] if text.text[0] in "+\N{MINUS SIGN}"]
    days = [float(text.replace("\N{NO-BREAK SPACE}d", "").replace("\N{MINUS SIGN}", "-")) for text in figures]
    assert fsum(days[:-1]) == days[-1]


def test_print_has_the_chart_alone() -> None:
    """On paper the register stands before it, and its own table would say the same again."""
    section = delays(seen_by_client(), printed())
    assert section is not None
    assert [type(block) for block in section.blocks] == [Table, Figure]
