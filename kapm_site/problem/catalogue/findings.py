"""Codes of what the figures say needs a look: late work, broken promises, spent reserves, odd calendars."""

from kapm_site.problem.catalogue.entry import Entry

CALENDARS: dict[str, Entry] = {
    "unknown-country": Entry(
        "error",
        "A calendar names a country whose public holidays are not known.",
        "Every date of the plan would be computed without public holidays.",
        "Write the ISO 3166 code, such as `country: DE`, or leave `country` out and list `holidays` yourself.",
    ),
    "unknown-subdivision": Entry(
        "error",
        "A calendar names a state or province that its country does not have.",
        "Regional holidays would silently be worked through.",
        "Write the ISO 3166-2 code without the country, such as `subdivision: BY`, or leave it out.",
    ),
    "calendar-without-hours": Entry(
        "error",
        "No day of a calendar's usual week has working hours.",
        "Work in such a calendar would never end.",
        "Give `working_days` and `hours`, or leave both out for Monday to Friday, 09:00–13:00 and 14:00–18:00.",
    ),
    "provisional-calendar": Entry(
        "info",
        "The plan reaches a year whose official days off are not published yet.",
        "China announces each year's holidays and make-up working days late in the year before; until then they are a "
        "guess, and dates may move by a few days.",
        "Nothing, or enter the days yourself under `holidays` and `working_dates`; they win.",
    ),
}

PROMISES: dict[str, Entry] = {
    "constraint-missed": Entry(
        "warning",
        "A task is expected later than its constraint allows.",
        "`start_no_later_than`, `must_start_on`, `finish_no_later_than` and `must_finish_on` were set for a reason; "
        "the forecast says that it will not hold.",
        "Shorten the work before it, add people, or agree on a later date.",
    ),
    "deadline-missed": Entry(
        "warning",
        "A task is expected after its deadline, or not done when that has passed.",
        "A deadline moves nothing in the schedule; it only tells, by negative slack and by this.",
        "Shorten the work before it, add people, or agree on a later deadline.",
    ),
    "late-without-cause": Entry(
        "warning",
        "A task is late and nobody has said why.",
        "Readers are told the cause, the recovery and the new date of each late item; without a cause there is only "
        "bad news.",
        "Add `delay: {cause: …, recovery: …, owner: …, new_finish: …}` to the task.",
    ),
    "late-without-recovery": Entry(
        "warning",
        "A late task has a cause, but not what is done about it, by whom, or until when.",
        "Readers see that work is late and cannot see that anybody is mending it.",
        "Complete the task's `delay` with `recovery`, `owner` and `new_finish`.",
    ),
    "new-finish-passed": Entry(
        "warning",
        "The new date of a late task has passed as well.",
        "A second broken date costs more trust than the first: what was done about the delay was not enough.",
        "Set a `new_finish` that holds, with the `recovery` that makes it hold.",
    ),
    "acceptance-waiting": Entry(
        "warning",
        "A deliverable was handed over more than ten working days ago and is neither accepted nor rejected.",
        "What is not accepted cannot be built upon or invoiced, and objections become dearer every week.",
        "Ask for the decision; set `acceptance: accepted` or `rejected`, with `decided` and `by`.",
    ),
    "meeting-missed": Entry(
        "warning",
        "A regular meeting has not been held as often as its `cadence` says.",
        "What it was to decide waits. Meetings of meetings.yaml count whose name begins with that of the regular one; "
        "a `cadence` of `weekly`, `biweekly`, `fortnightly`, `monthly` or `quarterly` is watched, with a few days to "
        "spare.",
        "Hold it and enter it in meetings.yaml, or change its `cadence` in project.yaml.",
    ),
    "meeting-without-minutes": Entry(
        "warning",
        "A meeting of the last month is on record without notes, decisions or actions.",
        "What was said is forgotten within days, and everybody remembers something else.",
        "Add `notes`, `decisions` or `actions`, or delete the meeting if it was not held.",
    ),
    "decision-to-come": Entry(
        "warning",
        "A decision is dated after the status date.",
        "Readers would take for settled what nobody has decided; until its day it is shown as upcoming.",
        "Correct `date`; write what is still to be decided as an ask, or as a change that is `proposed`.",
    ),
    "overdue-action": Entry(
        "warning",
        "An action is past its due date and not done.",
        "What was agreed in a meeting is left undone.",
        "Enter `done:` with its date, or agree on a new `due:`.",
    ),
    "overdue-ask": Entry(
        "warning",
        "The client has not answered by the date the answer was needed.",
        "Work may be waiting for it.",
        "Follow it up; enter `status: answered` with `answered:` and `outcome:`, or a new `due:`.",
    ),
    "override-expired": Entry(
        "warning",
        "A declared health has passed its last day and no longer counts.",
        "The computed health is shown again.",
        "Remove the `health_override`, or renew its reason and `expires`.",
    ),
}

