"""What goes into a PDF and what comes out: plain values that also cross a process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from kapm_site.problem import Mark

Variant = Literal["pdf/ua-1", "pdf/a-3a"]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the PDF.

    Attributes:
        name: Its name for the reader.
        content: The file.
        created: Its date, since a PDF must state one; never the clock's, or bytes would differ.
        description: One line for the list of attachments.
        relationship: To the report, as PDF/A-3 names it.
    """

    name: str
    content: bytes
    created: datetime
    description: str = ""
    relationship: Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"] = "Supplement"


@dataclass(frozen=True, slots=True)
class Job:
    """One PDF to make.

    Attributes:
        html: The whole document, with `lang`, `title` and, if it shall have a date, `dcterms.created`.
        css: The print style sheet. The families `Kapm Sans` and `Kapm Sans SC` are there without a rule.
        assets: Every file the HTML or CSS may refer to, by the relative address that it uses.
        mark: Where a problem with this PDF is shown.
        variant: `pdf/ua-1` is accessible; `pdf/a-3a` is for archives as well.
        attachments: Files inside it.
        shorter: Other forms of a document that must fit on one page, tried in turn until one does.
        single: It must.
    """

    html: str
    css: str
    assets: Mapping[str, bytes] = field(default_factory=dict)
    mark: Mark = field(default_factory=lambda: Mark("."))
    variant: Variant = "pdf/ua-1"
    attachments: tuple[Attached, ...] = ()
    shorter: tuple[str, ...] = ()
    single: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of a PDF's outline; pages count from 1."""

    title: str
    page: int
    children: tuple["Heading", ...] = ()


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF.

    Attributes:
        content: The file.
        pages: How many.
        surplus: By how many millimetres a document that must have one page is longer, in its shortest form.
        outline: Its bookmarks.
        log: What the engine warned of, such as CSS that it does not know: for whoever writes the templates. A
            style sheet is read once a process, so what is wrong in it is told with its first document.
    """

    content: bytes
    pages: int
    outline: tuple[Heading, ...] = ()
    log: tuple[str, ...] = ()
    surplus: float = 0.0
