"""What has changed, in whole sentences: every kind of difference, in every language, and the quiet ones together."""

import re
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

import pytest

from kapm_site.compare import Difference
from kapm_site.compare.ranking import WEIGHTS
from kapm_site.language import SHIPPED, Language, language_for
from kapm_site.language.messages import list_ids
from kapm_site.pages.changed import told, told_one
from kapm_site.pages.changed.told import TELLERS

#: Figures and their units do not part at the end of a line.
NB = "\N{NO-BREAK SPACE}"
OLD, NEW, LATER = date(2026, 12, 18), date(2027, 1, 14), date(2027, 1, 26)


def d(topic: Any, kind: Any, name: str = "Name", **given: Any) -> Difference:
    """Make a difference."""
    return Difference(topic, kind, name=name, **given)


def say(difference: Difference, tag: str = "en") -> str:
    """Say it with plain spaces."""
    return told_one(difference, language_for(tag), "EUR").replace(NB, " ")


def rule(rule_id: str | None, **facts: object) -> dict[str, object]:
    """Make the facts of a health: the rule that decided, with its values."""
    return {"rule_id": rule_id, "facts": facts, "declared": False, "reason": None}


def moves(topic: str, **given: object) -> list[Difference]:
    """Move a date later, earlier, within a day of work, and from and to nowhere."""
    return [
        d(topic, "moved", before=OLD, after=NEW, days=13.0, **given),
        d(topic, "moved", before=NEW, after=OLD, days=-13.0, **given),
        d(topic, "moved", before=OLD, after=NEW, days=0.0, **given),
        d(topic, "moved", before=OLD, after=NEW, **given),
        d(topic, "moved", after=NEW, **given),
        d(topic, "moved", before=OLD, **given),
    ]


def levels(topic: str, **facts: object) -> list[Difference]:
    """Let a figure rise, fall, change by less than is written, come and go."""
    pairs = ((2.0, 4.0), (4.0, 2.0), (2.0, 2.001), (None, 4.0), (2.0, None))
    return [d(topic, "changed", before=before, after=after, facts=facts) for before, after in pairs]


def states(topic: str, *words: str | None) -> list[Difference]:
    """Bring something into each state."""
    return [d(topic, "changed", before="open", after=word) for word in words]


def healths(topic: str) -> list[Difference]:
    """Turn health in each way, by a rule, by a person, and by nothing the reader may know."""
    slip = rule("reason.schedule_slip", days=8.0)
    declared = {**rule(None), "declared": True}
    return [
        d(topic, "changed", id="schedule", before="green", after="amber", facts=slip),
        d(topic, "changed", id="schedule", before="red", after="amber", facts={**declared, "reason": "It holds."}),
        d(topic, "changed", id="schedule", before="amber", after="stale", facts=declared),
        d(topic, "changed", id="schedule", after="green", facts=rule("reason.unknown")),
        d(topic, "changed", id="schedule", before="green"),
    ]


def crossings() -> list[Difference]:
    """Let a key figure cross its thresholds."""
    known = [(93.0, 97.5), (None, 97.0), (97.0, 97.0), (97.0, None)]
    words = ("green", "amber", "red", "unknown")
    facts = [{"status_before": None, "status_after": word, "unit": "%"} for word in words]
    return [d("kpi", "crossed", before=old, after=new, facts=one) for one in facts for old, new in known]


