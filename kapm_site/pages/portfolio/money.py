"""Money over all clients: contract, budget, spent, estimate at completion, margin, renewal.

Margin is (contract value − estimates at completion of the account's projects) ÷ contract value; planned margin
takes budgets instead of estimates. Both need one currency and a figure of every project, else they stay unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kapm_site.audience.internal import InternalAccount, InternalView
from kapm_site.language import Language
from kapm_site.model.client import Contract
from kapm_site.pages.blocks import Cell, Column, Row, Section, Tone
from kapm_site.pages.fields import register, sentences
from kapm_site.pages.portfolio.shared import about, all_projects, project_href
from kapm_site.pages.setting import Setting


@dataclass(frozen=True, slots=True)
class AccountMoney:
    """Sums over the projects of an account; None where a project has no such figure or currencies differ.

    Attributes:
        margin, planned: In percent of the contract value.
    """

    currency: str
    contract: float | None
    budget: float | None
    spent: float | None
    eac: float | None
    margin: float | None
    planned: float | None


def account_money(account: InternalAccount) -> AccountMoney:
    """Sum up an account."""
    contract = (account.account.contract if account.account else None) or Contract()
    views = [project.view for project in account.projects]
    currency = contract.currency or account.currency
    same = all(view.currency == currency for view in views)
    known = [view.money for view in views if view.money is not None] if same else []
    whole = len(known) == len(views) > 0
    budget = _sum(money.budget for money in known) if whole else None
    eac = _sum(money.eac for money in known) if whole else None
    return AccountMoney(
        currency=currency,
        contract=contract.value,
        budget=budget,
        spent=_sum(money.spent for money in known if money.spent is not None),
        eac=eac,
        margin=_margin(contract.value, eac),
        planned=_margin(contract.value, budget),
    )


def money_section(view: InternalView, setting: Setting) -> Section | None:
    """Show money by client and by project."""
    words = setting.words
    clients = [row for account in view.accounts if (row := _client_row(account, setting))]
    projects = _project_rows(view, words)
    blocks = []
    if clients:
        title = words.text("portfolio.money_clients")
        blocks.append(register(setting, title, _client_columns(words), clients, heading=title))
    if projects:
        title = words.text("portfolio.money_projects")
        blocks.append(register(setting, title, _project_columns(words), projects, heading=title))
    if not blocks:
        return None
    sums = [account_money(account) for account in view.accounts]
    unknown = any(one.contract and one.margin is None for one in sums)
    note = sentences(
        words, words.text("portfolio.margin_note"), words.text("portfolio.margin_unknown") if unknown else ""
    )
    return Section("money", words.text("portfolio.money"), _finding(view, words), note, tuple(blocks))


def _finding(view: InternalView, words: Language) -> str:
    """Name the margins that fall below their plan, the furthest first."""
    known = [(account, money) for account in view.accounts if (money := account_money(account)).margin is not None]
    fallen = []
    for account, money in known:
        if money.margin is not None and money.planned is not None and round(money.planned - money.margin, 1) > 0:
            text = words.text(
                "portfolio.margin_falls",
                client=account.name,
                percent=words.percent(money.margin, 1),
                planned=words.percent(money.planned, 1),
            )
            fallen.append((money.margin - money.planned, text))
    if fallen:
        return sentences(words, *(text for _, text in sorted(fallen)))
    return words.text("portfolio.margin_plan") if known else ""


def _client_columns(words: Language) -> tuple[Column, ...]:
    return (
        Column(words.text("label.client")),
        Column(words.text("label.contract_value"), "number"),
        Column(words.text("label.budget"), "number"),
        Column(words.text("label.spent"), "number"),
        Column(words.text("figure.eac"), "number"),
        Column(words.text("label.margin"), "number"),
        Column(words.text("label.margin_planned"), "number"),
        Column(words.text("label.contract_end"), "date"),
        Column(words.text("label.renewal"), "date"),
    )


def _client_row(account: InternalAccount, setting: Setting) -> Row | None:
    words, money = setting.words, account_money(account)
    contract = (account.account.contract if account.account else None) or Contract()
    amounts = (money.contract, money.budget, money.spent, money.eac)
    if all(amount is None for amount in amounts) and contract.end is None:
        return None
    fallen = money.margin is not None and money.planned is not None and money.planned - money.margin >= 1
    return Row(
        (
            Cell(account.name),
            *(_amount(amount, money.currency, words) for amount in amounts),
            Cell(_percent(money.margin, words), tone="bad" if fallen else ""),
            Cell(_percent(money.planned, words)),
            setting.day(contract.end),
            setting.day(contract.renewal),
        ),
        about=account.client_id,
    )


def _project_columns(words: Language) -> tuple[Column, ...]:
    return (
        Column(words.text("label.project")),
        Column(words.text("label.budget"), "number"),
        Column(words.text("label.contingency"), "number"),
        Column(words.text("label.spent"), "number"),
        Column(words.text("label.committed"), "number"),
        Column(words.text("figure.eac"), "number"),
        Column(words.text("label.variance"), "number"),
    )


def _project_rows(view: InternalView, words: Language) -> list[Row]:
    rows = []
    for project in all_projects(view):
        one = project.view
        money = one.money
        if money is None:
            continue
        amounts = (money.budget, money.contingency, money.spent, money.committed, money.eac)
        left = money.budget - money.eac if money.eac is not None and money.budget is not None else None
        if not any(amounts):
            continue
        name = Cell(one.name, note=one.client_name, href=project_href(one, "money"))
        variance = words.money(left, money.currency, signed=True) if left is not None else ""
        cells = (name, *(_amount(amount, money.currency, words) for amount in amounts))
        tone: Tone = "bad" if left is not None and round(left) < 0 else ""
        rows.append(Row((*cells, Cell(variance, tone=tone)), about=about(one)))
    return rows


def _amount(amount: float | None, currency: str, words: Language) -> Cell:
    return Cell(words.money(amount, currency)) if amount is not None else Cell()


def _percent(value: float | None, words: Language) -> str:
    return words.percent(value, 1) if value is not None else ""


def _margin(contract: float | None, cost: float | None) -> float | None:
    return 100 * (contract - cost) / contract if contract and cost is not None else None


def _sum(amounts: Iterable[float | None]) -> float | None:
    """Add up; one amount that is not known leaves the sum unknown."""
    known = list(amounts)
    if not known or any(amount is None for amount in known):
        return None
    return sum(amount for amount in known if amount is not None)
