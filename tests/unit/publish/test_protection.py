"""Protection by passphrase: what is published in the place of a client's files, and what the audit says of it."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from kapm_site.cli import kapm
from kapm_site.problem import Mark, Problem
from kapm_site.publish import Secrets
from kapm_site.publish.protection import (
    KEYS_FILE,
    NotSealedError,
    SiteKey,
    forge,
    make_passphrase,
    open_sealed,
    passphrase_variable,
    read_passphrases,
    seal,
    sealed_path,
)
from tests.small import write_workspace

FIRST, SECOND = "k7qf-3m2x-9abc-defg-hjkm", "vw3z-88tn-qrst-uvwx-yz23"
CLIENT = "name: Acme Industrial\nprotection: passphrase\n"
HEADLINE = "Build is under way."


@pytest.fixture
def key() -> SiteKey:
    """Key of a site with two passphrases."""
    return forge("acme", (FIRST, SECOND), "Tidewater Delivery")[0]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace whose one client asks for a passphrase."""
    return write_workspace(tmp_path / "work", {"projects/acme/client.yaml": CLIENT})


def run(root: Path, *arguments: str, passphrases: str = FIRST) -> Result:
    """Run a command with the client's passphrases in the environment."""
    return CliRunner().invoke(kapm, ["-C", str(root), *arguments], env={passphrase_variable("acme"): passphrases})


def build(root: Path, passphrases: str = FIRST, folder: str = "site") -> Result:
    """Build the site without PDFs."""
    arguments = ("build", "-o", str(root / folder), "--no-pdf", "--status-date", "2026-11-20")
    return run(root, *arguments, passphrases=passphrases)


def test_a_made_passphrase_is_long_unlike_the_last_and_accepted() -> None:
    """Twenty of 31 letters and digits that are not mistaken for one another: 99 bits."""
    made = {make_passphrase() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one.replace("-", "")) == 20 and not set(one) & set("01lio") for one in made)
    assert read_passphrases("acme", {"KAPM_PASSPHRASES_ACME": "\n".join(made)}, Mark("c")) == tuple(sorted(made))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "passphrase-missing"),
        (" ,\n", "passphrase-missing"),
        ("summer2026", "passphrase-weak"),
        (f"{FIRST} summer2026", "passphrase-weak"),
        ("abababababababababababab", "passphrase-weak"),
        ("a sentence that somebody made up", "passphrase-weak"),
    ],
)
def test_what_is_missing_or_can_be_guessed_is_refused_without_being_repeated(value: str, code: str) -> None:
    """The message names the variable and never the passphrase."""
    found = read_passphrases("acme-it.eu", {"KAPM_PASSPHRASES_ACME_IT___EU": value}, Mark("client.yaml", 2))
    assert isinstance(found, Problem)
    assert found.code == code
    assert "KAPM_PASSPHRASES_ACME_IT___EU" in found.message
    assert "summer2026" not in repr(found)


def test_one_passphrase_typed_two_ways_is_one_key() -> None:
    """Full-width letters of a Chinese keyboard are the same passphrase (NFKC), and their order does not matter."""
    wide = FIRST.translate({ord(letter): ord(letter) + 0xFEE0 for letter in FIRST})
    there = {"KAPM_PASSPHRASES_ACME": f"{SECOND},{wide}"}
    assert read_passphrases("acme", there, Mark("c")) == (FIRST, SECOND)


@pytest.mark.promise("S2")
def test_a_sealed_file_opens_at_its_own_place_with_its_own_key_alone(key: SiteKey) -> None:
    """Another file's place, another client, other passphrases, one changed byte: none of it opens."""
    place, content = sealed_path("erp/index.html", key), seal("erp/index.html", b"<p>Status</p>", key)
    assert open_sealed(place, content, key) == ("erp/index.html", b"<p>Status</p>")
    assert b"Status" not in content
    assert place.startswith("erp/")
    assert "index" not in place
    others = [
        forge("acme", (FIRST,), "Tidewater Delivery")[0],
        forge("globex", (FIRST, SECOND), "Tidewater Delivery")[0],
    ]
    attempts = [(place, content, other) for other in others]
    attempts += [(sealed_path("erp/status.json", key), content, key), (place, content[:-1], key), (place, b"", key)]
    for attempt in attempts:
        with pytest.raises(NotSealedError):
            open_sealed(*attempt)


def test_no_nonce_is_used_for_two_texts(key: SiteKey) -> None:
    """GCM breaks where one nonce encrypts two texts; the same text gives the same bytes."""
    made = {seal(path, text, key) for path in ("a.html", "b.html") for text in (b"", b"x", b"y")}
    assert len({content[5:17] for content in made}) == len(made) == 6
    assert seal("a.html", b"x", key) in made


