"""A small whole workspace for tests of commands: one client, one project, one internal note."""

from pathlib import Path

FILES = {
    "kapm.yaml": "organization: {name: Tidewater Delivery}\ncurrency: EUR\n",
    "projects/acme/client.yaml": "name: Acme Industrial\nprotection: none\n",
    "projects/acme/erp/project.yaml": (
        "name: ERP rollout\naudience: client\nstart: 2026-11-02\nfinish: 2026-11-27\n"
        "manager: ana\nteam:\n  - {id: ana, name: Ana Okafor, role: Project manager}\n"
    ),
    "projects/acme/erp/plan.yaml": (
        "audience: client\ntasks:\n"
        "  - id: design\n    name: Design the process\n    owner: ana\n    progress: 100\n"
        "    notes:   Margin is below nine percent\n"
        "    start: 2026-11-02\n    finish: 2026-11-06\n    actual_start: 2026-11-02\n    actual_finish: 2026-11-06\n"
        "  - {id: build, name: Build it, owner: ana, start: 2026-11-09, finish: 2026-11-20, progress: 60,"
        " depends_on: [design], actual_start: 2026-11-09}\n"
        "  - {id: go-live, name: Go-live, owner: ana, milestone: true, finish: 2026-11-27, depends_on: [build]}\n"
    ),
    "projects/acme/erp/updates/2026-11-13.md": (
        "---\nheadline: Build is under way.\naudience: client\n---\n\n"
        "## Done\n\n- Design accepted\n\n## Next\n\n- Build\n"
    ),
}


def write_workspace(root: Path, changes: dict[str, str | None] | None = None) -> Path:
    """Write the workspace, with files changed, added, or (None) left out."""
    for path, text in {**FILES, **(changes or {})}.items():
        if text is not None:
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return root
