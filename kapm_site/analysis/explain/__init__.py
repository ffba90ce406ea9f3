"""Explains figures: what each is, its formula and source, this project's numbers, and where they are typed.

The tables, one module a topic, name every figure of `status_json` and those that pages show besides.
"""

from kapm_site.analysis.explain.document import document_of
from kapm_site.analysis.explain.explanation import describe, explain, names_in, suggest
from kapm_site.analysis.explain.records import Explanation, Figure, Input, Unit
from kapm_site.analysis.explain.shown import show
from kapm_site.analysis.explain.table import ALIASES, FIGURES, TOPICS

__all__ = [
    "ALIASES",
    "FIGURES",
    "TOPICS",
    "Explanation",
    "Figure",
    "Input",
    "Unit",
    "describe",
    "document_of",
    "explain",
    "names_in",
    "show",
    "suggest",
]
