"""`--executor`: what the work of a build is done with."""

import re
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kapm_site.pipeline.kept import Render
    from kapm_site.pipeline.options import BuildOptions
    from kapm_site.pipeline.spread import Spread

_PROCESSES = "processes"
#: How dask names the ways to a scheduler.
_SCHEMES = {"dask": "tcp", "dask+tls": "tls"}


class _ExecutorType(click.ParamType[Any]):
    """`processes`, which is None, or the scheduler of a cluster as dask names it: `tcp://10.0.0.5:8786`."""

    name = "executor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | None:
        """Read an executor."""
        if value == _PROCESSES:
            return None
        found = re.fullmatch(r"(dask(?:\+tls)?)://([^/?#\s]+:\d{1,5})/?", str(value))
        if found is None:
            self.fail(
                f"'{value}' is no executor: processes, or a dask scheduler such as dask://10.0.0.5:8786", param, ctx
            )
        return f"{_SCHEMES[found[1]]}://{found[2]}"


executor_option = click.option(
    "--executor",
    "scheduler",
    metavar="processes|dask://HOST:PORT",
    type=_ExecutorType(),
    default=None,
    help="Work in processes beside this one, which is the default, or on the workers of a dask scheduler that see the "
    "same files; dask+tls://HOST:PORT for an encrypted way.",
)


@contextmanager
def executor(
    scheduler: str | None, root: Path, options: "BuildOptions", size: int
) -> "Iterator[tuple[Spread, Render | None]]":
    """Give what the work is done with.

    Args:
        scheduler: Of a cluster; None for processes beside this one.
        root: The workspace.
        options: What was asked for.
        size: How many projects there are.

    Yields:
        Where projects are made, and what makes the PDFs; None for processes of their own.

    Raises:
        click.UsageError: The cluster cannot be used.
    """
    if scheduler is None:
        from kapm_site.pipeline.spread import WORTH_PROCESSES, spread_over

        with spread_over(options.jobs if size >= WORTH_PROCESSES else 1, options.seconds) as spread:
            yield spread, None
        return
    from kapm_site.pipeline.cluster import ClusterError, cluster_at, render_on

    try:
        with cluster_at(scheduler, root) as spread:
            yield spread, partial(render_on, spread)
    except ClusterError as error:
        raise click.UsageError(str(error)) from error
