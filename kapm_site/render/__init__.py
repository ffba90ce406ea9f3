"""Finished facts become pages and PDF: the only user of Jinja2, Markdown, nh3, Pillow and WeasyPrint."""

from kapm_site.render.folders import templates_folder

__all__ = ["templates_folder"]
