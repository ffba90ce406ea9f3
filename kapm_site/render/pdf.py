"""HTML, a print style sheet and their files become accessible PDF, one by one or in several processes."""

import logging
import multiprocessing
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from tempfile import TemporaryDirectory

from kapm_site.problem import Mark, Problem
from kapm_site.process.limits import DIED, FULL, MOST_SECONDS, limit_text, limited
from kapm_site.process.stops import undisturbed
from kapm_site.process.worker import begin_work
from kapm_site.render.fonts import glyph_problem
from kapm_site.render.job import Attached, Heading, Job, Pdf, Variant
from kapm_site.render.pango import pango_problem

__all__ = ["Attached", "Heading", "Job", "Pdf", "Result", "Variant", "render_job", "render_pdf", "render_pdfs"]

Result = tuple[Pdf | None, list[Problem]]

_LOG = logging.getLogger(__name__)
_LONG = "shorten the longest texts and tables; if that does not help, report this as a bug"
_NO_ROOM = "free some space where temporary files are kept, or set TMPDIR to a folder on another disk"
_WORTH_TWO = 4  # starting a process costs about as much as three reports
_JOBS_A_PROCESS = 50  # then a fresh one takes over, which bounds what fonts and images may pile up


def render_pdf(
    html: str,
    css: str,
    assets: Mapping[str, bytes],
    *,
    mark: Mark | None = None,
    variant: Variant = "pdf/ua-1",
    attachments: Iterable[Attached] = (),
) -> Result:
    """Make one PDF in this process; see `Job` for what each argument is.

    The same arguments give the same bytes on every machine that has the same versions of the libraries.
    """
    return render_job(Job(html, css, assets, mark or Mark("."), variant, tuple(attachments)))


def render_job(job: Job) -> Result:
    """Make one PDF in this process: the function to hand to an executor.

    Returns:
        The PDF, or none where Pango is missing or WeasyPrint gave up; and problems: characters in no font,
        files that are not there, missing descriptions and whatever else WeasyPrint calls an error.
    """
    if problem := pango_problem(job.mark):
        return None, [problem]
    from kapm_site.render import engine

    try:
        pdf, records = engine.render(job)
    except Exception as error:  # noqa: BLE001 - one document that cannot be laid out must not stop the others
        _LOG.debug("WeasyPrint gave up", exc_info=True)
        reason = limit_text(error) or f"{type(error).__name__}: {error}".splitlines()[0]
        return None, [failed(job, reason, _NO_ROOM if isinstance(error, OSError) and error.errno in FULL else _LONG)]
    return pdf, _problems(job, records)


def render_pdfs(jobs: Iterable[Job], processes: int = 1, seconds: float = MOST_SECONDS) -> Iterator[Result]:
    """Make many PDFs and yield them in the order of the jobs, each as soon as its turn has come.

    Jobs are taken as processes become free, so both may be many while few are in memory. A process that
    dies, for want of memory for instance, costs its own document alone, and so does one that takes too long.

    Args:
        jobs: May be a generator.
        processes: How many work at a time, beside this one; few jobs take but one.
        seconds: Of processor time that one document may take.
    """
    queue = iter(jobs)
    first = list(islice(queue, _WORTH_TWO))
    if first:
        yield from _in_processes(chain(first, queue), processes if len(first) == _WORTH_TWO else 1, seconds)


def _in_processes(jobs: Iterable[Job], processes: int, seconds: float) -> Iterator[Result]:
    waiting: deque[tuple[Job, Future[Result] | None]] = deque()
    with _pool(processes) as pool:
        for job in jobs:
            waiting.append((job, _submit(pool, job, seconds)))
            if len(waiting) > 2 * processes:
                yield _result(*waiting.popleft(), seconds)
        while waiting:
            yield _result(*waiting.popleft(), seconds)


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Start processes that are copies of one which has WeasyPrint loaded; where that is impossible, new ones.

    Plain forking would copy this process with its threads, and locks that nobody will release.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload(["kapm_site.render.preload"])
    with TemporaryDirectory(prefix="kapm-pdf-", ignore_cleanup_errors=True) as folder:
        pool = ProcessPoolExecutor(
            processes,
            mp_context=context,
            initializer=_begin,
            initargs=(folder,),
            max_tasks_per_child=_JOBS_A_PROCESS,
        )
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(folder: str) -> None:
    """Begin to work; leave temporary files where the parent will clean up."""
    begin_work()
    tempfile.tempdir = folder


def _render_limited(job: Job, seconds: float) -> Result:
    with limited(seconds, expendable=True):
        return render_job(job)


def _submit(pool: ProcessPoolExecutor, job: Job, seconds: float) -> "Future[Result] | None":
    try:
        with undisturbed():
            return pool.submit(_render_limited, job, seconds)
    except BrokenProcessPool:
        return None


def _result(job: Job, future: "Future[Result] | None", seconds: float) -> Result:
    """Wait for a document; if its pool broke, give it a process of its own to find out whose fault it was."""
    try:
        if future is not None:
            return future.result()
    except BrokenProcessPool:
        pass
    with _pool(1) as pool:
        try:
            with undisturbed():
                again = pool.submit(_render_limited, job, seconds)
            return again.result()
        except BrokenProcessPool:
            return None, [failed(job, DIED)]


def failed(job: Job, reason: str, hint: str = _LONG) -> Problem:
    """Say why a document was not made."""
    return Problem(job.mark, "pdf-failed", f"no PDF was made: {reason}", hint=hint)


def _problems(job: Job, records: Iterable[logging.LogRecord]) -> list[Problem]:
    """Turn what WeasyPrint said into problems, each once; its warnings of unknown CSS stay in the log."""
    found: dict[str, Problem] = {}
    for record in records:
        text = record.getMessage()
        if str(record.msg).startswith(".notdef glyph") and isinstance(record.args, tuple):
            problem = glyph_problem(str(record.args[0]), job.mark)
            found[problem.message] = problem
        elif record.levelno >= logging.ERROR:
            found[text] = Problem(job.mark, "pdf-warning", f"in the PDF: {text}", "warning")
    return list(found.values())
