"""Nothing that a reader sees bypasses the catalogues: what is neither a person's text nor a message is none of ours.

The examples are built with what people wrote in Cyrillic letters and what the catalogues say in fullwidth ones.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kapm_site.analysis.analyse import analyse
from kapm_site.audience import InternalProject, client_project, client_view, internal_project, internal_view
from kapm_site.audience.build import portfolio_project
from kapm_site.audience.looks import look_of
from kapm_site.audience.views import ProjectView
from kapm_site.language import messages
from kapm_site.model.workspace import PROJECT_FILES, Account, Project, Workspace
from kapm_site.pages.imprint import Version
from kapm_site.pages.languages import in_language
from kapm_site.pipeline.assets import Shelf
from kapm_site.pipeline.load import load
from kapm_site.pipeline.pages import (
    Root,
    client_home_files,
    client_project_files,
    internal_project_files,
    portfolio_files,
)
from kapm_site.pipeline.reports import Source, report_of
from kapm_site.pipeline.sections import Written
from tests.veiled import latin_words, shown_texts, spoken_texts, veil, veiled, write_veiled_catalogue

EXAMPLES = Path(__file__).parents[1]
STATUS, BEFORE = date(2026, 11, 20), date(2026, 10, 9)
VERSION = Version("4444444", draft=True)
#: Addresses, and places in files as internal readers are told them.
ADDRESS = re.compile(r"\S+@\S+|[\w./-]+\.example[\w./-]*|[\w./-]+\.(?:yaml|md)[\d:]*")
#: What stands for itself in every language.
SIGNS = {"AC", "BAC", "CPI", "EAC", "EV", "PV", "SPI"}
#: A table for a machine gives money by its ISO 4217 code.
CURRENCIES = {"CNY", "EUR", "GBP"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bytes]]:
    """All files of the examples' site, and the pages that their PDFs are set from; Chinese dates have no letters."""
    folder = tmp_path_factory.mktemp("veiled")
    workspace = load(EXAMPLES).workspace
    for name in ("en", "zh_CN", "de"):
        write_veiled_catalogue(folder, name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages, "LOCALES", folder)
        _forget()
        yield dict(_files(workspace, "zh-CN", folder))
    _forget()


def _forget() -> None:
    messages._catalogue.cache_clear()
    messages.find_text.cache_clear()


def _files(workspace: Workspace, tag: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    settings = veiled(workspace.settings)
    accounts = [replace(one, client=veiled(one.client)) for one in workspace.accounts]
    known = replace(workspace, settings=settings)
    told: dict[str, list[InternalProject]] = {}
    for account in accounts:
        views = []
        for project in account.projects:
            internal, client = _seen(known, account, _veiled_project(project), tag)
            told.setdefault(account.id, []).append(internal)
            yield from _internal_files(internal, _root(folder, None))
            if client is not None:
                views.append(client)
                yield from _client_files(client, _root(folder, account.id))
        home = in_language(client_view(settings, account, views, STATUS), tag)
        root = _root(folder, account.id)
        client_home_files(root, replace(home, languages=(tag,), brand=replace(home.brand, vocabulary=())))
        yield from ((file.path, file.content) for file in root.files)
    portfolio = {client: [portfolio_project(one) for one in projects] for client, projects in told.items()}
    root = _root(folder, None)
    portfolio_files(root, replace(internal_view(settings, accounts, portfolio, STATUS, ("1/2",)), language=tag))
    yield from ((file.path, file.content) for file in root.files)


def _root(folder: Path, client: str | None) -> Root:
    path = f"clients/{client}" if client else "internal"
    return Root(
        path, client, folder, frozenset(), VERSION, load(EXAMPLES).workspace.settings.health, True, Shelf(folder)
    )


def _veiled_project(project: Project) -> Project:
    updates = tuple(
        replace(
            update,
            matter=veiled(update.matter),
            sections=tuple(
                # The sections Done and Next are known by their names.
                replace(one, title=one.title if one.title in ("Done", "Next") else veil(one.title), body=veil(one.body))
                for one in update.sections
            ),
        )
        for update in project.updates
    )
    files = {name: veiled(getattr(project, name)) for name in PROJECT_FILES}
    return replace(project, **files, updates=updates, reports=tuple(map(veiled, project.reports)))


def _seen(
    workspace: Workspace, account: Account, project: Project, tag: str
) -> tuple[InternalProject, ProjectView | None]:
    """Look at a project today, with some weeks of its past behind it."""
    days = [BEFORE + timedelta(weeks=week) for week in (0, 2, 5)]
    past = [analyse(workspace.settings, account, project, day, outlook=False) for day in days]
    today = analyse(workspace.settings, account, project, STATUS)
    internal = internal_project(today, ())
    whole = _translated(internal.view, [internal_project(one, ()).view for one in past], tag)
    client = client_project(today)
    seen = [view for one in past if (view := client_project(one))]
    return replace(internal, view=whole), _translated(client, seen, tag) if client else None


def _translated(view: ProjectView, past: list[ProjectView], tag: str) -> ProjectView:
    view = in_language(replace(view, before=past[0], looks=tuple(map(look_of, past))), tag)
    return replace(view, languages=(tag,), brand=replace(view.brand, vocabulary=()))


def _internal_files(project: InternalProject, root: Root) -> Iterator[tuple[str, bytes]]:
    internal_project_files(root, project, None, Written())
    yield from ((file.path, file.content) for file in root.files)


def _client_files(view: ProjectView, root: Root) -> Iterator[tuple[str, bytes]]:
    client_project_files(root, view, Written())
    yield from ((file.path, file.content) for file in root.files)
    source = Source(root.workspace, frozenset(), root.rules, VERSION, 12)
    for edition in ("full", "brief"):
        report, _ = report_of(view, edition, source, address="https://1.2/3")
        assert report is not None
        yield f"{root.path}/{view.id}/{edition}.print", report.job.html.encode()


def test_every_text_on_a_page_is_from_the_catalogues(files: dict[str, bytes]) -> None:
    """On clients' pages, internal ones and reports, in charts, tables, titles and what is only read out."""
    pages = [path for path in files if path.endswith((".html", ".print"))]
    assert len(pages) > 20
    found = {path: latin_words(shown_texts(files[path]), ADDRESS) - SIGNS for path in pages}
    assert {path: words for path, words in found.items() if words} == {}


def test_every_text_in_a_file_to_take_along_is_from_the_catalogues(files: dict[str, bytes]) -> None:
    """Names of columns, events of the calendar, entries of the feed."""
    kinds = {".csv", ".ics", ".xml"}
    taken = {path: content for path, content in files.items() if Path(path).suffix in kinds}
    assert {Path(path).suffix for path in taken} == kinds
    found = {
        path: latin_words(spoken_texts(path, content), ADDRESS) - SIGNS - CURRENCIES for path, content in taken.items()
    }
    assert {path: words for path, words in found.items() if words} == {}
