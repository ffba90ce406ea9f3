"""Where a page's links lead: finished addresses, given by whoever decides on file names."""

from dataclasses import dataclass

from kapm_site.pages.languages import LanguageLink


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses as a page writes them, relative to the page; None where there is nothing to link to.

    Attributes:
        css: The style sheet.
        script: The script.
        table: The tasks as CSV.
        data: The figures as JSON.
        pdf_language: Tag of the language of the PDFs where that is not the page's.
        home: The page above: all projects of the client, or the portfolio.
        logo, client_logo: Published copies of the logos.
        icon: Of the browser's tab.
    """

    css: str
    pdf_language: str = ""
    pdf_full: str | None = None
    pdf_brief: str | None = None
    calendar: str | None = None
    feed: str | None = None
    table: str | None = None
    data: str | None = None
    home: str | None = None
    logo: str | None = None
    client_logo: str | None = None
    script: str | None = None
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words; `language` is that of what it leads to, where that is not the page's."""

    text: str
    href: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the head of every page.

    Attributes:
        title: For the browser's tab.
        language: BCP 47.
        css: Address of the style sheet.
        feed: Address of the Atom feed, None without one.
        script: Address of the script, None without one.
        icon: Address of the picture in the browser's tab.
        home: The page whose projects are searched together; None where a page is searched alone.
        languages: The page in each of its languages; empty where it has but one.
    """

    title: str
    language: str
    css: str
    feed: str | None = None
    script: str | None = None
    home: str | None = None
    icon: str | None = None
    languages: tuple[LanguageLink, ...] = ()
