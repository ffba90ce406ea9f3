from pathlib import Path

import pytest
from click.testing import CliRunner
from mspdi_files import plan, task

from kapm_site.commands.import_ import import_


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Make a workspace, and a plan outside it."""
    (tmp_path / "ws").mkdir()
    (tmp_path / "ws" / "kapm.yaml").write_text("organization: {name: Vendor}\n", encoding="utf-8")
    (tmp_path / "plan.xml").write_bytes(plan(task(0), task(1, "Design")))
    return tmp_path


def run(place: Path, *args: str, source: str = "plan.xml", system: str = "msproject") -> tuple[int, str, str]:
    """Run the command; return exit code, standard output and standard error."""
    result = CliRunner().invoke(
        import_, [system, str(place / source), "-C", str(place / "ws"), "--into", "acme/erp", *args]
    )
    return result.exit_code, result.stdout, result.stderr


def files(place: Path) -> list[str]:
    """List the files of the workspace."""
    return sorted(path.relative_to(place / "ws").as_posix() for path in (place / "ws").rglob("*") if path.is_file())


def test_an_import_writes_the_project(place: Path) -> None:
    """The files are written, the account goes to standard output, the rest to standard error."""
    code, out, err = run(place)
    assert code == 0
    assert files(place) == [
        "kapm.yaml",
        *(f"projects/acme/{name}.yaml" for name in ("client", "erp/plan", "erp/project")),
    ]
    assert "tasks: 2 read, 1 kept, 1 dropped" in out
    assert err.startswith("wrote projects/acme/client.yaml, ")


def test_a_dry_run_writes_nothing(place: Path) -> None:
    """With --dry-run the same is printed and no file is made."""
    code, out, err = run(place, "--dry-run")
    assert code == 0
    assert files(place) == ["kapm.yaml"]
    assert "new: 1 tasks" in out
    assert err.startswith("would write ")


def test_a_file_that_is_no_plan_writes_nothing(place: Path) -> None:
    """A binary file ends with exit code 1 and the way to save it as XML."""
    (place / "plan.mpp").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    code, out, err = run(place, source="plan.mpp")
    assert (code, out) == (1, "")
    assert "Save As" in err
    assert str(place) not in err
    assert files(place) == ["kapm.yaml"]


@pytest.mark.parametrize(("source", "system"), [("absent.xml", "msproject"), ("plan.xml", "abacus")])
def test_wrong_usage(place: Path, source: str, system: str) -> None:
    """A missing file and an unknown system are wrong usage."""
    assert run(place, source=source, system=system)[0] == 2


def test_a_folder_that_cannot_be_written_is_named(place: Path) -> None:
    """Where a file stands in a folder's place, the path is named and nothing is left behind."""
    (place / "ws" / "projects").write_text("", encoding="utf-8")
    code, _, err = run(place)
    assert code == 1
    assert "projects/acme/client.yaml cannot be written" in err