def test_passphrases_in_another_number_or_organisation_make_another_key(key: SiteKey) -> None:
    """So who takes one away, or has a client of the same id elsewhere, shares no key."""
    keys = {
        key.files
        for key, _ in (forge("acme", (FIRST,), "a"), forge("acme", (SECOND,), "a"), forge("acme", (FIRST,), "b"))
    }
    assert len({*keys, key.files}) == 4
    assert FIRST not in repr(key)
    assert key.files.hex() not in repr(key)


@pytest.mark.promise("S2")
def test_a_protected_site_holds_nothing_to_read(root: Path) -> None:
    """No text of the client, no name of a file but those of the pages; the audit of the folder is content."""
    result = build(root)
    assert result.exit_code == 0, result.stderr
    site = root / "site/clients/acme"
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {"index.html", "erp/index.html", KEYS_FILE, "_headers"} <= names
    assert not {name for name in names if name.endswith((".csv", ".json", ".ics", ".xml", ".pdf"))} - {KEYS_FILE}
    for name in names:
        content = (site / name).read_bytes()
        assert not any(word in content for word in (b"Acme Industrial", b"ERP rollout", HEADLINE.encode(), b"Okafor"))
    assert "img-src 'self' blob:" in (site / "_headers").read_text()
    assert HEADLINE in (root / "site/internal/acme/erp/index.html").read_text()
    assert run(root, "audit", str(root / "site")).exit_code == 0


def test_the_same_sources_and_passphrases_give_the_same_bytes(root: Path) -> None:
    """A site that did not change is not published anew."""
    build(root, f"{FIRST} {SECOND}")
    build(root, f"{SECOND}\n{FIRST}", "again")
    made = [
        {path.relative_to(root / name): path.read_bytes() for path in (root / name).rglob("*") if path.is_file()}
        for name in ("site", "again")
    ]
    assert made[0] == made[1]


def test_without_a_passphrase_nothing_of_the_client_is_published(root: Path) -> None:
    """A warning names the variable; what was published before goes, as nobody keeps it up to date."""
    build(root)
    result = build(root, "")
    assert result.exit_code == 0
    assert "KAPM_PASSPHRASES_ACME" in result.stderr
    assert not (root / "site/clients").exists()
    assert (root / "site/internal/index.html").exists()


@pytest.mark.promise("S4")
def test_a_weak_passphrase_stops_the_build_and_is_not_shown(root: Path) -> None:
    """An error at the line that asks for it, with the previous site untouched."""
    result = build(root, "hunter2hunter2")
    assert result.exit_code == 1
    assert "projects/acme/client.yaml:2" in result.stderr
    assert "hunter2" not in result.output
    assert not (root / "site").exists()


