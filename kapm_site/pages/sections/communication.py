"""Section 17, communication: when reports and meetings come, how to reach whom, and what meetings brought."""

from kapm_site.audience.charter import ChannelView, PlannedMeetingView
from kapm_site.audience.registers import MeetingView
from kapm_site.audience.views import ProjectView
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Block, Cell, Column, Row, Section, Table
from kapm_site.pages.fields import cadence_text, filled, identity, listed, plain, register, sentences, written
from kapm_site.pages.print_widths import side_by_side
from kapm_site.pages.setting import Setting


def communication(view: ProjectView, setting: Setting) -> Section | None:
    """Show the communication plan, the meetings that are to come, and those that were held."""
    tables = (_regular(view, setting), _channels(view, setting), *_meetings(view, setting))
    blocks: list[Block] = [table for table in tables if table]
    if setting.medium == "print":
        blocks = side_by_side(blocks)
    finding = _finding(view, setting)
    if not blocks and not finding:
        return None
    return Section("communication", setting.words.text("section.communication"), finding, blocks=tuple(blocks))


def _finding(view: ProjectView, setting: Setting) -> str:
    words, plan = setting.words, view.communication
    told = ""
    if plan.cadence:
        cadence = cadence_text(words, plan.cadence)
        told = words.text("finding.communication_report", cadence=cadence)
        if plan.weekday:
            day = words.text(f"weekday.{plan.weekday}")
            told = words.text("finding.communication_report_day", cadence=cadence, day=day)
    return sentences(words, told, _latest(view, setting))


def _latest(view: ProjectView, setting: Setting) -> str:
    """Count the meetings since the last report, or name the last one."""
    words = setting.words
    held = [meeting for meeting in view.meetings if meeting.date <= view.status]
    if not held:
        return ""
    since = view.report.status_date if view.report else None
    fresh = [meeting for meeting in held if since and meeting.date > since]
    if since and fresh:
        return words.plural("finding.meetings", len(fresh), date=words.date(since))
    last = max(held, key=lambda meeting: (meeting.date, natural(meeting.id)))
    return words.text("finding.meetings_latest", date=words.date(last.date), name=last.name)


def _regular(view: ProjectView, setting: Setting) -> Table | None:
    meetings = view.communication.meetings
    if not meetings:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.meeting")),
        Column(words.text("label.cadence")),
        Column(words.text("label.attendees"), "long"),
    )
    rows = [_planned(meeting, setting) for meeting in meetings]
    heading = words.text("section.regular_meetings")
    return register(setting, heading, columns, rows, heading=heading, dense=True)


def _planned(meeting: PlannedMeetingView, setting: Setting) -> Row:
    words = setting.words
    cells = (
        Cell(meeting.name, tone="strong"),
        Cell(cadence_text(words, meeting.cadence)),
        listed(words, meeting.attendees),
    )
    return Row(cells, id=f"regular-{meeting.id}", details=filled(_hidden_in_print(meeting.id, setting)))


def _hidden_in_print(record_id: str, setting: Setting) -> tuple[str, Cell]:
    """Give an id that is nowhere quoted: a line of its own on paper would be waste."""
    label, cell = identity(setting.words, record_id)
    return label, cell if setting.medium == "web" else Cell()


def _channels(view: ProjectView, setting: Setting) -> Table | None:
    channels = view.communication.channels
    if not channels:
        return None
    words = setting.words
    columns = (
        Column(words.text("label.channel")),
        Column(words.text("label.for"), "long"),
        Column(words.text("label.contact")),
    )
    rows = [Row((Cell(one.name, tone="strong"), plain(one.for_), _address(one))) for one in channels]
    heading = words.text("section.channels")
    return register(setting, heading, columns, rows, heading=heading, dense=True)


def _address(channel: ChannelView) -> Cell:
    """Show where a channel leads; a channel with a link and an address shows both."""
    if channel.url:
        return Cell(_bare(channel.url), href=channel.url, note=channel.email or "")
    return Cell(channel.email, href=f"mailto:{channel.email}") if channel.email else Cell()


def _bare(url: str) -> str:
    return url.split("://", 1)[-1].removeprefix("mailto:").rstrip("/")


def _meetings(view: ProjectView, setting: Setting) -> list[Table]:
    """List the meetings that have a date, the next first, then those held, the last first."""
    words = setting.words
    ordered = sorted(view.meetings, key=lambda meeting: (meeting.date, natural(meeting.id)))
    coming = [meeting for meeting in ordered if meeting.date > view.status]
    held = [meeting for meeting in reversed(ordered) if meeting.date <= view.status]
    tables = []
    if coming:
        # The file has all meetings, and is linked once.
        file = "" if held else "meetings"
        tables.append(_meeting_table(coming, words.text("section.meetings_coming"), file, setting))
    if held:
        tables.append(_meeting_table(held, words.text("section.meetings_held"), "meetings", setting))
    return tables


def _meeting_table(meetings: list[MeetingView], heading: str, file: str, setting: Setting) -> Table:
    words = setting.words
    columns = (
        Column(words.text("label.meeting")),
        Column(words.text("label.date"), "date"),
        Column(words.text("label.attendees"), "long"),
    )
    rows = [_meeting(meeting, setting) for meeting in meetings]
    return register(setting, heading, columns, rows, heading=heading, lead=2, printed=1, dense=True, file=file)


def _meeting(meeting: MeetingView, setting: Setting) -> Row:
    words = setting.words
    cells = (Cell(meeting.name, tone="strong"), setting.day(meeting.date), listed(words, meeting.attendees))
    details = filled(
        (words.text("label.notes"), written(setting, meeting.notes)),
        (words.text("label.decisions"), listed(words, meeting.decisions)),
        (words.text("label.actions"), listed(words, meeting.actions)),
        _hidden_in_print(meeting.id, setting),
    )
    return Row(cells, id=f"meeting-{meeting.id}", details=details)
