"""Work on several machines: the seam of `spread.py` over a scheduler of dask.distributed.

Scheduler and workers are started by whoever has the machines. Each worker has the same kapm, and the workspace and the
site's folder under the same path, on a file system that all of them see.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kapm_site.cache import fingerprint
from kapm_site.pipeline.spread import Job, Spread
from kapm_site.problem import Problem
from kapm_site.render.job import Job as PdfJob
from kapm_site.render.pdf import Result, failed, render_job

if TYPE_CHECKING:
    from distributed import Client, Future

R = TypeVar("R")
_PATIENCE = "5s"
#: How often is looked whether anybody is left to wait for.
_LOOK_SECONDS = 2
_DIED = "the workers of the cluster that worked on it died, perhaps for want of memory"


class ClusterError(Exception):
    """A cluster cannot be used; the message says why and what to do."""


@contextmanager
def cluster_at(address: str, root: Path) -> Iterator[Spread]:
    """Give a `map` that works on the workers of a scheduler.

    What is lost with a worker is done again by another one. The bounds of the work are those of the workers, which
    `dask worker --memory-limit` sets.

    Args:
        address: Of the scheduler, such as `tcp://10.0.0.5:8786`.
        root: The workspace, which every worker must see.

    Raises:
        ClusterError: Nobody answers, there is no worker, or one is not fit.
    """
    try:
        from distributed import Client
    except ImportError:
        message = 'a cluster needs dask: python -m pip install "kapm-site[cluster]"'
        raise ClusterError(message) from None
    try:
        client = Client(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        message = f"no scheduler answers at {address}: {error}"
        raise ClusterError(message) from error
    with client:
        _check(client, root)
        yield partial(_results, client)


def render_on(spread: Spread, jobs: Iterable[PdfJob]) -> Iterator[Result]:
    """Make PDFs where the rest of the work is done."""
    yield from spread(_render, [_Document(job) for job in jobs])


@dataclass(frozen=True, slots=True)
class _Document:
    job: PdfJob

    def given_up(self, reason: str) -> tuple[None, list[Problem]]:
        return None, [failed(self.job, reason)]


def _render(document: _Document) -> Result:
    return render_job(document.job)


def _check(client: "Client", root: Path) -> None:
    """Refuse workers that would make other pages, or none."""
    found: dict[str, tuple[str, bool]] = client.run(_standing, str(root))
    if not found:
        message = "the cluster has no worker: start some with `dask worker ADDRESS`"
        raise ClusterError(message)
    for worker, (version, sees) in sorted(found.items()):
        if not sees:
            message = f"worker {worker} does not see {root}: give it the same file system under the same path"
            raise ClusterError(message)
        if version != fingerprint():
            message = f"worker {worker} has another kapm, Python or library: install the same versions there"
            raise ClusterError(message)


def _standing(root: str) -> tuple[str, bool]:
    return fingerprint(), Path(root, "kapm.yaml").is_file()


def _results(client: "Client", function: Callable[[Any], R], jobs: Iterable[Job]) -> Iterator[R]:
    waiting = deque((job, client.submit(function, job, pure=False)) for job in jobs)
    while waiting:
        yield _result(client, *waiting.popleft())


def _result(client: "Client", job: Job, future: "Future[R]") -> R:
    from distributed import wait
    from distributed.scheduler import KilledWorker

    while not future.done():  # type: ignore[no-untyped-call]
        try:
            wait(future, timeout=_LOOK_SECONDS)  # type: ignore[no-untyped-call]
        except TimeoutError:
            if not client.scheduler_info()["workers"]:
                return cast("R", job.given_up(_DIED))
    try:
        return future.result()
    except KilledWorker:
        return cast("R", job.given_up(_DIED))
