"""The bytes of the files beside the pages; the same facts always give the same bytes."""

from kapm_site.render.files.calendar import calendar_bytes
from kapm_site.render.files.data import json_bytes
from kapm_site.render.files.feed import feed_bytes
from kapm_site.render.files.table import csv_bytes

__all__ = ["calendar_bytes", "csv_bytes", "feed_bytes", "json_bytes"]
