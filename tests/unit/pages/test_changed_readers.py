"""What each reader of a workspace is told of an edit: in their language, and only of what they may see."""

from dataclasses import replace

import pytest
from small_workspace import ERP, FILES, client, internal_page, setting

from kapm_site.audience.views import ProjectView
from kapm_site.pages.imprint import Imprint
from kapm_site.pages.opening import opening


def edited(path: str, *edits: tuple[str, str]) -> dict[str, str]:
    """Edit a file of the project."""
    text = FILES[f"{ERP}/{path}"]
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return {f"{ERP}/{path}": text}


EDITS = {
    **edited(
        "plan.yaml",
        ("progress: 50", "progress: 60"),
        ("remaining: 10d", "remaining: 15d"),
        (
            "name: Margin review, audience: internal, start: 2026-11-16, finish: 2026-11-27",
            "name: Margin review, audience: internal, start: 2026-11-16, finish: 2026-12-03",
        ),
    ),
    **edited(
        "risks.yaml",
        ("probability: 4, impact: 5", "probability: 2, impact: 5"),
        ("probability: 2, impact: 2", "probability: 5, impact: 2"),
    ),
    **edited("asks.yaml", ("due: 2026-11-12,", "due: 2026-11-12, status: answered, answered: 2026-11-19,")),
    **edited("changes.yaml", ("impact:", "status: approved, decided: 2026-11-19, by: vogt, impact:")),
}


def told(view: ProjectView, before: ProjectView, tag: str, *, internal: bool = False) -> list[str]:
    """Open the page of a project and read what has changed, with plain spaces."""
    shown = replace(view, before=before)
    found = opening(shown, setting(tag, internal_reader=internal), Imprint(), most_asks=4, most_changes=50).changes
    assert found is not None
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in found.lines]


ENGLISH = [
    "The project’s finish moved from 4 Dec to 11 Dec 2026, 5 working days later.",
    "Cost health rose from ‘at risk’ to ‘on track’.",
    "Risk health rose from ‘off track’ to ‘on track’. The highest open risk scores 10 of 25.",
    "Milestone ‘Go-live’ moved from 4 Dec to 11 Dec 2026, 5 working days later, because of client input.",
    "Change request ‘Add a dashboard’ was approved by Kim Vogt: +€4,000, +3 working days.",
    "Risk ‘Vendor is short of staff’ is now rated lower: 2 × 5 (was 4 × 5).",
    "Progress rose from 63% to 70%. The plan for this date is 100%.",
    "Request ‘Name key users’ was answered on 19 Nov 2026.",
    "The finish of task ‘Build’ moved from 4 Dec to 11 Dec 2026, 5 working days later, because of client input.",
]
CHINESE = [
    "项目完成日期由 2026年12月4日改为 12月11日，推迟 5 个工作日。",
    "成本状况由“有风险”升为“正常”。",
    "风险状况由“异常”升为“正常”。未关闭风险最高分值为 10（满分 25）。",
    "里程碑“Go-live”由 2026年12月4日改为 12月11日，推迟 5 个工作日，原因是客户配合。",
    "变更“Add a dashboard”已由 Kim Vogt 批准：+€4,000，+3 个工作日。",
    "风险“Vendor is short of staff”评定降低，现为 2 × 5（原 4 × 5）。",
    "完成率由 63% 升至 70%。按计划此时应为 100%。",
    "待处理事项“Name key users”已于 2026年11月19日答复。",
    "任务“Build”的完成日期由 2026年12月4日改为 12月11日，推迟 5 个工作日，原因是客户配合。",
]


@pytest.mark.parametrize(("tag", "expected"), [("en", ENGLISH), ("zh-CN", CHINESE)])
def test_client_is_told_each_change_once(tag: str, expected: list[str]) -> None:
    """With numbers, direction and cause; nothing of what is internal."""
    assert told(client(EDITS).projects[0], client().projects[0], tag) == expected


def test_internal_readers_are_told_more() -> None:
    """What the client does not see of the same edit: the rules, the estimate at completion, a risk, a task."""
    lines = told(internal_page(EDITS).view, internal_page().view, "en", internal=True)
    assert [line for line in lines if line not in ENGLISH] == [
        "Cost health rose from ‘at risk’ to ‘on track’. The forecast stays within the budget.",
        "The estimate at completion fell by €9,429, from €88,000 to €78,571.",
        "Risk ‘They may go elsewhere’ is now rated higher: 5 × 2 (was 2 × 2).",
        "2 tasks have new dates: ‘Build’ and ‘Margin review’.",
    ]
