"""The risk matrix on paper, and what stands beside it."""

from dataclasses import replace

import pytest
from chart_cases import outside, overlaps
from rich_workspace import printed, project, texts_of

from kapm_site.language import SHIPPED
from kapm_site.pages.blocks import Beside, Figure, Section, Stack, Table
from kapm_site.pages.charts.matrix import RiskMatrix
from kapm_site.pages.sections.risks import risks


def printed_risks(count: int, tag: str = "en") -> tuple[Table, Beside]:
    """Give the printed register of so many open risks, all in two cells, and the matrix with what stands beside it."""
    view = project()
    known = [replace(view.risks[0], id=f"r{n}", title=f"Title {n}", probability=1 + n % 2) for n in range(count)]
    section = risks(replace(view, risks=tuple(known)), printed(tag))
    assert section is not None
    register, beside = section.blocks[0], section.blocks[-1]
    assert isinstance(register, Table)
    assert isinstance(beside, Beside)
    return register, beside


def test_print_names_every_mark_of_the_matrix_once() -> None:
    """The printed register is short: the other open risks are named beside the matrix, and none of them twice."""
    register, beside = printed_risks(12)
    assert isinstance(beside.right, Stack)
    names = beside.right.blocks[0]
    assert isinstance(names, Table)
    titles = [[row.cells[0].text for row in table.rows[: table.lead]] for table in (register, names)]
    assert [len(some) for some in titles] == [5, 7]
    assert {*titles[0], *titles[1]} == {f"r{n} Title {n}" for n in range(12)}
    assert names.more.endswith("A number with a plus counts further risks of the same cell.")


def test_a_matrix_of_few_risks_stands_beside_another_register() -> None:
    """Where the register shows all risks, nothing of it is repeated."""
    register, beside = printed_risks(2)
    assert register.more == ""
    assert "Title" not in texts_of(Section("risks", "", blocks=(beside,)))
    assert "Assumptiontext" in texts_of(Section("risks", "", blocks=(beside,)))
    assert isinstance(beside.left, Figure)
    assert beside.left.caption.startswith("Beyond the dark line")


@pytest.mark.parametrize("tag", SHIPPED)
def test_the_printed_matrix_names_its_axes_in_full(tag: str) -> None:
    """No label of probability or impact is cut."""
    words, (_, beside) = printed(tag).words, printed_risks(2, tag)
    assert isinstance(beside.left, Figure)
    (chart,) = beside.left.wide
    assert isinstance(chart, RiskMatrix)
    labels = {words.text(f"{axis}.{n}") for axis in ("probability", "impact") for n in range(1, 6)}
    assert labels <= {text.text for text in chart.axis}
    assert outside(chart.sheet, chart.axis) == []
    assert overlaps(chart.axis) == []
