"""The tool that changes the catalogues: sound texts in, everything else refused, and no change lost."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kapm_site.language.compile import read_catalogue
from kapm_site.language.messages import DOMAIN, LOCALES

TOOL = Path(__file__).parents[3] / "tools" / "message.py"


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """Copy the catalogues, so that a test may change them."""
    return Path(shutil.copytree(LOCALES, tmp_path / "locales"))


def run(locales: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the tool on a copy of the catalogues."""
    command = [sys.executable, str(TOOL), "--locales", str(locales), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def text_of(locales: Path, name: str, message_id: str) -> object:
    """Read one text back from a catalogue."""
    found = read_catalogue(locales / name / "LC_MESSAGES" / f"{DOMAIN}.po").get(message_id)
    return found and found.string


def test_a_text_is_added_in_all_languages_and_compiled(locales: Path) -> None:
    """One call, three catalogues, compiled files included."""
    before = (locales / "de" / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes()

    assert run(locales, "add", "test.one", "One {x}", "一 {x}", "Eins {x}").returncode == 0
    assert [text_of(locales, name, "test.one") for name in ("en", "zh_CN", "de")] == [
        "One {x}",
        "一 {x}",
        "Eins {x}",
    ]
    assert (locales / "de" / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes() != before
    assert run(locales, "list", "test.").stdout == "test.one\tOne {x}\t一 {x}\tEins {x}\n"


def test_plurals_and_batches_are_added(locales: Path, tmp_path: Path) -> None:
    """A counted text has the forms of each language; a file may hold both kinds."""
    batch = tmp_path / "texts.json"
    counted = [["{n} cat", "{n} cats"], ["{n} 只猫"], ["{n} Katze", "{n} Katzen"]]
    batch.write_text(json.dumps({"test.a": ["A", "甲", "A"], "test.cats": counted}), encoding="utf-8")

    assert run(locales, "batch", str(batch)).returncode == 0
    assert (
        run(locales, "plural", "test.dogs", "{n} dog", "{n} dogs", "{n} 只狗", "{n} Hund", "{n} Hunde").returncode == 0
    )
    assert text_of(locales, "de", "test.cats") == ("{n} Katze", "{n} Katzen")
    assert text_of(locales, "zh_CN", "test.dogs") == ("{n} 只狗",)


def test_a_text_is_replaced_only_where_asked(locales: Path) -> None:
    """Two people who pick the same id notice."""
    refused = run(locales, "add", "section.risks", "Worries", "担忧", "Sorgen")

    assert refused.returncode == 1
    assert "section.risks exists: 'Risks'" in refused.stderr
    assert text_of(locales, "en", "section.risks") == "Risks"
    assert run(locales, "add", "--replace", "section.risks", "Worries", "担忧", "Sorgen").returncode == 0
    assert text_of(locales, "en", "section.risks") == "Worries"


def test_a_text_is_removed_everywhere(locales: Path) -> None:
    """And what does not exist cannot be removed."""
    assert run(locales, "remove", "section.risks").returncode == 0
    assert text_of(locales, "zh_CN", "section.risks") is None
    assert "no message section.risks" in run(locales, "remove", "section.risks").stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("add", "Risks", "a", "b", "c"), "dotted lower case"),
        (("add", "test.one", "a {x}", "b", "c {x}"), "differ in their placeholders"),
        (("add", "test.one", "a", "", "c"), "zh_CN is empty"),
        (("batch", "nowhere.json"), "nowhere.json"),
    ],
)
def test_an_unsound_text_changes_nothing(locales: Path, arguments: tuple[str, ...], reason: str) -> None:
    """The reason is said, and every file stays as it was."""
    done = run(locales, *arguments)

    assert done.returncode == 1
    assert reason in done.stderr
    for kept in LOCALES.rglob(f"{DOMAIN}.*"):
        assert (locales / kept.relative_to(LOCALES)).read_bytes() == kept.read_bytes()


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["a", "b"], "one text for each"),
        ([["a {n}"], ["b {n}"], ["c {n}", "d {n}"]], "en has 2 plural forms, 1 given"),
        (["a", ["b"], "c"], "all languages have plural forms or none"),
    ],
)
def test_a_batch_names_what_is_wrong(locales: Path, tmp_path: Path, texts: object, reason: str) -> None:
    """A sound text beside an unsound one is not written either."""
    batch = tmp_path / "texts.json"
    batch.write_text(json.dumps({"test.fine": ["a", "b", "c"], "test.bad": texts}), encoding="utf-8")
    done = run(locales, "batch", str(batch))

    assert done.returncode == 1
    assert f"test.bad: {reason}" in done.stderr or reason in done.stderr
    assert text_of(locales, "en", "test.fine") is None


def test_callers_at_the_same_time_lose_nothing(locales: Path) -> None:
    """Each waits for the other, so every text arrives."""
    command = [sys.executable, str(TOOL), "--locales", str(locales), "add"]
    running = [subprocess.Popen([*command, f"test.at_once_{index}", "a", "b", "c"]) for index in range(6)]

    assert [process.wait(timeout=60) for process in running] == [0] * 6
    for name in ("en", "zh_CN", "de"):
        assert all(text_of(locales, name, f"test.at_once_{index}") for index in range(6))
    leftovers = [path.name for path in locales.rglob("*") if path.is_file() and not path.name.startswith("kapm.")]
    assert leftovers == []
