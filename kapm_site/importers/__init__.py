"""Plans of other systems to YAML: one reader a system, one way into the files for all."""

from kapm_site.importers.msproject import read_msproject
from kapm_site.importers.result import Change, ImportResult
from kapm_site.importers.run import Reader, run_import

#: The systems that can be imported, by the name on the command line.
IMPORTERS: dict[str, Reader] = {"msproject": read_msproject}

__all__ = ["IMPORTERS", "Change", "ImportResult", "Reader", "run_import"]
