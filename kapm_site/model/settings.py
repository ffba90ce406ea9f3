"""`kapm.yaml`: the workspace."""

from typing import Literal

from pydantic import Field

from kapm_site.model.calendars import Calendar
from kapm_site.model.record import Record
from kapm_site.model.scalars import Currency, Email, Flag, LanguageTag, Line, Number, Slug, Timezone, Url

Cadence = Literal["weekly", "biweekly", "monthly"]
Paper = Literal["a4", "letter"]


class Organization(Record):
    """Who delivers the projects and signs the reports."""

    name: Line = Field("", description="the name on every page")
    logo: Line | None = Field(None, description="path of an image beside this file or in `attachments/`")
    website: Url | None = Field(None, description="link behind the name")
    email: Email | None = Field(None, description="address for questions")


class ScopeRules(Record):
    """When scope turns amber or red."""

    amber_undecided_days: Number = Field(10, ge=0, description="days a change may wait for its decision before amber")
    red_undecided_days: Number = Field(20, ge=0, description="days a change may wait for its decision before red")


class ScheduleRules(Record):
    """When schedule turns amber or red: the forecast finish against the agreed one, and pace."""

    amber_slip_days: Number = Field(0, ge=0, description="working days late beyond which it is amber")
    red_slip_days: Number = Field(
        10,
        ge=0,
        description="working days late beyond which it is red, unless `tolerances.schedule` says otherwise",
    )
    amber_behind_percent: Number = Field(5, ge=0, description="percentage points behind plan beyond which it is amber")
    red_behind_percent: Number = Field(15, ge=0, description="percentage points behind plan beyond which it is red")


class CostRules(Record):
    """When cost turns amber or red: the estimate at completion against the budget."""

    amber_over_percent: Number = Field(0, ge=0, description="percent over budget beyond which it is amber")
    red_over_percent: Number = Field(
        10, ge=0, description="percent over budget beyond which it is red, unless a tolerance says otherwise"
    )


class QualityRules(Record):
    """When quality turns amber or red: rejected deliverables and severe open issues."""

    severe_from: Number = Field(4, ge=1, le=5, description="severity from which an issue counts")
    amber_count: Number = Field(1, ge=1, description="severe issues and rejected deliverables from which it is amber")
    red_count: Number = Field(3, ge=1, description="severe issues and rejected deliverables from which it is red")


class RiskRules(Record):
    """When risk turns amber or red: the highest score (probability times impact) of an open risk."""

    amber_score: Number = Field(12, ge=1, le=25, description="score from which it is amber")
    red_score: Number = Field(20, ge=1, le=25, description="score from which it is red")


class SatisfactionRules(Record):
    """When satisfaction turns amber or red: the mean of the answers of the last days."""

    window_days: Number = Field(90, ge=1, description="calendar days that count")
    amber_csat: Number = Field(4, ge=1, le=5, description="mean CSAT below which it is amber")
    red_csat: Number = Field(3, ge=1, le=5, description="mean CSAT below which it is red")
    amber_nps: Number = Field(0, ge=-100, le=100, description="NPS below which it is amber")
    red_nps: Number = Field(-50, ge=-100, le=100, description="NPS below which it is red")


class HealthRules(Record):
    """Thresholds of the health rules, by dimension."""

    scope: ScopeRules = Field(ScopeRules(), description="undecided changes")
    schedule: ScheduleRules = Field(ScheduleRules(), description="slip and pace")
    cost: CostRules = Field(CostRules(), description="estimate at completion against budget")
    quality: QualityRules = Field(QualityRules(), description="severe issues and rejected deliverables")
    risk: RiskRules = Field(RiskRules(), description="the highest open risk")
    satisfaction: SatisfactionRules = Field(SatisfactionRules(), description="CSAT and NPS")


class Publishing(Record):
    """Where sites are published and how often reports are due."""

    base_url: Url | None = Field(None, description="address under which the clients' folders are published")
    report_cadence: Cadence | None = Field(None, description="default cadence of reports")


class PdfSettings(Record):
    """How reports are printed."""

    paper: Paper = Field("a4", description="size of the pages: both have the same columns")
    archive: Flag = Field(
        default=False, description="PDF/A-3a besides PDF/UA-1, with the reader's `status.json` inside, for archives"
    )


class Settings(Record):
    """The whole of `kapm.yaml`."""

    organization: Organization = Field(Organization(), description="who delivers")
    language: LanguageTag = Field(
        "en", description="BCP 47 language of internal pages, and of clients that say no other"
    )
    currency: Currency = Field("EUR", description="ISO 4217 currency, unless a client or project says otherwise")
    timezone: Timezone = Field("UTC", description="IANA time zone in which a day begins and ends")
    calendar: Calendar = Field(
        default_factory=Calendar, description="working time, unless a client or project says otherwise"
    )
    calendars: dict[Slug, Calendar] = Field({}, description="further calendars that a task or a person names")
    health: HealthRules = Field(HealthRules(), description="thresholds of the health rules")
    publishing: Publishing = Field(Publishing(), description="addresses and cadence")
    pdf: PdfSettings = Field(PdfSettings(), description="paper and kind of the reports, unless a client says otherwise")
