"""An imported plan into the files of a project: what is written, what is kept, in words.

`plan.yaml` follows the rules of `ownership`. `project.yaml` belongs to the team once it is there: an import adds
people it does not know and names what else differs. Of `baselines.yaml` the records that bear an imported id
follow the file. Calendars that tasks or people name are added to kapm.yaml, never changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kapm_site.importers.documents import Data, Documents, tree_of
from kapm_site.importers.merge_tasks import merge_task, shown
from kapm_site.importers.plan_tree import PlanNode, arrange, walk
from kapm_site.importers.result import Change
from kapm_site.importers.target import Target
from kapm_site.model.charter import Charter
from kapm_site.model.plan import Baseline
from kapm_site.model.settings import Settings
from kapm_site.problem import Mark, Problem
from kapm_site.source.edit import Edit, Insert, Set, edit_text
from kapm_site.source.emit import block_text, texts

CHARTER_KEYS = tuple(Charter.keys())


@dataclass(slots=True)
class Merge:
    """The outcome as it grows: texts of files, changes, and what the reviewer should look at."""

    target: Target
    files: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def write(self, path: str, edits: list[Edit]) -> None:
        """Carry out edits on a file that is there."""
        if edits:
            text = self.target.texts[path]
            mark = "\ufeff" if text.startswith("\ufeff") else ""
            self.files[path] = mark + edit_text(text.removeprefix("\ufeff"), edits)

    def say(self, kind: str, path: str, subject: str, text: str = "") -> None:
        """Note a change."""
        self.changes.append(Change(kind, path, subject, text))  # type: ignore[arg-type]


def merge_client(merge: Merge, name: str) -> None:
    """Make a `client.yaml` where there is none."""
    path = f"projects/{merge.target.client}/client.yaml"
    if path not in merge.target.texts:
        merge.files[path] = block_text({"name": name})
        merge.say("new", path, f"client '{name}'", "only its name; add language, contacts and protection")


def merge_calendars(merge: Merge, calendars: Mapping[str, Data]) -> None:
    """Add calendars that tasks or people name to kapm.yaml."""
    known = merge.target.value("kapm.yaml").get("calendars")
    known = known if isinstance(known, dict) else {}
    edits: list[Edit] = []
    for name, data in calendars.items():
        if name not in known:
            edits += [] if known or edits else [Set(("calendars",), {name: data}, tuple(Settings.keys()))]
            edits.append(Set(("calendars", name), data))
            merge.say("new", "kapm.yaml", f"calendar '{name}'")
    merge.write("kapm.yaml", edits)


def merge_project(merge: Merge, fresh: Documents, source: str) -> None:
    """Make `project.yaml`, or add the people it lacks and name what else differs."""
    path = merge.target.path("project")
    if path not in merge.target.texts:
        comment = f"# Imported from {source}. Internal until `audience: client` is set here.\n"
        data = {**fresh.project, "team": list(fresh.team)} if fresh.team else fresh.project
        merge.files[path] = comment + block_text({key: data[key] for key in CHARTER_KEYS if key in data})
        merge.say("new", path, f"project '{fresh.project['name']}'", f"{len(fresh.team)} people")
        return
    current = merge.target.value(path)
    known = {str(item.get("id")) for item in _records(current.get("team"))}
    edits: list[Edit] = []
    for person in fresh.team:
        if person["id"] not in known:
            edits.append(Insert(("team",), person, order=CHARTER_KEYS))
            merge.say("new", path, f"person '{person['id']}'", str(person["name"]))
    for key, value in fresh.project.items():
        if texts(value) != texts(current.get(key)):
            text = (
                f"{shown(texts(current.get(key)))} (the file: {shown(texts(value))})"
                if key != "calendar"
                else "the file's differs"
            )
            merge.say("kept", path, f"'{key}'", text)
    merge.write(path, edits)


def merge_plan(merge: Merge, fresh: Documents, roots: list[PlanNode], source: str) -> None:
    """Make `plan.yaml`, or bring its tasks to the state of the file."""
    path = merge.target.path("plan")
    if path not in merge.target.texts:
        merge.files[path] = f"# Imported from {source}.\n" + block_text({"tasks": tree_of(fresh.tasks)})
        merge.say("new", path, f"{len(fresh.tasks)} tasks")
        return
    edits, nodes, done = arrange(roots, fresh.tasks)
    for kind, node in done:
        merge.say(kind, path, f"task '{node.id}'", _place(node))
    imported = {node.id for node in walk(roots) if node.key is not None}
    new = {node for kind, node in done if kind == "new"}
    for task in fresh.tasks:
        node = nodes[task.key]
        if node not in new:
            more, differences = merge_task(node, task.data, imported)
            edits += more
            for difference in differences:
                merge.say("changed" if difference.written else "kept", path, f"task '{node.id}'", str(difference))
    _report_vanished(merge, path, roots, {task.key for task in fresh.tasks})
    merge.write(path, edits)


def merge_baselines(merge: Merge, baselines: tuple[Data, ...]) -> None:
    """Make `baselines.yaml`, or bring the imported records in it to the state of the file."""
    path = merge.target.path("baselines")
    if path not in merge.target.texts:
        if baselines:
            merge.files[path] = block_text({"baselines": list(baselines)})
            for baseline in baselines:
                merge.say("new", path, f"baseline '{baseline['id']}'", _approval(baseline))
        return
    known = {str(item.get("id")): item for item in _records(merge.target.value(path).get("baselines"))}
    edits: list[Edit] = []
    for baseline in baselines:
        name = str(baseline["id"])
        if name not in known:
            edits.append(Insert(("baselines",), baseline, order=("audience", "baselines")))
            merge.say("new", path, f"baseline '{name}'", _approval(baseline))
        elif texts(baseline["tasks"]) != texts(known[name].get("tasks")):
            edits.append(Set(("baselines", name, "tasks"), baseline["tasks"], tuple(Baseline.keys())))
            merge.say("changed", path, f"baseline '{name}'", "its tasks follow the file")
    merge.write(path, edits)


def people_known(target: Target) -> dict[str, str]:
    """Return the ids of the team's members by name."""
    team = _records(target.value(target.path("project")).get("team"))
    return {str(item.get("name")): str(item.get("id")) for item in team}


def _report_vanished(merge: Merge, path: str, roots: list[PlanNode], keys: set[str]) -> None:
    for node in walk(roots):
        if node.key is not None and node.key not in keys:
            name = str(node.data.get("name"))
            merge.say(
                "removed upstream", path, f"task '{node.id}'", f"'{name}' is kept; delete it here if it is meant to go"
            )
            message = f"task '{node.id}' is no longer in the imported plan"
            hint = "delete it, or delete its 'source' to keep it as a task of your own"
            merge.problems.append(Problem(Mark(path), "import-removed-upstream", message, "warning", hint))


def _approval(baseline: Data) -> str:
    if "approved" not in baseline:
        return "not approved, so it does not count"
    return f"approved {shown(texts(baseline['approved']))}: the file does not say when; mend the date if it matters"


def _place(node: PlanNode) -> str:
    name = str(node.data.get("name"))
    return f"'{name}'" + (f" below '{node.parent.id}'" if node.parent else "")


def _records(items: object) -> list[dict[str, object]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
