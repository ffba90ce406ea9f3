"""Imported by the process that the working processes are copied from, so that each finds all loaded and compiled."""

from importlib import import_module

from kapm_site.language import SHIPPED, language_for
from kapm_site.pipeline.sample import make_sample
from kapm_site.render.templates import compile_pages

#: What the processes run, and what that loads with its first use.
_LOADED = (
    "kapm_site.pipeline.project",
    "kapm_site.publish.audit.roots",
    "babel.lists",
    "babel.numbers",
    "icalendar",
    "lxml.etree",
    "pygit2",
)

for name in _LOADED:
    import_module(name)
for tag in SHIPPED:
    language_for(tag).texts()
compile_pages()
make_sample()
