"""What `kapm check` prints for a code: examples made of the cases that each code is tested with."""

import json
from functools import cache
from importlib.resources import files


def example_of(code: str) -> str:
    """Return what a problem of a code looks like in the terminal; empty where there is no example."""
    return _examples().get(code, "")


@cache
def _examples() -> dict[str, str]:
    found: dict[str, str] = json.loads(files(__package__).joinpath("examples.json").read_text("utf-8"))
    return found
