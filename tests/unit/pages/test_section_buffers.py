"""The buffers of the schedule on the page and on paper."""

from dataclasses import replace

from rich_workspace import printed, web
from small_workspace import STATUS
from test_slip_causes import FILES, seen_by_client
from weekly_looks import weekly_looks

from kapm_site.analysis.buffers import zone_of
from kapm_site.audience.looks import look_of
from kapm_site.audience.views import ProjectView
from kapm_site.audience.weeks import BufferLook
from kapm_site.pages.blocks import Beside, Figure, Table
from kapm_site.pages.charts.fever import Fever
from kapm_site.pages.sections.buffers import buffer_blocks

assert FILES  # the plan with a buffer, half of whose chain is done


def fever(view: ProjectView) -> Fever:
    """The chart of a project's buffers."""
    figure = buffer_blocks(view, web())[0]
    assert isinstance(figure, Figure)
    chart = figure.wide[0]
    assert isinstance(chart, Fever)
    return chart


def calm(view: ProjectView) -> ProjectView:
    """The same with a buffer that nothing has touched."""
    return replace(view, buffers=(replace(view.buffers[0], consumed_percent=0.0, zone="green"),))


def test_the_register_says_what_the_chart_shows() -> None:
    """Name, size, what is used, what is done, and the zone as word and sign."""
    view = seen_by_client()
    _, table = buffer_blocks(view, web())
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0].cells] == ["Spare", "5", "200%", "71%", "Act now"]
    assert table.rows[0].cells[-1].health == "red"
    assert [label.text for label in fever(view).labels] == ["Spare 200%"]


def test_the_mark_lies_in_the_zone_of_the_rule() -> None:
    """The lines that are drawn are those that the rule decides by."""
    view = seen_by_client()
    for used, done in ((29.0, 0.0), (31.0, 0.0), (61.0, 100.0), (91.0, 100.0), (59.0, 100.0)):
        buffer = replace(view.buffers[0], consumed_percent=used, chain_complete_percent=done)
        chart = fever(replace(view, buffers=(buffer,)))
        mark, share = chart.now[0], done / 100
        heights = [edge.y1 + (edge.y2 - edge.y1) * share for edge in chart.edges]
        above = sum(mark.cy < height for height in heights)
        assert ("green", "amber", "red")[above] == zone_of(used, done)


def test_the_course_is_that_of_the_weeks() -> None:
    """Weeks in which nothing moved are one point; a buffer that the reader does not see has none."""
    looks = weekly_looks(
        6,
        buffers={
            0: (BufferLook("spare", 0.0, 10.0), BufferLook("other", 9.0, 9.0)),
            4: (BufferLook("spare", 40.0, 50.0),),
        },
    )
    chart = fever(replace(seen_by_client(), looks=looks))
    assert len(chart.past) == 2
    assert len(chart.courses) == 1


def test_a_look_keeps_the_buffers_that_its_reader_sees() -> None:
    """What a trend draws is what the view held on that day."""
    view = seen_by_client()
    assert [(one.id, one.consumed) for one in look_of(view).buffers] == [("spare", 200.0)]
    assert look_of(replace(view, buffers=())).buffers == ()
    assert look_of(view).day == STATUS


def test_paper_draws_only_what_needs_attention() -> None:
    """A chart of buffers that are all intact is a line of the register."""
    view = seen_by_client()
    assert [type(block) for block in buffer_blocks(view, printed())] == [Beside]
    assert [type(block) for block in buffer_blocks(calm(view), printed())] == [Table]
    assert buffer_blocks(replace(view, buffers=()), web()) == []
