"""What has changed between two views of a project, in whole sentences."""

from kapm_site.pages.changed.told import told, told_one

__all__ = ["told", "told_one"]
