"""What only we know of the account: contract, CRM, opportunities, notes."""

from datetime import date

from kapm_site.audience.internal import InternalProject
from kapm_site.model.client import AccountData, Contract
from kapm_site.pages.blocks import Block, Cell, Column, Pairs, Prose, Row, Section, Table
from kapm_site.pages.fields import plain, register
from kapm_site.pages.setting import Setting


def account_section(project: InternalProject, setting: Setting) -> Section | None:
    """Show the account data of the project's client."""
    account = project.notes.analysis.account.client.account
    if account is None:
        return None
    words = setting.words
    blocks: list[Block] = []
    pairs = _pairs(project, account, setting)
    if pairs:
        blocks.append(Pairs(pairs))
    if account.opportunities:
        blocks.append(_opportunities(account, setting))
    if account.notes:
        blocks.append(Prose(account.notes, words.text("label.internal_note")))
    renewal = account.contract.renewal if account.contract else None
    told = words.text("internal.renewal_on", date=words.date(renewal)) if renewal else ""
    title = words.text("internal.account")
    return Section("internal-account", title, told, blocks=tuple(blocks)) if blocks else None


def _pairs(project: InternalProject, account: AccountData, setting: Setting) -> tuple[tuple[str, Cell], ...]:
    words, contract = setting.words, account.contract or Contract()
    currency = contract.currency or project.notes.analysis.account.client.currency or setting.currency
    person = project.notes.analysis.project.person(account.manager)
    shown = {
        words.text("label.account_manager"): person.name if person else account.manager,
        words.text("label.contract_value"): words.money(contract.value, currency) if contract.value else None,
        words.text("label.contract_start"): _day(contract.start, setting),
        words.text("label.contract_end"): _day(contract.end, setting),
        words.text("label.renewal"): _day(contract.renewal, setting),
        words.text("label.crm"): f"{account.crm.system} {account.crm.id}" if account.crm else None,
        words.text("label.industry"): account.industry,
        words.text("label.tier"): account.tier,
    }
    return tuple((label, Cell(text)) for label, text in shown.items() if text)


def _opportunities(account: AccountData, setting: Setting) -> Table:
    words = setting.words
    contract = account.contract
    currency = (contract.currency if contract else None) or setting.currency
    title = words.text("internal.opportunities")
    columns = (
        Column(words.text("label.opportunity")),
        Column(words.text("label.stage")),
        Column(words.text("label.amount"), "number"),
        Column(words.text("label.close"), "date"),
    )
    rows = [
        Row(
            (
                Cell(deal.name),
                plain(deal.stage),
                Cell(words.money(deal.amount, currency) if deal.amount is not None else ""),
                setting.day(deal.close),
            )
        )
        for deal in account.opportunities
    ]
    return register(setting, title, columns, rows, heading=title)


def _day(day: date | None, setting: Setting) -> str | None:
    return setting.words.date(day) if day else None
