"""Builds of the workspace with every key."""

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf

from kapm_site.pipeline.build import Built, build
from kapm_site.pipeline.load import load_shared
from kapm_site.pipeline.options import BuildOptions
from kapm_site.pipeline.past.sources import Sources
from kapm_site.render.job import Job, Pdf
from kapm_site.workspace.collect import collect
from tests.whole import STATUS

DAY = date.fromisoformat(STATUS)


def build_site(root: Path, target: Path, spread: Callable[..., Any] = map, **options: Any) -> Built:
    """Build a workspace in this process, as of the day of the tests."""
    asked = BuildOptions(DAY, **options)
    return build(load_shared(collect(root)), Sources(root), target, asked, lambda *_: None, spread)


def unset_pdfs(jobs: Iterable[Job], *_: object, **__: object) -> Iterator[tuple[Pdf, list[object]]]:
    """Make documents that hold what they would be laid out from, in a hundredth of the time: for `render_pdfs`."""
    for job in jobs:
        stream, document = io.BytesIO(), pikepdf.new()
        document.add_blank_page()
        parts = (job.html, *job.shorter, job.css, *(file.content.decode() for file in job.attachments))
        for number, part in enumerate(parts):
            name = f"part{number}.html" if part.startswith("<!") else f"part{number}.txt"
            document.attachments[name] = pikepdf.AttachedFileSpec(document, part.encode(), filename=name)
        document.save(stream, deterministic_id=True)
        yield Pdf(stream.getvalue(), 1), []
