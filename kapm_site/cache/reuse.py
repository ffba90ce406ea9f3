"""Taking what was made before, and making the rest, in order."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

J = TypeVar("J")
R = TypeVar("R")


def take_or_make(
    jobs: Iterable[J],
    is_kept: Callable[[J], bool],
    take: Callable[[J], R | None],
    make: Callable[[list[J]], Iterable[R]],
) -> Iterator[R]:
    """Yield a result for each job.

    Args:
        jobs: In the order of the results.
        is_kept: Whether there is something to take.
        take: What was kept; None where it is not whole after all.
        make: Called once with all jobs of which nothing is kept, and with each that could not be taken.
    """
    known = [(job, is_kept(job)) for job in jobs]
    made = iter(make([job for job, kept in known if not kept]))
    for job, kept in known:
        found = take(job) if kept else next(made)
        if found is not None:
            yield found
        else:
            yield from make([job])
