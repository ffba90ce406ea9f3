"""Times a full report against plain WeasyPrint on a page of the same length, turn by turn in one process.

    python benchmarks/pdf.py MOCK       MOCK is the folder of a report of nine pages: full.html, print.css
    KAPM_MOCK=MOCK python benchmarks/pdf.py

The mock stands for what WeasyPrint takes for such a report by itself. A machine's speed drifts, so only the ratio
counts. The mark is for the same work, from HTML to PDF; the whole way from a project's view is told beside it. The peak
is that of a process that does nothing else.
"""

# ruff: noqa: INP001 # a script, no package

import atexit
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from kapm_site.render.pdf import render_job, render_pdfs

ROOT = Path(__file__).parents[1]
#: An example of eight pages in Latin letters.
SELECTOR = "harbourline/customs-portal"
STATUS = date(2026, 11, 20)
TURNS = 7
MARKS = {"ratio": 0.6, "peak": 150.0}
#: How many reports are made by one process and by two, and how many times longer the one shall take.
REPORTS, LEAST_GAIN = 20, 1.7
#: The fonts that the mock asks for, by the names that ours have.
_FONTS = {"400": "Regular", "600": "SemiBold", "700": "Bold"}


def main() -> None:
    """Measure and print; a missed mark is a failure."""
    whole, job = our_report()
    if sys.argv[1:] == ["--peak"]:
        for _ in range(TURNS):
            pages = whole()
        say(json.dumps({"peak": peak_mib(), "pages": pages}))
        return
    mock = Path(next(iter(sys.argv[1:]), os.environ.get("KAPM_MOCK", "")))
    alone = subprocess.run([sys.executable, __file__, "--peak"], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 our own program
    found = json.loads(alone.stdout)
    missed = tell("peak", found["peak"], f"full PDF of {found['pages']} pages: largest process", " MiB")
    missed |= tell_gain(job)
    if not (mock / "full.html").is_file():
        say(
            f"no comparison with plain WeasyPrint: {mock / 'full.html'} is not there; name its folder, or set KAPM_MOCK"
        )
        sys.exit(missed)
    works = {"view": whole, "html": lambda: pages_of(render_job(job)), "plain": plain_report(mock)}
    times = interleaved(works)
    told = ", ".join(f"{name} {1000 * seconds:.0f} ms" for name, seconds in times.items())
    say(f"{told}; from the view {times['view'] / times['plain']:.2f} times plain WeasyPrint")
    missed |= tell("ratio", times["html"] / times["plain"], "full PDF, warm, from its HTML: times plain WeasyPrint")
    sys.exit(missed)


def interleaved(works: dict[str, Callable[[], int]], turns: int = TURNS) -> dict[str, float]:
    """Let each work take its turn, and return the middle time of each; the first turn warms up."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(turns + 1):
        for name, work in works.items():
            start = perf_counter()
            work()
            if turn:
                times[name].append(perf_counter() - start)
    return {name: statistics.median(found) for name, found in times.items()}


def tell_gain(job: Any) -> bool:
    """Print how much longer one process takes for many reports than two; tell whether it is too little."""
    works = {str(count): partial(made_by, count, job) for count in (1, 2)}
    times = interleaved(works, turns=3)
    gain = times["1"] / times["2"]
    missed = gain < LEAST_GAIN
    told = f"one process {times['1']:.1f} s, two {times['2']:.1f} s, {gain:.2f} times"
    say(f"{REPORTS} reports: {told}  (mark {LEAST_GAIN}: {'MISSED' if missed else 'kept'})")
    return missed


def made_by(processes: int, job: Any) -> int:
    """Make many reports as a build does; returns how many there are."""
    return sum(pdf is not None for pdf, _ in render_pdfs([job] * REPORTS, processes))


def our_report() -> tuple[Callable[[], int], Any]:
    """Return the making of an example's full report from its view, which returns the pages, and its job."""
    from kapm_site.audience.project import project_view
    from kapm_site.pipeline.load import analyse_projects, load, selected
    from kapm_site.pipeline.reports import Source, report_of

    root = workspace_of_one()
    loaded = load(root)
    analysis = analyse_projects(loaded, selected(loaded.workspace, [SELECTOR]), STATUS)[0]
    view = project_view(analysis, internal=False)
    source = Source(root, loaded.workspace.attachments, loaded.workspace.settings.health, None)

    def make() -> int:
        report, found = report_of(view, "full", source)
        return pages_of(render_job(report.job) if report else (None, found))

    set_once, found = report_of(view, "full", source)
    if set_once is None:
        sys.exit("\n".join(map(str, found)))
    return make, set_once.job


def pages_of(result: Any) -> int:
    """Count the pages of a PDF; without one it says why and ends."""
    pdf, problems = result
    if pdf is None:
        sys.exit("\n".join(map(str, problems)))
    return int(pdf.pages)


def workspace_of_one() -> Path:
    """Copy the example and what it rests on to a folder, which goes with the process."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    client, _ = SELECTOR.split("/")
    for path in ("kapm.yaml", "attachments", f"projects/{client}/client.yaml", f"projects/{SELECTOR}"):
        source, target = ROOT / path, Path(folder.name) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)
    return Path(folder.name)


def plain_report(mock: Path) -> Callable[[], int]:
    """Return the making of the mock by WeasyPrint as anybody would call it, tagged as ours is."""
    from kapm_site.problem import Mark
    from kapm_site.render.folders import fonts_folder
    from kapm_site.render.pango import pango_problem

    if problem := pango_problem(Mark(".")):
        sys.exit(str(problem))
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Serves our fonts under the names of the mock, which has none of its own."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.rsplit("/", 1)[-1]
            if name.endswith(".ttf"):
                family, weight = name.removesuffix(".ttf").split("-")
                ours = "Regular" if weight == "400" else "Bold" if family.endswith("SC") else _FONTS[weight]
                return URLFetcherResponse(url, (fonts_folder() / f"{family}-{ours}.ttf").read_bytes())
            return super().fetch(url, headers)

    def make() -> int:
        document = HTML(filename=str(mock / "full.html"), url_fetcher=Fonts()).render(pdf_variant="pdf/ua-1")
        document.write_pdf(pdf_variant="pdf/ua-1")
        return len(document.pages)

    return make


def peak_mib() -> float:
    """Return the most memory that this process has held so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def tell(mark: str, value: float, what: str, unit: str = "") -> bool:
    """Print a figure beside its mark; tell whether it misses the mark."""
    missed = value > MARKS[mark]
    say(f"{what} {value:.2f}{unit}  (mark {MARKS[mark]:g}{unit}: {'MISSED' if missed else 'kept'})")
    return missed


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
