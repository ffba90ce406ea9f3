"""What the client is asked for: which requests are open, in which order, and how much time there is to answer."""

from datetime import date

from kapm_site.audience.registers import AskView
from kapm_site.audience.views import ProjectView
from kapm_site.language import Language
from kapm_site.model.order import natural
from kapm_site.pages.blocks import Tone


def open_asks(view: ProjectView) -> list[AskView]:
    """Sort the open requests, those due first before the others."""
    waiting = (ask for ask in view.asks if ask.status == "open")
    return sorted(waiting, key=lambda ask: (ask.due or date.max, natural(ask.id)))


def due_text(ask: AskView, words: Language) -> tuple[str, Tone]:
    """Say when an ask is due, and how urgent that is."""
    if ask.due is None:
        return "", ""
    left, tone = time_left(ask, words)
    if not left or tone == "warn":
        return left or words.text("page.due_on", date=words.date(ask.due)), tone
    if not tone:
        return words.text("page.due_left", date=words.date(ask.due, "short"), days=words.days(ask.days_left or 0)), ""
    due = words.text("page.due_on", date=words.date(ask.due, "short"))
    return words.text("page.joined", first=due, second=left), tone


def time_left(ask: AskView, words: Language) -> tuple[str, Tone]:
    """Say how much time there is to answer, and how urgent that is; nothing where that is not known."""
    if ask.days_left is None:
        return "", ""
    if ask.days_left < 0:
        return words.text("page.overdue_by", days=words.days(-ask.days_left)), "bad"
    if ask.days_left < 1:
        return words.text("page.due_today"), "warn"
    return words.text("page.days_left", days=words.days(ask.days_left)), ""
