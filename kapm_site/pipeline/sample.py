"""A small project, made before the working processes begin: they find ready what the first project has to make ready.

Validators of the vocabulary, the parser of Markdown, data of languages and days off take a quarter of a second once in
a process, which is seven times what a small project takes by itself.
"""

import os
from datetime import date
from pathlib import Path

from kapm_site.pipeline.load import load_shared
from kapm_site.pipeline.options import BuildOptions
from kapm_site.pipeline.project import Common, MadeProject, ProjectJob, make_project, pack
from kapm_site.workspace.collect import SourceFiles
from kapm_site.workspace.folders import split_by_project

_CLIENT = "projects/sample"
_PROJECT = f"{_CLIENT}/sample"
_NOWHERE = Path(os.devnull, "workspace")
_DAY = date(2026, 1, 15)
_TEXTS = {
    "kapm.yaml": "organization: {name: Sample}\ncurrency: EUR\ncalendar: {country: DE}\n",
    f"{_CLIENT}/client.yaml": "name: Sample\nprotection: none\n",
    f"{_PROJECT}/project.yaml": (
        "name: Sample\naudience: client\nmanager: ana\nstart: 2026-01-05\nfinish: 2026-01-30\n"
        "team: [{id: ana, name: Ana Okafor, role: Project manager}]\nbudget: {amount: 9000, audience: client}\n"
    ),
    f"{_PROJECT}/plan.yaml": (
        "audience: client\ntasks:\n"
        "- {id: a, name: A, owner: ana, start: 2026-01-05, finish: 2026-01-16, progress: 60, actual_start: 2026-01-05,"
        " cost: 4000}\n"
        "- {id: b, name: B, owner: ana, milestone: true, finish: 2026-01-30, depends_on: [a]}\n"
    ),
    f"{_PROJECT}/risks.yaml": (
        "audience: client\nrisks: [{id: r, title: R, owner: ana, probability: 2, impact: 2, status: open}]\n"
    ),
    f"{_PROJECT}/kpis.yaml": "audience: client\nkpis: [{id: k, name: K, target: 9, values: {2025-12: 8}}]\n",
    f"{_PROJECT}/feedback.yaml": "audience: client\nfeedback: [{id: f, date: 2026-01-09, from: F, csat: 4}]\n",
    f"{_PROJECT}/updates/2026-01-14.md": "---\nheadline: H.\naudience: client\n---\n\n## Done\n\n- **A** is begun\n",
}


def make_sample() -> MadeProject:
    """Make the project, for its client and for internal readers; it lies on no disk."""
    texts = {path: text.encode() for path, text in _TEXTS.items()}
    shared = load_shared(SourceFiles(texts, folders=frozenset({_CLIENT, _PROJECT})))
    account = shared.workspace.accounts[0]
    common = Common(
        root=_NOWHERE,
        sound=True,
        settings=shared.workspace.settings,
        account=account,
        attachments=frozenset(),
        options=BuildOptions(_DAY, pdf=False),
        pages=frozenset({"client", "internal"}),
        pdf=False,
    )
    return make_project(ProjectJob(pack(common), split_by_project(shared.files)[_CLIENT][0]))
