"""Hand-made plans of each system against the files they become, byte for byte."""

from pathlib import Path

import pytest

from kapm_site.importers import IMPORTERS, ImportResult, run_import
from kapm_site.workspace.collect import SourceFiles

HERE = Path(__file__).parent
CASES = sorted(path for system in IMPORTERS for path in (HERE / system).iterdir() if path.is_dir())
WORKSPACE = SourceFiles(
    {"kapm.yaml": b"organization: {name: Vendor}\n", "projects/acme/client.yaml": b"name: Acme\n"},
    folders=frozenset({"projects/acme"}),
)


def report(result: ImportResult) -> str:
    """Write what the user is told, a line each."""
    rows = [f"{item.kind}: {item.read} read, {item.kept} kept" for item in result.tallies]
    dropped = [f"dropped {item.kind}: {item.what}: {item.reason}" for item in result.dropped]
    return "\n".join([*map(str, result.changes), *rows, *dropped, *map(str, result.problems)]) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_plan_becomes_the_expected_files(case: Path, request: pytest.FixtureRequest) -> None:
    """Files and report of an import are those that were reviewed; `--update-golden` writes them anew."""
    (source,) = case.glob("plan.*")
    result = run_import(IMPORTERS[case.parent.name], source.read_bytes(), source.name, f"acme/{case.name}", WORKSPACE)
    found = {path.rpartition("/")[2]: text for path, text in result.files.items()} | {"report.txt": report(result)}
    expected = case / "expected"
    if request.config.getoption("--update-golden"):
        expected.mkdir(exist_ok=True)
        for path in expected.iterdir():
            path.unlink()
        for name, text in found.items():
            (expected / name).write_bytes(text.encode())
    assert {path.name: path.read_bytes().decode() for path in sorted(expected.iterdir())} == dict(sorted(found.items()))
