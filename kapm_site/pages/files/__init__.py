"""What the files beside the pages say: facts for the calendar, the feed, the tables, and the data file.

Rendering turns the facts into bytes (`kapm_site.render.files`).
"""

from kapm_site.pages.files.calendar import Calendar, Event, project_calendar
from kapm_site.pages.files.feed import Feed, FeedEntry, client_feed
from kapm_site.pages.files.registers import register_rows
from kapm_site.pages.files.status import client_status
from kapm_site.pages.files.tasks import task_rows

__all__ = [
    "Calendar",
    "Event",
    "Feed",
    "FeedEntry",
    "client_feed",
    "client_status",
    "project_calendar",
    "register_rows",
    "task_rows",
]
