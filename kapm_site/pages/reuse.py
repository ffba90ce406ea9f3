"""Sections that two readers of a project see alike are built once: for the client, then for the internal page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from kapm_site.audience.views import ProjectView
from kapm_site.audience.weeks import Look
from kapm_site.pages.blocks import Section
from kapm_site.pages.sections import SECTIONS, Builder
from kapm_site.pages.setting import Setting


@dataclass(frozen=True, slots=True)
class BuiltSection:
    """A section, or that there is none, and the fields of the view that were read for it."""

    section: Section | None
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class BuiltSections:
    """The sections of a project for one reader, in their order."""

    view: ProjectView
    found: Mapping[Builder, BuiltSection]

    def of(self, *builders: Builder) -> list[Section]:
        """Return the sections that there are of some builders, in the order of the builders."""
        return [section for builder in builders if (section := self.found[builder].section) is not None]


def build_sections(view: ProjectView, setting: Setting, earlier: BuiltSections | None = None) -> BuiltSections:
    """Build all sections of a project.

    Args:
        view: The project as its reader sees it.
        setting: How the page is set.
        earlier: The same for another reader, set alike. Where all that a section is made of is equal in both
            views, the section is equal too.
    """
    same = _same_fields(view, earlier.view) if earlier else frozenset()
    found = {}
    for build in SECTIONS:
        known = earlier.found[build] if earlier else None
        found[build] = known if known and known.fields <= same else _built(build, view, setting)
    return BuiltSections(view, found)


def _built(build: Builder, view: ProjectView, setting: Setting) -> BuiltSection:
    watched = _Watched(view)
    section = build(cast("ProjectView", watched), setting)
    return BuiltSection(section, frozenset(watched.fields))


def _same_fields(view: ProjectView, other: ProjectView) -> frozenset[str]:
    """Name the fields that are equal; those of the looks apart, as `looks.health`: no two readers see them alike."""
    same = {name for name in ProjectView.__slots__ if name != "looks" and getattr(view, name) == getattr(other, name)}
    looks = {
        f"looks.{name}"
        for name in Look.__slots__
        if [getattr(look, name) for look in view.looks] == [getattr(look, name) for look in other.looks]
    }
    return frozenset(same | looks)


class _Watched:
    """A view that remembers which of its fields were read."""

    def __init__(self, view: ProjectView) -> None:
        self._view = view
        self.fields: set[str] = set()
        self._looks: tuple[_WatchedLook, ...] | None = None

    def __getattr__(self, name: str) -> Any:
        if name == "looks":
            if self._looks is None:
                self.fields.add("looks.day")  # how many there are, and when
                self._looks = tuple(_WatchedLook(look, self.fields) for look in self._view.looks)
            return self._looks
        self.fields.add(name)
        return getattr(self._view, name)


class _WatchedLook:
    """One of its looks, likewise."""

    __slots__ = ("_fields", "_look")

    def __init__(self, look: Look, fields: set[str]) -> None:
        self._look = look
        self._fields = fields

    def __getattr__(self, name: str) -> Any:
        self._fields.add(f"looks.{name}")
        return getattr(self._look, name)
