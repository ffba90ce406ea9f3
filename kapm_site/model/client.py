"""`client.yaml`: the account."""

from typing import Literal

from pydantic import Field

from kapm_site.model.calendars import Calendar
from kapm_site.model.record import Record, locked
from kapm_site.model.scalars import (
    Color,
    Currency,
    Day,
    Email,
    Flag,
    LanguageTag,
    Line,
    Markdown,
    Number,
    Slug,
    Timezone,
)
from kapm_site.model.settings import Paper

Protection = Literal["none", "passphrase", "external"]


class Brand(Record):
    """The client's look and words."""

    logo: Line | None = Field(None, description="path of an image beside this file or in `attachments/`")
    color: Color | None = Field(None, description="accent of links and the header rule; its contrast is checked")
    vocabulary: dict[Line, Line] = Field({}, description="label id → the client's word, in the client's language")


class Contact(Record):
    """A person at the client."""

    id: Slug = Field(description="id by which asks and feedback name the person")
    name: Line = Field(description="full name")
    role: Line | None = Field(None, description="what the person does")
    email: Email | None = Field(None, description="address reports are sent to")
    language: LanguageTag | None = Field(None, description="language of the reports and pages the person reads")
    receives: tuple[Literal["brief", "full"], ...] = Field((), description="editions mailed to the person")


class PdfChoice(Record):
    """How this client's reports are printed; what is left out is as in `kapm.yaml`."""

    paper: Paper | None = Field(None, description="size of the pages")
    archive: Flag | None = Field(None, description="PDF/A-3a with `status.json` inside")


class Crm(Record):
    """Where the account lives in the CRM."""

    system: Line = Field(description="name of the CRM")
    id: Line = Field(description="the account's id there")


class Contract(Record):
    """The contract behind the account."""

    value: Number | None = Field(None, ge=0, description="contract value")
    currency: Currency | None = Field(None, description="ISO 4217")
    start: Day | None = Field(None, description="first day")
    end: Day | None = Field(None, description="last day")
    renewal: Day | None = Field(None, description="date of the renewal decision")


class Opportunity(Record):
    """A deal in the CRM."""

    name: Line = Field(description="what it is called")
    stage: Line | None = Field(None, description="stage in the pipeline")
    amount: Number | None = Field(None, description="expected amount")
    close: Day | None = Field(None, description="expected date of the decision")


class AccountData(Record):
    """What only the delivery organisation knows of the account."""

    manager: Line | None = Field(None, description="account manager")
    crm: Crm | None = Field(None, description="the account in the CRM")
    industry: Line | None = Field(None, description="line of business")
    tier: Line | None = Field(None, description="class of the account")
    contract: Contract | None = Field(None, description="the contract")
    opportunities: tuple[Opportunity, ...] = Field((), description="deals in the pipeline")
    notes: Markdown | None = Field(None, description="notes")


class Client(Record):
    """The whole of `client.yaml`."""

    name: Line = Field(description="the client's name")
    language: LanguageTag | None = Field(None, description="of the client's pages; overrides the workspace's")
    currency: Currency | None = Field(None, description="overrides the workspace's")
    timezone: Timezone | None = Field(None, description="overrides the workspace's")
    calendar: Calendar | None = Field(None, description="replaces the workspace's")
    brand: Brand = Field(Brand(), description="logo, colour and words")
    pdf: PdfChoice = Field(PdfChoice(), description="overrides the workspace's paper and kind of reports")
    contacts: tuple[Contact, ...] = Field((), description="people at the client")
    protection: Protection | None = Field(
        None, description="how the site is protected; without a value it is not built"
    )
    account: AccountData | None = locked("account data")
