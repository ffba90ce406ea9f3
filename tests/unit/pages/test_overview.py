"""What is left out of the views of many projects is on no page that shows many projects."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kapm_site.analysis.analyse import analyse
from kapm_site.analysis.records import Analysis
from kapm_site.audience import client_view, internal_view, portfolio_project
from kapm_site.audience.build import client_project, internal_project
from kapm_site.audience.overview import overview
from kapm_site.cache import pack_records
from kapm_site.language import SHIPPED, language_for
from kapm_site.pages.client_home import client_page
from kapm_site.pages.links import Links
from kapm_site.pages.portfolio import portfolio_page
from kapm_site.pages.setting import Setting
from kapm_site.workspace.collect import collect
from kapm_site.workspace.read import read

ROOT = Path(__file__).parents[3]
DAY = date(2026, 11, 20)
LINKS = Links("assets/x.css")


@cache
def analyses() -> tuple[Analysis, ...]:
    """Analyse all examples."""
    workspace = read(collect(ROOT)).workspace
    return tuple(analyse(workspace.settings, account, project, DAY) for account, project in workspace.projects())


@pytest.mark.parametrize("tag", SHIPPED)
def test_a_start_page_is_the_same(tag: str) -> None:
    """For each client of the examples."""
    setting = Setting(language_for(tag), "web", "#0b4f6c", "EUR")
    for found in analyses():
        seen = client_project(found)
        assert seen is not None
        made = [
            client_page(client_view(found.settings, found.account, [view], DAY), setting, LINKS, {}, None)
            for view in (seen, overview(seen))
        ]
        assert made[0] == made[1]


@pytest.mark.parametrize("tag", SHIPPED)
def test_the_portfolio_is_the_same(tag: str) -> None:
    """With all examples in it."""
    setting = Setting(language_for(tag), "web", "#0b4f6c", "EUR", internal=True)
    accounts = {found.account.id: found.account for found in analyses()}
    made = []
    for shown in (lambda view: view, overview):
        projects = {
            client: [
                replace(portfolio_project(internal), view=shown(internal.view))
                for found in analyses()
                if found.account.id == client
                for internal in [internal_project(found, ())]
            ]
            for client in accounts
        }
        view = internal_view(analyses()[0].settings, accounts.values(), projects, DAY)
        made.append(portfolio_page(view, setting, LINKS, None))
    assert made[0] == made[1]


def test_it_is_a_fraction_of_the_view() -> None:
    """Of the largest example at least two fifths are left out: a thousand projects must fit into memory."""
    views = [view for found in analyses() if (view := client_project(found))]
    largest = max(views, key=lambda view: len(view.tasks))
    assert len(pack_records(overview(largest))) < 0.6 * len(pack_records(largest))