AGREED: dict[str, Entry] = {
    "broken-dependency": Entry(
        "warning",
        "The agreed dates of a task come earlier than a dependency allows.",
        "Agreed dates hold, so the plan contradicts itself; the forecast follows the dependency.",
        "Move the dates, change the dependency's type or lag, or remove the dates and let the schedule find them.",
    ),
    "clamped-start": Entry(
        "warning",
        "A dependency asks a task to start before the project does.",
        "The task is scheduled at the project's start instead.",
        "Shorten the lead, or set an earlier `start` in project.yaml.",
    ),
    "report-overdue": Entry(
        "warning",
        "No status has been reported for longer than the agreed cadence.",
        "The client expects a report.",
        "Write `updates/<date>.md` and release the report, or change `communication.report.cadence`.",
    ),
    "change-undecided": Entry(
        "warning",
        "A change request has waited longer for its decision than the rules allow.",
        "Scope, dates and money are open as long as it is.",
        "Get it decided: `status: approved` or `rejected` with `decided:` and `by:`.",
    ),
    "change-not-in-plan": Entry(
        "warning",
        "A change was approved a week ago, and no task carries it out, or its tasks are as they were before.",
        "It was agreed and nobody will do it; dates and money on the pages are those from before.",
        "Enter its work, dates and costs into plan.yaml, name the tasks under the change's `tasks`, and record the new "
        "plan with `kapm baseline`.",
    ),
    "change-not-in-baseline": Entry(
        "warning",
        "A change of days or money was approved a week ago and is in no approved baseline.",
        "Its days and money are reported as slip and overrun, although the client has agreed to them. A baseline "
        "contains what was decided up to its approval, and the change that it names.",
        "Run `kapm baseline` with `--change` and the change's id.",
    ),
    "plan-above-budget": Entry(
        "warning",
        "The planned costs are above the budget and its tolerance.",
        "The money is not enough even if all goes well. The contingency is for risks and not part of the budget.",
        "Get the budget raised and enter its new `amount`, or take costs out of the plan.",
    ),
    "buffer-eaten": Entry(
        "warning",
        "A buffer is used up faster than the work it protects gets done: it is in the red zone, or gone.",
        "The date behind it will be missed unless something is done now.",
        "Carry out the recovery, or agree on a later finish.",
    ),
    "buffer-low": Entry(
        "info",
        "A buffer is in the amber zone, and more than a tenth of it is used up.",
        "More of it is gone than of the work; if it goes on, the date behind it is in danger.",
        "Prepare what is done when it turns red.",
    ),
    "over-allocated": Entry(
        "warning",
        "Somebody has more than 110 percent of their capacity to do in one of six weeks, or work in a week off.",
        "Some of the work will be late, and the schedule does not show it: it gives everybody unlimited time.",
        "Move a task, assign it to somebody else, or lower its `units`.",
    ),
    "goal-missed": Entry(
        "warning",
        "The date of a goal has passed and it was not reached, or nobody knows.",
        "It is what the project is for.",
        "Agree on a new `due` or on what is enough; where its value is not known, enter it.",
    ),
    "kpi-amber": Entry(
        "info",
        "A KPI is beyond its amber threshold and not getting better.",
        "There is still time to do something before it is red.",
        "Find out why, and say so in the next update.",
    ),
    "kpi-red": Entry(
        "warning",
        "A KPI is beyond its red threshold.",
        "A goal it measures will probably be missed.",
        "Say in the next update what is done about it.",
    ),
    "parent-own-values": Entry(
        "warning",
        "A task with subtasks has dates, cost or progress of its own.",
        "A parent's figures roll up from its children; its own are ignored.",
        "Remove them, or move them to a subtask.",
    ),
    "status-stale": Entry(
        "warning",
        "Nobody has written an update or released a report for longer than was agreed.",
        "Overall health is shown as stale, grey and with the date of the last sign of life, on the client's pages too "
        "and whatever was declared: nobody has looked for too long. `communication.report.stale_after` says what is "
        "allowed, in working days (`10d`) or days of any kind (`14ed`); without it, the cadence and 2 working days "
        "more (weekly), 3 (biweekly) or 5 (monthly). A project without any sign is counted from its start; finished "
        "work is never stale.",
        "Write `updates/<date>.md`, or release a report.",
    ),
    "not-in-baseline": Entry(
        "info",
        "A task is not part of the approved baseline.",
        "Scope that was added without approval is out of planned progress and earned value until it is approved.",
        "Get the change approved and run `kapm baseline --change`.",
    ),
    "no-baseline": Entry(
        "info",
        "No approved baseline: today's plan stands in for it.",
        "Slip and earned value compare the plan with itself until there is one.",
        "Run `kapm baseline` when the plan is agreed.",
    ),
}

ENTRIES: dict[str, Entry] = {**CALENDARS, **PROMISES, **AGREED}
