import io
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from PIL import Image

from kapm_site.problem import Problem
from kapm_site.problem.catalogue import publishing
from kapm_site.publish import Secret, Secrets, audit_folder
from kapm_site.publish.audit import run
from kapm_site.publish.audit.decode import UnreadableError, decode
from kapm_site.publish.audit.links import broken_links, outside_links
from kapm_site.render.files import csv_bytes

Audit = Callable[..., list[Problem]]
MakeSecrets = Callable[..., Secrets]

PAGE = b"<!DOCTYPE html><html lang=en><body>%s</body></html>"
SITE = {"internal/index.html": PAGE % b"x", "clients/acme/index.html": PAGE % b"y"}
NOTHING = Secrets((), {"acme": (), "globex": ()})


def _found(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.mark.path, problem.code) for problem in problems]


# --- the folder against its manifest ---------------------------------------------------------------------


@pytest.mark.promise("A3")
def test_a_site_as_it_was_built_has_no_problem(audit: Audit) -> None:
    """Every file is there, listed, and what the manifest says."""
    assert audit(SITE, NOTHING) == []


def _unlisted(site: Path) -> None:
    (site / "clients/acme/extra.html").write_bytes(PAGE % b"z")


def _hidden(site: Path) -> None:
    (site / "internal/.DS_Store").write_bytes(b"x")


def _empty_folder(site: Path) -> None:
    (site / "clients/acme/secret-project").mkdir()


def _link_in(site: Path) -> None:
    (site / "clients/acme/link.html").symlink_to("../../internal/index.html")


def _missing(site: Path) -> None:
    (site / "internal/index.html").unlink()
    (site / "internal").rmdir()


def _longer(site: Path) -> None:
    (site / "internal/index.html").write_bytes(PAGE % b"xx")


def _other_letter(site: Path) -> None:
    (site / "internal/index.html").write_bytes(PAGE % b"z")


def _link_in_the_place_of_a_file(site: Path) -> None:
    (site / "clients/acme/index.html").rename(site.parent / "elsewhere")
    (site / "clients/acme/index.html").symlink_to(site.parent / "elsewhere")


def _link_in_the_place_of_a_folder(site: Path) -> None:
    (site / "internal").rename(site.parent / "elsewhere")
    (site / "internal").symlink_to(site.parent / "elsewhere")


def _folder_in_the_place_of_a_file(site: Path) -> None:
    (site / "internal/index.html").unlink()
    (site / "internal/index.html").mkdir()


def _pipe(site: Path) -> None:
    os.mkfifo(site / "internal/pipe")


@pytest.mark.promise("A3")
@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        (_folder_in_the_place_of_a_file, "site/internal/index.html", "changed-file"),
        (_pipe, "site/internal/pipe", "unlisted-file"),
        (_unlisted, "site/clients/acme/extra.html", "unlisted-file"),
        (_hidden, "site/internal/.DS_Store", "unlisted-file"),
        (_empty_folder, "site/clients/acme/secret-project", "unlisted-file"),
        (_link_in, "site/clients/acme/link.html", "unlisted-file"),
        (_missing, "site/internal/index.html", "missing-output"),
        (_longer, "site/internal/index.html", "changed-file"),
        (_other_letter, "site/internal/index.html", "changed-file"),
    ],
)
def test_a_change_by_hand_is_told(
    tmp_path: Path,
    write_site: Callable[..., None],
    change: Callable[[Path], None],
    path: str,
    code: str,
) -> None:
    """A file added, linked, removed or changed after the build is named."""
    write_site(tmp_path / "site", SITE)
    change(tmp_path / "site")
    assert _found(audit_folder(tmp_path / "site", NOTHING)) == [(path, code)]


@pytest.mark.promise("A3")
@pytest.mark.parametrize("change", [_link_in_the_place_of_a_file, _link_in_the_place_of_a_folder])
def test_a_link_in_the_place_of_what_was_built_is_told(
    tmp_path: Path, write_site: Callable[..., None], change: Callable[[Path], None]
) -> None:
    """It is not followed, though it leads to the same bytes: what lies elsewhere is not ours."""
    write_site(tmp_path / "site", SITE)
    change(tmp_path / "site")
    (problem,) = audit_folder(tmp_path / "site", NOTHING)
    assert problem.code == "not-our-folder"
    assert "lies outside" in problem.message