FIGURES = [
    *healths("health"),
    *healths("dimension"),
    *moves("finish"),
    *moves("forecast", facts={"p50_before": OLD, "p50_after": NEW}),
    *(one for topic in ("progress", "budget", "eac", "spent", "kpi") for one in levels(topic)),
    *levels("satisfaction", nps_before=10.0, nps_after=-5.0),
    *levels("satisfaction", nps_before=None, nps_after=5.0),
    *levels("satisfaction", nps_before=5.0, nps_after=None),
    *levels("satisfaction", nps_before=5.0, nps_after=8.0),
    *levels("satisfaction"),
    *levels("progress", planned_after=70.0),
    *levels("kpi", unit="days"),
    *crossings(),
    *levels("budget", contingency_before=3.0, contingency_after=4.0),
    *levels("budget", contingency_before=4.0, contingency_after=3.0),
    *levels("budget", contingency_before=None, contingency_after=3.0),
    *levels("budget", contingency_before=4.0, contingency_after=None),
    d("satisfaction", "changed", facts={"nps_before": 5.0, "nps_after": 8.0}),
    d("kpi", "added", after=4.0),
    d("kpi", "added"),
    d("kpi", "removed", before=4.0),
    d("baseline", "added", after=OLD),
    d("baseline", "added"),
]
CAUSES = ("allocation", "resources", "communication", "scope", "dependency", "client", "technical", "other")
PLAN = [
    *(one for topic in ("milestone", "task") for one in moves(topic)),
    *(d("milestone", "moved", before=OLD, after=NEW, days=13.0, cause=cause) for cause in CAUSES),
    d("task", "moved", before=OLD, after=NEW, days=13.0, cause="client"),
    d("task", "moved", before=OLD, after=NEW, days=13.0, cause="none"),
    *(d("milestone", "done", before=OLD, after=NEW, days=days) for days in (13.0, -13.0, 0.0, None)),
    *(d(topic, "done") for topic in ("milestone", "task")),
    *(d(topic, kind) for topic in ("milestone", "task") for kind in ("added", "removed", "reopened")),
    *(d("task", kind, facts={"tasks": count}) for kind in ("added", "removed") for count in (0, 1, 5)),
    d("milestone", "added", after=NEW),
    d("milestone", "removed", before=OLD),
    d("task", "done", before=OLD, after=NEW),
    *states("deliverable", "pending", "submitted", "accepted", "rejected", None),
    *levels("goal", unit="hours", field="current"),
    *levels("goal", unit="%", field="target"),
    *(replace(one, topic="goal", kind="changed", facts={"field": "due"}) for one in moves("task")),
    *(d("goal", kind) for kind in ("added", "removed", "done", "changed")),
    *states("training", "planned", "cancelled"),
    *(replace(one, kind="changed") for one in moves("training")),
    *(
        d(topic, kind, after=day)
        for topic, kind in (("training", "added"), ("training", "done"))
        for day in (NEW, None)
    ),
    *(d("meeting", "added", after=day) for day in (NEW, None)),
    d("lesson", "added"),
    d("person", "added", "Ada Okafor", after="Lead"),
    d("person", "removed", "Ada Okafor"),
]
REGISTERS = [
    *(d("risk", kind) for kind in ("added", "done", "occurred", "removed", "reopened")),
    d("risk", "added", after=(4.0, 4.0)),
    d("risk", "moved", before=(2.0, 4.0), after=(4.0, 4.0), facts={"score_before": 8.0, "score_after": 16.0}),
    d("risk", "moved", before=(4.0, 4.0), after=(2.0, 4.0), facts={"score_before": 16.0, "score_after": 8.0}),
    d("risk", "moved", before=(2.0, 4.0), after=(4.0, 2.0), facts={"score_before": 8.0, "score_after": 8.0}),
    d("risk", "moved", before=(None, 4.0), after=(4.0, 2.0), facts={"score_before": None, "score_after": 8.0}),
    d("risk", "moved", before=(2.0, 4.0), after=(None, None), facts={"score_before": 8.0, "score_after": None}),
    *(d("issue", "changed", before=old, after=new) for old, new in ((2.0, 4.0), (4.0, 2.0), (None, 4.0), (4.0, None))),
    *(d("issue", "added", after=severity) for severity in (5.0, None)),
    *(d("issue", "done", facts={"resolution": text}) for text in ("Two **new** radios. More.", None)),
    d("issue", "reopened"),
    *(d("assumption", kind) for kind in ("added", "done")),
    *(d("dependency", "added", after=day) for day in (NEW, None)),
    d("dependency", "done"),
    *states("dependency", "open", "broken"),
    *(replace(one, kind="changed") for one in moves("dependency")),
    *(
        d("change", kind, before="proposed", after=word, facts={"by": by, "cost": cost, "days": days})
        for kind in ("decided", "changed")
        for word in ("approved", "rejected", "implemented", "proposed")
        for by in ("Kim Vogt", None)
        for cost, days in ((18000.0, 5.0), (-1000.0, None), (0.0, -1.0), (None, None))
    ),
    *(d("change", "added", facts={"cost": cost, "days": 0.0}) for cost in (18000.0, None)),
    *(d("decision", "added", after=day) for day in (NEW, None)),
    *(d(topic, "added", after=day) for topic in ("ask", "action") for day in (NEW, None)),
    *(d(topic, "reopened") for topic in ("ask", "action")),
    *(one for topic in ("ask", "action") for one in moves(topic)),
    d("ask", "removed"),
    *(d("ask", "answered", after=day, facts={"outcome": text}) for day in (NEW, None) for text in ("Yes.", None)),
    *(d("action", "done", after=day) for day in (NEW, None)),
    d("feedback", "added", "", facts={"csat": 3.0, "nps": 9.0, "from": "Kim Vogt"}),
    d("feedback", "added", "", facts={"csat": None, "nps": None, "from": None}),
    *(d("feedback", "answered", "", facts={"from": name}) for name in ("Kim Vogt", None)),
]
ALL = [*FIGURES, *PLAN, *REGISTERS]
#: There is one of these in a project, or they are never said together.
ALONE = {"health", "finish", "forecast", "progress", "budget", "eac", "spent", "satisfaction"}


