"""A machine without Pango: told once, with the one command that helps."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kapm_site.render import pango
from kapm_site.render.pango import engine_versions, install_command, own_fontconfig


@pytest.mark.parametrize(
    ("system", "release", "command"),
    [
        ("Linux", {"ID": "debian"}, "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("Linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "apt install libpango"),
        ("Linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "dnf install pango"),
        ("Linux", {"ID": "manjaro", "ID_LIKE": "arch"}, "pacman -S pango"),
        ("Linux", {"ID": "alpine"}, "apk add pango"),
        ("Linux", {"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "zypper install libpango"),
        ("Linux", {"ID": "unheard-of"}, "apt install libpango"),
        ("Darwin", {}, "brew install pango"),
        ("Windows", {}, "pacman -S mingw-w64-ucrt-x86_64-pango"),
    ],
)
def test_install_command(monkeypatch: pytest.MonkeyPatch, system: str, release: dict[str, str], command: str) -> None:
    """The command fits the system that the program runs on."""
    monkeypatch.setattr(pango.platform, "system", lambda: system)
    monkeypatch.setattr(pango.platform, "freedesktop_os_release", lambda: release)
    assert command in install_command()


def test_install_command_without_a_release_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux that does not say its name gets the commonest command."""

    def absent() -> dict[str, str]:
        raise FileNotFoundError

    monkeypatch.setattr(pango.platform, "system", lambda: "Linux")
    monkeypatch.setattr(pango.platform, "freedesktop_os_release", absent)
    assert install_command().startswith("apt install")


def test_fontconfig_is_ours_for_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is as before once the fonts are set up."""
    for before in (None, "/etc/fonts/own.conf"):
        if before:
            monkeypatch.setenv("FONTCONFIG_FILE", before)
        with own_fontconfig():
            assert Path(os.environ["FONTCONFIG_FILE"]).is_file()
        assert os.environ.get("FONTCONFIG_FILE") == before


def test_versions_are_told_without_loading_the_engine() -> None:
    """What a PDF's bytes depend on is known before the slow engine is loaded."""
    program = (
        "import sys; from kapm_site.render.pango import engine_versions; print(*engine_versions().items())\n"
        "assert 'weasyprint' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == " ".join(map(str, engine_versions().items())) + "\n"
    assert engine_versions()["pango"][0].isdigit()


def _problem_without(library: Path, program: str) -> subprocess.CompletedProcess[str]:
    env = {"LD_LIBRARY_PATH": str(library), "PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the loader of libraries is misled the way of Linux")
@pytest.mark.parametrize("library", ["libpango-1.0", "libgobject-2.0", "libpangoft2-1.0"])
def test_a_missing_library_is_a_problem(library: str, tmp_path: Path) -> None:
    """Without Pango there is no traceback and nothing on standard output, but the one command that helps."""
    (tmp_path / f"{library}.so.0").write_text("not a library")
    program = (
        "from kapm_site.problem import Mark; from kapm_site.render.pdf import render_pdf\n"
        "for _ in range(2):\n"
        "    pdf, problems = render_pdf('<p>x', '', {}, mark=Mark('a/b'))\n"
        "    print(pdf, *problems, problems[0].hint, sep='|')"
    )
    done = _problem_without(tmp_path, program)
    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    assert first == second
    assert first.startswith("None|a/b:1:1: error: no PDF was made: it needs the Pango library")
    assert f"'{library}" in first
    assert first.endswith("[pango-missing]|" + first.rsplit("|", 1)[1])
    assert "`--no-pdf`" in first
