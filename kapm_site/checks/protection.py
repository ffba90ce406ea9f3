"""A client's site is protected on purpose, or open on purpose.

Without `protection` nobody has decided who may read the client's site, so it is not built. `external` means that a real
login stands in front of it, `passphrase` that its files are encrypted, `none` that whoever has the address may read it.
"""

from kapm_site.model.workspace import Account, Workspace
from kapm_site.problem import Problem


def check_account(account: Account, _workspace: Workspace) -> list[Problem]:
    """Report a client without a word on protection."""
    client = account.client
    if client.protection or client.partial or client.lost("protection"):
        return []
    message = f"client '{account.id}' has no 'protection', so its site is not built"
    hint = "add protection: external, passphrase or none"
    return [Problem(client.mark("name"), "no-protection", message, "warning", hint=hint)]
