import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kapm_site.publish import Manifest, OutputFile, Stamp, is_ours, read_manifest
from kapm_site.publish.manifest import NotOurs, entry_of, manifest_bytes, manifest_of

STAMP = Stamp("0.1.0", "2026-11-20", None)
FILE = {"path": "a.html", "sha256": "0" * 64, "size": 1, "client": None, "audience": "internal"}
GOOD = {"generator": "kapm_site", "schema": 1, "version": "1", "status_date": "2026-11-20", "commit": None, "files": []}


def test_the_manifest_has_the_contract_s_keys_and_order() -> None:
    """The JSON names generator, schema, version, status date, commit, and its files by path."""
    files = [
        OutputFile("internal/index.html", b"<p>", None, "internal"),
        OutputFile("clients/acme/index.html", "中".encode(), "acme", "client"),
    ]
    data = json.loads(manifest_bytes(manifest_of(STAMP, map(entry_of, files))))
    assert list(data) == ["generator", "schema", "version", "status_date", "commit", "files"]
    assert data["generator"] == "kapm_site"
    assert [file["path"] for file in data["files"]] == ["clients/acme/index.html", "internal/index.html"]
    assert data["files"][0] == {
        "path": "clients/acme/index.html",
        "sha256": "a567bdaa11367f260f0708391f4d10766b5962f565d9e432f17981a3584fe1e2",
        "size": 3,
        "client": "acme",
        "audience": "client",
    }


def test_the_order_of_the_files_leaves_no_trace() -> None:
    """The same files in another order give the same bytes."""
    entries = [entry_of(OutputFile(f"internal/{name}", b"", None, "internal")) for name in "bac"]
    assert manifest_bytes(manifest_of(STAMP, entries)) == manifest_bytes(manifest_of(STAMP, reversed(entries)))


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Reading gives back what was written, and the folder is ours."""
    manifest = manifest_of(STAMP, [entry_of(OutputFile("internal/a", b"x", None, "internal"))])
    (tmp_path / "manifest.json").write_bytes(manifest_bytes(manifest))
    assert read_manifest(tmp_path) == manifest
    assert is_ours(tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "null",
        "[" * 100_000,
        b"\xff\xfe",
        {},
        GOOD | {"generator": "hugo"},
        GOOD | {"schema": 2},
        GOOD | {"files": 3},
        GOOD | {"files": [{}]},
        GOOD | {"files": [FILE | {"more": 1}]},
        GOOD | {"files": [FILE | {"size": "1"}]},
        GOOD | {"files": [FILE | {"audience": "all"}]},
        GOOD | {"files": [FILE | {"path": "../a.html"}]},
        GOOD | {"files": [FILE | {"path": "/etc/passwd"}]},
        GOOD | {"files": [FILE | {"path": "a/../../b"}]},
        {key: value for key, value in GOOD.items() if key != "commit"},
    ],
)
def test_a_folder_with_any_other_manifest_is_not_ours(tmp_path: Path, data: object) -> None:
    """Another program's, a damaged or a climbing manifest gives no leave to replace the folder."""
    raw = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    (tmp_path / "manifest.json").write_bytes(raw)
    assert isinstance(read_manifest(tmp_path), NotOurs)


@pytest.mark.parametrize("trick", ["folder", "file", "manifest", "itself"])
def test_a_symbolic_link_on_the_way_is_not_ours(tmp_path: Path, trick: str, build: Callable[..., object]) -> None:
    """A link in place of a listed file, its folder, the manifest or the site could point anywhere."""
    build({"internal/a/b.html": "x"})
    site = tmp_path / "site"
    assert isinstance(read_manifest(site), Manifest)
    link = {"folder": site / "internal", "file": site / "internal/a/b.html", "manifest": site / "manifest.json"}.get(
        trick, site
    )
    link.rename(tmp_path / "elsewhere")
    link.symlink_to(tmp_path / "elsewhere")
    assert not is_ours(site)
