"""Every visible field of a record appears in its section, and the section says what stands out."""

from dataclasses import replace
from datetime import date

import pytest
from rich_workspace import printed, project, set_for, texts_of, web
from small_workspace import ERP
from weekly_looks import with_looks

from kapm_site.audience.charters import way_done
from kapm_site.audience.registers import RiskView
from kapm_site.audience.weeks import RiskLook
from kapm_site.pages.blocks import Figure, Quotes, Section, Table
from kapm_site.pages.charts.matrix import RiskMatrix
from kapm_site.pages.charts.sparkline import Sparkline
from kapm_site.pages.sections import SECTIONS, Builder
from kapm_site.pages.sections.changes import changes
from kapm_site.pages.sections.communication import communication
from kapm_site.pages.sections.decisions import decisions
from kapm_site.pages.sections.deliverables import deliverables
from kapm_site.pages.sections.feedback import feedback
from kapm_site.pages.sections.glossary import glossary
from kapm_site.pages.sections.goals import goal_status, goals
from kapm_site.pages.sections.lessons import lessons
from kapm_site.pages.sections.people import people
from kapm_site.pages.sections.risks import by_weight, risks
from kapm_site.pages.sections.training import training

NB, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
SAID: dict[Builder, tuple[str, ...]] = {
    risks: (
        *(
            "r1",
            "Risktitle",
            "Legal",
            "Causeword",
            "Eventword",
            "Effectword",
            "Share",
            "Plan **planword**",
            "Teo Ortiz",
        ),
        *("20", "€9,100", "Buildtask", "Open", f"1{NB}Dec{NB}2026", f"2{NB}Sep{NB}2026", f"3{NB}Dec{NB}2026"),
        *(f"1{NB}d to 6 mo, most likely 3 wk", "Oldrisk", "Closed", f"4{NB}Oct{NB}2026"),
        *("Issuetitle", "critical", "Ada Okafor", f"5{NB}Nov{NB}2026", f"6{NB}Nov{NB}2026", "Resolution *resolved*"),
        *("Assumptiontext", f"7{NB}Nov{NB}2026", "Confirmed"),
        *("Dependencytext", f"8{NB}Nov{NB}2026", "Broken"),
    ),
    changes: (
        *("Changetitle", "Kim Vogt", f"9{NB}Nov{NB}2026", "Reasonword", "Scopeword", "Proposed", "Buildtask"),
        *(f"+3{NB}d", "+€4,100", "Approved", "Implemented", "Rejected", f"21{NB}Oct{NB}2026", "Sofie Lund"),
    ),
    decisions: (
        *("Decisiontitle", f"16{NB}Nov{NB}2026", "Sofie Lund", "Rationaleword", "Asktitle", "Second"),
        *("Actiontitle", "Teo Ortiz", f"3{NB}Nov{NB}2026", f"17{NB}Nov{NB}2026", "Meetingname", "overdue"),
        *("Doneaction", f"done 18{NB}Nov{NB}2026"),
    ),
    deliverables: ("Designtask", "Accepted", f"14{NB}Oct{NB}2026", f"20{NB}Oct{NB}2026", "Sofie Lund", "Rejected"),
    feedback: (
        *("Kim Vogt", "Survey", "5", "9", "New", f"23{NB}Oct{NB}2026"),
        *("Sofie Lund", "Portal", "Quoteword", "Response **did**", "Planned", "Teo Ortiz", "Buildtask", "Second", "f2"),
    ),
    goals: (
        *("Halve the goalstatement", "Metricname", f"4{NB}unitword", "8", "7", "Ada Okafor", f"4{NB}Jan{NB}2027"),
        *("Because **achievable**", "Relevantword", "goal-long-id", "25% of the way", "Not reached yet"),
    ),
    people: (
        *("Ada Okafor", "Project manager", "Departmentword", "ada@northwind.example", "Northwind Delivery"),
        *("Sofie Lund", "Roleword", "Acme Industrial", "Teo Ortiz", "Partner", "Areaword", "Kim Vogt"),
    ),
    communication: (
        *("Every two weeks", "Thursday", "Steeringword", "Monthly", "Boardword", "Purposeword", "board.example/erp"),
        *("desk@northwind.example", "Meetingname", f"2{NB}Nov{NB}2026", "Notes *minuted*", "Decisiontitle"),
        "Actiontitle",
    ),
    training: (
        *("Trainingtitle", "Groupword", f"28{NB}Oct{NB}2026", "Teo Ortiz", "Sofie Lund", "12", "11", "4.5", "Held"),
    ),
    lessons: ("Lessontitle", "Keep doing", f"30{NB}Oct{NB}2026", "What **learnt**", "Actiontitle"),
}
#: Of four records print details the first alone.
UNSAID_IN_PRINT = {changes: {"Sofie Lund"}}
CASES = [pytest.param(build, medium, id=f"{build.__name__}-{medium}") for build in SAID for medium in ("web", "print")]