def test_without_the_extra_the_build_says_what_to_install(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error at the line that asks for protection, never a traceback."""
    monkeypatch.setattr("kapm_site.pipeline.protection.can_encrypt", lambda: False)
    result = build(root)
    assert result.exit_code == 1
    assert "[protect-missing]" in result.stderr
    assert 'pip install "kapm-site[protect]"' in result.stderr


def test_the_audit_reads_what_is_sealed(root: Path) -> None:
    """An internal text inside an encrypted page is found like any other, under the name of the sealed file."""
    build(root)
    key = forge("acme", (FIRST,), "Tidewater Delivery")[0]
    page = root / "site/clients/acme" / sealed_path("erp/index.html", key)
    _, content = open_sealed(sealed_path("erp/index.html", key), page.read_bytes(), key)
    page.write_bytes(seal("erp/index.html", content.replace(b"</main>", b"<p>Margin is below nine percent</p>"), key))
    result = run(root, "audit", str(root / "site"))
    assert "[leak]" in result.stdout
    assert "projects/acme/erp/plan.yaml:7:14" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("erp/tasks.csv", b"Design the process", "not-sealed"),
        ("erp/index.html", b"<!doctype html><title>x</title><p>Build is under way.</p>", "leak"),
        ("assets/0123456789ab.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not-sealed"),
        ("erp/0123456789abcdef0123456789abcdef.sealed", b"KAPM1 and what not, and more of it", "unaudited-file"),
    ],
)
def test_a_file_that_lies_open_in_a_protected_site_is_an_error(
    root: Path, name: str, content: bytes, code: str
) -> None:
    """Tables and pictures must be sealed, a page that lies open may say nothing, and what does not open is refused."""
    build(root)
    (root / "site/clients/acme" / name).write_bytes(content)
    result = run(root, "audit", str(root / "site"))
    assert result.exit_code == 1
    assert f"[{code}]" in result.stdout


@pytest.mark.parametrize("passphrases", ["", SECOND])
def test_what_cannot_be_opened_is_not_passed(root: Path, passphrases: str) -> None:
    """Without the passphrase, or with another one, the audit fails: it has read nothing."""
    build(root)
    result = run(root, "audit", str(root / "site"), passphrases=passphrases)
    assert result.exit_code == 1
    assert "[unaudited-file]" in result.stdout


def test_a_site_that_was_open_before_is_sealed_whole(root: Path) -> None:
    """Files of the open site do not stay behind."""
    write_workspace(root, {})
    build(root)
    assert (root / "site/clients/acme/erp/tasks.csv").exists()
    write_workspace(root, {"projects/acme/client.yaml": CLIENT})
    build(root)
    assert not (root / "site/clients/acme/erp/tasks.csv").exists()
    assert run(root, "audit", str(root / "site")).exit_code == 0


def test_the_command_makes_one_and_says_where_it_belongs(root: Path) -> None:
    """The passphrase alone on standard output, so that it can be piped; the rest on standard error."""
    result = run(root, "passphrase", "acme")
    assert result.exit_code == 0
    assert len(result.stdout.strip()) == 24
    assert "KAPM_PASSPHRASES_ACME" in result.stderr
    assert run(root, "passphrase", "acne").exit_code == 2


@pytest.mark.promise("S5")
def test_a_pdf_for_mail_opens_with_the_passphrase_alone(root: Path, tmp_path: Path) -> None:
    """AES-256; a screen reader may read it; without the passphrase not even its title can be read."""
    file = tmp_path / "report.pdf"
    arguments = ["-C", str(root), "pdf", "acme/erp", "--edition", "brief", "--encrypt", "-o", str(file)]
    result = CliRunner().invoke(kapm, arguments, env={"KAPM_PDF_PASSPHRASE_ACME": FIRST})
    assert result.exit_code == 0, result.output
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(file)
    assert b"ERP rollout" not in file.read_bytes()
    with pikepdf.open(BytesIO(file.read_bytes()), password=FIRST) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.allow.accessibility
    assert CliRunner().invoke(kapm, arguments, env={"KAPM_PDF_PASSPHRASE_ACME": ""}).exit_code == 1
    assert CliRunner().invoke(kapm, arguments, env={"KAPM_PDF_PASSPHRASE_ACME": "hunter2"}).exit_code == 1


def test_an_archive_is_not_encrypted(root: Path) -> None:
    """PDF/A forbids it, so the two together are wrong usage."""
    write_workspace(root, {"projects/acme/client.yaml": f"{CLIENT}pdf: {{archive: true}}\n"})
    result = CliRunner().invoke(
        kapm, ["-C", str(root), "pdf", "acme/erp", "--encrypt"], env={"KAPM_PDF_PASSPHRASE_ACME": FIRST}
    )
    assert result.exit_code == 2
    assert "PDF/A" in result.stderr


@pytest.mark.promise("S4")
def test_secrets_say_nothing_of_the_key(key: SiteKey) -> None:
    """A fault that logs what it was given logs no key."""
    assert key.files.hex() not in repr(Secrets((), {}, keys={"acme": key}))
    assert repr(key.files) not in repr(Secrets((), {}, keys={"acme": key}))


def test_no_two_clients_share_a_variable() -> None:
    """A passphrase of one would open the site of the other."""
    names = {passphrase_variable(client) for client in ("north-sea", "north_sea", "north.sea", "northsea")}
    assert names == {f"KAPM_PASSPHRASES_{name}" for name in ("NORTH_SEA", "NORTH__SEA", "NORTH___SEA", "NORTHSEA")}


def test_the_audit_says_what_is_wrong_with_a_passphrase(root: Path) -> None:
    """One that is set is not told to be missing."""
    build(root)
    result = run(root, "audit", str(root / "site"), passphrases="short")
    assert result.exit_code == 1
    assert "[passphrase-weak]" in result.stdout
    assert "holds no passphrase" not in result.stdout


def test_a_theme_does_not_change_the_page_that_asks_for_a_passphrase(root: Path) -> None:
    """It guards what the theme is applied to; that nobody uses the theme's is told."""
    write_workspace(root, {"templates/locked.html.j2": "{% for n in range(10 ** 9) %}{% endfor %}mine"})
    result = build(root)
    assert result.exit_code == 0, result.output
    assert "no page uses the template 'locked.html.j2'" in result.output
    assert "mine" not in (root / "site/clients/acme/index.html").read_text()