def test_every_kind_of_difference_has_its_sentence() -> None:
    """What can be compared can be said, and the cases below are all that can be said."""
    assert WEIGHTS.keys() <= TELLERS.keys()
    assert TELLERS.keys() == {(one.topic, one.kind) for one in ALL}


@pytest.mark.parametrize("tag", SHIPPED)
def test_sentences_are_whole(tag: str) -> None:
    """With or without each value, a sentence ends, names what it is about, and shows no hole."""
    end = "。" if tag == "zh-CN" else "."
    for one in ALL:
        text = say(one, tag)
        assert text.endswith(end), text
        assert one.name in text or one.topic in {"health", "dimension", "satisfaction", *ALONE}, text
        assert not re.search(r"None|[{}]|  |(?<!\w)[‘“„][’”“]|\( |: ?[.。]|\(\)", text), text


@pytest.mark.parametrize("tag", SHIPPED)
def test_quiet_ones_of_every_kind_go_together(tag: str) -> None:
    """Several of one topic and kind make one sentence with their number."""
    words = language_for(tag)
    for topic, kind in TELLERS.keys() - {(topic, kind) for topic, kind in TELLERS if topic in ALONE}:
        facts = {"from": "Kim", "status_after": "red"}
        names = {"name": "Kim", "id": "cost"}
        group = [Difference(topic, kind, **names, facts=facts, quiet=True) for _ in range(5)]  # type: ignore[arg-type]
        (sentence,) = told(group, words, "EUR")
        assert "5" in sentence, sentence


class Noting(Language):
    """A language that notes which texts were asked for."""

    asked: ClassVar[set[str]] = set()

    def text(self, message_id: str, **values: str) -> str:
        """Note the id."""
        self.asked.add(message_id)
        return Language.text(self, message_id, **values)

    def plural(self, message_id: str, n: int, **values: str) -> str:
        """Note the id."""
        self.asked.add(message_id)
        return Language.plural(self, message_id, n, **values)


def test_no_sentence_is_kept_that_nobody_says() -> None:
    """Each text on what has changed is that of a case above, so translators keep up no other."""
    words = Noting("en", "en")
    for one in ALL:
        told_one(one, words, "EUR")
    known = {found for found in list_ids() if found.startswith(("changed.", "because."))}
    alone = {found for found in known if not found.startswith("changed.many_")}
    assert sorted(alone - words.asked - {"changed.more"}) == []
    together = {f"changed.many_{topic}_{kind}" for topic, kind in TELLERS if topic not in ALONE}
    assert known - alone == together


