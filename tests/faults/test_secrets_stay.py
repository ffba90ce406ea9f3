"""Passphrases and keys are written nowhere: not on the screen, not in a log, not into a file, whatever goes wrong."""

import base64
import sys

import pytest
from click.testing import CliRunner

from kapm_site.cli import kapm
from kapm_site.publish.protection import forge, passphrase_variable
from tests.faulty import STATUS, Place, tree
from tests.repository import commit_all

SITE_PASSPHRASES = ("k7qf-3m2x-9abc-defg-hjkm", "vw3z-88tn-qrst-uvwx-yz23")
FOR_PDFS = "mnpq-rstu-vwxy-z234-5678"
WEAK = "hunter2hunter2"
#: As it would be typed on a Chinese keyboard.
WIDE = "".join(chr(ord(letter) + 0xFEE0) for letter in SITE_PASSPHRASES[0])
CLIENT = "name: Acme Industrial\nprotection: passphrase\n"
VARIABLES = {
    passphrase_variable("acme"): " ".join(SITE_PASSPHRASES),
    "KAPM_PDF_PASSPHRASE_ACME": FOR_PDFS,
}

#: Faults of ours, put where the secrets are at hand: what an exception says is not ours to choose.
FAULTS = {
    "sealing": "import kapm_site.pipeline.protection as module; name = 'seal'",
    "forging": "import kapm_site.pipeline.protection as module; name = 'forge'",
    "encrypting": "import kapm_site.publish.protection as module; name = 'encrypt_pdf'",
}
BREAK = """
import os
def broken(*arguments, **more):
    raise ValueError(f"cannot work with {arguments[:3]} {more} in {dict(os.environ)}")
setattr(module, name, broken)
from kapm_site.cli import main
main()
"""


def secrets() -> list[bytes]:
    """List what may stand nowhere: passphrases as typed and as used, and each key, in the spellings a log has."""
    found = [text.encode() for text in (*SITE_PASSPHRASES, FOR_PDFS, WEAK, WIDE)]
    for passphrases in (SITE_PASSPHRASES, SITE_PASSPHRASES[:1]):
        key, _ = forge("acme", tuple(sorted(passphrases)), "Tidewater Delivery")
        for part in (key.files, key.names, key.nonces):
            found += [part, part.hex().encode(), base64.b64encode(part), repr(part)[2:-1].encode()]
    return found


def holders(place: Place, said: str) -> list[str]:
    """Name where a secret stands: in what was said, or in a file of the workspace, the site or among temporary ones."""
    texts = {"the screen": said.encode()}
    for folder in (place.root, place.site.parent, place.temp):
        texts |= {f"{folder.name}/{path}": content for path, content in tree(folder).items()}
    assert len(texts) > 10
    return [name for name, content in texts.items() if any(secret in content for secret in secrets())]


@pytest.fixture
def sealed(place: Place) -> Place:
    """A place whose client has a protected site, with the passphrases in the environment."""
    (place.root / "projects/acme/client.yaml").write_text(CLIENT)
    commit_all(place.root, "Protected")
    return Place(place.root, place.site, place.temp, VARIABLES)


@pytest.mark.promise("S4")
def test_no_command_says_or_writes_a_passphrase(sealed: Place) -> None:
    """Neither in passing nor in failing."""
    site, weak = sealed.site, {passphrase_variable("acme"): f"{WEAK} {WIDE}", "KAPM_PDF_PASSPHRASE_ACME": WEAK}
    failing = Place(sealed.root, site, sealed.temp, weak)
    report = sealed.temp / "report.pdf"
    said = ""
    for at, arguments, code in (
        (sealed, ("build", "-o", site, "--no-pdf", *STATUS), 0),
        (sealed, ("check",), 0),
        (sealed, ("audit", site), 0),
        (sealed, ("passphrase", "acme"), 0),
        (sealed, ("pdf", "acme/erp", "--edition", "brief", "--encrypt", "-o", report, *STATUS), 0),
        (sealed, ("doctor",), None),
        (failing, ("build", "-o", site, "--no-pdf", *STATUS), 1),
        (failing, ("audit", site), 1),
        (failing, ("pdf", "acme/erp", "--encrypt", "-o", report, *STATUS), 1),
    ):
        command = ["-C", str(at.root), *map(str, arguments)]
        result = CliRunner().invoke(kapm, command, env=at.variables)
        assert code in (None, result.exit_code), result.output
        said += result.output
    assert "KAPM_PASSPHRASES_ACME" in said
    assert holders(sealed, said) == []
    assert (site / "clients/acme/keys.json").exists()


@pytest.mark.promise("S4")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_ours_says_no_passphrase(sealed: Place, fault: str) -> None:
    """Exit code 3 and a log, whose words were somebody else's."""
    program = (sys.executable, "-c", f"{FAULTS[fault]}\n{BREAK}")
    arguments = ("pdf", "acme/erp", "--encrypt", "-o", sealed.temp / "x.pdf", *STATUS)
    process = sealed.start(
        *(arguments if fault == "encrypting" else ("build", "-o", sealed.site, "--no-pdf", *STATUS)), program=program
    )
    out, err = process.communicate(timeout=120)
    assert process.returncode == 3, err
    [log] = sealed.temp.glob("kapm-*.log")
    assert str(log) in err
    assert "Traceback" in log.read_text("utf-8")
    assert "Traceback" not in out + err
    assert holders(sealed, out + err) == []


def test_the_search_finds_what_it_looks_for(sealed: Place) -> None:
    """Were the passphrase in a file, the tests above would see it."""
    (sealed.temp / "note.txt").write_text(f"it is {SITE_PASSPHRASES[1]}")
    assert holders(sealed, f"said {FOR_PDFS}") == ["the screen", f"{sealed.temp.name}/note.txt"]
