"""Two views of a project → what differs, the important first: computed from records, never from lines of text."""

from kapm_site.compare.difference import Difference, Kind, Topic, Value

__all__ = ["Difference", "Kind", "Topic", "Value"]