@pytest.mark.parametrize(("build", "medium"), CASES)
def test_every_field_of_a_record_is_shown(build: Builder, medium: str) -> None:
    """Whatever a record says stands in a column or among its details, on the site and in print."""
    told = texts_of(build(project(), set_for("web" if medium == "web" else "print")))
    unsaid = UNSAID_IN_PRINT.get(build, set()) if medium == "print" else set()
    assert {text for text in SAID[build] if text not in told} == unsaid


@pytest.mark.parametrize("tag", ["zh-CN", "de"])
def test_sections_speak_the_readers_language(tag: str) -> None:
    """No section lacks a text in one of the languages."""
    view = project()
    for build in SECTIONS:
        section = build(view, web(tag))
        assert section is None or section.title


def test_empty_registers_leave_no_section() -> None:
    """A project without registers shows only its plan's words; the glossary remains."""
    names = ("risks", "changes", "decisions", "actions", "feedback", "meetings", "training", "lessons")
    bare = {
        **{f"{ERP}/{name}.yaml": "" for name in names},
        f"{ERP}/project.yaml": "name: ERP rollout\naudience: client\n",
        f"{ERP}/plan.yaml": "tasks: [{id: a, name: A, duration: 1d}]\n",
        f"{ERP}/asks.yaml": "",
        f"{ERP}/baselines.yaml": "",
        f"{ERP}/costs.yaml": "",
    }
    view = project(bare)
    assert [section.id for build in SAID if (section := build(view, web()))] == []
    assert texts_of(glossary(view, web())).count("Baseline") == 1


def found(section: Section | None) -> Section:
    """Give a section that must be there."""
    assert section is not None
    return section


def tables(section: Section | None) -> list[Table]:
    """List the tables of a section."""
    return [block for block in found(section).blocks if isinstance(block, Table)]


FINDINGS = {
    risks: ("1 risk is above the action line: Risktitle. 1 open risk, €6,370 at stake. 1 serious issue is open."),
    changes: (
        f"1 change request awaits a decision, for 9{NB}working days. Approved changes so far: +1{NB}d and +€1,500."
    ),
    decisions: f"1 decision since 13{NB}Nov{NB}2026. 1 action is overdue.",
    deliverables: "1 of 2 deliverables is accepted. 1 deliverable was rejected.",
    feedback: "Satisfaction is 4.0 of 5, from 2 answers. Satisfaction fell from 5.0 to 3.0.",
    goals: f"The goal is not reached yet. Next due: Halve the goalstatement, 4{NB}Jan{NB}2027.",
    people: "3 people work on the project. Every area has exactly one accountable person.",
    communication: (f"Status reports: Every two weeks, Thursday. Last met on 2{NB}Nov{NB}2026: Meetingname."),
    training: "The training was held. 11 of 12 planned participants came, 92%.",
    lessons: "1 lesson so far.",
}