MOVED = d("milestone", "moved", "Go-live", before=NEW, after=LATER, days=8.0, cause="client")
SAID = [
    (
        d("health", "changed", before="green", after="amber", facts=rule("reason.overall", names="schedule")),
        "Project health fell from ‘on track’ to ‘at risk’.",
        "项目健康状况由“正常”降为“有风险”。",
    ),
    (
        d(
            "dimension",
            "changed",
            id="schedule",
            before="green",
            after="amber",
            facts=rule("reason.schedule_slip", days=1),
        ),
        "Schedule health fell from ‘on track’ to ‘at risk’. The forecast finish is 1 working day after the agreed one.",
        "进度状况由“正常”降为“有风险”。预测完成比约定推迟 1 个工作日。",
    ),
    (
        d(
            "dimension",
            "changed",
            id="cost",
            before="red",
            after="green",
            facts={"declared": True, "reason": "It holds."},
        ),
        "Cost health rose from ‘off track’ to ‘on track’. Declared by the project manager: It holds.",
        "成本状况由“异常”升为“正常”。由项目经理认定：It holds。",
    ),
    (
        d("finish", "moved", "", before=OLD, after=NEW, days=13.0),
        "The project’s finish moved from 18 Dec 2026 to 14 Jan 2027, 13 working days later.",
        "项目完成日期由 2026年12月18日改为 2027年1月14日，推迟 13 个工作日。",
    ),
    (
        d("forecast", "moved", "", before=LATER, after=NEW, days=-8.0, facts={"p50_after": OLD}),
        (
            "The date by which we finish with a four-in-five chance moved from 26 Jan to 14 Jan 2027, 8 working days"
            " earlier. There is an even chance of finishing by 18 Dec 2026."
        ),
        "有八成把握完成的日期由 2027年1月26日改为 1月14日，提前 8 个工作日。有五成把握在 2026年12月18日前完成。",
    ),
    (
        MOVED,
        "Milestone ‘Go-live’ moved from 14 Jan to 26 Jan 2027, 8 working days later, because of client input.",
        "里程碑“Go-live”由 2027年1月14日改为 1月26日，推迟 8 个工作日，原因是客户配合。",
    ),
    (
        d("milestone", "done", "Go-live", before=NEW, after=LATER, days=1.0),
        "Milestone ‘Go-live’ was reached on 26 Jan 2027, 1 working day later than expected.",
        "里程碑“Go-live”于 2027年1月26日达成，比预期晚 1 个工作日。",
    ),
    (
        d("task", "added", "Training", facts={"tasks": 5}),
        "Task ‘Training’ with 5 subtasks was added.",
        "新增任务“Training”（含 5 项子任务）。",
    ),
    (
        d("progress", "changed", "", before=51.6, after=64.2, facts={"planned_after": 70.0}),
        "Progress rose from 52% to 64%. The plan for this date is 70%.",
        "完成率由 52% 升至 64%。按计划此时应为 70%。",
    ),
    (
        d("progress", "changed", "", before=51.6, after=52.4),
        "Progress rose from 51.6% to 52.4%.",
        "完成率由 51.6% 升至 52.4%。",
    ),
    (
        d("budget", "changed", "", before=400000.0, after=418000.0),
        "The budget rose by €18,000, from €400,000 to €418,000.",
        "预算由 €400,000 增至 €418,000，增加 €18,000。",
    ),
    (
        d(
            "budget",
            "changed",
            "",
            before=9.0,
            after=9.0,
            facts={"contingency_before": 40000.0, "contingency_after": 36000.0},
        ),
        "The reserve fell by €4,000, from €40,000 to €36,000.",
        "预备金由 €40,000 减至 €36,000，减少 €4,000。",
    ),
    (
        d("goal", "changed", "Half the errors", before=4.0, after=2.5, facts={"field": "target", "unit": "%"}),
        "The target of goal ‘Half the errors’ fell from 4.0% to 2.5%.",
        "目标“Half the errors”的目标值由 4.0% 降至 2.5%。",
    ),
    (
        d("dependency", "changed", "Power", before=NEW, after=LATER, days=8.0),
        "The day by which dependency ‘Power’ is needed moved from 14 Jan to 26 Jan 2027, 8 working days later.",
        "外部依赖“Power”的需求日期由 2027年1月14日改为 1月26日，推迟 8 个工作日。",
    ),
    (
        d("eac", "changed", "", before=418000.0, after=400000.0),
        "The estimate at completion fell by €18,000, from €418,000 to €400,000.",
        "完工估算由 €418,000 减至 €400,000，减少 €18,000。",
    ),
    (
        d("kpi", "crossed", "Pick rate", before=97.0, after=88.5, facts={"unit": "%", "status_after": "red"}),
        "Key figure ‘Pick rate’ is now off target: 88.5% (was 97.0%).",
        "关键指标“Pick rate”现未达标：88.5%（原 97.0%）。",
    ),
    (
        d(
            "risk",
            "moved",
            "Vendor capacity",
            before=(2.0, 4.0),
            after=(4.0, 4.0),
            facts={"score_before": 8, "score_after": 16},
        ),
        "Risk ‘Vendor capacity’ is now rated higher: 4 × 4 (was 2 × 4).",
        "风险“Vendor capacity”评定升高，现为 4 × 4（原 2 × 4）。",
    ),
    (d("risk", "occurred", "Strike"), "Risk ‘Strike’ has occurred.", "风险“Strike”已发生。"),
    (
        d("issue", "done", "No radio", facts={"resolution": "1. Two **new** radios hang [there](x.md). More."}),
        "Issue ‘No radio’ was resolved. What was done: Two new radios hang there.",
        "问题“No radio”已解决。处理结果：Two new radios hang there。",
    ),
    (
        d("change", "decided", "Night shift", after="approved", facts={"cost": 18000.0, "days": 5.0, "by": "Kim Vogt"}),
        "Change request ‘Night shift’ was approved by Kim Vogt: +€18,000, +5 working days.",
        "变更“Night shift”已由 Kim Vogt 批准：+€18,000，+5 个工作日。",
    ),
    (
        d("ask", "added", "Name key users", after=NEW),
        "Request ‘Name key users’ is new, due on 14 Jan 2027.",
        "新增待处理事项“Name key users”，2027年1月14日到期。",
    ),
    (
        d("ask", "answered", "Name key users", after=NEW, facts={"outcome": "We name three."}),
        "Request ‘Name key users’ was answered on 14 Jan 2027. The answer: We name three.",
        "待处理事项“Name key users”已于 2027年1月14日答复。答复：We name three。",
    ),
    (
        d("satisfaction", "changed", "", before=3.5, after=4.3, facts={"nps_before": -10, "nps_after": 20}),
        "Satisfaction rose from 3.5 to 4.3 of 5. The net promoter score rose from −10 to +20.",
        "满意度由 3.5 升至 4.3（满分 5）。净推荐值由 −10 升至 +20。",
    ),
]


