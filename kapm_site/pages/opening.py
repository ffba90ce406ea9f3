"""What a report begins with, on the site and in print: how it stands, what the reader must do, what has changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import ceil

from kapm_site.audience.charter import HealthView
from kapm_site.audience.registers import AskView
from kapm_site.audience.views import ProjectView
from kapm_site.compare import compare
from kapm_site.language import Language, isolated
from kapm_site.pages.asks import due_text, open_asks
from kapm_site.pages.blocks import Tone
from kapm_site.pages.changed import told
from kapm_site.pages.charts.lettering import text_width
from kapm_site.pages.excerpts import first_sentence
from kapm_site.pages.fields import titled
from kapm_site.pages.imprint import Imprint, report_name
from kapm_site.pages.reasons import silence_text
from kapm_site.pages.setting import Setting

#: Pixels: sizes of the title of an ask and of its date, and the column they stand in less a gap.
_TITLE, _SMALL_TITLE, _ROOM = (16, 12), (14, 11.3), 550
#: Pixels: sizes of a change in print, and the width of its column as far as lines fill it.
_LINE, _SMALL_LINE, _COLUMN = 12, 11.3, 550


@dataclass(frozen=True, slots=True)
class Ask:
    """What is needed from the client; `effect` is Markdown, `facts` its kind and how long it waits, on paper."""

    title: str
    owner: str
    due: str
    tone: Tone
    effect: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Health of one dimension; `was` is empty where it stands as before."""

    name: str
    health: str
    text: str
    was: str
    was_health: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since the last report.

    Attributes:
        note: Which report that was.
        lines: Sentences, the important first; in print the last one counts what is left out.
        rest: Those that the site shows on demand, and `more` the words for it.
        none: Said where nothing has changed.
    """

    title: str
    note: str
    lines: tuple[str, ...]
    rest: tuple[str, ...]
    more: str
    none: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The head of a report.

    Attributes:
        parties: Who reports to whom.
        facts: Lines of number and status date, and of code and period.
        headline_language: Of an author's headline, as in `Prose`.
        silent: Since when nobody has said anything, where the health is stale.
        was: Health of the last report in words, and `was_health` its mark.
        reason: Why a declared health was declared, as far as the reader may know.
        dates_beside: Every ask has room for its date beside its title.
        asks_note: What stands small below the label.
        changes: None where there is nothing to compare with.
    """

    client: str
    logo: str | None
    parties: str
    facts: tuple[str, ...]
    title: str
    health: str
    health_text: str
    silent: str
    was: str
    was_health: str
    headline: str
    headline_language: str
    reason: str
    asks_title: str
    asks_note: str
    asks_none: str
    asks: tuple[Ask, ...]
    dates_beside: bool
    changes: Changes | None
    strip_title: str
    strip: tuple[Standing, ...]


def opening(
    view: ProjectView,
    setting: Setting,
    imprint: Imprint,
    *,
    most_asks: int,
    most_changes: int,
    compact: bool = False,
) -> Opening:
    """Fill the head of a report.

    Args:
        view: The project.
        setting: Language and medium.
        imprint: Number and logo.
        most_asks: How many asks are shown; the rest is counted.
        most_changes: How many changes stand open on the site, the rest behind a click; how many lines they have in
            print, where the rest is counted.
        compact: The edition is set smaller, and tells changes without their reasons.
    """
    words = setting.words
    asks = open_asks(view)
    since = view.report.status_date if view.report else None
    whole = setting.medium == "print" and not compact
    shown = tuple(_ask(ask, words, whole=whole) for ask in asks[:most_asks])
    return Opening(
        client=view.client_name,
        logo=imprint.logo,
        parties=" → ".join(isolated(part) for part in (view.organization.name, view.client_name) if part),
        facts=_facts(view, imprint, words),
        title=view.name,
        health=view.health.health,
        health_text=words.text(f"health.{view.health.health}"),
        silent=silence_text(view.health, words),
        was=_was(view.health, since, words),
        was_health=view.health.previous or "",
        headline=headline(view, setting),
        headline_language=setting.written if view.narrative and view.narrative.headline else "",
        reason=_reason(view.health, words),
        asks_title=words.text("section.needs_you"),
        asks_note=_asks_note(len(asks), most_asks, words),
        asks_none=words.text("page.nothing_needed"),
        asks=shown,
        dates_beside=all(_fits(ask, compact=compact) for ask in shown),
        changes=_changes(view, setting, most_changes, compact=compact, above={ask.id for ask in asks[:most_asks]}),
        strip_title=words.text("section.health"),
        strip=tuple(_standing(name, health, words) for name, health in view.dimensions),
    )


def headline(view: ProjectView, setting: Setting) -> str:
    """Give the author's headline, or say by rule how the project stands."""
    if view.narrative and view.narrative.headline:
        return view.narrative.headline
    return _computed(view, setting.words)


def _facts(view: ProjectView, imprint: Imprint, words: Language) -> tuple[str, ...]:
    period = view.narrative.period if view.narrative else None
    number = f"{report_name(imprint, words)} · {words.text('page.status_date', date=words.date(view.status))}"
    span = words.text("page.period", period=words.period(*period)) if period else ""
    second = " · ".join(part for part in (isolated(view.code or ""), span) if part)
    return (number, second) if second else (number,)