@pytest.mark.promise("A3")
def test_files_that_changed_their_places_are_told(tmp_path: Path, write_site: Callable[..., None]) -> None:
    """Of two pages of one size that were swapped, both are not what the build wrote."""
    write_site(tmp_path / "site", SITE)
    one, other = (tmp_path / "site" / path for path in SITE)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert sorted(_found(audit_folder(tmp_path / "site", NOTHING))) == [
        (f"site/{path}", "changed-file") for path in sorted(SITE)
    ]


@pytest.mark.promise("A3")
@pytest.mark.parametrize("path", ["../outside.html", "/etc/hostname", "internal/../clients/acme/index.html"])
def test_a_manifest_cannot_vouch_for_other_folders(tmp_path: Path, write_site: Callable[..., None], path: str) -> None:
    """An entry that points out of the folder, or to a file by another way, is an error."""
    write_site(tmp_path / "site", SITE)
    (tmp_path / "outside.html").write_bytes(PAGE % b"x")
    manifest = tmp_path / "site/manifest.json"
    data = json.loads(manifest.read_bytes())
    data["files"].append({**data["files"][0], "path": path})
    manifest.write_text(json.dumps(data))
    assert any(problem.severity == "error" for problem in audit_folder(tmp_path / "site", NOTHING))


@pytest.mark.promise("A3")
@pytest.mark.parametrize(
    "entry", [{"client": "globex"}, {"client": None}, {"audience": "internal"}, {"client": "acme", "path": "x.html"}]
)
def test_a_file_in_the_wrong_root_is_told(
    tmp_path: Path, write_site: Callable[..., None], entry: dict[str, object]
) -> None:
    """What the manifest calls internal or another client's must not lie in a client's root, and the reverse."""
    write_site(tmp_path / "site", {"x.html": PAGE % b"y", **SITE})
    manifest = tmp_path / "site/manifest.json"
    data = json.loads(manifest.read_bytes())
    path = entry.get("path", "clients/acme/index.html")
    file = next(file for file in data["files"] if file["path"] == path)
    file.update(entry, audience=entry.get("audience", "client"))
    manifest.write_text(json.dumps(data))
    assert _found(audit_folder(tmp_path / "site", NOTHING)) == [(f"site/{path}", "misplaced-file")]


def test_a_folder_that_no_build_wrote_is_told(tmp_path: Path) -> None:
    """Without a manifest there is nothing to prove."""
    assert _found(audit_folder(tmp_path, NOTHING, label="site")) == [("site", "not-our-folder")]


def test_a_client_that_the_workspace_does_not_have_may_read_nothing(audit: Audit, secrets: MakeSecrets) -> None:
    """Its folder is an error by itself, and every text in it is a leak."""
    texts = secrets(("Initech migration", "initech"), allowed={"acme": ()})
    problems = audit({"clients/initech/index.html": PAGE % b"Initech migration"}, texts)
    assert _found(problems) == [("site/clients/initech", "unknown-client"), ("site/clients/initech/index.html", "leak")]


# --- names, paths and links ------------------------------------------------------------------------------

MACHINE = b"/srv/ci/builds/7f3a/workspace"


