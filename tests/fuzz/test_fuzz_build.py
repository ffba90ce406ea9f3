"""What `kapm check` lets pass can be built: pages of it are made and audited, and nothing falls over (H1, H6)."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from mutations import mutated_markdown, mutated_values
from oracle import COUNT, workspace
from seeds import STATUS, Changed, seeds

from kapm_site.cli import kapm
from kapm_site.commands.common import FINE, PROBLEMS
from kapm_site.pipeline.load import check_projects, load
from kapm_site.problem import has_errors

pytestmark = [pytest.mark.promise("H1"), pytest.mark.promise("H6")]

#: Codes that say that we, not the author, have made a mistake, or that the work was given up.
_OURS = ("template-error", "project-too-large", "audit-failed", "unaudited-file", "leak", "broken-link", "machine-path")
few = settings(max_examples=4, suppress_health_check=list(HealthCheck))


@given(mutated_values(whole=True))
@few
def test_good_files_with_other_values_are_built(changed: Changed) -> None:
    """Dates of other centuries, long words, texts that look like code, numbers as large as they may be."""
    _build(changed)


@given(mutated_markdown())
@few
def test_good_files_with_awkward_markdown_are_built(changed: Changed) -> None:
    """Pages hold what comes of it, and the audit reads them."""
    _build(changed)


def _build(changed: Changed) -> None:
    files = {**changed.files}
    client = next(path for path in files if path.endswith("/client.yaml"))
    if client != changed.path:
        files[client] = seeds()[changed.seed][client].replace(b"protection: passphrase", b"protection: none")
    with workspace(files) as root:
        problems = check_projects(load(root), (), date.fromisoformat(STATUS))
        expected = PROBLEMS if has_errors(problems) else FINE
        run = CliRunner().invoke(
            kapm, ["build", "--no-pdf", "-C", str(root), "-o", str(root / "site"), "--status-date", STATUS]
        )
        COUNT.inputs += 1
        assert run.exception is None or isinstance(run.exception, SystemExit), run.exc_info
        assert run.exit_code == expected, run.output
        assert not [code for code in _OURS if f"[{code}]" in run.output], run.output
        assert Path(root / "site").exists() == (expected == FINE)
