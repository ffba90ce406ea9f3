"""A long run says how much it tried."""

import resource

import pytest
from oracle import COUNT


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the number of inputs, the slowest of them, and the most memory: `make fuzz` is run for these."""
    if COUNT.inputs:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        average = 1000 * COUNT.seconds / COUNT.inputs
        terminalreporter.write_line(
            f"{COUNT.inputs:,} inputs, {COUNT.seconds:.0f} s, {average:.0f} ms each; {most} MiB at most"
        )
        terminalreporter.write_line(f"the slowest took {COUNT.slowest:.2f} s: {COUNT.slowest_input}")
