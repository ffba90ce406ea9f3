"""Look for what makes kapm fall over, guided by which lines an input reaches: `make fuzz`.

An input is a byte that says what it is taken for, and the content: a file of a project, which is read, checked,
analysed and told in every format; Markdown, which is rendered; or a picture. It begins with the files of the examples.
Atheris (`pip install -e ".[fuzz]"`) stops at the first input that raises, takes too long or too much memory, and keeps
it in a file; `tools/fuzz.py FILE` tries that one again.
"""

import argparse
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "fuzz"), str(ROOT / "tests" / "unit" / "pages")]

ERP = "projects/acme/erp"
NAMES = "plan project baselines risks asks decisions actions changes kpis feedback costs meetings training lessons"
FILES = [
    *(f"{ERP}/{name}.yaml" for name in NAMES.split()),
    f"{ERP}/updates/2026-11-13.md",
    f"{ERP}/reports/001.yaml",
    "projects/acme/client.yaml",
    "kapm.yaml",
]
MARKDOWN, PICTURE = len(FILES), len(FILES) + 1
_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
#: Without a scheme, or with one of those that are let through.
_MAY_LEAD = re.compile(r"(?:https?|mailto):|[^:]*(?:[/?#]|$)", re.IGNORECASE)
#: Inputs are small, so that many are tried: size has tests of its own.
LONGEST = 4096


def try_one(data: bytes) -> None:
    """Take an input for what its first byte says."""
    kind, content = (data[0] if data else 0) % (len(FILES) + 2), data[1:]
    if kind < len(FILES):
        _try_file(FILES[kind], content)
    elif kind == MARKDOWN:
        _try_markdown(content.decode("utf-8", "replace"))
    else:
        _try_picture(content)


def _try_file(path: str, content: bytes) -> None:
    from oracle import check_files
    from seeds import seeds

    check_files({**seeds()[0], path: content}, path)


def _try_markdown(text: str) -> None:
    from kapm_site.render.markdown import to_html
    from kapm_site.source import prose, targets

    html = str(to_html(text))
    addresses = [unescape(found) for found in _ADDRESS.findall(html)]
    places = (text[one.start : one.start + one.length] for one in targets(text) if one.length)
    _hold("<script" not in html.lower(), "a script is let through")
    _hold(all(map(_MAY_LEAD.match, addresses)), "an address has a scheme that is not let through")
    _hold(len(prose(text)) == len(text), "places move where code is blanked out")
    _hold(all(places), "a place is not there")


def _try_picture(content: bytes) -> None:
    from kapm_site.problem import Mark
    from kapm_site.render.images import clean_image

    image, problems = clean_image(content, Mark("x.svg"), "x.svg")
    _hold(image is not None or bool(problems), "a picture is left out without a word")
    if image is not None and image.suffix == ".svg":
        _hold(b"<script" not in image.content.lower(), "a script is let through")


def _hold(holds: bool, otherwise: str) -> None:
    """Stop at an input for which something does not hold."""
    if not holds:
        raise AssertionError(otherwise)


def write_corpus(folder: Path) -> int:
    """Write the inputs that it begins with; return how many."""
    from seeds import seeds

    begun = [(path, content) for files in seeds() for path, content in files.items()]
    kinds = {Path(path).name: kind for kind, path in enumerate(FILES)}
    count = 0
    for path, content in begun:
        name = Path(path).name
        kind = (
            PICTURE if path.endswith((".png", ".svg")) else kinds.get(name, FILES.index(f"{ERP}/updates/2026-11-13.md"))
        )
        for taken in {kind, MARKDOWN} if path.endswith(".md") else {kind}:
            (folder / f"{count:04}").write_bytes(bytes([taken]) + content[:LONGEST])
            count += 1
    return count


def main() -> None:
    """Read the command line and go."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="*", type=Path, help="try these files alone")
    parser.add_argument("--seconds", type=int, default=600, help="how long to look")
    parser.add_argument("--corpus", type=Path, help="where to keep what was found worth keeping")
    options = parser.parse_args()
    if options.inputs:
        for path in options.inputs:
            try_one(path.read_bytes())
        return
    with tempfile.TemporaryDirectory(prefix="kapm-corpus-") as folder:
        search(options.corpus or Path(folder), options.seconds)


def search(corpus: Path, seconds: int) -> None:
    """Look for so many seconds."""
    import atheris

    with atheris.instrument_imports(include=["kapm_site"], enable_loader_override=False):
        import kapm_site.pipeline.load
        import kapm_site.render.images
        import kapm_site.render.markdown
        import kapm_site.render.svg  # noqa: F401 loaded so that it is instrumented
    corpus.mkdir(parents=True, exist_ok=True)
    print(f"{write_corpus(corpus)} inputs to begin with")
    limits = [
        f"-max_total_time={seconds}",
        "-timeout=10",
        "-rss_limit_mb=1000",
        f"-max_len={LONGEST}",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *limits, str(corpus)], _counted(try_one))
    atheris.Fuzz()


def _counted(function: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Say now and then how long the slowest input took, more exactly than libFuzzer does, which ends the process."""
    count, slowest = 0, 0.0

    def call(data: bytes) -> None:
        nonlocal count, slowest
        before = time.process_time()
        function(data)
        count, slowest = count + 1, max(slowest, time.process_time() - before)
        if count % 1000 == 0:
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{count:,} inputs, the slowest {slowest:.2f} s, {most} MiB at most", flush=True)

    return call


if __name__ == "__main__":
    main()