def _was(health: HealthView, since: date | None, words: Language) -> str:
    if health.previous is None or since is None:
        return ""
    before = words.text(f"health_word.{health.previous}")
    return words.text("page.previous_health", health=before, date=words.date(since, "short"))


def _reason(health: HealthView, words: Language) -> str:
    return words.text("page.declared_reason", reason=health.reason) if health.declared and health.reason else ""


def _asks_note(count: int, shown: int, words: Language) -> str:
    if count > shown:
        return words.text("page.top_of", shown=words.number(shown), total=words.number(count))
    return words.plural("page.open_count", count) if count else ""


def _ask(ask: AskView, words: Language, *, whole: bool) -> Ask:
    """Write an ask; `whole`: with all that is known of it, as no section of the full report says it again."""
    due, tone = due_text(ask, words)
    effect = (ask.effect.strip() if whole else first_sentence(ask.effect)).rstrip(".。") if ask.effect else ""
    told = words.text("page.otherwise", effect=effect) if effect else ""
    title = titled(words, ask.id, ask.title) if whole else ask.title
    return Ask(title, ask.owner or "", due, tone, told, _facts_of(ask, words) if whole else ())


def _facts_of(ask: AskView, words: Language) -> tuple[str, ...]:
    kind = words.text(f"ask_kind.{ask.kind}")
    if ask.days_waiting is None:
        return (kind,)
    days = words.days(ask.days_waiting)
    return kind, words.text("page.labelled", label=words.text("label.days_waiting"), value=days)


def _fits(ask: Ask, *, compact: bool) -> bool:
    """Tell whether title and date have room in one line."""
    title, due = _SMALL_TITLE if compact else _TITLE
    return text_width(ask.title, title, bold=True) + text_width(ask.due, due, bold=bool(ask.tone)) < _ROOM


def _changes(
    view: ProjectView, setting: Setting, most: int, *, compact: bool, above: Collection[str]
) -> Changes | None:
    """Say how the reader's view differs from the one in the last report; `above` are the asks just read."""
    if view.before is None:
        return None
    words = setting.words
    differences = compare(view.before, view)
    fresh = sorted(differences, key=lambda one: one.topic == "ask" and one.kind == "added" and one.id in above)
    found = told(fresh, words, view.currency, short=compact)
    shown = most if setting.medium == "web" else _fitting(found, most, compact=compact)
    lines, rest = list(found[:shown]), found[shown:]
    more = ""
    if rest and setting.medium == "web":
        more = words.text("page.show_all", total=words.number(len(found)))
    elif rest:
        lines.append(words.plural("page.more_on_site", len(rest)))
    return Changes(
        title=words.text("section.changed"),
        note=_previous_report(view, words),
        lines=tuple(lines),
        rest=rest if more else (),
        more=more,
        none="" if found else words.text("page.nothing_changed"),
    )


def _fitting(found: Sequence[str], lines: int, *, compact: bool) -> int:
    """Count the sentences that fill no more lines, a last one for the count of the others; it is at least one."""
    size = _SMALL_LINE if compact else _LINE
    ends = list(accumulate(ceil(text_width(one, size) / _COLUMN) for one in found))
    if not ends or ends[-1] <= lines:
        return len(found)
    return max(sum(end < lines for end in ends), 1)


def _previous_report(view: ProjectView, words: Language) -> str:
    if view.report is None:
        return ""
    return words.text("page.previous_report", number=str(view.report.number), date=words.date(view.report.status_date))


def _standing(name: str, health: HealthView, words: Language) -> Standing:
    moved = health.previous is not None and health.previous != health.health
    was = words.text("page.was", before=words.text(f"health_word.{health.previous}")) if moved else ""
    return Standing(
        name=words.text(f"dimension.{name}"),
        health=health.health,
        text=words.text(f"health.{health.health}"),
        was=was,
        was_health=health.previous or "" if moved else "",
    )


def _computed(view: ProjectView, words: Language) -> str:
    health, finish = view.health.health, view.schedule.forecast_finish
    if health == "stale":
        since = view.health.silent_since
        return words.text("headline.stale", date=words.date(since, "long")) if since else ""
    if health == "unknown" or finish is None:
        return words.text("headline.unknown")
    day = words.date(finish, "long")
    if health == "green":
        return _well(view, day, words)
    names = [words.text(f"dimension.{name}") for name, one in view.dimensions if one.health == health]
    dimensions = words.list(names) if names else words.text("dimension.overall")
    if health == "red":
        return words.text("headline.off_track", dimensions=dimensions, finish=day)
    return words.text("headline.at_risk", dimensions=dimensions, finish=day)


def _well(view: ProjectView, day: str, words: Language) -> str:
    """Say of a project on track when it is finished, or that it is."""
    if view.tasks and view.actual_percent == 100:  # noqa: PLR2004 -- per cent
        return words.text("headline.finished", finish=day)
    slip = view.schedule.agreed_slip_days or 0
    if slip < 0:
        return words.text("headline.early", finish=day, days=words.days(-slip))
    return words.text("headline.on_track", finish=day)
