"""Which files a workspace has, and how they become records."""

from kapm_site.workspace.collect import SourceFiles, collect, find_root
from kapm_site.workspace.folders import ProjectFiles, is_client, is_project, split_by_project
from kapm_site.workspace.read import Reading, read, read_project, read_shared, readable_text

__all__ = [
    "ProjectFiles",
    "Reading",
    "SourceFiles",
    "collect",
    "find_root",
    "is_client",
    "is_project",
    "read",
    "read_project",
    "read_shared",
    "readable_text",
    "split_by_project",
]
