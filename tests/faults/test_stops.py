"""Builds that are told to stop: by Ctrl+C, by the CI, by a terminal that closes."""

import os
import signal
import time

import pytest

from tests.faulty import STATUS, Place, alive, kill_all, outliving, say, tree

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.mark.promise("F1")
@pytest.mark.promise("F5")
@pytest.mark.parametrize(
    ("number", "everybody", "busy"),
    [
        (signal.SIGINT, True, "in a process"),
        (signal.SIGHUP, False, "in a process"),
        (signal.SIGTERM, True, "with PDFs"),
    ],
)
def test_a_build_that_is_told_to_stop_goes_at_once_and_tidies_up(
    built: Place, number: signal.Signals, *, everybody: bool, busy: str
) -> None:
    """One line, no traceback, the exit code that shells expect, the previous site, and no process or file left."""
    before = tree(built.site)
    say(built, "Build is half done.")
    if busy == "in a process":  # and would be for a minute
        (built.root / "templates").mkdir()
        (built.root / "templates/project.html.j2").write_text(ENDLESS)
    process = built.start("build", "-o", built.site, *STATUS)
    try:
        _wait_for_work(built, process.pid, busy)
        told_at = time.monotonic()
        os.killpg(process.pid, number) if everybody else process.send_signal(number)
        out, err = process.communicate(timeout=30)
        took = time.monotonic() - told_at
        left = outliving(process.pid)
    finally:
        kill_all(process.pid)
    assert process.returncode == 128 + number, err
    assert err.splitlines()[-1] == f"kapm: stopped by {number.name}; nothing is left half done"
    assert "Traceback" not in out + err
    assert took < 20
    assert left == []
    assert tree(built.site) == before
    assert built.leftovers() == []


def _wait_for_work(place: Place, session: int, busy: str) -> None:
    def is_at_work() -> bool:
        if busy == "with PDFs":
            return any(place.temp.glob("*/kapm-pdf-*"))
        return any(place.site.parent.glob(".site.tmp-*"))

    deadline = time.monotonic() + 60
    while not is_at_work():
        assert time.monotonic() < deadline
        assert alive(session)
        time.sleep(0.005)
    time.sleep(0.3)
