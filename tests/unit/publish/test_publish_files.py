import pytest

from kapm_site.publish import OutputFile, asset_name, client_root
from kapm_site.publish.files import TakenPaths, misplacement, path_fault, root_client


def test_an_asset_is_named_by_its_content() -> None:
    """The same bytes have the same name, other bytes another, and the suffix stays."""
    assert asset_name(b"a{}", "css") == "assets/5f546eb4606b.css"
    assert asset_name(b"a{}", ".css") == asset_name(b"a{}", "css")
    assert asset_name(b"b{}", "css") != asset_name(b"a{}", "css")


def test_the_root_of_a_client_is_found_again_in_its_paths() -> None:
    """A path tells in whose web root it lies; nothing else does."""
    assert root_client(f"{client_root('acme')}/erp/index.html") == "acme"
    assert root_client("internal/acme/index.html") is None
    assert root_client("clients") is None


@pytest.mark.parametrize("path", ["index.html", "clients/acme/erp/报告.html", "a/.b", "clients/acme/_headers"])
def test_plain_relative_paths_are_good(path: str) -> None:
    """Any printable relative path may name a file."""
    assert path_fault(path) == ""


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/./b", "a/", "a\\b", "a\0b", "a\nb", "a\u202eb"]
)
def test_paths_that_leave_or_confuse_are_bad(path: str) -> None:
    """A path that climbs, is absolute, or holds separators of another system is refused."""
    assert path_fault(path)


@pytest.mark.parametrize(
    ("path", "client", "audience", "good"),
    [
        ("clients/acme/index.html", "acme", "client", True),
        ("internal/acme/index.html", "acme", "internal", True),
        ("internal/index.html", None, "internal", True),
        ("clients/acme/index.html", "globex", "client", False),
        ("clients/acme/index.html", None, "client", False),
        ("internal/acme/index.html", "acme", "client", False),
        ("clients/acme/index.html", "acme", "internal", False),
    ],
)
def test_a_file_lies_where_its_reader_is(path: str, client: str | None, audience: str, *, good: bool) -> None:
    """A client's file lies in that client's root, an internal one in none."""
    assert (misplacement(path, client, audience) == "") is good


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("internal/a.html", "internal/a.html"),
        ("internal/a.html", "internal/A.html"),
        ("internal/a", "internal/a/b.html"),
        ("internal/a/b.html", "internal/A"),
        ("manifest.json", "internal/b.html"),
    ],
)
def test_paths_that_collide_on_some_file_system_are_refused(first: str, second: str) -> None:
    """Equal paths, paths that differ by case, and a file that is also a folder can't stand together."""
    taken = TakenPaths()
    problems = [problem for path in (first, second) for problem in taken.take(OutputFile(path, b"", None, "internal"))]
    assert [problem.code for problem in problems] == ["bad-output-path"]
