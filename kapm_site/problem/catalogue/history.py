"""Codes of problems found when looking back through git."""

from kapm_site.problem.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "foreign-repository": Entry(
        "info",
        "All projects of a workspace are in one git repository.",
        "A submodule, or a repository inside a project's folder, keeps its past where this workspace's does not "
        "reach: the project is built, without what has changed and without trends.",
        "Run the command of the message, which takes the files into the workspace's own repository; a submodule's "
        "files come with `git submodule update --init`.",
    ),
    "no-history": Entry(
        "info",
        "A workspace is in a git repository, in a commit at least.",
        "What has changed, trends, numbered reports and the version on every page come from git's commits; the rest "
        "is built without them.",
        "Run the one command of the message.",
    ),
    "no-such-revision": Entry(
        "error",
        "A revision that is named is in the repository, and holds the workspace.",
        "A past state is read from git's objects; what is not there cannot be read.",
        "Name a commit, a branch, a tag or `HEAD~3`; in a shallow clone run `git fetch --unshallow` first.",
    ),
    "objects-missing": Entry(
        "warning",
        "Git has all objects of the commits that it knows.",
        "A partial clone leaves out files of older commits, and a fault of a disk may take any; a past with gaps is "
        "not told, and the rest is built without it.",
        "In a partial clone run `git fetch --refetch --no-filter`; else `git fsck` says what is broken, and a fresh "
        "clone is whole.",
    ),
    "past-unreadable": Entry(
        "info",
        "Past weeks of a project can be read.",
        "States with errors, or from before the vocabulary was what it is, are left out of the trends and counted.",
        "Nothing: commits are not rewritten for it.",
    ),
    "report-commit-lost": Entry(
        "warning",
        "The commit that a report was made from is in the repository.",
        "What has changed since that report cannot be told, and the report cannot be made again.",
        "Fetch the branch or the older commits that hold it; if a rebase dropped it, release the next report.",
    ),
    "report-differs": Entry(
        "warning",
        "A released report on a client's site is the one that was sent.",
        "This version of kapm, or of what it builds on, says or sets something else from the same commit. Rather than "
        "call that by the number of the report, the site holds a draft.",
        "Run `kapm release … --verify` to see what differs; the version that made the report makes it again; the next "
        "report settles it.",
    ),
    "report-unreadable": Entry(
        "info",
        "The files that a report was made from can still be read.",
        "They had errors by the rules of this version, or use an older vocabulary; what has changed since then is "
        "not told.",
        "Release the next report; the version of kapm that made this one can still make it again.",
    ),
    "shallow-clone": Entry(
        "warning",
        "The clone holds all commits.",
        "Continuous integration often fetches the last commit alone; what has changed and trends then lack all that "
        "was before it.",
        "Run `git fetch --unshallow`; in continuous integration set `fetch-depth: 0` (GitHub) or `GIT_DEPTH: 0` "
        "(GitLab).",
    ),
    "submodule-missing": Entry(
        "warning",
        "The files of a submodule are there.",
        "A clone brings a submodule's folder empty; its project cannot be read, and is told as broken.",
        "Run the command of the message; in continuous integration let the checkout fetch submodules.",
    ),
}
