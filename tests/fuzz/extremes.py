"""Files of the largest size that is read, each full of one thing that costs as much as it can."""

from collections.abc import Callable

from seeds import Files, seeds

from kapm_site.checks.sizes import MAX_BUFFERS, MAX_CALENDARS, MAX_LINKS, MAX_TASKS
from kapm_site.source import MAX_FILE_BYTES, MAX_TEXT_BYTES
from kapm_site.source.compose import MAX_ITEMS, MAX_VALUES

ERP = "projects/acme/erp"
PLAN, PROJECT, UPDATE = f"{ERP}/plan.yaml", f"{ERP}/project.yaml", f"{ERP}/updates/2026-11-14.md"
T, N = MAX_TASKS, MAX_ITEMS - 1
_OWN = "owner: ana"
_CHARTER = "name: x\nstart: 2026-11-02\nfinish: 2026-11-27\nmanager: ana\nteam:\n  - {id: ana, name: Ana, rate: 9}\n"
_LINE = "x [l](https://a.b/c) ![i](attachments/a.png) `c` <a href=x> "


def full(unit: str, head: str = "", tail: str = "") -> bytes:
    """Repeat a text until the file is as large as it may be."""
    left = MAX_FILE_BYTES - len((head + tail).encode())
    return (head + unit * (left // len(unit.encode())) + tail).encode()


def tasks(line: Callable[[int], str], count: int = T) -> Files:
    """Write a plan of so many tasks."""
    return {
        PLAN: (
            "audience: client\ntasks:\n" + "".join(f"- {{id: t{i}, name: n, {line(i)}}}\n" for i in range(count))
        ).encode()
    }


def charter(more: str) -> Files:
    """Write a project.yaml with something at its end."""
    return {PROJECT: (_CHARTER + more).encode()}


def register(name: str, key: str, entry: Callable[[int], str], count: int = N) -> Files:
    """Write a register of so many entries."""
    return {
        f"{ERP}/{name}.yaml": (
            f"audience: client\n{key}:\n" + "".join(f"- {{{entry(i)}}}\n" for i in range(count))
        ).encode()
    }


def described(text: str) -> Files:
    """Write a plan with as much Markdown as a file may hold, in fields of the largest size."""
    some = (text * MAX_TEXT_BYTES)[: MAX_TEXT_BYTES - 10].replace("\n", "\n    ")
    size = len(some.encode()) + 60
    each = "".join(
        f"- id: t{i}\n  name: n\n  owner: ana\n  description: |\n    {some}\n" for i in range(MAX_FILE_BYTES // size)
    )
    return {PLAN: ("tasks:\n" + each).encode()}


def nested(item: str) -> bytes:
    """Write as many values as a file may hold, in lists that are as long as they may be."""
    rows = MAX_VALUES // (MAX_ITEMS + 1)
    return ("tasks: [" + ",".join("{tasks: [" + ",".join([item] * N) + "]}" for _ in range(rows)) + "]").encode()


def _after(i: int, link: str = "t{}") -> str:
    return f"depends_on: [{link.format(i - 1)}]" if i else "labels: []"


def _calendars() -> Files:
    names = "".join(f"  c{i}: {{hours_per_day: {1 + i / 5000}}}\n" for i in range(MAX_CALENDARS))
    held = {"kapm.yaml": b"organization: {name: T}\ncalendars:\n" + names.encode()}
    return held | tasks(lambda i: f"{_OWN}, calendar: c{i % MAX_CALENDARS}, start: 1900-01-01, finish: 2200-12-31")


def _baselines() -> Files:
    rows = "".join(f"    t{i}: {{start: 2026-11-02, finish: 2026-11-03, cost: 5}}\n" for i in range(T))
    every = "".join(f"- id: b{k}\n  approved: 2026-11-0{k + 1}\n  tasks:\n{rows}" for k in range(3))
    return tasks(lambda _: f"{_OWN}, duration: 1d") | {f"{ERP}/baselines.yaml": ("baselines:\n" + every).encode()}


def _dense(count: int) -> Files:
    return tasks(lambda i: f"{_OWN}, duration: 1d, depends_on: [{','.join(f't{j}' for j in range(i))}]", count)


def _goals() -> Files:
    kpis = register(
        "kpis", "kpis", lambda i: f"id: k{i}, name: n, unit: x, target: 5, values: [{{date: 2026-01-01, value: 3}}]"
    )
    return charter("goals:\n" + "".join(f"  - {{id: g{i}, statement: x, kpi: k{i}}}\n" for i in range(N))) | kpis


def _team() -> Files:
    people = charter("".join(f"  - {{id: a{i}, name: n}}\n" for i in range(N - 1)))
    return people | tasks(
        lambda i: f"assigned: [{{person: a{i}}}, {{person: a{i + 1}}}], start: 1900-01-01, finish: 2200-12-31", 2000
    )


#: Made when asked for, as all of them would not fit a test's memory.
EXTREMES: dict[str, Callable[[], Files]] = {
    # what is refused by the reader
    **{
        f"full of {unit!r}": lambda unit=unit: {PLAN: full(unit)}  # type: ignore[misc]
        for unit in (
            "[",
            "{a: ",
            "- ",
            "? ",
            "- []\n",
            "a,",
            "k: 1\n",
            "<<: *a\n",
            "- <<: 1\n",
            "- &a 1\n",
            "- *a\n",
            "- !!x 1\n",
            "? [a]\n: b\n",
            '- "\\0"\n',
            "---\n",
            "%TAG !a! x\n",
            "\x00",
            "\r",
            "\n",
            "#\n",
            "\u2028",
            "中",
            "\t",
            "a: ",
            '"\\x41',
            "'",
        )
    },
    "a list of letters": lambda: {PLAN: full("a,", "tasks: [", "]")},
    "a million combining characters": lambda: {PLAN: full("\u0301", "a: 1\nname: ")},
    "a megabyte of digits": lambda: {PLAN: full("9", "tasks:\n- {id: a, name: b, progress: ", "}\n")},
    "a megabyte of address": lambda: {PROJECT: full("a.", _CHARTER.replace("rate: 9}", "email: a@"), "}\n")},
    "an anchor of a megabyte": lambda: {PLAN: full("a", "a: &", " 1\n")},
    "a key of a megabyte": lambda: {PLAN: full("a", "? ", "\n: 1\n")},
    "latin letters that are no UTF-8": lambda: {PLAN: "中".encode("gb18030") * 500_000},
    # as many values as there may be
    "values: lists": lambda: {PLAN: nested("[]")},
    "values: empty mappings": lambda: {PLAN: nested("{}")},
    "values: tasks without a name": lambda: {PLAN: nested("{id: a}")},
    "values: 20,000 tasks": lambda: {PLAN: nested("{id: a, name: b}")},
    "values: the same link": lambda: tasks(lambda _: f"{_OWN}, depends_on: [{','.join(['b'] * N)}]", 19),
    "values: unknown tasks": lambda: tasks(
        lambda _: f"{_OWN}, depends_on: [{','.join(f'b{i}' for i in range(N))}]", 19
    ),
    "values: unknown people": lambda: charter(
        "responsibilities:\n" + f"  - {{area: a, informed: [{'ada, ' * N}]}}\n" * 18
    ),
    # plans as large as they may be
    "plan: a chain": lambda: tasks(lambda i: f"{_OWN}, duration: 1d, {_after(i)}"),
    "plan: a chain backwards": lambda: tasks(
        lambda i: f"{_OWN}, duration: 1d, depends_on: [t{i + 1}]" if i < T - 1 else _OWN
    ),
    "plan: a circle": lambda: tasks(lambda i: f"{_OWN}, duration: 1d, depends_on: [t{(i - 1) % T}]"),
    "plan: a chain of centuries": lambda: tasks(lambda i: f"{_OWN}, duration: 1200mo, {_after(i)}"),
    "plan: all waits for all": lambda: _dense(int((2 * MAX_LINKS) ** 0.5)),
    "plan: more links than there may be": lambda: _dense(430),
    "plan: three centuries each": lambda: tasks(
        lambda _: f"{_OWN}, start: 1900-01-01, finish: 2200-12-31, progress: 50, cost: 5"
    ),
    "plan: estimates": lambda: (
        tasks(lambda i: f"{_OWN}, estimate: {{optimistic: 1d, likely: 2d, pessimistic: 90d}}, {_after(i)}", 2000)
        | charter("forecast: {runs: 100000}\n")
    ),
    "plan: as late as possible": lambda: tasks(
        lambda i: f"{_OWN}, duration: 1d, constraint: {{type: alap}}, {_after(i)}"
    ),
    "plan: lags": lambda: tasks(lambda i: f"{_OWN}, duration: 1d, {_after(i, '{{task: t{}, type: SS, lag: 50%}}')}"),
    "plan: buffers": lambda: tasks(
        lambda i: f"{_OWN}, duration: 1d, buffer: {'true' if i % (T // MAX_BUFFERS) == 1 else 'false'}, {_after(i)}"
    ),
    "plan: all is late": lambda: tasks(
        lambda _: f"{_OWN}, start: 2020-01-01, finish: 2020-02-01, deadline: 2020-01-15, delay: {{cause: client}}"
    ),
    "plan: people of three centuries": _team,
    "plan: calendars": _calendars,
    "plan: baselines": _baselines,
    "calendar: holidays of centuries": lambda: charter(
        "calendar:\n  holidays:\n"
        + "".join(f"  - {{from: 1900-01-0{1 + i % 9}, to: 2200-12-3{i % 2}}}\n" for i in range(N))
    ),
    "calendar: a minute a week": lambda: (
        charter("calendar: {working_days: [mon], hours: ['00:00-00:01'], hours_per_day: 24}\n")
        | tasks(lambda i: f"{_OWN}, duration: 5d, {_after(i)}")
    ),
    "calendar: days of no length": lambda: (
        charter("calendar: {hours_per_day: 1e-15, days_per_week: 1e-15}\n")
        | tasks(lambda i: f"{_OWN}, start: 2026-01-01, finish: 2026-05-05, {_after(i)}")
    ),
    "calendar: public holidays of three centuries": lambda: (
        charter("calendar: {country: CN}\n")
        | tasks(lambda i: f"{_OWN}, start: {1900 + i // 10}-01-01, finish: 2200-12-31")
    ),
    # registers as long as they may be
    "register: risks": lambda: register(
        "risks", "risks", lambda i: f"id: r{i}, title: t, probability: 5, impact: 5, affects: [build], due: 2026-01-02"
    ),
    "register: risks that delay": lambda: register(
        "risks",
        "risks",
        lambda i: (
            f"id: r{i}, title: t, probability: 5, impact: 5, affects: [build], "
            "schedule_impact: {optimistic: 1d, likely: 2d, pessimistic: 9d}"
        ),
        4000,
    ),
    "register: asks": lambda: register("asks", "asks", lambda i: f"id: r{i}, title: t, due: 2020-01-01, owner: ana"),
    "register: actions": lambda: register(
        "actions", "actions", lambda i: f"id: r{i}, title: t, due: 2020-01-01, owner: ana"
    ),
    "register: changes": lambda: register(
        "changes", "changes", lambda i: f"id: r{i}, title: t, date: 2020-01-01, tasks: [build]"
    ),
    "register: costs": lambda: register(
        "costs", "entries", lambda i: f"date: 19{i % 100:02}-01-01, amount: 1e15, task: build"
    ),
    "register: answers": lambda: register("feedback", "feedback", lambda i: f"id: f{i}, date: 2026-11-01, nps: 9"),
    "register: goals and KPIs": _goals,
    # texts as long as they may be
    **{
        f"markdown: {unit!r}": lambda unit=unit: described(unit)  # type: ignore[misc]
        for unit in (
            _LINE,
            "![](b)",
            "](x](y)",
            "](x   ",
            "[",
            "[]",
            "<a ",
            "<a href=",
            "<!--",
            "`",
            "``` ",
            "[a]:\n",
            "](<",
            "](a (",
            "\\",
            "*",
            "<a:",
            ")(",
            "](((",
            "[a](javascript:b)",
            "- a\n",
            "> ",
            "|a",
        )
    },
    "update: pictures": lambda: {UPDATE: ("![](b)" * (MAX_TEXT_BYTES // 6)).encode()},
    "update: a megabyte of headings": lambda: {UPDATE: full("## a\n")},
    "update: a megabyte of pictures": lambda: {UPDATE: full("![](b)")},
    "update: keys": lambda: {UPDATE: ("---\n" + "".join(f"k{i}: 1\n" for i in range(N)) + "---\n").encode()},
    "characters that no font has": lambda: tasks(lambda i: f"{_OWN}, description: '{chr(0x12000 + i % 900) * 80}'"),
}


def extreme(name: str) -> Files:
    """Return the files of a workspace with one extreme file."""
    return seeds()[0] | EXTREMES[name]()
