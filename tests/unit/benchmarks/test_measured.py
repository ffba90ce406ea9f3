"""What the comparison with Hugo rests on: the exponent of growth, and whose memory is counted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measured import growth, run

ROOT = Path(__file__).parents[3]
#: Measures commands that hold so many MiB, and before that let a process of theirs hold so many.
PROGRAM = """
import os, sys
from pathlib import Path
from benchmarks.measured import run

def held(own, other):
    other = f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', 'bytearray({other} << 20)']); "
    return run([sys.executable, "-S", "-c", f"{other}bytearray({own} << 20)"], Path.cwd(), os.environ).mib

print(held(0, 0), held(200, 100), held(100, 200), held(0, 0))
"""


@pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0, 1.3])
def test_growth_of_a_power(exponent: float) -> None:
    """Of an exact power it is the exponent, whatever the factor."""
    assert growth({size: 0.04 * size**exponent for size in (10, 100, 300, 10_000)}) == pytest.approx(exponent)


def test_growth_is_less_where_a_cost_is_fixed() -> None:
    """Half the way from lg 15 to lg 1005, as the three sizes lie equally far apart."""
    assert growth({size: 5 + size for size in (10, 100, 1000)}) == pytest.approx(0.913, abs=0.001)


def test_the_largest_process_counts() -> None:
    """That is the command or its child, not both together, and nothing of the command before."""
    # Not from here: a process begins as a copy of the one that starts it, and that of the tests is large.
    told = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    alone, parent, child, again = map(float, told.split())
    assert parent - alone == pytest.approx(200, abs=20)
    assert child - alone == pytest.approx(200, abs=20)
    assert again == pytest.approx(alone, abs=20)


def test_a_command_that_fails_is_told() -> None:
    """The measurement ends with what the command said."""
    with pytest.raises(SystemExit, match="no such portfolio"):
        run([sys.executable, "-S", "-c", "raise SystemExit('no such portfolio')"], Path.cwd(), os.environ)
