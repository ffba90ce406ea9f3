"""Times `kapm build` on generated portfolios, its stages, `kapm --help`, and one full PDF.

    python benchmarks/bench.py              100 and 1000 projects
    python benchmarks/bench.py 100 300      other sizes

The whole is the command as a user types it, with as many processes as it takes by itself; its peak is that of the
largest of them. The stages are timed in a second build, in one process; time that a stage spends in a function of
another one counts for that other stage. Marks are those that a release has to keep.
"""

# ruff: noqa: INP001 # a script, no package

import gc
import json
import os
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

_LONG = 20.0  # seconds
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
        seconds = command_timed(Path(folder))
        peak = peak_mib(resource.RUSAGE_CHILDREN)
        found = in_process("--build", folder)
    say(f"\n{size} projects, {found['files']} files, one process")
    say(f"{'stage':<10}{'s':>8}{'ms/project':>12}{'peak MiB':>10}")
    for stage, spent in found["seconds"].items():
        say(f"{stage:<10}{spent:8.2f}{1000 * spent / size:12.1f}{found['peak'][stage]:10.0f}")
    say(f"{'whole':<10}{found['total']:8.2f}{1000 * found['total'] / size:12.1f}\n")
    say(f"`kapm build --no-pdf`: largest process {peak:.0f} MiB")
    return tell(f"{size} projects, no PDF", seconds)


def command_timed(root: Path) -> float:
    """Time the command, which keeps nothing: the middle one of three, of large portfolios one."""
    command = [Path(sys.executable).parent / "kapm", "-C", root, "build", "--no-pdf", "-o", root / "out"]
    command += ["--status-date", STATUS.isoformat()]
    times = []
    for _ in range(3):
        start = perf_counter()
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "KAPM_CACHE": ""})  # noqa: S603 our own program
        times.append(perf_counter() - start)
        if times[0] > _LONG:
            break
    return statistics.median(times)


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
    gc.set_threshold(100_000, 50, 100)  # as the command does
    from kapm_site.pipeline import build, kept, load, pages, project, sections, site
    from kapm_site.pipeline.options import BuildOptions
    from kapm_site.pipeline.past import seen
    from kapm_site.pipeline.past.sources import Sources
    from kapm_site.workspace.collect import collect

    watch.turn()
    watch.seconds = {"import": watch.seconds.pop("other")}
    watch.peak = {"import": peak_mib()}
    watch.watch(load, "read", "read_shared")
    watch.watch(project, "read", "read_project")
    watch.watch(project, "check", "check_project")
    watch.watch(project, "analyse", "analyse")
    watch.watch(seen, "view", "client_project", "internal_project")
    watch.watch(project, "view", "portfolio_project")
    watch.watch(seen, "past", "project_looks", "reported")
    watch.watch(project, "past", "project_touches")
    contexts = ("build_sections", "client_page", "portfolio_page", "project_page", "internal_sections")
    watch.watch(pages, "pages", *contexts, "client_feed", "client_status", "project_calendar", "task_rows", "status_of")
    watch.watch(pages, "render", "render_page", "calendar_bytes", "feed_bytes", "json_bytes", "csv_bytes")
    watch.watch(sections, "render", "render_part")
    watch.watch(project, "secrets", "project_secrets", "told_texts")
    watch.watch(site, "secrets", "secrets_from", "shared_secrets")
    watch.watch(build, "publish", "publish")

    watch.watch(kept, "other", "make_project")
    options = BuildOptions(status=STATUS, pdf=False)
    shared = load.load_shared(collect(root))
    built = build.build(shared, Sources(root), root / "site", options, lambda _stage, _done, _of: None)
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


def peak_mib(whose: int = resource.RUSAGE_SELF) -> float:
    """Return the most memory this process has held so far, or the largest of those it has waited for."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(whose).ru_maxrss * unit / 2**20


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
