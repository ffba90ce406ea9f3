import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from kapm_site.commands.audit import audit
from kapm_site.problem import Mark, Problem
from kapm_site.publish import Secrets

PAGE = b"<!DOCTYPE html><html lang=en><body>Lay off everyone</body></html>"


@pytest.fixture
def run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write_site: Callable[..., None],
    secrets: Callable[..., Secrets],
) -> Callable[..., Result]:
    """Run the command in a workspace with a site, told what the workspace holds."""
    write_site(tmp_path / "site", {"clients/acme/index.html": PAGE})
    (tmp_path / "kapm.yaml").touch()
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, known: Secrets | list[Problem] | None = None) -> Result:
        pipeline = ModuleType("kapm_site.pipeline")
        pipeline.workspace_secrets = lambda _root: secrets() if known is None else known  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "kapm_site.pipeline", pipeline)
        return CliRunner().invoke(audit, arguments)

    return run


def test_a_clean_site_ends_with_zero(run: Callable[..., Result]) -> None:
    """Nothing on standard output, one sentence on standard error."""
    result = run("site")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "site: nothing internal and nothing foreign in any client's folder\n"


def test_a_leak_ends_with_one(run: Callable[..., Result], secrets: Callable[..., Secrets]) -> None:
    """The problem, its source and the remedy are told."""
    result = run("site", known=secrets(("Lay off everyone", "acme")))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "site/clients/acme/index.html:1:1: error: text of <body> holds 'Lay off everyone', which is internal [leak]",
        "  projects/acme/erp/risks.yaml:1:1: it was typed here",
        "  hint: if the client may read it, say so with `audience: client`; if not, do not publish this folder",
    ]


def test_a_workspace_with_errors_ends_with_one(run: Callable[..., Result]) -> None:
    """What a broken workspace holds cannot be told, so its problems are."""
    result = run("site", known=[Problem(Mark("kapm.yaml", 2), "yaml-syntax", "expected a key")])
    assert result.exit_code == 1
    assert result.stdout == "kapm.yaml:2:1: error: expected a key [yaml-syntax]\n"


def test_wrong_usage_ends_with_two(run: Callable[..., Result], tmp_path: Path) -> None:
    """No such folder, a folder that no build wrote, and no workspace are wrong usage."""
    assert run("nowhere").exit_code == 2
    (tmp_path / "mine").mkdir()
    assert run("mine").exit_code == 2
    (tmp_path / "kapm.yaml").unlink()
    result = run("site")
    assert result.exit_code == 2
    assert "-C DIR" in result.stderr


def test_the_workspace_may_be_elsewhere(run: Callable[..., Result], tmp_path: Path) -> None:
    """`-C` names it, as for every command."""
    (tmp_path / "kapm.yaml").rename(tmp_path / "site" / "kapm.yaml")
    assert run("-C", "site", "site").exit_code == 1  # the file is not in the manifest
    assert "unlisted-file" in run("-C", "site", "site").stdout
