"""`kapm build --shard` and `--merge`: a build in parts."""

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kapm_site.commands.common import FINE, PROBLEMS, problems_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kapm_site.cache import Store
    from kapm_site.pipeline.build import MadePart
    from kapm_site.pipeline.load import Loaded
    from kapm_site.pipeline.parts import Shard

_MOST_PARTS = 1000


class ShardType(click.ParamType[Any]):
    """A share as `2/4`: the second of four."""

    name = "shard"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Shard":
        """Read a share."""
        from kapm_site.pipeline.parts import Shard

        if isinstance(value, Shard):
            return value
        found = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", str(value))
        if found is None or not int(found[1]) <= int(found[2]) <= _MOST_PARTS:
            self.fail(f"'{value}' is no share such as 2/4, the second of four", param, ctx)
        return Shard(int(found[1]), int(found[2]))


def refuse_mixed(shard: "Shard | None", parts: "Iterable[str]", selectors: "Iterable[str]", only: str | None) -> None:
    """Refuse what parts cannot be asked for: they are parts of a whole site.

    Raises:
        click.UsageError: It was.
    """
    if shard and parts:
        message = "--shard makes a part and --merge puts parts together: one of them"
        raise click.UsageError(message)
    if (shard or parts) and (only or [*selectors]):
        message = "parts are of the whole site: leave the SELECTOR and --only out"
        raise click.UsageError(message)


def refuse_strange(folder: Path) -> None:
    """Refuse to write a part over something else.

    Raises:
        click.UsageError: There is something else.
    """
    from kapm_site.pipeline.parts import is_part

    if not is_part(folder):
        message = f"'{folder}' holds something else than a part; name another folder with -o"
        raise click.UsageError(message)


def some_store(store: "Store") -> "Store":
    """Give a store that lasts as long as the command, where nothing is to be kept."""
    from kapm_site.cache import Store

    return store if store.folder is not None else Store(Path(tempfile.mkdtemp()))


def put_down(made: "MadePart", folder: Path, shard: "Shard", store: "Store", shared: "Loaded") -> tuple[str, str, int]:
    """Write a part, unless its projects forbid the build; returns the problems, the last line, and the exit code."""
    from kapm_site.pipeline.parts import write_part
    from kapm_site.publish.faults import write_problem

    problems = made.problems
    if not made.refused:
        try:
            write_part(folder, shard, made.projects, made.kept, store)
        except OSError as error:
            problems = [*problems, write_problem(folder.as_posix(), error)]
    written = not made.refused and len(problems) == len(made.problems)
    count = len(made.projects)
    noun = "project" if count == 1 else "projects"
    closing = f"part {shard}: {count} {noun} in {folder}\n" if written else "no part was written\n"
    code = FINE if written and not made.failed else PROBLEMS
    return problems_text(problems, shared.texts_of(problems)), closing, code
