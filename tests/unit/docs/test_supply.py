"""What comes from others: pinned by name and number, looked up for known holes, and listed for a release."""

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]
BIN = Path(sys.executable).parent
CONSTRAINTS = ROOT / "constraints.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LINES = CONSTRAINTS.read_text("utf-8").splitlines()
PINS = dict(line.split("==") for line in LINES)
RECIPES = {
    name: body.replace("\\\n", " ")
    for name, body in re.findall(
        r"^([a-z]+):[^\n]*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )
}
#: Addresses of places that packages come from, which are each machine's own setting.
HOSTS = ("pypi" + ".org", "python" + "hosted", "npmjs" + ".", "index-url" + " http", "extra-index-url" + "=")


def wanted() -> Iterator[Requirement]:
    """Give what kapm_site says that it needs, with all extras."""
    for line in (
        *PROJECT["dependencies"],
        *(line for lines in PROJECT["optional-dependencies"].values() for line in lines),
    ):
        need = Requirement(line)
        if canonicalize_name(need.name) != PROJECT["name"]:
            yield need


def needed_by(name: str) -> Iterator[Requirement]:
    """Give what an installed package needs here; nothing of one that is not installed."""
    try:
        lines = distribution(name).requires or []
    except PackageNotFoundError:
        return
    for line in lines:
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            yield need


@pytest.mark.promise("C1")
def test_constraints_are_names_and_versions_alone() -> None:
    """One version of each, sorted, and no address: where packages come from is each machine's own setting."""
    assert [line for line in LINES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*==\d[\w.]*", line)] == []
    assert list(PINS) == sorted(PINS)
    assert len(PINS) == len(LINES)


@pytest.mark.promise("C1")
def test_every_dependency_is_pinned_to_a_version_that_it_may_have() -> None:
    """Those of each extra too, and what they need in turn."""
    named = {canonicalize_name(need.name): need for need in wanted()}
    assert [name for name in named if name not in PINS] == []
    assert [name for name, need in named.items() if not need.specifier.contains(PINS[name], prereleases=True)] == []
    needed = {canonicalize_name(need.name): (name, need) for name in PINS for need in needed_by(name)}
    assert [f"{name}, which {by} needs" for name, (by, _) in needed.items() if name not in PINS] == []
    unfit = [n for n, (_, need) in needed.items() if not need.specifier.contains(PINS[n], prereleases=True)]
    assert unfit == []


@pytest.mark.promise("C1")
def test_everything_that_installs_keeps_to_the_pins() -> None:
    """The environment is filled with the constraints, and a release is built by the tools that are in it."""
    installs = [
        line
        for line in (ROOT / "tools/setup.sh").read_text("utf-8").splitlines()
        if " install " in line and "pip" in line
    ]
    assert installs
    assert all("-c constraints.txt" in line for line in installs)
    assert "-m build --no-isolation" in RECIPES["release"]


@pytest.mark.promise("C1")
def test_a_release_is_looked_up_and_listed() -> None:
    """The look for vulnerabilities and the list read the file that versions are installed by."""
    assert "--requirement constraints.txt" in RECIPES["vulnerabilities"]
    assert RECIPES["sbom"].rstrip().endswith("constraints.txt")
    release = re.search(r"^release: (.*?) ##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert release
    assert release[1].split() == ["test", "vulnerabilities", "sbom"]


def command(recipe: str, program: str) -> list[str]:
    """Take a program's arguments out of a recipe of the Makefile."""
    words = " ".join(RECIPES[recipe].split()).split()
    start = next(index for index, word in enumerate(words) if word.endswith(f"/{program}"))
    return [str(BIN / program), *words[start + 1 :]]


@pytest.mark.promise("C1")
def test_the_list_of_a_release_has_every_pin_and_is_the_same_each_time(tmp_path: Path) -> None:
    """CycloneDX that its own schema takes, without the time or a number drawn at random."""
    if importlib.util.find_spec("cyclonedx_py") is None:
        pytest.skip("cyclonedx-bom is not installed: `sh tools/setup.sh test` brings it")
    made = []
    for name in ("one.json", "two.json"):
        arguments = command("sbom", "cyclonedx-py")
        arguments[arguments.index("--output-file") + 1] = str(tmp_path / name)
        done = subprocess.run([*arguments, "--validate"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    data = json.loads(made[0])
    assert {part["name"]: part["version"] for part in data["components"]} == PINS
    assert data["metadata"]["component"]["name"] == PROJECT["name"]


@pytest.mark.promise("C1")
def test_the_look_for_vulnerabilities_takes_every_pin() -> None:
    """Without asking anybody: the network is no part of a test."""
    if importlib.util.find_spec("pip_audit") is None:
        pytest.skip("pip-audit is not installed: `sh tools/setup.sh test` brings it")
    done = subprocess.run(
        [*command("vulnerabilities", "pip-audit"), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"would have audited {len(PINS)} packages" in done.stderr


def test_no_file_names_a_place_that_packages_come_from() -> None:
    """Neither a registry nor an option that would choose one."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout")
    found = []
    for name in filter(None, listed.stdout.decode().split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        found += [f"{name}: {host}" for host in HOSTS if host.encode() in content]
    assert found == []
