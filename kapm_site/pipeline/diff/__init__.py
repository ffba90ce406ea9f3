"""Two states of a workspace → what a reader would see change."""

from kapm_site.pipeline.diff.projects import diff
from kapm_site.pipeline.diff.records import ProjectDiff, ReaderDiff, Standing, WorkspaceDiff
from kapm_site.pipeline.diff.sides import Side, disk_side, revision_side

__all__ = [
    "ProjectDiff",
    "ReaderDiff",
    "Side",
    "Standing",
    "WorkspaceDiff",
    "diff",
    "disk_side",
    "revision_side",
]
