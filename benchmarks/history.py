"""Times `kapm build` with a past beside the same build without one, in one call: what history costs.

    python benchmarks/history.py                   500 commits of one project; 100 projects with 100 commits each
    python benchmarks/history.py 20 50             other sizes: projects, commits of each

The past is written by `git fast-import`: each commit moves one project's tasks along and changes a few lines, as a
week's work does. Builds alternate, so that the machine's drift is in both: without git, with git and nothing kept, with
what the build before has kept. Marks are of issue texts: seconds above the build without history.
"""

# ruff: noqa: INP001 # a script, no package

import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter

from portfolio import STATUS, write_portfolio

_ROUNDS = 7
#: (projects, commits of each) → seconds above the build without history: the first time, and later.
MARKS = {(1, 500): (2.0, 0.15), (100, 100): (60.0, 2.0)}


def main() -> None:
    """Measure and print."""
    given = [int(argument) for argument in sys.argv[1:]]
    sizes = [(given[0], given[1])] if given else list(MARKS)
    missed = [measure(*size) for size in sizes]
    sys.exit(1 if any(missed) else 0)


def measure(projects: int, commits: int) -> bool:
    """Compare the three kinds of build; tell whether a mark was missed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        write_portfolio(root, projects)
        write_past(root, commits)
        bare = Path(folder) / "bare"
        shutil.copytree(root, bare, ignore=shutil.ignore_patterns(".git"))
        times: dict[str, list[float]] = {"without": [], "first": [], "later": []}
        for _ in range(_ROUNDS if projects == 1 else 1):
            times["without"].append(timed(bare))
            shutil.rmtree(root / ".git" / "kapm", ignore_errors=True)
            times["first"].append(timed(root))
            times["later"].append(timed(root))
            times["without"].append(timed(bare))
    # The quickest of each: what else the machine does only ever adds.
    best = {name: min(found) for name, found in times.items()}
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    say(f"\n{projects} projects with {commits} commits each; the largest process so far held {peak:.0f} MiB")
    say(f"{'without history':<18}{best['without']:8.2f} s")
    first, later = MARKS.get((projects, commits), (None, None))
    found = [
        tell("first build", best["first"] - best["without"], first),
        tell("later builds", best["later"] - best["without"], later),
    ]
    return any(found)


def write_past(root: Path, commits: int) -> None:
    """Give the workspace a past of so many commits for each project, all days up to the status date."""
    folders = sorted(path.parent for path in root.glob("projects/*/*/project.yaml"))
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=root, check=True)  # noqa: S607
    everything = [path for path in sorted(root.rglob("*")) if path.is_file() and ".git" not in path.parts]
    total = commits * len(folders)
    marks = count(1)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=root, stdin=subprocess.PIPE) as importing:  # noqa: S607
        assert importing.stdin is not None  # noqa: S101 it is a pipe
        put = importing.stdin.write
        for number in range(total):
            folder, step = folders[number % len(folders)], number // len(folders)
            day = STATUS - timedelta(days=(commits - step) * max(1, 700 // commits))
            changed = {path: path.read_bytes() for path in everything} if number == 0 else {}
            changed |= {
                folder / name: moved((folder / name).read_bytes(), step) for name in ("plan.yaml", "risks.yaml")
            }
            put(_commit(next(marks), day, f"Step {step}", root, changed))
        now = {path: path.read_bytes() for path in everything}
        put(_commit(next(marks), STATUS - timedelta(days=1), "Today", root, now))
    subprocess.run(["git", "reset", "--quiet", "--hard", "main"], cwd=root, check=True)  # noqa: S607


def moved(content: bytes, step: int) -> bytes:
    """Change a line here and there, another one at each step."""
    lines = content.decode().splitlines()
    for index in range(step % 7, len(lines), 7):
        plain = lines[index].split("  #")[0]
        lines[index] = plain if "|" in plain else f"{plain}  # step {step}"
    return ("\n".join(lines) + "\n").encode()


def _commit(mark: int, day: date, message: str, root: Path, files: dict[Path, bytes]) -> bytes:
    at = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    who = f"Ana Okafor <ana@tidewater.example> {at} +0000"
    head = f"commit refs/heads/main\nmark :{mark}\ncommitter {who}\ndata {len(message)}\n{message}\n"
    parts = [head.encode()]
    for path, content in files.items():
        name = path.relative_to(root).as_posix()
        parts += [f"M 100644 inline {name}\ndata {len(content)}\n".encode(), content, b"\n"]
    return b"".join(parts)


def timed(root: Path) -> float:
    """Time the command."""
    command = [Path(sys.executable).parent / "kapm", "-C", root, "build", "--no-pdf", "-o", root.parent / "out"]
    start = perf_counter()
    subprocess.run([*command, "--status-date", STATUS.isoformat()], check=True, capture_output=True)  # noqa: S603 our own program
    return perf_counter() - start


def tell(what: str, seconds: float, mark: float | None) -> bool:
    """Print a time beside its mark; tell whether it misses the mark."""
    missed = mark is not None and seconds > mark
    verdict = "" if mark is None else f"  (mark {mark:g} s: {'MISSED' if missed else 'kept'})"
    say(f"{what:<18}{seconds:+8.2f} s{verdict}")
    return missed


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
