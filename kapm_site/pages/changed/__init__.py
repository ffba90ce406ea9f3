"""What has changed between two views of a project, in whole sentences."""

from kapm_site.pages.changed.told import Sentence, told, told_one

__all__ = ["Sentence", "told", "told_one"]
