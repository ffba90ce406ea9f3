"""A contact who receives reports has an address.

`receives` says which editions are mailed to the contact; without an `email` they go nowhere.
"""

from kapm_site.checks.names import name_of
from kapm_site.model.workspace import Account, Workspace
from kapm_site.problem import Problem


def check_account(account: Account, _workspace: Workspace) -> list[Problem]:
    """Report contacts who would receive reports but have no address."""
    return [
        Problem(
            contact.mark("receives"),
            "contact-without-email",
            f"{name_of(contact)} receives reports but has no address",
            "warning",
            hint="add 'email', or delete 'receives'",
        )
        for contact in account.client.contacts
        if contact.receives and contact.email is None and not contact.lost("email")
    ]