@pytest.mark.parametrize("build", [pytest.param(build, id=build.__name__) for build in FINDINGS])
def test_findings_say_what_stands_out(build: Builder) -> None:
    """The heading's companion is a sentence that the figures bear out."""
    assert found(build(project(), web())).finding == FINDINGS[build]


def test_open_risks_come_first_by_score() -> None:
    """Closed risks are last whatever their score; among the open the score decides, then what is at stake."""
    first = project().risks[0]
    made = [
        replace(first, id="a", score=25, status="closed"),
        replace(first, id="b", score=6, exposure=None),
        replace(first, id="c", score=6, exposure=5.0),
        replace(first, id="d", score=8, status="occurred"),
    ]
    assert [risk.id for risk in by_weight(tuple(made))] == ["d", "c", "b", "a"]


def test_records_that_stand_alike_come_in_the_order_of_counting() -> None:
    """The second before the tenth, as people number them."""
    view = project()
    made = tuple(replace(view.risks[0], id=f"r{n}") for n in (10, 2, 1))
    assert [risk.id for risk in by_weight(made)] == ["r1", "r2", "r10"]
    acts = tuple(replace(view.actions[0], id=f"a{n}", done=None) for n in (10, 1, 0))
    table = next(one for one in tables(decisions(replace(view, actions=acts), web())) if one.heading == "Actions")
    assert [row.id for row in table.rows] == ["action-a0", "action-a1", "action-a10"]


def test_a_risk_without_a_score_is_no_harmless_one() -> None:
    """Beside scored ones it is counted; where none has a score, none is said to be below the line."""
    first = project().risks[0]
    low, unknown = replace(first, score=2), replace(first, id="u", probability=None, score=None)
    beside = found(risks(replace(project(), risks=(low, unknown)), web())).finding
    assert beside.startswith(
        "No risk is above the action line. 1 open risk is not scored: probability or impact is missing."
    )
    alone = found(risks(replace(project(), risks=(unknown,)), web())).finding
    assert "No risk" not in alone
    assert alone.startswith("1 open risk is not scored")


def test_a_risk_past_its_date_is_red() -> None:
    """As an issue is: while it is open, and from the day after."""
    first = replace(project().risks[0], due=date(2026, 11, 19))
    overdue = (first, replace(first, id="b", due=date(2026, 11, 20)), replace(first, id="c", status="closed"))
    table = next(one for one in tables(risks(replace(project(), risks=overdue), web())) if one.heading == "Risks")
    tones = {row.id: row.cells[[column.label for column in table.columns].index("Due")].tone for row in table.rows}
    assert tones == {"risk-r1": "bad", "risk-b": "", "risk-c": ""}


def test_old_marks_are_not_told_in_the_present() -> None:
    """Beyond the window of the health rule what they were is told with the day of the last."""
    marks = "{id: f1, date: 2026-06-01, csat: 5}, {id: f2, date: 2026-06-10, csat: 3}"
    view = project({f"{ERP}/feedback.yaml": f"audience: client\nfeedback: [{marks}]\n"})
    told = found(feedback(view, web())).finding
    assert told == f"No satisfaction mark since 10{NB}Jun{NB}2026; until then it was 4.0 of 5, from 2 answers."


def test_what_is_dated_later_has_not_happened() -> None:
    """A decision of next week is upcoming and not the last one made; a meeting of next week is not among those held."""
    view = project()
    decision, meeting, later = view.decisions[0], view.meetings[0], date(2026, 11, 27)
    view = replace(
        view,
        report=None,
        decisions=(decision, replace(decision, id="later", title="Laterword", date=later)),
        meetings=(meeting, replace(meeting, id="later", name="Comingword", date=later)),
    )
    section = found(decisions(view, web()))
    assert "Laterword" not in section.finding
    assert {row.id: row.cells[1].note for row in tables(section)[0].rows} == {
        f"decision-{decision.id}": "",
        "decision-later": "upcoming",
    }
    section = found(communication(view, web()))
    assert "Comingword" not in section.finding
    listed = {table.heading: [row.cells[0].text for row in table.rows] for table in tables(section)}
    assert listed["Upcoming meetings"] == ["Comingword"]
    assert listed["Meetings held"] == [meeting.name]


