"""What is told of each week of `tests.weekly`: to the client and to internal readers besides, in two languages."""

#: By week and reader.
TOLD: dict[tuple[int, str], dict[str, list[str]]] = {
    (2, "client"): {
        "en": [
            "Project health fell from ‘on track’ to ‘at risk’.",
            "The project’s finish moved from 25 Jun to 2 Jul 2027, 5 working days later.",
            (
                "The date by which we finish with a four-in-five chance moved from 25 Jun to 2 Jul 2027, 5 working "
                "days later. There is an even chance of finishing by 2 Jul 2027."
            ),
            (
                "Schedule health fell from ‘on track’ to ‘at risk’. The forecast finish is 5 working days after "
                "the agreed one."
            ),
            "Milestone ‘Go-live’ moved from 25 Jun to 2 Jul 2027, 5 working days later, because of client input.",
        ],
        "zh-CN": [
            "项目健康状况由“正常”降为“有风险”。",
            "项目完成日期由 2027年6月25日改为 7月2日，推迟 5 个工作日。",
            "有八成把握完成的日期由 2027年6月25日改为 7月2日，推迟 5 个工作日。有五成把握在 2027年7月2日前完成。",
            "进度状况由“正常”降为“有风险”。预测完成比约定推迟 5 个工作日。",
            "里程碑“Go-live”由 2027年6月25日改为 7月2日，推迟 5 个工作日，原因是客户配合。",
        ],
    },
    (4, "client"): {
        "en": [
            "The estimate at completion fell by €240,000, from €360,000 to €120,000.",
            "Progress rose from 8% to 25%. The plan for this date is 6%.",
            "The finish of task ‘Design the process’ moved from 19 Jan 2027 to 14 Oct 2026, 67 working days earlier.",
        ],
        "zh-CN": [
            "完工估算由 €360,000 减至 €120,000，减少 €240,000。",
            "完成率由 8% 升至 25%。按计划此时应为 6%。",
            "任务“Design the process”的完成日期由 2027年1月19日改为 2026年10月14日，提前 67 个工作日。",
        ],
    },
    (6, "client"): {
        "en": [
            "Task ‘Train the users’ was added.",
            "Progress fell from 25% to 24%. The plan for this date is 8%.",
        ],
        "zh-CN": [
            "新增任务“Train the users”。",
            "完成率由 25% 降至 24%。按计划此时应为 8%。",
        ],
    },
    (8, "client"): {
        "en": [
            "Task ‘Write the guides’ was dropped.",
            "Progress rose from 24% to 25%. The plan for this date is 11%.",
        ],
        "zh-CN": [
            "取消任务“Write the guides”。",
            "完成率由 24% 升至 25%。按计划此时应为 11%。",
        ],
    },
    (10, "client"): {
        "en": [
            "Risk ‘Data is not clean’ is new, rated 3 × 3.",
        ],
        "zh-CN": [
            "新增风险“Data is not clean”，评定为 3 × 3。",
        ],
    },
    (12, "client"): {
        "en": [
            "Risk health fell from ‘on track’ to ‘at risk’. Vendor is short of staff scores 12 of 25.",
            "Risk ‘Vendor is short of staff’ is now rated higher: 3 × 4 (was 2 × 2).",
        ],
        "zh-CN": [
            "风险状况由“正常”降为“有风险”。“Vendor is short of staff”分值为 12（满分 25）。",
            "风险“Vendor is short of staff”评定升高，现为 3 × 4（原 2 × 2）。",
        ],
    },
    (14, "client"): {
        "en": [
            "Risk ‘Data is not clean’ was closed.",
        ],
        "zh-CN": [
            "风险“Data is not clean”已关闭。",
        ],
    },
    (16, "client"): {
        "en": [
            "Request ‘Approve the data model’ is new, due on 26 Feb 2027.",
        ],
        "zh-CN": [
            "新增待处理事项“Approve the data model”，2027年2月26日到期。",
        ],
    },
    (18, "client"): {
        "en": [
            "Request ‘Approve the data model’ was answered on 12 Feb 2026.",
        ],
        "zh-CN": [
            "待处理事项“Approve the data model”已于 2026年2月12日答复。",
        ],
    },
    (20, "client"): {
        "en": [
            (
                "Scope health changed from ‘not decided for lack of data’ to ‘on track’. No change request "
                "waits too long."
            ),
            "Change request ‘Add the second plant’ was made: +€18,000, +5 working days.",
        ],
        "zh-CN": [
            "范围状况由“数据不足”转为“正常”。没有变更等待过久。",
            "提出变更“Add the second plant”：+€18,000，+5 个工作日。",
        ],
    },
    (22, "client"): {
        "en": [
            "Scope health rose from ‘at risk’ to ‘on track’. No change request waits too long.",
            "Change request ‘Add the second plant’ was approved by Grace Whitcombe: +€18,000, +5 working days.",
        ],
        "zh-CN": [
            "范围状况由“有风险”升为“正常”。没有变更等待过久。",
            "变更“Add the second plant”已由 Grace Whitcombe 批准：+€18,000，+5 个工作日。",
        ],
    },
    (24, "client"): {
        "en": [
            "Key figure ‘Matched invoices’ is now close to the limit: 93% (was 97%).",
        ],
        "zh-CN": [
            "关键指标“Matched invoices”现接近阈值：93%（原 97%）。",
        ],
    },
    (26, "client"): {
        "en": [
            "The budget rose by €18,000, from €480,000 to €498,000.",
        ],
        "zh-CN": [
            "预算由 €480,000 增至 €498,000，增加 €18,000。",
        ],
    },
    (28, "internal"): {
        "en": [
            "Risk ‘Margin below plan’ is now rated higher: 3 × 3 (was 2 × 2).",
        ],
        "zh-CN": [
            "风险“Margin below plan”评定升高，现为 3 × 3（原 2 × 2）。",
        ],
    },
    (30, "internal"): {
        "en": [
            "The finish of task ‘Recheck the margins’ moved from 5 Feb to 10 Feb 2027, 3 working days later.",
        ],
        "zh-CN": [
            "任务“Recheck the margins”的完成日期由 2027年2月5日改为 2月10日，推迟 3 个工作日。",
        ],
    },
    (32, "client"): {
        "en": [
            "Deliverable ‘Final report’ was submitted for acceptance.",
        ],
        "zh-CN": [
            "交付物“Final report”已提交验收。",
        ],
    },
    (34, "client"): {
        "en": [
            "Project health rose from ‘off track’ to ‘at risk’. Declared by the project manager: The sponsor is new.",
        ],
        "zh-CN": [
            "项目健康状况由“异常”升为“有风险”。由项目经理认定：The sponsor is new。",
        ],
    },
    (36, "client"): {
        "en": [
            "The estimate at completion rose by €180,000, from €120,000 to €300,000.",
            "The amount spent rose by €30,000, from €20,000 to €50,000.",
        ],
        "zh-CN": [
            "完工估算由 €120,000 增至 €300,000，增加 €180,000。",
            "已支出金额由 €20,000 增至 €50,000，增加 €30,000。",
        ],
    },
    (38, "client"): {
        "en": [
            "Project health fell from ‘at risk’ to ‘off track’.",
        ],
        "zh-CN": [
            "项目健康状况由“有风险”降为“异常”。",
        ],
    },
    (40, "client"): {
        "en": [
            "It was decided on 17 Jul 2026: ‘Pilot in the first plant’.",
        ],
        "zh-CN": [
            "2026年7月17日决定：“Pilot in the first plant”。",
        ],
    },
    (42, "client"): {
        "en": [
            "Satisfaction health changed from ‘not decided for lack of data’ to ‘on track’. 4.0 of 5, from 1 answer.",
            "New feedback came from Grace Whitcombe. Satisfaction: 4 of 5.",
        ],
        "zh-CN": [
            "满意度状况由“数据不足”转为“正常”。4.0（满分 5），1 份答复。",
            "收到 Grace Whitcombe 的新反馈。满意度：4（满分 5）。",
        ],
    },
    (44, "client"): {
        "en": [
            "Feedback from Grace Whitcombe was answered.",
        ],
        "zh-CN": [
            "已回应 Grace Whitcombe 的反馈。",
        ],
    },
}
