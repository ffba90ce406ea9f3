"""Writes constraints.txt: the versions now installed of all that kapm_site and its development need.

    python tools/constraints.py

Only names and versions: where packages come from is the machine's own setting.
"""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FILE = Path(__file__).parents[1] / "constraints.txt"


def main() -> None:
    """Write the file."""
    found: dict[str, str] = {}
    _gather("kapm-site", frozenset({"dev", "fuzz", "bench"}), found)
    del found["kapm-site"]
    FILE.write_text("".join(f"{name}=={found[name]}\n" for name in sorted(found)), "utf-8")


def _gather(name: str, extras: frozenset[str], found: dict[str, str]) -> None:
    """Follow the requirements of an installed package, as far as they hold on this machine."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        hint = "run `make fuzz` and `make bench` first"
        raise SystemExit(f"{name} is not installed, so its pin would be lost: {hint}") from None
    found[canonicalize_name(name)] = package.version
    for line in package.requires or ():
        need = Requirement(line)
        wanted = need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras))
        if wanted and (canonicalize_name(need.name) not in found or need.extras):
            _gather(need.name, frozenset(need.extras), found)


if __name__ == "__main__":
    main()