def matrix_of(section: Section | None) -> RiskMatrix:
    """Give the risk matrix of a section."""
    figure = found(section).blocks[0]
    assert isinstance(figure, Figure)
    chart = figure.wide[0]
    assert isinstance(chart, RiskMatrix)
    return chart


def test_risks_move_against_the_last_report() -> None:
    """With the last report at hand a risk tells its old score, a new one that it is new, and the matrix has arrows."""
    now = project()
    then = replace(now, risks=(replace(now.risks[0], probability=2, score=10),))
    moved = found(risks(replace(now, before=then), web()))
    assert "up from 10" in texts_of(moved)
    assert len(matrix_of(moved).moves) == 2
    fresh = found(risks(replace(now, before=replace(now, risks=())), web()))
    assert "\nnew\n" in texts_of(fresh)
    assert matrix_of(risks(now, web())).moves == ()


def test_action_line_follows_the_health_rule() -> None:
    """A risk is red where its score makes the risk dimension amber, by the workspace's own threshold."""
    rules = web().rules
    calm = rules.model_copy(update={"risk": rules.risk.model_copy(update={"amber_score": 21})})
    section = found(risks(project(), replace(web(), rules=calm)))
    assert section.finding.startswith("No risk is above the action line.")
    assert [row.cells[1].tone for row in tables(section)[0].rows] == ["", ""]
    assert [row.cells[1].tone for row in tables(risks(project(), web()))[0].rows] == ["strong", ""]


def test_approved_changes_run_up_in_the_order_of_decision() -> None:
    """Each approved change shows what was approved up to it; waiting and rejected ones show nothing."""
    rows = tables(changes(project(), web()))[0].rows
    running = [(row.cells[0].text, row.cells[5].text, row.cells[6].text) for row in rows]
    assert running == [
        ("c1 Changetitle", "", ""),
        ("c2 Second", f"+1{NB}d", "+€1,500"),
        ("c4 Fourth", "", ""),
        ("c3 Third", f"−1{NB}d", "+€300"),
    ]


GOALS = [
    pytest.param(8, 4, 7, 0.25, "open", id="down"),
    pytest.param(0, 10, 12, 1.2, "met", id="beyond"),
    pytest.param(10, 20, 5, -0.5, "open", id="wrong way"),
    pytest.param(None, 10, 10, 1.0, "met", id="no start but there"),
    pytest.param(None, 10, 11, None, "open", id="no start"),
    pytest.param(0, 10, None, None, "unmeasured", id="no value"),
    pytest.param(0, None, 3, None, "unmeasured", id="no target"),
]


@pytest.mark.parametrize(("baseline", "target", "current", "share", "status"), GOALS)
def test_goal_knows_its_way(
    baseline: float | None, target: float | None, current: float | None, share: float | None, status: str
) -> None:
    """The share of the way counts in the direction of the target, and what cannot be measured says so."""
    view = project()
    goal = replace(view.goals[0], baseline=baseline, target=target, current=current)
    assert way_done(goal) == share
    assert goal_status(goal, view) == status


def test_goal_past_its_date_is_missed() -> None:
    """A goal that is not reached at its date is missed, and the finding says so."""
    view = project()
    late = replace(view, goals=(replace(view.goals[0], due=view.status.replace(day=1)),))
    assert goal_status(late.goals[0], late) == "missed"
    assert "1 goal is past its date and not reached." in found(goals(late, web())).finding


