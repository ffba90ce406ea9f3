"""Filling templates: strict, escaped, overridable, and never a traceback for a workspace's own template."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment

from kapm_site.render import templates, templates_folder
from kapm_site.render.templates import environment, render_page


@dataclass(frozen=True, slots=True)
class Page:
    """Stands for a page's context."""

    title: str
    rows: tuple[str, ...] = ()


@pytest.fixture
def built_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stand a small folder of templates in for the built-in one, for this test alone."""
    folder = tmp_path / "built-in"
    folder.mkdir()
    monkeypatch.setattr(templates, "templates_folder", lambda: folder)
    environment.cache_clear()
    yield folder
    environment.cache_clear()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Make the templates folder of a workspace."""
    folder = tmp_path / "workspace" / "templates"
    folder.mkdir(parents=True)
    return folder


def fill(template: str, overrides: Path | None = None, **context: object) -> str:
    """Fill one template that has nothing wrong."""
    page, problems = render_page(environment(overrides), template, context, t=str.upper, tn=count)
    assert problems == []
    return page


def count(label: str, number: int) -> str:
    """Stand in for the plural function of a language."""
    return f"{number} {label}"


def test_built_in_folder_exists() -> None:
    """The built-in templates are found in a checkout."""
    assert (templates_folder() / "assets").is_dir()


def test_environment_is_made_once() -> None:
    """One process compiles its templates once."""
    assert environment(None) is environment(None)


def test_text_is_escaped_whatever_the_suffix(built_in: Path) -> None:
    """Autoescape holds for every template, not for those with a certain suffix alone."""
    for name in ("page.html", "page.html.j2", "page.txt"):
        (built_in / name).write_text('<p title="{{ page.title }}">{{ page.title }}</p>')
        escaped = "&lt;b&gt;&#34;"
        assert fill(name, page=Page('<b>"')) == f'<p title="{escaped}">{escaped}</p>\n'


def test_blocks_leave_no_blank_lines(built_in: Path) -> None:
    """Lines that hold only a tag vanish, and the page ends in one line feed."""
    (built_in / "list.html").write_text("<ul>\n  {% for row in page.rows %}\n<li>{{ row }}\n  {% endfor %}\n</ul>\n")
    assert fill("list.html", page=Page("", ("a", "b"))) == "<ul>\n<li>a\n<li>b\n</ul>\n"


@pytest.mark.parametrize("expression", ["missing", "page.missing", "page.rows[3]", "page.title.missing"])
def test_an_unknown_name_is_an_error(built_in: Path, expression: str) -> None:
    """A built-in template that names what the page lacks is our fault, and raises."""
    (built_in / "page.html").write_text("{{ " + expression + " }}")
    with pytest.raises((UndefinedError, AttributeError)):
        fill("page.html", page=Page(""))


def test_language_functions_reach_includes_parents_and_macros(built_in: Path) -> None:
    """`t` and `tn` are known everywhere, also in a macro that was imported without context."""
    (built_in / "macros.html").write_text("{% macro risks(n) %}{{ t('open') }} {{ tn('risks', n) }}{% endmacro %}")
    (built_in / "part.html").write_text("{{ t('part') }}")
    (built_in / "base.html").write_text("{{ t('base') }} {% block main %}{% endblock %}")
    (built_in / "page.html").write_text(
        '{% extends "base.html" %}{% from "macros.html" import risks %}'
        '{% block main %}{{ risks(2) }} {% include "part.html" %}{% endblock %}'
    )
    assert fill("page.html") == "BASE OPEN 2 risks PART\n"


def test_languages_do_not_mix(built_in: Path) -> None:
    """A macro that one page filled in one language speaks the other in the next page."""
    (built_in / "macros.html").write_text("{% macro word() %}{{ t('Plan') }}{% endmacro %}{{ t('root') }}")
    (built_in / "page.html").write_text('{% from "macros.html" import word %}{{ word() }}')
    env = environment(None)
    render_page(env, "macros.html", {}, t=str.upper, tn=count)
    pages = [render_page(env, "page.html", {}, t=t, tn=count)[0] for t in (str.upper, str.lower, str.upper)]
    assert pages == ["PLAN\n", "plan\n", "PLAN\n"]


