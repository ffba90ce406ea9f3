"""Feeds as Atom (RFC 4287)."""

from datetime import UTC, date, datetime, time

from kapm_site.pages.files.feed import Feed


def feed_bytes(feed: Feed) -> bytes:
    """Write a feed; its dates are those of the reports, never the clock."""
    from feedgen.feed import FeedGenerator

    atom = FeedGenerator()
    atom.id(feed.id)
    atom.title(feed.title)
    atom.updated(_instant(feed.updated))
    atom.author({"name": feed.author})
    atom.language(feed.language)
    atom.generator("kapm_site")
    atom.link(href=feed.home, rel="alternate", type="text/html")
    if feed.address:
        atom.link(href=feed.address, rel="self", type="application/atom+xml")
    for report in feed.entries:
        entry = atom.add_entry(order="append")
        entry.id(report.id)
        entry.title(report.title)
        entry.updated(_instant(report.day))
        entry.published(_instant(report.day))
        entry.link(href=report.href, rel="alternate", type="text/html")
        entry.summary(report.summary)
    return bytes(atom.atom_str(pretty=True))


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
