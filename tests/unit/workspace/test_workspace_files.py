"""Files of a folder become a workspace; what is odd about their names and kinds is reported."""

import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapm_site.checks import check_workspace
from kapm_site.problem.catalogue import CATALOGUE
from kapm_site.workspace.collect import SourceFiles, collect
from kapm_site.workspace.names import check_folder_names, check_stray_files
from kapm_site.workspace.read import read
from kapm_site.workspace.root import find_root
from kapm_site.workspace.updates import read_update

BASE = {
    "kapm.yaml": b"language: en\n",
    "projects/acme/client.yaml": b"name: Acme\nprotection: none\n",
    "projects/acme/erp/project.yaml": b"name: ERP\n",
    "projects/acme/erp/plan.yaml": b"tasks:\n  - {id: a, name: A, assigned: [], duration: 1d, milestone: true}\n",
}
FOLDERS = frozenset({"projects/acme", "projects/acme/erp"})


def test_the_root_is_found_from_below(tmp_path: Path) -> None:
    """Commands work in any folder of the workspace."""
    (tmp_path / "kapm.yaml").write_text("")
    below = tmp_path / "projects" / "acme"
    below.mkdir(parents=True)
    assert find_root(below) == tmp_path.resolve()
    assert find_root(tmp_path) == tmp_path.resolve()


def test_files_are_read_kinds_told_apart_and_hidden_ones_left_alone(tmp_path: Path) -> None:
    """YAML and Markdown are texts, everything else is an attachment by name."""
    for path, content in {
        **BASE,
        "projects/acme/erp/attachments/a.png": b"x",
        "projects/acme/erp/attachments/notes.md": b"x",
        "projects/acme/erp/.draft.yaml": b"x",
        "attachments/logo.png": b"x",
        "README.md": b"x",
        "logo.svg": b"x",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    files = collect(tmp_path)
    assert dict(files.texts) == BASE
    assert files.others == {
        "projects/acme/erp/attachments/a.png",
        "projects/acme/erp/attachments/notes.md",
        "attachments/logo.png",
        "logo.svg",
    }
    assert files.problems == ()


@pytest.mark.skipif(sys.platform != "linux", reason="file names of arbitrary bytes are Linux's")
def test_a_file_name_that_is_no_text_is_reported(tmp_path: Path) -> None:
    """And does not stop the rest from being read, nor break the message."""
    (tmp_path / "kapm.yaml").write_text("")
    folder = tmp_path / "projects"
    folder.mkdir()
    (Path(str(folder)) / "caf\udce9.png").write_text("")
    problem = collect(tmp_path).problems[0]
    assert problem.code == "bad-file-name"
    assert problem.message.isascii()


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("acme", ""),
        ("a.b_c-d", ""),
        ("a" * 64, ""),
        ("a" * 65, "has 65 characters"),
        ("Acme", "is not an id"),
        ("a b", "is not an id"),
        ("中", "is not an id"),
        ("assets", "is reserved"),
        ("manifest.json", "is reserved"),
        ("con", "is a device name"),
        ("lpt1.old", "is a device name"),
        ("console", ""),
    ],
)
def test_the_name_of_a_folder_is_an_id_that_a_site_can_bear(name: str, fault: str) -> None:
    """For clients and for projects alike."""
    for folder in (f"projects/{name}", f"projects/x/{name}"):
        problems = check_folder_names(SourceFiles({}, folders=frozenset({folder})))
        assert [problem.code for problem in problems] == (["bad-folder-name"] if fault else [])
        assert fault in "".join(problem.message for problem in problems)


def test_folders_that_differ_only_by_case_are_reported_once() -> None:
    """At the one that is no id."""
    problems = check_folder_names(SourceFiles({}, folders=frozenset({"projects/acme", "projects/Acme"})))
    assert [str(problem.mark.path) for problem in problems] == ["projects/Acme"]
    assert "differs from 'acme' only by case" in problems[0].message.replace("'projects/acme'", "'acme'")


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("projects/acme/erp/plan.yaml", None),
        ("projects/acme/erp/README.md", None),
        ("projects/acme/erp/reports/012.yaml", None),
        ("projects/acme/erp/updates/2026-11-20.md", None),
        ("projects/acme/erp/risk.yaml", "did you mean 'risks.yaml'?"),
        ("projects/acme/erp/plan.yml", "did you mean 'plan.yaml'?"),
        ("projects/acme/clients.yaml", "did you mean 'client.yaml'?"),
        ("projects/acme/erp/reports/12.yaml", "did you mean '001.yaml'?"),
        ("projects/acme/erp/updates/2026-11-20.yaml", "delete it"),
        ("projects/acme/erp/2026-11-20.md", "move it to updates/2026-11-20.md"),
        ("projects/x.yaml", "delete it"),
    ],
)
def test_a_file_that_nothing_reads_is_reported(path: str, hint: str | None) -> None:
    """With the name that was probably meant."""
    problems = check_stray_files(SourceFiles({path: b""}))
    assert [problem.hint for problem in problems] == ([] if hint is None else [hint])


