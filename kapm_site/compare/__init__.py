"""Two views of a project → what differs, the important first: computed from records, never from lines of text."""

from kapm_site.compare.difference import Difference, Kind, Topic, Value
from kapm_site.compare.machine import difference_json
from kapm_site.compare.project import compare

__all__ = ["Difference", "Kind", "Topic", "Value", "compare", "difference_json"]
