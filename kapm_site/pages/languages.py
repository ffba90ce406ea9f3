"""The same pages in the further languages of a client: views, names of files, and the switch between them."""

from dataclasses import dataclass, replace
from typing import TypeVar

from kapm_site.audience.internal import InternalProject
from kapm_site.audience.views import ClientView, ProjectView
from kapm_site.language import language_for
from kapm_site.language.tags import resolve_tag, written_in

V = TypeVar("V", ProjectView, ClientView)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A page in one of its languages; `name` is what that language calls itself."""

    tag: str
    name: str
    href: str
    current: bool


def in_language(view: V, tag: str) -> V:
    """Give a view to a reader of another language; the client's own words stay with the client's language."""
    own = resolve_tag(view.language)[0]
    if own == tag:
        return view
    brand = replace(view.brand, vocabulary=())
    view = replace(view, language=tag, languages=view.languages or (own,), brand=brand)
    if isinstance(view, ClientView):
        return replace(view, projects=tuple(in_language(project, tag) for project in view.projects))
    return view


def for_internal(project: InternalProject, tag: str) -> InternalProject:
    """Give a project to internal readers, in the workspace's language; if that is the client's, with its words."""
    if written_in(project.view.language, tag):
        return project
    return replace(project, view=in_language(project.view, resolve_tag(tag)[0]))


def own_language(view: ProjectView | ClientView) -> str:
    """Return the tag of the client's own language."""
    return view.languages[0] if view.languages else resolve_tag(view.language)[0]


def name_in(name: str, view: ProjectView | ClientView) -> str:
    """Name what there is in each language, such as `index` or `full`: its tag is added but for the client's own."""
    return _named(name, resolve_tag(view.language)[0], view)


def names_of(name: str, view: ProjectView | ClientView) -> tuple[str, ...]:
    """List the names of such a thing in all languages of the client."""
    return tuple(_named(name, tag, view) for tag in view.languages)


def receivers_of(edition: str, view: ProjectView, *, internal: bool) -> tuple[str, ...]:
    """Name the contacts who receive an edition in the language of the view; to internal readers, all who receive it."""
    there = (one for one in view.receivers if edition in one.editions)
    return tuple(one.name for one in there if internal or written_in(one.language, view.language))


def language_links(view: ProjectView | ClientView) -> tuple[LanguageLink, ...]:
    """List the languages of a page, where there are several."""
    if len(view.languages) < 2:  # noqa: PLR2004 one is no choice
        return ()
    here = resolve_tag(view.language)[0]
    return tuple(
        LanguageLink(
            tag=tag,
            name=language_for(tag).text("language.name"),
            href=f"{_named('index', tag, view)}.html",
            current=tag == here,
        )
        for tag in view.languages
    )


def tag_of(name: str, own: str) -> str:
    """Return the language of a named thing, such as the page `index.de`; `own` is the client's."""
    return name.partition(".")[2] or own


def _named(name: str, tag: str, view: ProjectView | ClientView) -> str:
    return name if tag == own_language(view) else f"{name}.{tag}"
