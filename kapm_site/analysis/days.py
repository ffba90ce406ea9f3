"""Which day an instant is shown as."""

from datetime import date, datetime, timedelta


def finish_day(instant: datetime) -> date:
    """Return the day on which something finishes: work until 24:00 ends on the day before that midnight."""
    if instant.hour or instant.minute or instant.second or instant.toordinal() == 1:
        return instant.date()
    return (instant - timedelta(days=1)).date()