@pytest.mark.parametrize(("difference", "english", "chinese"), SAID, ids=lambda one: str(one)[:40])
def test_sentences(difference: Difference, english: str, chinese: str) -> None:
    """Values, direction and reason as a person would say them."""
    assert say(difference) == english
    assert say(difference, "zh-CN") == chinese


def test_other_languages_have_their_own_marks_and_dates() -> None:
    """German goes with any name; American English has its quotation marks and dates."""
    assert say(MOVED, "de") == (
        "Meilenstein „Go-live“ verschiebt sich wegen der Zuarbeit des Kunden vom 14. Jan. auf den 26. Jan. 2027,"
        " 8 Arbeitstage später."
    )
    american = "Milestone “Go-live” moved from Jan 14 to Jan 26, 2027, 8 working days later, because of client input."
    assert say(MOVED, "en-US") == american


def test_long_answers_are_left_out() -> None:
    """What is no line of a list stands in its register only."""
    for outcome in ("word " * 40, "| a | b |\n|---|---|", "```\ncode\n```"):
        text = say(d("ask", "answered", "Who", after=NEW, facts={"outcome": outcome}))
        assert text == "Request ‘Who’ was answered on 14 Jan 2027."


def texts(*differences: Difference, tag: str = "en") -> list[str]:
    """Tell several."""
    return list(told(differences, language_for(tag), "EUR"))


def test_loud_ones_come_first_and_quiet_ones_together() -> None:
    """Four finished tasks are one sentence with three names; a quiet one without others keeps its own."""
    finished = [d("task", "done", name, after=NEW, quiet=True) for name in ("A", "B", "C", "D")]
    person = d("person", "added", "Ada Okafor", quiet=True)
    mixed = (finished[0], MOVED, *finished[1:3], person, d("risk", "occurred", "Strike"), finished[3])
    moved = (
        say(MOVED).replace("8 w", f"8{NB}w").replace("14 J", f"14{NB}J").replace("26 Jan 2027", f"26{NB}Jan{NB}2027")
    )
    assert texts(*mixed) == [
        moved,
        "Risk ‘Strike’ has occurred.",
        "4 tasks were finished: ‘A’, ‘B’, ‘C’ and 1 more.",
        "Ada Okafor joined the team.",
    ]
    assert texts(*finished, tag="zh-CN") == [
        "4\N{NO-BREAK SPACE}项任务已完成：“A”、“B”、“C”和另外 1\N{NO-BREAK SPACE}项。"
    ]
    assert texts(*finished[:2], tag="de") == ["2 Vorgänge wurden abgeschlossen: „A“ und „B“."]


def test_sentence_counts_what_it_tells() -> None:
    """A reader who is told of "more changes" gets their number, not that of the sentences."""
    finished = [d("task", "done", name, quiet=True) for name in ("A", "B")]
    assert told([*finished, MOVED], language_for("en"), "EUR")[1] == "2 tasks were finished: ‘A’ and ‘B’."


def test_feedback_is_called_by_who_gave_it() -> None:
    """A name stands once; feedback without any is said one by one."""
    given = [d("feedback", "answered", "", facts={"from": name}, quiet=True) for name in ("Kim", "Kim", None)]
    assert texts(*given) == ["3 pieces of feedback were answered: Kim and 1 more."]
    assert texts(*given[2:], *given[2:]) == ["Feedback was answered."] * 2


def test_amounts_are_in_the_currency_of_the_project() -> None:
    """The project's, not the workspace's."""
    text = told_one(d("spent", "changed", "", after=1000.0), language_for("en"), "CNY")
    assert text == "The amount spent is now ¥1,000."
