"""Which files a workspace has, and how they become records."""

from kapm_site.workspace.collect import SourceFiles, collect, find_root
from kapm_site.workspace.read import Reading, read

__all__ = ["Reading", "SourceFiles", "collect", "find_root", "read"]
