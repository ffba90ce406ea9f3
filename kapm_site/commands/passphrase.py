"""`kapm passphrase`: a new passphrase for a client's protected site."""

import click

from kapm_site.commands.common import find_workspace, workspace_option


@click.command("passphrase", short_help="A new passphrase for a protected site.")
@click.argument("client", metavar="CLIENT")
@workspace_option
@click.pass_context
def passphrase(context: click.Context, client: str, start: str | None) -> None:
    """Make a passphrase for a client whose site is protected by one, and say which secret of the CI it belongs into.

    The passphrase alone goes to standard output. Nothing is stored: whoever builds the site has it in the environment.
    Several, parted by commas or white space, open the same site; when one is taken away, the next build encrypts the
    site under another key, and only the others open it.

    \b
    Example:
      kapm passphrase acme
    """  # noqa: D301 - Click reads the character
    from kapm_site.pipeline.load import load_shared
    from kapm_site.publish.protection import make_passphrase, passphrase_variable
    from kapm_site.workspace.collect import collect

    accounts = {
        account.id: account for account in load_shared(collect(find_workspace(context, start))).workspace.accounts
    }
    if client not in accounts:
        raise click.UsageError(f"no client '{client}'; the workspace has {', '.join(sorted(accounts)) or 'none'}")
    click.echo(make_passphrase())
    name = passphrase_variable(client)
    click.echo(f"keep it as the secret {name}, and give it to the client by another way than the address", err=True)
    if accounts[client].client.protection != "passphrase":
        click.echo(f"{client}/client.yaml does not ask for it yet: add `protection: passphrase`", err=True)
