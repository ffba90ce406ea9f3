"""Times `kapm build --no-pdf` beside Hugo on the same content, turn by turn in one call.

    python benchmarks/peers.py                 10, 100 and 1000 projects
    python benchmarks/peers.py 100 10000       other sizes

Hugo prints the YAML (`hugo_site.py`: one page a project, and everything that kapm writes); kapm checks, analyses and
audits it besides. Each figure is the middle one of its turns. A row's work:

    cold             nothing built, nothing kept; kapm's cache is a new folder
    nothing changed  the same again; Hugo keeps nothing between builds
    edit             a task has another name; a new process builds, kapm with its cache
    edit, hugo -w    the same for a Hugo that stays and watches, until the pages on disk tell the name
    template change  a text of a workspace's own template, or of a layout, is another one

A ratio is kapm's figure by Hugo's. The largest process is that of all rows; a process of kapm is its command or one of
its workers.
"""

# ruff: noqa: INP001 # a script, no package

import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from time import sleep

from hugo_site import CLIENTS, FORMS, NOTE, hugo, write_site
from measured import Run, growth, reap, run, until
from portfolio import STATUS, write_portfolio

KAPM = "kapm"
SIZES = (10, 100, 1000)
ROWS = ("cold", "nothing changed", "edit", "edit, hugo -w", "template change")
_WATCHED, _EDITED = ROWS[3], ROWS[2]
_WATCH_TURNS = 5
_FROM = 100  # projects; with fewer, starting up is most of the time and hides how the work grows
_PATIENCE = 600.0  # seconds
_TEMPLATE = """{{% extends "kapm/project.html.j2" %}}
{{% block footer %}}{{{{ super() }}}}<p class="note">Turn {turn}</p>{{% endblock %}}
"""


@dataclass
class Builder:
    """One that builds the portfolio, in a folder of its own."""

    name: str
    root: Path
    output: Path
    command: tuple[str | Path, ...]
    plan: Path
    template: Path
    pages: tuple[Path, ...]
    runs: dict[str, list[Run]] = field(default_factory=dict)
    cache: Path | None = None

    def build(self, row: str = "") -> None:
        """Build, and book it for a row if it belongs to one."""
        # An installed kapm has its bytecode, so it shall have it here.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["KAPM_CACHE"] = str(self.cache or "")
        done = run(self.command, self.root, environment)
        if row:
            self.book(row, done)

    def book(self, row: str, done: Run) -> None:
        """Keep what a row took."""
        self.runs.setdefault(row, []).append(done)

    def edit(self, turn: int) -> str:
        """Give a task of the project another name, which its pages shall tell."""
        lines = self.plan.read_text("utf-8").splitlines(keepends=True)
        name = f"Work package of edit {turn}"
        where = next(n for n, line in enumerate(lines) if line.strip() == "- id: p2-t0") + 1
        lines[where] = f"        name: {name}\n"
        self.plan.write_text("".join(lines), "utf-8")
        return name

    def restyle(self, turn: int) -> str:
        """Change the template, and return what the pages shall tell."""
        text = _TEMPLATE.format(turn=turn) if self.name == KAPM else f'<p class="note">Turn {turn}</p>\n'
        self.template.parent.mkdir(parents=True, exist_ok=True)
        self.template.write_text(text, "utf-8")
        return f"Turn {turn}</p>"

    def tells(self, text: str) -> bool:
        """Tell whether all pages of the project have a text."""
        return all(text in page.read_text("utf-8") for page in self.pages)

    def demand(self, text: str) -> None:
        """End the program where a build has left a page as it was."""
        if not self.tells(text):
            sys.exit(f"{self.name}: no {text!r} in {', '.join(map(str, self.pages))}")

    def middle(self, row: str) -> float:
        """Return the middle time of a row."""
        return statistics.median(done.seconds for done in self.runs[row])

    def largest(self) -> float:
        """Return the most that one process held, in MiB."""
        return max(done.mib for runs in self.runs.values() for done in runs)


def main() -> None:
    """Measure and print."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    hugo()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    say(f"Hugo {version('hugo')}, Python {platform.python_version()}, {machine}")
    with contest(1) as builders:  # loads the programs from disk, writes bytecode, and fails early where it has to
        measure_builds(builders, 1)
        measure_templates(builders, 1)
    cold: dict[str, dict[int, float]] = {}
    for size in sizes:
        with contest(size) as builders:
            turns = 5 if size <= 100 else 3 if size <= 1000 else 1  # noqa: PLR2004 what one can wait for
            measure_builds(builders, turns)
            measure_watching(builders)
            measure_templates(builders, turns)
            tell(size, builders)
            for builder in builders:
                cold.setdefault(builder.name, {})[size] = builder.middle("cold")
    tell_growth(cold)


@contextmanager
def contest(size: int) -> Iterator[list[Builder]]:
    """Give all builders the same portfolio, each in a folder that goes with the measurement."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made).resolve()
        write_portfolio(folder / KAPM, size)
        project = f"client-000/project-{min(size - 1, 3):05}"
        ours = builder_of_kapm(folder, project)
        for form in FORMS:
            write_site(folder / KAPM, folder / form, form)
        yield [ours, *(builder_of_hugo(folder / form, form, project) for form in FORMS)]