def test_remarks_without_an_answer_come_first() -> None:
    """What is new stands before what is done, however old it is; marks without words are a table."""
    view = project()
    old = replace(
        view.feedback[1], id="f0", status="new", date=view.status.replace(month=1), quote="Old", response=None
    )
    section = found(feedback(replace(view, feedback=(*view.feedback, old)), web()))
    quotes = next(block for block in section.blocks if isinstance(block, Quotes))
    assert [quote.quote for quote in quotes.quotes] == ["Old", "Quoteword"]
    assert "1 remark has no answer yet." in section.finding
    assert [row.cells[0].text for row in tables(section)[-1].rows] == ["Kim Vogt"]


def test_area_without_an_accountable_person_is_named() -> None:
    """The RACI table's rule is one accountable person for each area."""
    view = project()
    open_area = replace(view.responsibilities[0], accountable=None)
    section = found(people(replace(view, responsibilities=(open_area,)), web()))
    assert "1 area has no accountable person." in section.finding


def test_glossary_explains_only_what_the_report_uses() -> None:
    """Terms of earned value stand there for those who see it; rules state the workspace's thresholds."""
    view, setting = project(), web()
    told = texts_of(glossary(view, setting))
    assert "Critical path" in told
    assert "Planned value (PV)" not in told
    assert "scores 12 or more, off track from 20" in told
    rules = setting.rules
    strict = rules.model_copy(update={"risk": rules.risk.model_copy(update={"red_score": 16})})
    assert "off track from 16" in texts_of(glossary(view, replace(setting, rules=strict)))


def test_row_ids_are_unique_on_a_page() -> None:
    """Records of different registers may share an id; their rows must not, as links lead to them."""
    view = project()
    ids = [
        row.id
        for build in SECTIONS
        if (section := build(view, web()))
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        if row.id
    ]
    assert len(ids) == len(set(ids)) > 10


def risk(view_risk: RiskView, **changes: object) -> RiskView:
    """Change a risk."""
    return replace(view_risk, **changes)  # type: ignore[arg-type]


def test_matrix_leaves_out_what_has_no_place() -> None:
    """Closed risks and those without probability or impact are not drawn; without any there is no matrix."""
    view = project()
    first = view.risks[0]
    shown = replace(
        view, risks=(risk(first), risk(first, id="x", probability=None), risk(first, id="y", status="closed"))
    )
    assert len(matrix_of(risks(shown, web())).pills) == 1
    none = replace(view, risks=(risk(first, probability=None, score=None),))
    assert not any(isinstance(block, Figure) for block in found(risks(none, web())).blocks)


def test_charts_of_satisfaction_stand_as_tables_too() -> None:
    """Each month with both measures, and how often each mark was given; on paper the charts alone."""
    months, marks = tables(found(feedback(project(), web())))[:2]
    assert [[cell.text for cell in row.cells] for row in months.rows] == [
        [f"Oct{NB}2026", "5.0", "+100"],
        [f"Nov{NB}2026", "3.0", f"{MINUS}100"],
    ]
    assert [[cell.text for cell in row.cells[1:]] for row in marks.rows] == [
        ["3", "1"],
        ["5", "1"],
        ["2", "1"],
        ["9", "1"],
    ]
    assert months.more == "Satisfaction by month as a table"
    assert not [table for table in tables(found(feedback(project(), printed()))) if "as a table" in table.more]


def test_the_dotted_line_of_a_risk_is_explained() -> None:
    """The head above the courses says from which score one must act."""
    view = with_looks(project(), 6, risks={0: (RiskLook("r1", 4.0),), 3: (RiskLook("r1", 20.0),)})
    table = next(table for table in tables(found(risks(view, web()))) if table.heading == "Risks that moved")
    head = table.columns[-1].chart
    assert isinstance(head, Sparkline)
    assert [text.text for text in head.words] == ["act from 12"]
    assert head.limits[0].dash == "1 3"
