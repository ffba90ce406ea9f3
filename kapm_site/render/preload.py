"""Imported by the process that the PDF processes are copied from, so that each finds WeasyPrint loaded."""

from kapm_site.problem import Mark
from kapm_site.render.pango import pango_problem

pango_problem(Mark("."))
