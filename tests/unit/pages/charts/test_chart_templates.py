"""The markup of every chart."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from chart_cases import PHONE, WIDE, every_chart

from kapm_site.pages.charts.bars import BarPart, BarRow, draw_bar_strips
from kapm_site.pages.charts.inks import Frame, look_for
from kapm_site.render.templates import environment

ROOT = Path(__file__).parents[4]
NAMES = sorted(every_chart(WIDE))


def markup(chart: Any) -> str:
    """The SVG of a chart by the template it names."""
    return environment(None).get_template(chart.template).render(chart=chart)


@pytest.mark.parametrize("frame", [WIDE, PHONE])
@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_named_svg(name: str, frame: Any) -> None:
    """Each chart is well-formed, an image with a name and a description as first children, in its size."""
    chart = every_chart(frame)[name]
    root = ET.fromstring(markup(chart))  # noqa: S314 -- our own markup
    assert (root.tag, root.get("role")) == ("svg", "img")
    assert [child.tag for child in root][: 1 + bool(chart.sheet.desc)] == ["title", "desc"][
        : 1 + bool(chart.sheet.desc)
    ]
    assert root[0].text == chart.sheet.title
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_a_reader_of_a_pdf_hears_what_a_chart_says() -> None:
    """There a chart has one text, so that its title holds both; the font is named, as no style sheet reaches it."""
    chart = every_chart(Frame(567, look_for(font="Kapm Sans")))["curve"]
    root = ET.fromstring(markup(chart))  # noqa: S314 -- our own markup
    assert [child.text for child in root if child.tag in ("title", "desc")] == ["Progress – Behind"]
    assert root.get("font-family") == "Kapm Sans"


def test_a_chart_without_a_name_is_hidden_from_screen_readers() -> None:
    """The words beside it say the same."""
    strip = draw_bar_strips((BarRow("A", (BarPart(1),)),), "", WIDE)[0]
    root = ET.fromstring(markup(strip))  # noqa: S314 -- our own markup
    assert (root.get("aria-hidden"), root.get("role")) == ("true", None)
    assert root.find("title") is None


@pytest.mark.parametrize("name", NAMES)
def test_light_colours_stand_in_the_markup(name: str) -> None:
    """Every shape has its colour as an attribute for print and as a class for the dark theme, and no style or id."""
    root = ET.fromstring(markup(every_chart(WIDE)[name]))  # noqa: S314 -- our own markup
    above = {child: parent for parent in root.iter() for child in parent}
    shapes = [e for e in root.iter() if e.tag in {"rect", "path", "circle", "text"} and not _is_tip(above[e])]
    assert shapes
    for shape in shapes:
        painted = shape if shape.get("class") else above[shape]
        names = painted.get("class", "").split()
        assert {name[:3] for name in names} <= {"cf-", "cs-"}
        assert {name[:3] for name in names} == _painted(painted)
    assert not [e for e in root.iter() if e.get("style") or e.get("id")]


def _is_tip(group: ET.Element) -> bool:
    return group.get("pointer-events") == "all"


def _painted(element: ET.Element) -> set[str]:
    """The classes that an element needs for the colours it has."""
    names = {"cf-": element.get("fill", "none"), "cs-": element.get("stroke", "none")}
    return {name for name, colour in names.items() if colour != "none"}


@pytest.mark.parametrize("name", NAMES)
def test_coordinates_have_one_decimal(name: str) -> None:
    """No number in the markup has more than one decimal, widths of lines apart."""
    text = re.sub(r' (stroke-width|stroke-dasharray)="[^"]*"', "", markup(every_chart(WIDE)[name]))
    assert re.findall(r'[ "ML]-?\d+\.\d\d+', text) == []
    assert "nan" not in text
    assert "-0 " not in text


def test_text_is_escaped() -> None:
    """Names with markup in them stay text."""
    assert "R&lt;1" in markup(every_chart(WIDE)["matrix"])
    assert "A &amp; B" in markup(every_chart(WIDE)["bars"])


def test_a_chart_is_the_same_twice() -> None:
    """The same data give the same bytes."""
    first = {name: markup(chart) for name, chart in every_chart(WIDE).items()}
    assert first == {name: markup(chart) for name, chart in every_chart(WIDE).items()}


def test_each_template_has_a_chart() -> None:
    """No template is left without a chart that names it."""
    files = {f"charts/{path.name}" for path in (ROOT / "templates/charts").glob("[!_]*.svg.j2")}
    assert files == {chart.template for chart in every_chart(WIDE).values()}
