"""Times a build by stage on generated portfolios, `kapm --help`, and one full PDF.

    python benchmarks/bench.py              100 and 1000 projects
    python benchmarks/bench.py 100 300      other sizes

Each portfolio is built in a process of its own, so that its peak memory is its own. Time that a stage spends in a
function of another stage counts for that other stage. Marks are those that a release has to keep.
"""

# ruff: noqa: INP001 # a script, no package

import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

from portfolio import STATUS, write_portfolio

MARKS = {"100 projects, no PDF": 4.0, "kapm --help": 0.120, "full PDF, warm": 1.2}


class Stopwatch:
    """Gives each stage the time of its own, and the peak of memory when it last ended."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.peak: dict[str, float] = {}
        self._running = ["other"]
        self._since = perf_counter()

    def watch(self, module: ModuleType, stage: str, *names: str) -> None:
        """Count the time of a module's functions for a stage."""
        for name in names:
            setattr(module, name, self._timed(getattr(module, name), stage))

    def turn(self) -> None:
        """Book the time since the last turn."""
        now = perf_counter()
        stage = self._running[-1]
        self.seconds[stage] = self.seconds.get(stage, 0) + now - self._since
        self.peak[stage] = peak_mib()
        self._since = now

    def _timed(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self.turn()
            self._running.append(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self.turn()
                self._running.pop()

        return timed


def main() -> None:
    """Measure and print."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--build"]:
        print_json(build_timed(Path(arguments[1])))
        return
    if arguments[:1] == ["--pdf"]:
        print_json(pdf_timed(Path(arguments[1])))
        return
    sizes = [int(argument) for argument in arguments] or [100, 1000]
    missed = [measure_help(), *map(measure_portfolio, sizes), measure_pdf()]
    sys.exit(1 if any(missed) else 0)


def measure_help() -> bool:
    """Time `kapm --help`: the middle one of nine."""
    times = []
    for _ in range(9):
        start = perf_counter()
        subprocess.run([Path(sys.executable).parent / "kapm", "--help"], check=True, capture_output=True)  # noqa: S603 our own program
        times.append(perf_counter() - start)
    return tell("kapm --help", statistics.median(times))


def measure_portfolio(size: int) -> bool:
    """Build a portfolio and print its stages."""
    with tempfile.TemporaryDirectory() as folder:
        write_portfolio(Path(folder), size)
        found = in_process("--build", folder)
    say(f"\n{size} projects, {found['files']} files\n{'stage':<10}{'s':>8}{'ms/project':>12}{'peak MiB':>10}")
    for stage, seconds in found["seconds"].items():
        say(f"{stage:<10}{seconds:8.2f}{1000 * seconds / size:12.1f}{found['peak'][stage]:10.0f}")
    return tell(f"{size} projects, no PDF", found["total"])


def measure_pdf() -> bool:
    """Print the time of the first full PDF of a process and of the next ones."""
    with tempfile.TemporaryDirectory() as folder:
        write_portfolio(Path(folder), 1)
        found = in_process("--pdf", folder)
    say(f"\nfull PDF, first: {found['cold']:.2f} s, peak {found['peak']:.0f} MiB")
    return tell("full PDF, warm", found["warm"])


def in_process(*arguments: str) -> Any:
    """Run a part of this program in a fresh process."""
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 our own program
    return json.loads(done.stdout)


def build_timed(root: Path) -> dict[str, Any]:
    """Build a workspace without PDF as the command does, with a stopwatch on every stage."""
    start = perf_counter()
    watch = Stopwatch()
    from kapm_site.pipeline import build, load, pages
    from kapm_site.pipeline.options import BuildOptions

    watch.turn()
    watch.seconds = {"import": watch.seconds.pop("other")}
    watch.peak = {"import": peak_mib()}
    watch.watch(load, "read", "collect", "read")
    watch.watch(load, "check", "check_workspace")
    watch.watch(build, "analyse", "analyse_projects")
    watch.watch(build, "view", "client_view", "internal_view")
    contexts = ("client_page", "portfolio_page", "project_page", "internal_sections")
    watch.watch(pages, "pages", *contexts, "client_feed", "client_status", "project_calendar", "task_rows")
    watch.watch(pages, "render", "render_page", "calendar_bytes", "feed_bytes", "json_bytes", "csv_bytes")
    watch.watch(build, "publish", "publish", "secrets_of")

    options = BuildOptions(status=STATUS, pdf=False)
    built = build.build(load.load(root), root, root / "site", options, lambda _stage, _done, _of: None)
    watch.turn()
    if built.published is None:
        sys.exit("\n".join(str(problem) for problem in built.problems[:20]))
    return {
        "total": perf_counter() - start,
        "files": len(built.published.manifest.files),
        "seconds": watch.seconds,
        "peak": watch.peak,
    }


def pdf_timed(root: Path) -> dict[str, float]:
    """Make the full report of the only project six times in one process."""
    from kapm_site.pipeline.load import load
    from kapm_site.pipeline.single import one_report

    loaded = load(root)
    selector = next(project.selector for _, project in loaded.workspace.projects())
    times = []
    for _ in range(6):
        start = perf_counter()
        content, problems = one_report(loaded, root, selector, "full", STATUS, internal=False)
        times.append(perf_counter() - start)
        if content is None:
            sys.exit("\n".join(str(problem) for problem in problems))
    return {"cold": times[0], "warm": statistics.median(times[1:]), "peak": peak_mib()}


def peak_mib() -> float:
    """Return the most memory this process has held so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def tell(what: str, seconds: float) -> bool:
    """Print a time beside its mark; tell whether it misses the mark."""
    mark = MARKS.get(what)
    missed = mark is not None and seconds > mark
    verdict = "" if mark is None else f"  (mark {mark:g} s: {'MISSED' if missed else 'kept'})"
    say(f"{what}: {seconds:.3f} s{verdict}")
    return missed


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def print_json(found: dict[str, Any]) -> None:
    """Hand measurements to the process that asked for them."""
    say(json.dumps(found))


if __name__ == "__main__":
    main()