def builder_of_kapm(folder: Path, project: str) -> Builder:
    """Return what builds a workspace, with as many processes as it takes by itself."""
    work, out = folder / KAPM, folder / "built"
    kapm = Path(sys.executable).parent / KAPM
    return Builder(
        KAPM,
        work,
        out,
        (kapm, "build", "--no-pdf", "-o", out, "--status-date", STATUS.isoformat()),
        work / "projects" / project / "plan.yaml",
        work / "templates" / "project.html.j2",
        tuple(out / part / project / "index.html" for part in ("clients", "internal")),
    )


def builder_of_hugo(site: Path, form: str, project: str) -> Builder:
    """Return what builds a site of Hugo."""
    out = site / "public"
    return Builder(
        f"Hugo, {form}",
        site,
        out,
        (hugo(), "build", "--quiet"),
        site / CLIENTS / project / "plan.yaml",
        site / NOTE,
        tuple(out / part / project / "index.html" for part in ("clients", "internal")[: 2 if form == "same" else 1]),
    )


def measure_builds(builders: list[Builder], turns: int) -> None:
    """Let each build in its turn: cold, once more, after an edit."""
    for turn in range(turns):
        for builder in in_turn(builders, turn):
            shutil.rmtree(builder.output, ignore_errors=True)
            if builder.cache:
                shutil.rmtree(builder.cache)
            builder.cache = Path(tempfile.mkdtemp(dir=builder.root.parent))
            builder.build("cold")
    for turn in range(turns):
        for builder in in_turn(builders, turn):
            builder.build("nothing changed")
        for builder in in_turn(builders, turn):
            text = builder.edit(turn)
            builder.build(_EDITED)
            builder.demand(text)


def measure_templates(builders: list[Builder], turns: int) -> None:
    """Let each build in its turn after a change of its template.

    Few workspaces have templates of their own, which kapm fills with more caution: no other row is of such a one.
    """
    for builder in builders:
        builder.restyle(0)
        builder.build()
    for turn in range(turns):
        for builder in in_turn(builders, turn):
            text = builder.restyle(turn + 1)
            builder.build("template change")
            builder.demand(text)


def in_turn(builders: list[Builder], turn: int) -> list[Builder]:
    """Let another one begin each turn: what one has written, the system may flush on the next one's time."""
    first = turn % len(builders)
    return builders[first:] + builders[:first]


def measure_watching(builders: list[Builder]) -> None:
    """Let kapm and a Hugo that watches take their turns after edits."""
    draw = random.Random(1)  # noqa: S311 the same waits every time
    ours, *peers = builders
    for peer in peers:
        with watching(peer):
            for turn in range(100, 100 + _WATCH_TURNS):
                text = ours.edit(turn)
                ours.build(_WATCHED)
                ours.demand(text)
                # Hugo looks for changes twice a second: an edit may fall anywhere between two looks.
                sleep(1 + draw.random())
                text = peer.edit(turn)
                seconds = until(lambda text=text, peer=peer: peer.tells(text), f"{peer.name}: {text}", _PATIENCE)
                peer.book(_WATCHED, Run(seconds, 0))


@contextmanager
def watching(peer: Builder) -> Iterator[None]:
    """Let Hugo build, stay, and build again what changes; what it held is booked when it ends."""
    told = peer.root.with_suffix(".txt")
    with told.open("wb") as to:
        process = subprocess.Popen((*peer.command[:2], "--watch"), cwd=peer.root, stdout=to, stderr=to)  # noqa: S603
    try:
        until(lambda: "Ctrl+C" in told.read_text("utf-8"), "the first build of hugo --watch", _PATIENCE)
        yield
    finally:
        process.terminate()
        mib = reap(process)
    runs = peer.runs[_WATCHED]
    runs[-1] = Run(runs[-1].seconds, mib)


def tell(size: int, builders: list[Builder]) -> None:
    """Print the table of a size."""
    ours, *peers = builders
    say(f"\n{size} projects")
    for builder in builders:
        files = [path for path in builder.output.rglob("*") if path.is_file()]
        mib = sum(path.stat().st_size for path in files) / 2**20
        pages = " + ".join(f"{page.stat().st_size / 1000:.0f}" for page in builder.pages)
        say(f"  {builder.name}: {len(files)} files, {mib:.1f} MiB; pages of a project {pages} KB")
    say(f"{'seconds':<18}{KAPM:>9}" + "".join(f"{peer.name:>14}{'ratio':>8}" for peer in peers))
    for row in ROWS:
        tell_row(row, ours.middle(row), [peer.middle(row) for peer in peers], 2)
    tell_row("largest, MiB", ours.largest(), [peer.largest() for peer in peers], 0)


def tell_row(row: str, ours: float, theirs: list[float], digits: int) -> None:
    """Print a figure of ours, and beside it those of the peers with ours as a multiple of each."""
    say(f"{row:<18}{ours:9.{digits}f}" + "".join(f"{value:14.{digits}f}{ours / value:8.2f}" for value in theirs))


def tell_growth(cold: Mapping[str, Mapping[int, float]]) -> None:
    """Print by which power of the number of projects a cold build grows."""
    for name, costs in cold.items():
        large = {size: seconds for size, seconds in costs.items() if size >= _FROM}
        counted = large if len(large) > 1 else costs
        if len(counted) > 1:
            say(f"{name}: cold grows as projects^{growth(counted):.2f} from {min(counted)} to {max(counted)}")


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
