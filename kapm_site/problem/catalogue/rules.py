"""Codes of problems found by the rules across records."""

from kapm_site.problem.catalogue.entry import Entry

_REFERENCE = "The link would silently be missing from every page. It is almost always a typing error."

REFERENCES: dict[str, Entry] = {
    "baseline-task-gone": Entry(
        "info",
        "The tasks of the baseline that counts are still in the plan.",
        "A task may leave the plan. But one whose id was changed by hand loses its baseline dates, and with them its "
        "slip.",
        "Nothing, if the task was dropped. If it was renamed, give it its old id back.",
    ),
    "duplicate-id": Entry(
        "error",
        "An id stands for one record: it is unique in its file, a task's in the project.",
        "What names the id could mean either record, and one of the two is lost from links and comparisons.",
        "Give one of the two another id, and change what names it.",
    ),
    "report-number": Entry(
        "error",
        "A report has the number that its file's name says.",
        "Reports are counted by their files; two reports could bear one number.",
        "Write the number of the file's name. Reports are written by `kapm release`, not by hand.",
    ),
    "unknown-action": Entry(
        "error",
        "An action that is named is in actions.yaml.",
        _REFERENCE,
        "Correct the id, or add the action.",
    ),
    "unknown-ask": Entry(
        "error",
        "An ask that is named is in asks.yaml.",
        _REFERENCE,
        "Correct the id, or add the ask.",
    ),
    "unknown-calendar": Entry(
        "error",
        "A calendar that a task or a person names is among the `calendars` of kapm.yaml.",
        "The work would be scheduled by the project's calendar instead.",
        "Correct the name, or add the calendar to kapm.yaml.",
    ),
    "unknown-change": Entry(
        "error",
        "A change that is named is in changes.yaml.",
        _REFERENCE,
        "Correct the id, or add the change.",
    ),
    "unknown-decision": Entry(
        "error",
        "A decision that is named is in decisions.yaml.",
        _REFERENCE,
        "Correct the id, or add the decision.",
    ),
    "unknown-goal": Entry(
        "error",
        "A goal that is named is among the `goals` of project.yaml.",
        _REFERENCE,
        "Correct the id, or add the goal.",
    ),
    "unknown-kpi": Entry(
        "error",
        "A KPI that is named is in kpis.yaml.",
        _REFERENCE,
        "Correct the id, or add the KPI.",
    ),
    "unknown-meeting": Entry(
        "error",
        "A meeting that is named is in meetings.yaml, or among the regular meetings of project.yaml.",
        _REFERENCE,
        "Correct the id, or add the meeting.",
    ),
    "unknown-person": Entry(
        "error",
        "A person who is named is in the `team` of project.yaml or among the `contacts` of client.yaml.",
        "Nobody would be shown as the owner. Whoever manages the project or is assigned to a task must be in the team, "
        "as both need the person's capacity.",
        "Correct the id, or add the person; people of the client are in the team with `organization: client`.",
    ),
    "unknown-task": Entry(
        "error",
        "A task that is named is in plan.yaml.",
        "A dependency on it would not be scheduled; a cost or a risk would belong to nothing.",
        "Correct the id, or add the task.",
    ),
}

