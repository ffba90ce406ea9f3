"""The accounts side by side: health of their projects, satisfaction, contract, who looks after them."""

from collections.abc import Iterator
from datetime import date

from kapm_site.audience.internal import InternalAccount, InternalView
from kapm_site.audience.views import ProjectView
from kapm_site.pages.blocks import Card, CardLine, Cards, Cell, Section
from kapm_site.pages.charts.sparkline import Sample, Sparkline, draw_sparkline
from kapm_site.pages.portfolio.shared import GRAVITY, about, account_manager, health_cell, project_href
from kapm_site.pages.setting import Setting

_SPARK_WIDTH, _SPARK_HEIGHT = 64, 20
_MONTHS = 6
#: A change of the mean below this is noise of a few answers.
_LEAST_FALL = 0.1
_PROTECTION = {
    "none": "portfolio.protection_none",
    "passphrase": "portfolio.protection_passphrase",
    "external": "portfolio.protection_external",
}


def clients_section(view: InternalView, setting: Setting) -> Section | None:
    """Show every account with its projects, the worst project first."""
    if not view.accounts:
        return None
    words = setting.words
    cards = tuple(_card(account, setting) for account in view.accounts)
    scored = [account for account in view.accounts if any(_is_asked(one.view) for one in account.projects)]
    fell = [account.name for account in scored if _fell(account)]
    told = ""
    if scored:
        told = words.text("portfolio.satisfaction_fell", names=words.list(fell)) if fell else ""
        told = told or words.text("portfolio.satisfaction_holds")
    return Section("clients", words.text("portfolio.clients"), told, blocks=(Cards(cards),))


def csat_by_month(account: InternalAccount) -> tuple[tuple[date, float], ...]:
    """Return the mean satisfaction of the account's answers of each month, oldest first."""
    marks: dict[date, list[float]] = {}
    for project in account.projects:
        for said in project.view.feedback:
            if said.csat is not None and said.date <= project.view.status:
                marks.setdefault(said.date.replace(day=1), []).append(said.csat)
    return tuple((month, sum(given) / len(given)) for month, given in sorted(marks.items()))[-_MONTHS:]


def _is_asked(view: ProjectView) -> bool:
    return view.feedback_summary.recent_csat is not None


def _fell(account: InternalAccount) -> bool:
    means = [mean for _, mean in csat_by_month(account)]
    return len(means) > 1 and means[-1] < means[-2] - _LEAST_FALL


def _card(account: InternalAccount, setting: Setting) -> Card:
    lines = (*_projects(account, setting), *_satisfaction(account, setting), *_contract(account, setting))
    return Card(account.name, tuple(lines), account_manager(account), account.client_id)


def _projects(account: InternalAccount, setting: Setting) -> Iterator[CardLine]:
    views = sorted((project.view for project in account.projects), key=_order)
    for view in views:
        health = health_cell(view.health.health, setting.words)
        yield CardLine(Cell(view.name, href=project_href(view)), health, about(view))


def _satisfaction(account: InternalAccount, setting: Setting) -> Iterator[CardLine]:
    months = csat_by_month(account)
    if not months:
        return
    words = setting.words
    last = words.number(months[-1][1], 1)
    change = words.signed(months[-1][1] - months[-2][1], 1) if len(months) > 1 else ""
    if not any(_is_asked(one.view) for one in account.projects):
        change = words.date(months[-1][0], "month")
    label = words.text("label.csat")
    yield CardLine(Cell(label, tone="soft"), Cell(last, note=change, chart=_sparkline(months, label, setting)))


def _sparkline(months: tuple[tuple[date, float], ...], name: str, setting: Setting) -> Sparkline | None:
    words = setting.words
    values = words.list([words.number(value, 1) for _, value in months])
    samples = [Sample(month, value) for month, value in months]
    told = words.text("page.labelled", label=name, value=values)
    return draw_sparkline(samples, told, "", setting.frame(_SPARK_WIDTH), height=_SPARK_HEIGHT)


def _contract(account: InternalAccount, setting: Setting) -> Iterator[CardLine]:
    words = setting.words
    contract = account.account.contract if account.account else None
    if contract and contract.value is not None:
        amount = words.money_short(contract.value, contract.currency or account.currency)
        yield CardLine(Cell(words.text("label.contract_value"), tone="soft"), Cell(amount))
    if contract and contract.renewal:
        yield CardLine(Cell(words.text("label.renewal"), tone="soft"), Cell(words.date(contract.renewal)))
    if account.protection is None:
        site = Cell(words.text("portfolio.not_built"), tone="bad")
    else:
        site = Cell(words.text(_PROTECTION[account.protection]))
    yield CardLine(Cell(words.text("label.site"), tone="soft"), site)


def _order(view: ProjectView) -> tuple[int, str]:
    return GRAVITY.index(view.health.health), view.name