def test_a_workspace_overrides_one_template(built_in: Path, own: Path) -> None:
    """A template of the same name wins, and the others stay the built-in ones."""
    (built_in / "page.html").write_text('ours {% include "foot.html" %}')
    (built_in / "foot.html").write_text("our foot")
    (own / "foot.html").write_text("their foot")
    assert fill("page.html") == "ours our foot\n"
    assert fill("page.html", own) == "ours their foot\n"


def test_an_override_changes_one_block(built_in: Path, own: Path) -> None:
    """The built-in template of the same name is `kapm/…`, and `super()` is what it had in the block."""
    (built_in / "base.html").write_text("<h1>{% block head %}ours{% endblock %}</h1>{% block foot %}{% endblock %}")
    (built_in / "page.html").write_text('{% extends "base.html" %}{% block foot %}our foot{% endblock %}')
    (own / "page.html").write_text('{% extends "kapm/page.html" %}{% block head %}{{ super() }}, theirs{% endblock %}')
    assert fill("page.html", own) == "<h1>ours, theirs</h1>our foot\n"
    environment.cache_clear()
    (own / "base.html").write_text('{% extends "kapm/base.html" %}{% block head %}all{% endblock %}')
    assert fill("page.html", own) == "<h1>all, theirs</h1>our foot\n"


def test_a_template_that_extends_itself_is_told_of_the_built_in_name(built_in: Path, own: Path) -> None:
    """The commonest slip: the name of the file instead of the name of what it replaces."""
    (built_in / "page.html").write_text("ours")
    (own / "page.html").write_text('{% extends "page.html" %}')
    _, [problem] = render_page(environment(own), "page.html", {}, t=str.upper, tn=count)
    assert problem.mark.path == "templates/page.html"
    assert "comes to itself" in problem.message
    assert "'kapm/page.html'" in problem.hint


@pytest.mark.usefixtures("built_in")
def test_overrides_run_in_the_sandbox(own: Path) -> None:
    """Only a workspace that brings templates pays for the sandbox."""
    assert not isinstance(environment(None), SandboxedEnvironment)
    assert isinstance(environment(own), ImmutableSandboxedEnvironment)
    assert not isinstance(environment(own / "absent"), SandboxedEnvironment)


@pytest.mark.usefixtures("built_in")
@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a\n{{ missing }}", 2, "'missing' is undefined"),
        ("a\n\n{{ page.nothing }}", 3, "has no attribute 'nothing'"),
        ("{% for x in %}", 1, "Expected an expression"),
        ("a\n{% if page %}", 2, "end of template"),
        ("a\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ page.title + 1 }}", 1, "str"),
        ("a\n{% include 'nowhere.html' %}", 2, "nowhere.html"),
        ("{{ page.title.__class__ }}", 1, "unsafe"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", 1, "unsafe"),
        ("{{ tn.__globals__ }}", 1, "unsafe"),
        ("{{ cycler.__init__.__globals__ }}", 1, "unsafe"),
        ("{{ joiner['__init__'] }}", 1, "unsafe"),
        ("{{ self._TemplateReference__context }}", 1, "unsafe"),
        ("{{ ('' | attr('__class__')).__mro__ }}", 1, "unsafe"),
        ("{{ '{0.__class__}'.format('') }}", 1, "unsafe"),
        ("{{ ['a'] | map(attribute='__class__') | first }}", 1, "unsafe"),
        ("{{ page._private }}", 1, "_private"),
        ("{% include '/etc/hostname' %}", 1, "etc/hostname"),
        ("{% include '../page.html' %}", 1, "../page.html"),
        ("{% include 'kapm/../../secret' %}", 1, "secret"),
        ("{% import 'os' as os %}", 1, "os"),
        ("{{ lipsum() }}", 1, "'lipsum' is undefined"),
        ("{{ [1, 2] | random }}", 1, "No filter named 'random'"),
        ("{{ environ }}", 1, "'environ' is undefined"),
        ("{{ open('/etc/hostname') }}", 1, "'open' is undefined"),
        ("{{ page.rows.append(1) }}", 1, "append"),
        ("{{ [].append(1) }}", 1, "unsafe"),
        ("{% for x in range(1000000000) %}{% endfor %}", 1, "Range too big"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "recursion"),
    ],
)
def test_a_wrong_override_is_a_problem_with_its_line(own: Path, text: str, line: int, says: str) -> None:
    """What is wrong in a workspace's template is told with file and line, and does not raise."""
    (own / "page.html").write_text(text)
    page, [problem] = render_page(environment(own), "page.html", {"page": Page("x")}, t=str.upper, tn=count)
    assert page == ""
    assert (problem.mark.path, problem.mark.line, problem.code) == ("templates/page.html", line, "template-error")
    assert says in problem.message
    assert "\n" not in problem.message


