"""Whatever people type stays text in the files beside the pages too: tables, calendars, feeds, data, icons, headers."""

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from kapm_site.commands.diff_formats import format_markdown
from kapm_site.pipeline.diff import WorkspaceDiff
from tests.gates.injected import Sites, run_unruled
from tests.gates.payloads import ALL
from tests.gates.sites import DATE

pytestmark = pytest.mark.promise("H2")

#: What a spreadsheet runs, behind the blanks that some of them drop.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
HASHED = re.compile(r"assets/[0-9a-f]{12}")


def pairs(sites: Sites, suffix: str) -> list[tuple[bytes, bytes]]:
    """Give the files of a kind, each with its tame twin."""
    paths = [path.relative_to(sites.shipped) for path in sorted(sites.shipped.rglob(f"*{suffix}"))]
    assert paths
    return [((sites.shipped / path).read_bytes(), (sites.tame / path).read_bytes()) for path in paths]


def test_no_text_makes_a_file_or_takes_one_away(sites: Sites) -> None:
    """Names come from ids, and of pictures from their content."""
    shipped, tame = (
        Counter(HASHED.sub("assets/#", path.relative_to(root).as_posix()) for path in root.rglob("*"))
        for root in (sites.shipped, sites.tame)
    )
    assert shipped - tame == Counter()
    # A picture that no payload happens to show is not there.
    assert {Path(name).suffix for name in tame - shipped} <= {".png"}


@pytest.mark.parametrize("apart", [",", ";", "\t"])
def test_no_cell_of_a_table_is_a_formula(sites: Sites, apart: str) -> None:
    """Nor where a spreadsheet parts cells by another sign, as it does where a comma stands before decimals."""
    texts = [shipped.decode("utf-8-sig") for shipped, _ in pairs(sites, ".csv")]
    cells = [cell for text in texts for row in cells_of(text, apart) for cell in row]
    assert len(cells) > 1000
    assert [cell for cell in cells if FORMULA.match(cell) and not re.fullmatch(r"-?[\d.]+", cell)] == []


def cells_of(text: str, apart: str) -> Iterator[list[str]]:
    """Part a table as a program does that expects another sign: a quote counts at the start of a cell alone."""
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=apart)


def test_a_table_has_the_rows_and_columns_of_its_twin(sites: Sites) -> None:
    """No text begins a row or a cell."""
    for shipped, tame in pairs(sites, ".csv"):
        sizes = [[len(row) for row in cells_of(text.decode("utf-8-sig"), ",")] for text in (shipped, tame)]
        assert sizes[0] == sizes[1]


def test_a_calendar_has_the_events_and_properties_of_its_twin(sites: Sites) -> None:
    """No text ends an event, begins an alarm, invites anybody or attaches a file."""
    for shipped, tame in pairs(sites, ".ics"):
        found = [
            [(one.name, sorted(one)) for one in icalendar.Calendar.from_ical(text).walk()] for text in (shipped, tame)
        ]
        assert found[0] == found[1]
        unfolded = re.sub(rb"\r\n[ \t]", b"", shipped).split(b"\r\n")
        assert Counter(line.partition(b":")[0].partition(b";")[0] for line in unfolded) == Counter(
            line.partition(b":")[0].partition(b";")[0] for line in re.sub(rb"\r\n[ \t]", b"", tame).split(b"\r\n")
        )
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n", shipped)


def test_a_feed_has_the_elements_of_its_twin(sites: Sites) -> None:
    """Well-formed, without entities, and led nowhere else."""
    for shipped, tame in pairs(sites, ".xml"):
        trees = [etree.fromstring(text) for text in (shipped, tame)]
        found = [[(one.tag, sorted(one.attrib)) for one in tree.iter()] for tree in trees]
        assert found[0] == found[1]
        assert b"<!" not in shipped


def test_data_have_the_shape_of_their_twin(sites: Sites) -> None:
    """No text adds a key; and none could end a script that the data were put into."""
    for shipped, tame in pairs(sites, ".json"):
        assert shape(json.loads(shipped)) == shape(json.loads(tame))


def shape(data: Any) -> Any:
    """Give the keys and kinds of data without their texts; of a list, each shape once."""
    if isinstance(data, dict):
        return {HASHED.sub("", key): shape(value) for key, value in data.items()}
    if isinstance(data, list):
        return sorted({repr(shape(one)) for one in data})
    return type(data).__name__


def test_headers_and_style_are_those_of_the_twin(sites: Sites) -> None:
    """No text reaches them."""
    for name in ("_headers", ".css", ".js"):
        for shipped, tame in (
            (one, other) for one, other in zip(files(sites.shipped, name), files(sites.tame, name), strict=True)
        ):
            assert shipped == tame


def files(root: Path, suffix: str) -> list[bytes]:
    """Read the files of a kind in the order of their names."""
    return [path.read_bytes() for path in sorted(root.rglob(f"*{suffix}"))]


def test_an_icon_or_logo_is_drawn_of_harmless_parts(sites: Sites) -> None:
    """A name's first letter and nothing else of it."""
    for content in files(sites.shipped, ".svg"):
        parts = {(one.tag.rpartition("}")[2], name) for one in etree.fromstring(content).iter() for name in one.attrib}
        assert {tag for tag, _ in parts} <= {"svg", "rect", "text", "path"}
        assert not [name for _, name in parts if name.startswith("on") or "href" in name]


def test_the_comment_of_a_pull_request_is_words(sites: Sites, tmp_path: Path) -> None:
    """As a host reads it: no element, link or mention but ours, and no line that anybody but us began."""
    root = tmp_path / "work"
    shutil.copytree(sites.work / "shipped", root)
    for path in root.glob("projects/acme/p*/*.yaml"):
        if path.name in ("risks.yaml", "lessons.yaml", "training.yaml"):
            path.write_text("audience: client\n", "utf-8")
        elif path.name == "plan.yaml":
            path.write_text(path.read_text("utf-8").replace("2026-11-", "2026-12-"), "utf-8")
    printed = run_unruled(root, "diff", "--format", "markdown", "--status-date", DATE).stdout
    assert printed.count("pwned") > 40
    assert strange_parts(printed) == []
    for payload in ALL:
        found = WorkspaceDiff(payload, f"({payload})", date(2026, 11, 20), (), ())
        assert strange_parts(format_markdown(found, clients_only=False)) == []


def strange_parts(printed: str) -> list[str]:
    """List what a host makes more than words of."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(printed)
    kinds = {token.type for token in (*tokens, *(one for token in tokens for one in token.children or ()))}
    plain = "inline text text_special strong_open strong_close html_block"
    blocks = (
        f"{one}_{end}" for one in ("paragraph", "heading", "bullet_list", "list_item") for end in ("open", "close")
    )
    tags = "".join(token.content for token in tokens if token.type == "html_block").split()
    own = {"<!--", "kapm", "diff", "-->", "<details><summary>Show</summary>", "</details>"}
    # What GitHub and GitLab make a link, a mention or a command of.
    live = r"[@#!$%&~^](?=[\w\"'])|\w://|\bwww\.|\bGH-\d|^\s*/\w"
    found = re.findall(live, printed, re.IGNORECASE | re.MULTILINE)
    return sorted((kinds - {*plain.split(), *blocks}) | ({*tags} - own) | {*found})
