"""The markup of every chart."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from chart_cases import PHONE, WIDE, every_chart
from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).parents[4]
SVG = "{http://www.w3.org/2000/svg}"
NAMES = sorted(every_chart(WIDE))


@pytest.fixture(scope="module")
def environment() -> Environment:
    """Templates as the pages load them: undefined names raise, text is escaped."""
    loader = FileSystemLoader(ROOT / "templates")
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=True)


def markup(environment: Environment, chart: Any) -> str:
    """The SVG of a chart by the template it names."""
    return environment.get_template(chart.template).render(chart=chart)


@pytest.mark.parametrize("frame", [WIDE, PHONE])
@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_named_svg(environment: Environment, name: str, frame: Any) -> None:
    """Each chart is well-formed, an image with a name and a description as first children, in its size."""
    chart = every_chart(frame)[name]
    root = ET.fromstring(markup(environment, chart))  # noqa: S314 -- our own markup
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text == chart.sheet.title
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


@pytest.mark.parametrize("name", NAMES)
def test_light_colours_stand_in_the_markup(environment: Environment, name: str) -> None:
    """Every shape has its colour as an attribute for print and as a class for the dark theme, and no style or id."""
    root = ET.fromstring(markup(environment, every_chart(WIDE)[name]))  # noqa: S314 -- our own markup
    shapes = [e for e in root.iter() if e.tag.removeprefix(SVG) in {"rect", "path", "circle", "text", "line"}]
    assert shapes
    for shape in shapes:
        assert re.match(r"c[fs]-", shape.get("class", ""))
        assert shape.get("fill") or shape.get("stroke")
    assert not [e for e in root.iter() if e.get("style") or e.get("id")]


@pytest.mark.parametrize("name", NAMES)
def test_coordinates_have_one_decimal(environment: Environment, name: str) -> None:
    """No number in the markup has more than one decimal, widths of lines apart."""
    text = re.sub(r' (stroke-width|stroke-dasharray)="[^"]*"', "", markup(environment, every_chart(WIDE)[name]))
    assert re.findall(r'[ "ML]-?\d+\.\d\d+', text) == []
    assert "nan" not in text
    assert "-0 " not in text


def test_text_is_escaped(environment: Environment) -> None:
    """Names with markup in them stay text."""
    assert "R&lt;1" in markup(environment, every_chart(WIDE)["matrix"])
    assert "A &amp; B" in markup(environment, every_chart(WIDE)["bars"])


def test_a_chart_is_the_same_twice(environment: Environment) -> None:
    """The same data give the same bytes."""
    first = {name: markup(environment, chart) for name, chart in every_chart(WIDE).items()}
    assert first == {name: markup(environment, chart) for name, chart in every_chart(WIDE).items()}


def test_each_template_has_a_chart() -> None:
    """No template is left without a chart that names it."""
    files = {f"charts/{path.name}" for path in (ROOT / "templates/charts").glob("[!_]*.svg.j2")}
    assert files == {chart.template for chart in every_chart(WIDE).values()}