def test_an_update_is_parted_at_its_headings_and_knows_its_lines() -> None:
    """Headings in code and comments are none; each body knows where it begins."""
    text = (
        "---\nheadline: On track\naudience: client\n---\n\nIntro\n\n## Done ##\n\n\n- a\n"
        "```\n## no\n```\n##no\n\n## Next\n## `x`\n<!--\n## hidden\n-->\n"
    )
    update, problems = read_update(text, "projects/a/b/updates/2026-11-20.md")
    assert problems == []
    assert update is not None
    assert update.date == date(2026, 11, 20)
    assert update.matter.headline == "On track"
    assert [(part.title, part.mark.line, part.body_mark.line) for part in update.sections] == [
        ("", 5, 6),
        ("Done", 8, 11),
        ("Next", 17, 18),
        ("`x`", 18, 19),
    ]
    assert update.sections[1].body == "- a\n```\n## no\n```\n##no"
    assert update.section("done") is update.sections[1]


def test_an_update_has_the_line_breaks_of_yaml() -> None:
    """What ends a line above ends one below, as the lines of a message are counted so."""
    update, problems = read_update(
        "---\nheadline: a\x85---\n\x85## Done\u2028\n- a\u2029- b\n", "updates/2026-11-20.md"
    )
    assert problems == []
    assert update is not None
    assert [(part.title, part.mark.line, part.body_mark.line, part.body) for part in update.sections] == [
        ("Done", 5, 7, "- a\n- b"),
    ]


def test_an_update_needs_no_front_matter() -> None:
    """Its body begins on the first line."""
    update, problems = read_update("## Done\n", "updates/2026-11-20.md")
    assert problems == []
    assert update is not None
    assert [section.title for section in update.sections] == ["Done"]


@pytest.mark.parametrize(
    "name", ["2026-1-2.md", "20261120.md", "2026-W47-5.md", "2026-02-30.md", "draft.md", "2026-11-20 .md"]
)
def test_an_update_is_named_by_its_date(name: str) -> None:
    """In the one form that sorts."""
    update, problems = read_update("", f"updates/{name}")
    assert update is None
    assert [problem.code for problem in problems] == ["bad-file-name"]


def test_excerpts_have_the_lines_that_marks_count() -> None:
    """Neither a byte order mark nor CRLF is in the texts that messages quote."""
    reading = read(
        SourceFiles({**BASE, "projects/acme/erp/asks.yaml": b"\xef\xbb\xbfasks:\r\n  - x\r\n"}, folders=FOLDERS)
    )
    problem = reading.problems[0]
    line = reading.texts[problem.mark.path].split("\n")[problem.mark.line - 1]
    assert line[problem.mark.column - 1 :] == "x"


@given(
    st.dictionaries(
        st.sampled_from(["plan", "project", "risks", "asks", "kpis", "costs", "baselines", "updates/2026-11-20"]),
        st.binary(max_size=60) | st.text(alphabet="ab: -[]{}\n'\"|&*#id", max_size=60).map(str.encode),
        max_size=4,
    )
)
@pytest.mark.promise("H1")
def test_no_content_of_files_raises(contents: dict[str, bytes]) -> None:
    """Whatever is in them, reading and the rules return problems of the catalogue."""
    endings = {name: ".md" if "/" in name else ".yaml" for name in contents}
    texts = {f"projects/acme/erp/{name}{endings[name]}": content for name, content in contents.items()}
    reading = read(SourceFiles({**BASE, **texts}, folders=FOLDERS))
    for problem in [*reading.problems, *check_workspace(reading.workspace)]:
        assert problem.severity == CATALOGUE[problem.code].severity
