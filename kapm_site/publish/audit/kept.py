"""Looking at files once: what a part of a root says is kept under the digests of its files and of what they may say.

What is compared over all clients is compared each time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from kapm_site.cache import Store, digest, fingerprint, pack_records, recall, take_or_make
from kapm_site.problem import Problem
from kapm_site.publish.audit.prepared import key_of, readable_of
from kapm_site.publish.audit.roots import RootJob, examine_root
from kapm_site.publish.audit.search import Root

Examination = tuple[Root, list[Problem]]
_KIND = "audits"


@dataclass(frozen=True, slots=True)
class KeptRoot:
    """A part of a root to look at, and where what it says is kept."""

    job: RootJob
    key: str
    store: Store

    def given_up(self, reason: str) -> Examination:
        """Say why nobody has looked."""
        return self.job.given_up(reason)


class Spread(Protocol):
    """Calls a function for each job and yields the results in their order, like `map`; or the job's `given_up`."""

    def __call__(
        self, function: Callable[[KeptRoot], Examination], jobs: Iterable[KeptRoot], /
    ) -> Iterable[Examination]:
        """Call the function for each job."""


def examine_roots(
    jobs: Iterable[RootJob], digests: Mapping[str, str], spread: Spread, store: Store
) -> Iterator[tuple[str, Examination]]:
    """Look at parts of roots, or take what was seen before in the same files by the same rules.

    Args:
        jobs: The parts.
        digests: Of the files as they lie there; those of files that are not what their manifest says need not be right.
        spread: Where they are looked at.
        store: Where it is kept.

    Yields:
        The key of each part, and what is to be said of it.
    """
    shared: dict[int, str] = {}
    keyed = ((_key(job, digests, shared) if store.folder else str(number), job) for number, job in enumerate(jobs))
    kept = [KeptRoot(job, key, store) for key, job in keyed]
    found = take_or_make(kept, _is_kept, _take, lambda rest: spread(_examine, map(_with_texts, rest)))
    return zip((one.key for one in kept), found, strict=True)


def _with_texts(kept: KeptRoot) -> KeptRoot:
    """Read what the client may read, which may lie in a store that only this machine has."""
    return replace(kept, job=replace(kept.job, texts=(), allowed=readable_of(kept.job.texts)))


def _key(job: RootJob, digests: Mapping[str, str], shared: dict[int, str]) -> str:
    """Return the key of a job; what many jobs share is digested once, by identity."""

    def once(value: object, parts: Iterable[str]) -> str:
        if id(value) not in shared:
            shared[id(value)] = digest(*parts)
        return shared[id(value)]

    return digest(
        fingerprint(),
        job.label,
        job.root,
        job.client,
        key_of(job.texts),
        once(job.common, [job.common.joined, *sorted(job.common.numbers)]),
        once(job.stems, sorted(job.stems)),
        repr((sorted(job.present), sorted(job.others), job.machine, job.key and job.key.names, job.strict)),
        *(part for path in job.paths for part in (path, digests.get(path, ""))),
    )


def _is_kept(kept: KeptRoot) -> bool:
    return kept.store.has(_KIND, kept.key)


def _take(kept: KeptRoot) -> Examination | None:
    found = recall(kept.store, _KIND, kept.key)
    return found if isinstance(found, tuple) else None


def _examine(kept: KeptRoot) -> Examination:
    found = examine_root(kept.job)
    kept.store.put(_KIND, kept.key, pack_records(found))
    return found
