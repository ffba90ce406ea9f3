"""`kapm pdf`: one PDF report."""

import os
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kapm_site.commands.common import (
    FINE,
    PROBLEMS,
    find_workspace,
    refuse_all_but_a_project,
    show_problems,
    status_date_option,
    status_moment,
    workspace_option,
)
from kapm_site.commands.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from kapm_site.pipeline.load import Loaded


@click.command("pdf", short_help="One PDF report.")
@click.argument("selector")
@click.option("--edition", type=click.Choice(["brief", "full"]), default="full", show_default=True)
@click.option(
    "-o", "--output", metavar="FILE", help="Default: <client>-<project>-<edition>.pdf here; - for standard output."
)
@click.option("--language", metavar="TAG", help="en, zh-CN or de, with a region or not; default: the client's.")
@click.option("--encrypt", is_flag=True, help="With the passphrase in KAPM_PDF_PASSPHRASE_<CLIENT>, to be mailed.")
@click.option("--internal", is_flag=True, help="As internal readers see the project; not for clients.")
@status_date_option
@workspace_option
@click.pass_context
def pdf(
    context: click.Context,
    selector: str,
    edition: str,
    language: str | None,
    output: str | None,
    status_date: date | datetime | None,
    start: str | None,
    *,
    encrypt: bool,
    internal: bool,
) -> None:
    """Make the PDF report of the project SELECTOR, as its client sees it.

    \b
    Example:
      kapm pdf acme/erp --edition brief -o status.pdf
      kapm pdf acme/erp --language de
      KAPM_PDF_PASSPHRASE_ACME=... kapm pdf acme/erp --encrypt
    """  # noqa: D301 - Click reads the character
    from kapm_site.pipeline.load import load
    from kapm_site.pipeline.single import one_report
    from kapm_site.process.limits import limited_memory

    tag = _tag_of(language)
    context.with_resource(limited_memory())
    root = find_workspace(context, start)
    loaded = load(root)
    refuse_all_but_a_project(loaded, selector)
    lock = _lock(context, loaded, selector) if encrypt else None
    status = status_moment(status_date, loaded.workspace.settings.timezone)
    content, problems = one_report(loaded, root, selector, edition, status, internal=internal, language=tag)  # type: ignore[arg-type]
    show_problems(problems, loaded.texts)
    if content is None:
        context.exit(PROBLEMS)
    content = lock(content) if lock else content
    if output == "-":
        click.echo(content, nl=False)
    else:
        name = f"{edition}.{tag}" if tag else edition
        file = Path(output or f"{selector.replace('/', '-')}-{name}.pdf")
        _write(file, content)
    context.exit(FINE)


def _lock(context: click.Context, loaded: "Loaded", selector: str) -> "Callable[[bytes], bytes]":
    """Give what encrypts the client's PDF; ends the command where there is no passphrase, or the PDF is an archive."""
    from kapm_site.pipeline.load import selected
    from kapm_site.pipeline.reports import pdf_settings
    from kapm_site.problem import Problem
    from kapm_site.publish.protection import encrypt_pdf, read_pdf_passphrase

    account, _ = selected(loaded.workspace, [selector])[0]
    if pdf_settings(loaded.workspace.settings, account).archive:
        raise click.UsageError("PDF/A forbids encryption: leave --encrypt out, or `pdf: {archive: true}`")
    found = read_pdf_passphrase(account.id, os.environ, account.client.mark("name"))
    if isinstance(found, Problem):
        show_problems([found], loaded.texts)
        context.exit(PROBLEMS)
    return partial(encrypt_pdf, passphrase=found)


def _tag_of(language: str | None) -> str | None:
    from kapm_site.language import SHIPPED
    from kapm_site.language.tags import has_texts, resolve_tag

    if language is None or has_texts(language):
        return language and resolve_tag(language)[0]
    raise click.UsageError(f"there are no texts in '{language}'; languages: {', '.join(SHIPPED)}")


def _write(file: Path, content: bytes) -> None:
    try:
        write_whole(file, content)
    except OSError as error:
        raise click.FileError(str(file), error.strerror or str(error)) from None
    click.echo(str(file), err=True)
