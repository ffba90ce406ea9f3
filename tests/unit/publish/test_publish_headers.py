from fnmatch import fnmatchcase

import pytest

from kapm_site.publish import headers_text

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def _rules(text: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    pattern = ""
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[pattern][name] = value
        elif line:
            pattern = line
            assert pattern not in found
            found[pattern] = {}
    return found


def _served(text: str, path: str) -> dict[str, list[str]]:
    """What a host sends that joins the values of all rules that match."""
    headers: dict[str, list[str]] = {}
    for pattern, values in _rules(text).items():
        if fnmatchcase(path, pattern):
            for name, value in values.items():
                headers.setdefault(name, []).append(value)
    return headers


@pytest.mark.parametrize("path", ["/", "/index.html", "/erp/", "/erp/report-012-full.pdf", "/assets/ab.css", "/x"])
@pytest.mark.promise("P2")
def test_every_path_gets_each_header_once(path: str) -> None:
    """Hosts join the values of overlapping rules, so no header may come from two of them."""
    headers = _served(headers_text(["erp", "crm"]), path)
    assert all(len(values) == 1 for values in headers.values())
    assert headers["X-Content-Type-Options"] == ["nosniff"]
    assert headers["Referrer-Policy"] == ["no-referrer"]
    assert "noindex" in headers["X-Robots-Tag"][0]
    assert {"Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy"} <= set(headers)


def test_the_policy_is_the_contract_s() -> None:
    """Nothing is loaded from elsewhere, framed, or submitted."""
    assert _served(headers_text([]), "/")["Content-Security-Policy"] == [POLICY]


def test_hashed_assets_are_kept_and_pages_are_not() -> None:
    """A hashed name never changes its content, a page does; neither may stay in a shared cache."""
    text = headers_text(["erp"])
    assert "immutable" in _served(text, "/assets/0123456789ab.css")["Cache-Control"][0]
    assert _served(text, "/erp/index.html")["Cache-Control"] == ["private, no-cache"]
    assert all("private" in values["Cache-Control"] for values in _rules(text).values() if "Cache-Control" in values)


def test_many_projects_stay_within_a_host_s_hundred_rules() -> None:
    """A hundred rules are the most that one host reads."""
    assert len(_rules(headers_text(f"p{number}" for number in range(500)))) <= 100


def test_the_order_of_the_projects_leaves_no_trace() -> None:
    """The same projects give the same bytes."""
    assert headers_text(["b", "a", "a"]) == headers_text(["a", "b"])
