"""Sites that a passphrase protects: who has a key, and what is published in the place of each file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kapm_site.language import language_for
from kapm_site.model.workspace import Account, Workspace
from kapm_site.pages.languages import tag_of
from kapm_site.pages.locked import locked_page
from kapm_site.pipeline.assets import DEFAULT_ACCENT, Shelf
from kapm_site.problem import Problem
from kapm_site.publish import OutputFile, SiteFile, Withdrawn, client_root
from kapm_site.publish.protection import (
    KEYS_FILE,
    Ring,
    SiteKey,
    can_encrypt,
    forge,
    read_passphrases,
    seal,
    sealed_path,
)
from kapm_site.render.templates import environment, render_page


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of the protected sites of a workspace.

    Attributes:
        by_client: None where nobody gave a passphrase.
        problems: Why there is none.
    """

    by_client: Mapping[str, tuple[SiteKey, Ring] | None]
    problems: tuple[Problem, ...] = ()

    @property
    def site_keys(self) -> dict[str, SiteKey | None]:
        """What opens each client's files."""
        return {client: pair[0] if pair else None for client, pair in self.by_client.items()}

    def may_publish(self, account: Account) -> bool:
        """Tell whether a client's site may be written: one that is to be encrypted needs a key."""
        is_shut = account.client.protection == "passphrase"
        return has_protection(account) and not (is_shut and self.by_client.get(account.id) is None)


def has_protection(account: Account) -> bool:
    """Tell whether a client's site may be written once there is a key for it, if it is to be encrypted."""
    return account.client.protection in ("none", "external", "passphrase")


NO_KEYS = Keys({})


def read_keys(workspace: Workspace, variables: Mapping[str, str]) -> Keys:
    """Make the keys of all clients that ask for protection by passphrase.

    Args:
        workspace: Whose clients these are.
        variables: Of the environment, where the passphrases are.
    """
    found: dict[str, tuple[SiteKey, Ring] | None] = {}
    problems: list[Problem] = []
    for account in workspace.accounts:
        if account.client.protection != "passphrase":
            continue
        passphrases = read_passphrases(account.id, variables, account.client.mark("protection"))
        passphrases = passphrases if can_encrypt() else _not_installed(account)
        if isinstance(passphrases, Problem):
            problems.append(passphrases)
            found[account.id] = None
        else:
            found[account.id] = forge(account.id, passphrases, workspace.settings.organization.name)
    return Keys(found, tuple(problems))


def _not_installed(account: Account) -> Problem:
    message = f"the site of client '{account.id}' is not built: what encrypts it is not installed"
    hint = 'run: python -m pip install "kapm-site[protect]"'
    return Problem(account.client.mark("protection"), "protect-missing", message, hint=hint)


class Doors:
    """Puts the page that asks for a passphrase in the place of each page, and all else out of sight."""

    def __init__(self, workspace: Workspace, root: Path, keys: Keys) -> None:
        self._accounts = {account.id: account for account in workspace.accounts}
        self._language = workspace.settings.language
        self._root = root
        self._keys = keys
        self._assets: dict[str, tuple[str, str, str]] = {}

    def shut(self, files: Iterator[SiteFile | Withdrawn]) -> Iterator[SiteFile | Withdrawn]:
        """Seal the files of protected sites among these; the others come as they are."""
        for file in files:
            pair = None if isinstance(file, Withdrawn) else self._keys.by_client.get(file.client or "")
            if pair is None or isinstance(file, Withdrawn) or file.audience != "client":
                yield file
            else:
                yield from self._sealed(file, *pair)

    def _sealed(self, file: SiteFile, key: SiteKey, ring: Ring) -> Iterator[SiteFile]:
        base = client_root(key.client)
        if key.client not in self._assets:
            yield from self._first(key, ring)
        if file.public:
            yield file
            return
        name = file.path.removeprefix(f"{base}/")
        yield OutputFile(f"{base}/{sealed_path(name, key)}", seal(name, file.content, key), key.client, "client")
        if name.endswith(".html"):
            yield OutputFile(file.path, self._page(name, key.client), key.client, "client")

    def _first(self, key: SiteKey, ring: Ring) -> Iterator[OutputFile]:
        """Give what a root has once: wrapped keys, script and icon; the style sheet is that of the pages."""
        shelf = Shelf(self._root)
        style = shelf.put_style(self._accounts[key.client].client.brand.color or DEFAULT_ACCENT)
        own = (shelf.put_unlock(), shelf.put_lock())
        self._assets[key.client] = style, *own
        base = client_root(key.client)
        yield OutputFile(f"{base}/{KEYS_FILE}", ring.to_json(), key.client, "client")
        yield from (OutputFile(f"{base}/{name}", shelf.contents[name], key.client, "client") for name in own)

    def _page(self, name: str, client: str) -> bytes:
        own = self._accounts[client].client.language or self._language
        tag = tag_of(PurePosixPath(name).stem, own)
        page, words = locked_page(name, client, tag, self._assets[client]), language_for(tag)
        # Always our own: it guards what a theme is applied to.
        html, _ = render_page(environment(None), "locked.html.j2", {"page": page}, t=words.text, tn=words.plural)
        return html.encode()