def test_the_innermost_override_is_blamed(built_in: Path, own: Path) -> None:
    """An error in an overridden part is told of the part, not of the page around it."""
    (built_in / "page.html").write_text('{% include "part/foot.html" %}')
    (own / "part").mkdir()
    (own / "part" / "foot.html").write_text("\n{{ nothing }}")
    _, [problem] = render_page(environment(own), "page.html", {}, t=str.upper, tn=count)
    assert str(problem.mark) == "templates/part/foot.html:2:1"


def test_a_built_in_template_that_lacks_an_overridden_macro(built_in: Path, own: Path) -> None:
    """An override without a macro that a built-in page needs is still a problem of the workspace."""
    (built_in / "page.html").write_text('{% from "macros.html" import risk %}{{ risk() }}')
    (own / "macros.html").write_text("")
    _, [problem] = render_page(environment(own), "page.html", {}, t=str.upper, tn=count)
    assert problem.mark.path == "templates"
    assert "risk" in problem.message


def test_a_fault_of_ours_stays_one_beside_overrides(built_in: Path, own: Path) -> None:
    """A function of ours that fails under a built-in template is not blamed on the workspace."""
    (built_in / "page.html").write_text("{{ t('a') }}")

    def broken(_: str) -> str:
        raise KeyError("a")

    with pytest.raises(KeyError):
        render_page(environment(own), "page.html", {}, t=broken, tn=count)


@pytest.mark.usefixtures("built_in")
@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_a_link_out_of_the_folder_is_not_read(own: Path, tmp_path: Path) -> None:
    """A symbolic link cannot bring a file of the machine into a page."""
    (tmp_path / "secret").write_text("secret")
    (own / "page.html").symlink_to(tmp_path / "secret")
    page, problems = render_page(environment(own), "page.html", {}, t=str.upper, tn=count)
    assert page == ""
    assert "out of its folder" in problems[0].message


@pytest.mark.usefixtures("built_in")
@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_a_folder_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    """A commit may hold `templates` itself as a link to anywhere."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "page.html").write_text("secret")
    (tmp_path / "templates").symlink_to(tmp_path / "etc")
    page, problems = render_page(environment(tmp_path / "templates"), "page.html", {}, t=str.upper, tn=count)
    assert page == ""
    assert "out of its folder" in problems[0].message


@pytest.mark.usefixtures("built_in")
def test_a_template_that_is_no_text_is_a_problem(own: Path) -> None:
    """Saved in another encoding, it is told with its name."""
    (own / "page.html").write_bytes("Größe".encode("latin-1"))
    page, [problem] = render_page(environment(own), "page.html", {}, t=str.upper, tn=count)
    assert (page, problem.mark.path) == ("", "templates/page.html")
    assert "cannot be read" in problem.message


@pytest.mark.usefixtures("built_in")
def test_a_value_is_never_a_template(own: Path) -> None:
    """What a person typed into a file is shown as it is, whatever it looks like."""
    (own / "page.html").write_text("{{ page.title }}")
    title = "{{ 7 * 7 }} {% include 'page.html' %} {# hidden #}"
    assert fill("page.html", own, page=Page(title)) == f"{title.replace(chr(39), '&#39;')}\n"


@pytest.mark.usefixtures("built_in")
def test_a_template_outside_is_not_found() -> None:
    """No name reaches above the folder."""
    with pytest.raises(TemplateError):
        fill("../secret")
