"""What a report says of itself: number, version, address, for the foot of its pages and the file's own data."""

from dataclasses import dataclass

from kapm_site.audience.views import EnclosedView, ProjectView
from kapm_site.language import Language, isolated, language_for
from kapm_site.pages.charts.lettering import shorten, text_width
from kapm_site.pages.links import Link, Links
from kapm_site.pages.setting import Setting

_PAGE, _PAGES = "\ue000", "\ue001"
#: Pixels in print: the size of the running lines, the room above and below a page, and what a name keeps of it.
_SIZE, _ABOVE, _BELOW, _KEPT = 10, 445, 580, 0.4
_DOT = " · "


@dataclass(frozen=True, slots=True)
class Version:
    """The state of the sources that a page was made from.

    Attributes:
        commit: Short id of the commit.
        draft: The sources have changes that are in no commit, so the state cannot be found again.
    """

    commit: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Imprint:
    """What whoever builds a report knows of it.

    Attributes:
        number: Of a released report, None for a draft.
        version: None where the sources are in no commit.
        address: Of the project's page on the site, empty where it is not published.
        distribution: Names of those who receive this edition.
        logo: Address of the client's logo among the files of the PDF, None without one.
    """

    number: int | None = None
    version: Version | None = None
    address: str = ""
    distribution: tuple[str, ...] = ()
    logo: str | None = None

    @property
    def shown_address(self) -> str:
        """Write the address without what every address begins and ends with."""
        return self.address.split("://", 1)[-1].rstrip("/")


@dataclass(frozen=True, slots=True)
class PrintHead:
    """The data of the file itself; `created` is the status date, since the clock's would differ with each build."""

    title: str
    language: str
    author: str
    description: str
    created: str


@dataclass(frozen=True, slots=True)
class Running:
    """What repeats on every page; the words before, between and after the page and the number of pages."""

    project: str
    imprint: str
    before: str
    between: str
    after: str


def report_name(imprint: Imprint, words: Language) -> str:
    """Name a report by its number, or as a draft."""
    if imprint.number is None:
        return words.text("page.report_draft")
    return words.text("page.report_number", number=str(imprint.number))


def pdf_links(links: Links, enclosed: EnclosedView | None, words: Language) -> tuple[Link, ...]:
    """Offer the PDFs; those of a released report by its number, since the page may be of a later day."""
    if enclosed is None:
        named = ((words.text("page.pdf_full"), links.pdf_full), (words.text("page.pdf_brief"), links.pdf_brief))
    else:
        full = words.text("page.pdf_full_number", number=str(enclosed.number))
        brief = words.text("page.pdf_brief_number", number=str(enclosed.number))
        named = ((full, links.pdf_full), (brief, links.pdf_brief))
    language = links.pdf_language
    note = f" · {language_for(language).text('language.name')}" if language else ""
    return tuple(Link(f"{text}{note}", href, language) for text, href in named if href)


def version_line(version: Version | None, words: Language) -> str:
    """Name the state of the sources; nothing where there is none."""
    if version is None:
        return ""
    if version.draft:
        return words.text("page.version_draft", version=version.commit)
    return words.text("page.version", version=version.commit)


def print_head(view: ProjectView, setting: Setting, imprint: Imprint, edition: str) -> PrintHead:
    """Fill the data of the file; `edition` is the name of the edition."""
    words = setting.words
    title = " · ".join((isolated(view.name), report_name(imprint, words), edition, words.date(view.status, "long")))
    author = view.organization.name or view.client_name
    return PrintHead(title, words.tag, author, title, view.status.isoformat())


def running(view: ProjectView, setting: Setting, imprint: Imprint) -> Running:
    """Write the running lines."""
    words = setting.words
    counted = words.text("page.page_of", page=_PAGE, pages=_PAGES)
    before, rest = counted.split(_PAGE, 1)
    between, after = rest.split(_PAGES, 1)
    status = words.text("page.status_date", date=words.date(view.status))
    line = (report_name(imprint, words), status, version_line(imprint.version, words))
    return Running(
        project=_led(view.client_name, (isolated(view.name),), _ABOVE),
        imprint=_led(view.organization.name, line, _BELOW),
        before=before,
        between=between,
        after=after,
    )


def _led(name: str, others: tuple[str, ...], room: float) -> str:
    """Write a name and what follows it; a long name gives way to the others, which the style sheet shortens."""
    told = _DOT.join(part for part in others if part)
    left = room - text_width(f"{_DOT}{told}", _SIZE)
    shown = isolated(shorten(name, max(left, room * _KEPT), _SIZE))
    return _DOT.join(part for part in (shown, told) if part)
