"""The README keeps its word: its first edit does what it says, and what it links to is there."""

import re
import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from kapm_site.cli import kapm

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DATE = ("--status-date", "2026-11-20")
ASKS = "projects/harbourline/warehouse-rollout/asks.yaml"
OPEN = "    status: open\n"


def run(root: Path, *arguments: str) -> Result:
    """Run a command in the copy of the examples."""
    return CliRunner().invoke(kapm, ["-C", str(root), *arguments])


def test_the_first_edit_changes_what_it_says(tmp_path: Path) -> None:
    """The answered ask leaves the page; the mistake prints what the README shows, and the site stays."""
    for name in ("projects", "attachments"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "kapm.yaml", tmp_path)
    asks = tmp_path / ASKS
    text = asks.read_text("utf-8")
    edit = next(block for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "answered" in block)

    asks.write_text(text.replace(OPEN, edit, 1), "utf-8")
    assert run(tmp_path, "build", "harbourline", "--no-pdf", *DATE).exit_code == 0
    page = tmp_path / "site" / "clients" / "harbourline" / "warehouse-rollout" / "index.html"
    needs = page.read_text("utf-8").split('id="h-needs"', 1)[1].split("</section>", 1)[0]
    assert "3 open" in needs
    assert "Confirm the pack units" not in needs

    asks.write_text(text.replace(OPEN, "    statsu: answered\n", 1), "utf-8")
    before = page.read_bytes()
    result = run(tmp_path, "build", "--no-pdf", *DATE)
    shown = next(block for block in re.findall(r"```text\n(.*?)```", README, re.DOTALL) if "statsu" in block)
    assert result.exit_code == 1
    assert shown in result.stderr
    assert page.read_bytes() == before


def test_every_link_leads_somewhere() -> None:
    """Pictures and pages are there, in the README and in ARCHITECTURE.md."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", README + (ROOT / "ARCHITECTURE.md").read_text("utf-8"))
    assert "docs/images/project-page.png" in targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_package_has_its_caption() -> None:
    """ARCHITECTURE.md names each package of the flow."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    packages = sorted(path.parent.name for path in ROOT.glob("kapm_site/*/__init__.py"))
    assert [name for name in packages if f"{name}/" not in text] == []