PLAN: dict[str, Entry] = {
    "client-task-under-internal": Entry(
        "warning",
        "A task that the client sees stands below tasks that the client sees.",
        "It is shown without its parent, out of its context.",
        "Add `audience: client` to the parent, or leave the task internal.",
    ),
    "constraint-date": Entry(
        "error",
        "A constraint has a date, unless its type is `asap` or `alap`.",
        "“Start no earlier than” says nothing without a day.",
        "Add `date` to the constraint.",
    ),
    "dates-out-of-order": Entry(
        "warning",
        "Due dates, answers and decisions come after what they follow.",
        "The days that something waited would be negative.",
        "Correct one of the two dates.",
    ),
    "dependency-cycle": Entry(
        "error",
        "Dependencies lead forward; no task waits for itself by way of others.",
        "A circle has no first task, so nothing in it can be scheduled. The message shows a shortest circle; there "
        "may be others through the same tasks.",
        "Remove the link that is wrong. If two tasks go hand in hand, let one start with the other: `type: SS`.",
    ),
    "duplicate-dependency": Entry(
        "error",
        "A task depends on another once.",
        "Two equal links differ at most in their lag, and nobody could say which counts.",
        "Keep one. Two links of different types, such as SS and FF, may stand side by side.",
    ),
    "estimate-order": Entry(
        "error",
        "The points of an estimate go from short to long: optimistic, likely, pessimistic.",
        "The forecast draws durations between the ends, with the likely one as the peak.",
        "Bring them into order; mind the units, `1w` is longer than `4d`.",
    ),
    "finish-before-start": Entry(
        "error",
        "What has a beginning and an end does not end before it begins.",
        "No bar, period or duration can be made of it. A finish is the last day of work, so it may equal the start.",
        "Correct one of the two dates.",
    ),
    "fixed-above-amount": Entry(
        "error",
        "The fixed part of a cost is not more than its amount.",
        "`amount` is the total, and what is not fixed accrues over the work; it would be negative.",
        "Write the total into `amount`.",
    ),
    "milestone-with-duration": Entry(
        "error",
        "A milestone takes no time: it has no duration, and no start other than its finish.",
        "Nobody could say whether the date or the duration is meant.",
        "Delete `start` and `duration`, or delete `milestone` to make it a task.",
    ),
    "plan-too-large": Entry(
        "error",
        "A plan has at most 3,000 tasks, 200 of them buffers, 20,000 dependencies, and 40 calendars.",
        "Nobody reads more than that, and every command would take minutes. Nothing else is said of such a plan.",
        "Split it into projects, or keep the details in the tool that people work with.",
    ),
    "progress-contradicts": Entry(
        "warning",
        "What is said of a task's progress agrees with itself.",
        "A task with an actual finish counts as done, and so does one at 100 percent; the rest is ignored.",
        "Set `progress: 100` and delete `remaining`, or delete `actual_finish` if work goes on.",
    ),
    "self-dependency": Entry(
        "error",
        "A task depends neither on itself nor on a task that contains it or that it contains.",
        "A parent's dates follow from its children, so the task would wait for itself.",
        "Remove the dependency, or name the task beside it that was meant.",
    ),
    "steps-missing": Entry(
        "warning",
        "A task measured by milestones has steps.",
        "Without steps it earns nothing until it is finished.",
        "Add `steps: [{name, weight, done}]`, or take another `progress_method`.",
    ),
    "steps-unused": Entry(
        "warning",
        "Steps stand where progress is measured by milestones.",
        "With another method they are shown but earn nothing.",
        "Add `progress_method: milestones` to the task or to project.yaml, or delete the steps.",
    ),
    "task-without-date": Entry(
        "warning",
        "A task has dates, a duration, or a dependency.",
        "Without any of them it takes no time and stands at the project's start.",
        "Add `start` and `finish`, or `duration`, or `depends_on`; to a milestone, `finish`.",
    ),
    "task-without-owner": Entry(
        "warning",
        "A task has an owner, or somebody who is assigned to it.",
        "What is everybody's is nobody's.",
        "Add `owner` with a person's id.",
    ),
    "too-many-levels": Entry(
        "error",
        "A work breakdown has at most nine levels.",
        "Deeper trees cannot be read as a chart, and their numbers no longer fit a line.",
        "Move the task up, or merge levels that have one task each.",
    ),
}

