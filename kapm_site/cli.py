"""`kapm`: finds the command, and turns a fault of ours into one line and a log."""

import gc
import sys
from contextlib import suppress
from dataclasses import replace
from importlib import import_module

import click

from kapm_site import __version__
from kapm_site.process.scratch import scratch
from kapm_site.process.stops import StoppedError, heed_stops

#: Command → module and attribute; a module is loaded when its command is asked for.
COMMANDS = {
    "check": "kapm_site.commands.check:check",
    "build": "kapm_site.commands.build:build",
    "pdf": "kapm_site.commands.pdf:pdf",
    "status": "kapm_site.commands.status:status",
    "explain": "kapm_site.commands.explain:explain",
    "baseline": "kapm_site.commands.baseline:baseline",
    "release": "kapm_site.commands.release:release",
    "diff": "kapm_site.commands.diff:diff",
    "import": "kapm_site.commands.import_:import_",
    "audit": "kapm_site.commands.audit:audit",
    "passphrase": "kapm_site.commands.passphrase:passphrase",
    "schema": "kapm_site.commands.schema:schema",
    "doctor": "kapm_site.commands.doctor:doctor",
}


class _LazyGroup(click.Group):
    """A group that loads a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 Click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 Click's signature
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a repository that is not whole is a problem of its own, told as all are."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            from kapm_site.commands.common import PROBLEMS, show_problems
            from kapm_site.history.lost import LostObjectsError

            if not isinstance(error, LostObjectsError):
                raise
            show_problems([replace(error.problem, severity="error")], {})
            ctx.exit(PROBLEMS)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "start", metavar="DIR", type=click.Path(exists=True, file_okay=False), help="The workspace.")
@click.version_option(__version__, prog_name="kapm")
@click.pass_context
def kapm(context: click.Context, start: str | None) -> None:
    """Status-as-code for key-account projects.

    YAML in git becomes client status sites, an internal portfolio and PDF reports.

    \b
    Example:
      kapm check
      kapm build -o site
    """  # noqa: D301 - Click reads the character
    context.obj = start


def main() -> None:
    """Run the command line; exit code 3 and a log for a fault of ours, never a traceback on the screen."""
    # Records live until the end: looking through all of them again and again finds nothing to collect.
    gc.set_threshold(100_000, 50, 100)
    heed_stops()
    has_scratch = True
    try:
        with scratch() as has_scratch:
            kapm(prog_name="kapm")
    except StoppedError as stopped:
        with suppress(OSError):  # the terminal may be gone
            click.echo(str(stopped), err=True)
        sys.exit(128 + stopped.number)
    except Exception as error:  # noqa: BLE001 the last place that can catch it
        if not has_scratch and not _can_hold_files():
            click.echo("kapm: no folder for temporary files can be written; set TMPDIR to one that can", err=True)
            sys.exit(1)
        from kapm_site.commands.faults import log_fault

        click.echo(log_fault(error), err=True)
        sys.exit(3)
    finally:
        gc.freeze()  # the end of the process frees all at once


def _can_hold_files() -> bool:
    """Tell whether there is a folder for temporary files."""
    import tempfile

    try:
        return bool(tempfile.gettempdir())
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    main()