@pytest.mark.promise("I5")
@pytest.mark.promise("A2")
@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        ("globex/index.html", PAGE % b"y", "leak"),
        ("a.html", PAGE % b"see clients/globex", "leak"),
        ("a.html", PAGE % b"<img alt='' src='../../internal/x.png'>", "outside-link"),
        ("erp/a.html", PAGE % b"<a href='../../globex/'>x</a>", "outside-link"),
        ("a.html", PAGE % b"<a href='..'>x</a>", "outside-link"),
        ("a.html", PAGE % b"<a href='%2e%2e/x'>x</a>", "outside-link"),
        ("a.html", PAGE % b"<a href='erp/'>x</a>", "broken-link"),
        ("risk-sheet.html", PAGE % b"y", "source-name"),
        ("a.html", PAGE % b"<!-- from projects/acme/erp/risks.yaml -->", "source-name"),
        ("a.html", PAGE % b"<img alt='risks.yaml'>", "source-name"),
        ("a.html", PAGE % b"<p data-x='/home/anna/work/site'>", "machine-path"),
        ("a.html", PAGE % b"<p>C:\\Users\\anna\\plan</p>", "machine-path"),
        ("a.html", PAGE % b"<a href='file:///opt/x'>x</a>", "machine-path"),
        ("a.html", PAGE % MACHINE, "machine-path"),
        ("a.docx", b"PK\x03\x04", "unaudited-file"),
        ("a.html", b"\xff\xfe<\x00p\x00>\x00", "unaudited-file"),
        ("a.html", PAGE % b"a\x00b", "unaudited-file"),
        ("a.html", PAGE % b"x" + b"tail", "unaudited-file"),
        ("a.html", PAGE % b"x</HTML >y", "unaudited-file"),
        ("a.html", b"<p>x<p title='y", "unaudited-file"),
        ("a.html", PAGE % b"<p>x</p title='y'>", "unaudited-file"),
        ("a.html", b"", "unaudited-file"),
        ("a.json", b"{", "unaudited-file"),
        ("a.json", b"[" * 100_000, "unaudited-file"),
        ("a.csv", b'"a', "unaudited-file"),
        ("a.xml", b"<a>", "unaudited-file"),
        ("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "unaudited-file"),
        ("a.png", b"hello", "unaudited-file"),
        ("a.pdf", b"hello", "unaudited-file"),
    ],
)
def test_what_a_client_s_root_must_not_hold(audit: Audit, path: str, content: bytes, code: str) -> None:
    """Names of other clients, of source files and of the machine, links out, and files nobody can read."""
    texts = Secrets(
        (),
        {"acme": (), "globex": ()},
        sources=("projects/acme/erp/risks.yaml", "projects/acme/erp/attachments/risk-sheet.xlsx"),
        machine=(MACHINE.decode(),),
    )
    problems = audit({f"clients/acme/{path}": content}, texts)
    assert set(_found(problems)) == {(f"site/clients/acme/{path}", code)}
    assert problems[0].severity == ("warning" if code == "broken-link" else "error")


def test_what_a_client_wrote_itself_is_fine(audit: Audit) -> None:
    """A client's own text may speak of paths, files and names; a project may bear another client's id."""
    own = ["mount /home/anna/data", "see risks.yaml", "clients/globex", "globex", r"C:\Temp\x"]
    texts = Secrets((), {"acme": own, "globex": ()}, sources=("projects/acme/erp/risks.yaml",))
    body = b"<p>mount /home/anna/data</p><p>see risks.yaml, clients/globex, C:\\Temp\\x</p>"
    assert audit({"clients/acme/globex/index.html": PAGE % body}, texts) == []


def test_an_image_with_metadata_is_told(audit: Audit) -> None:
    """Harmless or not, metadata should have been stripped."""
    plain, chatty = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (2, 2)).save(plain, "JPEG", dpi=(96, 96))
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0)}
    Image.new("RGB", (2, 2)).save(chatty, "JPEG", exif=exif)
    files = {"clients/acme/assets/a.jpg": plain.getvalue(), "clients/acme/assets/b.jpg": chatty.getvalue()}
    assert _found(audit(files, NOTHING)) == [("site/clients/acme/assets/b.jpg", "image-metadata")]


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("index.html", "erp/index.html"),
        ("index.html", "erp/"),
        ("index.html", "erp"),
        ("index.html", "./erp/#risks"),
        ("erp/index.html", "../index.html"),
        ("erp/index.html", ".."),
        ("erp/index.html", "../"),
        ("erp/index.html", "/"),
        ("erp/index.html", "/erp/index.html?x=1"),
        ("erp/index.html", "#top"),
        ("erp/index.html", ""),
        ("erp/index.html", "https://vendor.example/../x"),
        ("erp/index.html", "//vendor.example/x"),
        ("erp/index.html", "mailto:a@vendor.example"),
        ("erp/index.html", "data:image/png;base64,AAAA"),
        ("erp/index.html", "http://[bad"),
        ("erp/index.html", "../a%20b.pdf"),
    ],
)
def test_links_that_stay_inside(page: str, link: str) -> None:
    """Relative and rooted links to files that are there, and links to other sites, are fine."""
    present = frozenset(("index.html", "erp/index.html", "a b.pdf"))
    assert outside_links(page, [link]) == []
    assert broken_links(page, [link], present.__contains__) == []