REGISTERS: dict[str, Entry] = {
    "goal-not-smart": Entry(
        "warning",
        "A goal is SMART: specific (somebody owns it), measurable, achievable, relevant, time-bound.",
        "A goal that lacks a letter can neither be reached nor missed. The message names the letters, the hint "
        "what to write for each.",
        "Add `owner` (S), `kpi` or `metric` with a target (M), `achievable_because` (A), `relevant_to` (R), `due` (T).",
    ),
    "health-thresholds": Entry(
        "error",
        "In the health rules, amber comes before red.",
        "In any other order the dimension could never be amber. A threshold that is not typed has its default.",
        "Swap the two, or set both.",
    ),
    "hours-overlap": Entry(
        "error",
        "The hours of a working day do not overlap.",
        "Work in the overlap would be counted twice.",
        "End one range before the other begins.",
    ),
    "kpi-thresholds": Entry(
        "error",
        "The thresholds of a KPI lie in the order in which it gets worse, and a range has both ends.",
        "In any other order it would be red and green at once.",
        "With `direction: up`, target ≥ amber ≥ red; with `down`, target ≤ amber ≤ red; with `range`, low ≤ high, and "
        "amber and red are distances outside of it.",
    ),
    "no-accountable": Entry(
        "warning",
        "Somebody is accountable for each area of the RACI table.",
        "Without a person who answers for it, nobody decides.",
        "Add `accountable` with a person's id.",
    ),
    "raci-twice": Entry(
        "warning",
        "A person stands once among those who are responsible, consulted and informed in an area.",
        "Whoever does the work is consulted and informed anyway.",
        "Keep the strongest part. The accountable person may be responsible as well.",
    ),
    "status-contradicts": Entry(
        "warning",
        "A record that has the date of its answer, decision or closing is no longer open.",
        "Lists and counts go by the status, so it is shown as waiting although it is settled.",
        "Change the status, or delete the date.",
    ),
}

CLIENT: dict[str, Entry] = {
    "chart-color": Entry(
        "info",
        "Charts draw the forecast in the client's colour, if it is unlike their own.",
        "Near-black would be taken for what is done, grey for the baseline, red for what is critical and late. So "
        "charts take the default blue; links and headings keep the client's colour.",
        "Nothing, or take a more vivid colour of the client's.",
    ),
    "contact-without-email": Entry(
        "warning",
        "A contact who receives reports has an address.",
        "The reports go nowhere.",
        "Add `email`, or delete `receives`.",
    ),
    "image-missing": Entry(
        "error",
        "An image that is named is there.",
        "The page would have a hole.",
        "Put the file where the message says, or correct the path; capitals count.",
    ),
    "image-path": Entry(
        "error",
        "An image lies beside the file that names it, or in an `attachments/` folder there.",
        "A path that leads elsewhere could publish a file of another client. Images in HTML tags are not shown at all.",
        "Put the image into `attachments/` and write `![what it shows](attachments/name.png)`.",
    ),
    "image-remote": Entry(
        "error",
        "Images come from the workspace, not from the web.",
        "A remote image is missing from the PDF, may change or vanish, and tells its owner who reads the page.",
        "Save it in `attachments/` and name it from there.",
    ),
    "language-not-shipped": Entry(
        "warning",
        "A language that is asked for is one that pages can be written in.",
        "Pages are written in the nearest language there is, in most cases English.",
        "Take `en`, `zh-CN` or `de`.",
    ),
    "link-scheme": Entry(
        "error",
        "A link leads to the web or to an address: https, http or mailto.",
        "Pages are handed to clients on their own, where a relative link leads nowhere. Other schemes are of no use "
        "to the reader, or dangerous.",
        "Write the address in full.",
    ),
    "no-protection": Entry(
        "warning",
        "Somebody has decided who may read a client's site.",
        "Without `protection` the site is not built.",
        "Add `protection: external` (a login stands in front), `passphrase` (the files are encrypted) or `none` "
        "(whoever has the address may read it).",
    ),
    "pale-color": Entry(
        "warning",
        "A client's colour has a contrast of at least 4.5 to 1 with white.",
        "Many readers could not read links and headings in it, so it is darkened until it has.",
        "Take the shade that the message names, or a darker one.",
    ),
    "unknown-label": Entry(
        "warning",
        "A client's own words are for labels that there are.",
        "The word would not be shown anywhere.",
        "Take a label id of the reference, such as `section.risks` or `label.owner`.",
    ),
}

ENTRIES: dict[str, Entry] = {**REFERENCES, **PLAN, **REGISTERS, **CLIENT}
