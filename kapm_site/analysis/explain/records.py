"""What explains a figure: what it is, its formula, the numbers put in, and where each of them is typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from kapm_site.analysis.explain.document import look_up
from kapm_site.analysis.explain.plan import Weighing, weighing_of
from kapm_site.analysis.records import Analysis, TaskFigures
from kapm_site.problem import Mark

#: How a value is written for people; `group` holds further figures.
Unit = Literal[
    "money", "percent", "points", "ratio", "days", "number", "date", "moment", "health", "text", "flag", "list", "group"
]


@dataclass(frozen=True, slots=True)
class Input:
    """Something a figure is made of.

    Attributes:
        name: What it is; the dotted name where it is a figure itself.
        value: As in the JSON.
        mark: Where it is typed; None of what is computed or a default.
    """

    name: str
    value: Any
    unit: Unit = "text"
    mark: Mark | None = None


@dataclass(frozen=True)
class Case:
    """A figure of a project that is to be explained.

    Attributes:
        document: All figures by their keys.
        keys: The path to the figure in the document.
    """

    analysis: Analysis
    document: Mapping[str, Any]
    keys: tuple[str, ...]

    @property
    def value(self) -> Any:
        """The figure itself."""
        return look_up(self.document, self.keys)

    def figure(self, name: str) -> Any:
        """Return another figure; a name that begins with a point is one beside this."""
        keys = (*self.keys[:-1], name[1:]) if name.startswith(".") else tuple(name.split("."))
        return look_up(self.document, keys)

    @property
    def task(self) -> TaskFigures:
        """The task whose figure this is."""
        return self.analysis.schedule.tasks[self.keys[2]]

    @cached_property
    def weighing(self) -> Weighing:
        """What the tasks weigh in percentages, and how long the project is planned to take."""
        return weighing_of(self.analysis)


Inputs = Callable[[Case], Iterable[Input]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in general.

    Attributes:
        sentence: What it is, for a reader who has never managed a project.
        formula: With its standard name.
        source: Where the formula comes from.
        numbers: The formula with the numbers put in: a text with names of figures in braces, `{}` for this one and
            `{.ev}` for one beside it, or a function that writes it.
        inputs: What it is made of, by functions that find it.
        settings: The thresholds and choices that decide it.
        remedy: What to add where it is not known.
    """

    unit: Unit
    sentence: str
    formula: str
    source: str
    numbers: str | Callable[[Case], str] = ""
    inputs: tuple[Inputs, ...] = ()
    settings: tuple[Inputs, ...] = ()
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a figure of a project came about.

    Attributes:
        figure: Its dotted name.
        value: As in the JSON, unrounded; None where the data do not support it.
        shown: As a page writes it in English.
        with_numbers: The formula with the project's numbers; empty where one of them is not known.
        parts: The figures below it, of one that holds further ones.
        reason: Why the value is not known; empty where it is.
        remedy: What to add then.
    """

    figure: str
    value: Any
    shown: str
    sentence: str
    formula: str
    source: str
    with_numbers: str = ""
    inputs: tuple[Input, ...] = ()
    settings: tuple[Input, ...] = ()
    parts: tuple[Input, ...] = ()
    reason: str = ""
    remedy: str = ""
