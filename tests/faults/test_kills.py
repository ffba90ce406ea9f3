"""Builds that are killed at random moments: what readers see, what lies on the disk, and what the next build leaves."""

import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from kapm_site.cli import kapm
from tests.faulty import STATUS, Place, kill_all, outliving, say, tree

KILLS = 10 * int(os.environ.get("KAPM_SOAK", "0")) or 6
HEADLINES = ("Build is under way.", "Build is half done.")

Tree = dict[str, bytes]


@dataclass
class Reader:
    """Reads pages of a site by their address, over and over, as a web server does.

    Attributes:
        old: The site as it is.
        new: The site that is being built.
        faults: What it saw that is of neither, or in an order that cannot be.
        seen: How many pages it read.
    """

    site: Path
    old: Tree
    new: Tree
    faults: list[str] = field(default_factory=list)
    seen: int = 0

    def __post_init__(self) -> None:
        """Begin to read."""
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def stop(self) -> None:
        """Read no more."""
        self._end.set()
        self._thread.join()

    def _read(self) -> None:
        paths = sorted(path for path in self.old.keys() & self.new.keys() if self.old[path] != self.new[path])[::3]
        swapped = False
        while not self._end.wait(0.004):
            for path in paths:
                try:
                    found = (self.site / path).read_bytes()
                except OSError as error:
                    self.faults.append(f"{path}: {error}")
                    continue
                self.seen += 1
                is_new = found == self.new[path]
                if not is_new and found != self.old[path]:
                    self.faults.append(f"{path} is of neither site")
                if swapped and not is_new:
                    self.faults.append(f"{path} is old although the new site was seen")
                swapped = swapped or is_new


def moments(rng: random.Random, site: Path, usual: float) -> Callable[[subprocess.Popen[str]], None]:
    """Choose a way to wait for the moment of a kill: at any time, while staging, about the swap, or after it."""
    before = site.stat().st_ino

    def staged() -> list[Path]:
        return list(site.parent.glob(".site.tmp-*"))

    wait, most = rng.choice(
        [
            (lambda: True, usual),
            (staged, usual / 2),
            (lambda: any((folder / "manifest.json").exists() for folder in staged()), usual / 10),
            (lambda: site.stat().st_ino != before, 0.01),
        ]
    )

    def until(process: subprocess.Popen[str]) -> None:
        while process.poll() is None and not wait():
            time.sleep(0.001)
        time.sleep(rng.uniform(0, most))

    return until


def strike(process: subprocess.Popen[str], *, everybody: bool) -> None:
    """Kill a build, with all who work for it or alone; those who worked for it must then end by themselves."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL) if everybody else process.kill()
    process.wait()
    left = outliving(process.pid)
    kill_all(process.pid)
    process.communicate()
    assert left == [], f"after a kill of {'all' if everybody else 'the parent'} there are still {left}"


@pytest.mark.promise("F1")
@pytest.mark.promise("F5")
def test_a_build_killed_at_any_moment_leaves_a_whole_site(place: Place) -> None:
    """The old or the new, for readers too; the next build succeeds, and nothing temporary is left."""
    rng = random.Random(20261120)  # noqa: S311 - moments to strike at
    sites: dict[tuple[str, bool], Tree] = {}
    for headline, pdf in ((HEADLINES[0], True), (HEADLINES[1], False), (HEADLINES[0], False)):
        say(place, headline)
        assert place.build_here(*(() if pdf else ("--no-pdf",))).exit_code == 0
        sites[headline, pdf] = tree(place.site)
    started = time.monotonic()
    assert place.build("--no-pdf").returncode == 0
    usual = time.monotonic() - started
    assert tree(place.site) == sites[headline, False]
    counts = {"old": 0, "new": 0, "leftovers": 0, "reads": 0}
    now = tree(place.site)
    for number in range(KILLS):
        headline, pdf = HEADLINES[number % 2], number % 4 == 2
        say(place, headline)
        new = sites[headline, pdf]
        until, reader = moments(rng, place.site, usual), Reader(place.site, now, new)
        process = place.start("build", "-o", place.site, *STATUS, *(() if pdf else ("--no-pdf",)))
        try:
            until(process)
            strike(process, everybody=number % 2 == 0)
        finally:
            kill_all(process.pid)
            reader.stop()
        found = tree(place.site)
        assert found in (now, new), f"kill {number}"
        assert reader.faults == []
        counts["old" if found == now else "new"] += 1
        counts["leftovers"] += bool(place.leftovers())
        counts["reads"] += reader.seen
        now = found
        if number % 10 == 9:
            done = place.build("--no-pdf")
            assert done.returncode == 0, done.stderr
            now = sites[headline, False]
            assert tree(place.site) == now
            assert place.leftovers() == []
    audited = CliRunner().invoke(kapm, ["-C", str(place.root), "audit", str(place.site)])
    assert audited.exit_code == 0, audited.output
    print(counts)  # noqa: T201 - for whoever runs the 200
    assert all(counts.values())