@pytest.mark.promise("I5")
@pytest.mark.parametrize("link", ["..", "../", "../x", "./../x", "a/../../x", "%2e%2e/x", "..\\x", "../..", "..?a"])
def test_links_that_climb(link: str) -> None:
    """However it is written, a link above the root is found."""
    assert outside_links("index.html", [link, "..x.html"]) == [link]


# --- how the audit runs ----------------------------------------------------------------------------------


@pytest.mark.promise("A2")
def test_a_fault_of_the_audit_is_a_failure(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks it off, the audit does not pass, and does not raise."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(run, "compare", broken)
    (problem,) = audit(SITE, NOTHING)
    assert (problem.code, problem.severity) == ("audit-failed", "error")
    assert "RuntimeError: boom" in problem.message


@pytest.mark.promise("A2")
def test_secrets_that_fail_are_a_failure(audit: Audit) -> None:
    """Texts that cannot be listed prove nothing."""

    class Broken:
        def __iter__(self) -> Iterator[Secret]:
            raise KeyError("plan")

    assert [problem.code for problem in audit(SITE, Secrets(Broken(), {"acme": ()}))] == ["audit-failed"]


def test_several_processes_find_the_same(audit: Audit, secrets: MakeSecrets) -> None:
    """Spread over processes, the audit tells the same problems in the same order."""
    files = {
        f"clients/{client}/{name}.html": PAGE % b"Lay off everyone" for client in ("acme", "globex") for name in "abc"
    }
    texts = secrets(("Lay off everyone", "acme"))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        spread = audit(files, texts, spread=pool.map)
    assert spread == audit(files, texts)
    assert len(spread) == 6


def test_texts_may_be_made_anew_each_time(audit: Audit, secrets: MakeSecrets) -> None:
    """An object that lists the texts on demand keeps them out of memory."""
    typed = secrets(("Lay off everyone", "acme")).texts

    class OnDemand:
        def __iter__(self) -> Iterator[Secret]:
            return iter(typed)

    problems = audit({"clients/acme/a.html": PAGE % b"Lay off everyone"}, Secrets(OnDemand(), {"acme": ()}))
    assert problems[0].related[0].mark.path == "projects/acme/erp/risks.yaml"


@pytest.mark.promise("A2")
def test_no_format_is_read_that_is_not_known() -> None:
    """A suffix without a decoder is refused by name."""
    with pytest.raises(UnreadableError, match=r"'\.exe'"):
        decode(".exe", b"MZ")


def test_codes_of_problems_are_in_the_catalogue() -> None:
    """Every code that the sources name has an entry, and every entry is named."""
    package = Path(publishing.__file__).parents[2]
    files = [path for folder in ("publish", "pipeline") for path in sorted((package / folder).rglob("*.py"))]
    sources = "".join(path.read_text("utf-8") for path in files)
    assert [code for code in publishing.ENTRIES if f'"{code}"' not in sources] == []


def test_a_table_whose_first_head_is_in_quotes_can_be_read(audit: Audit) -> None:
    """As a client's own word for it may hold a comma: the byte order mark is no part of the cell."""
    table = csv_bytes([['Key,"number"', "Task"], ["t1", "Design"]])
    assert table.startswith(b'\xef\xbb\xbf"')
    assert audit({"clients/acme/tasks.csv": table}, NOTHING) == []
