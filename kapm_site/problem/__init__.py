"""What is wrong with a user's data, where, and how to mend it: the one shape every stage returns."""

from kapm_site.problem.records import (
    MOST_OF_A_FILE,
    Mark,
    Problem,
    Related,
    Severity,
    first_problems,
    has_errors,
    limit_problems,
    sort_problems,
)

__all__ = [
    "MOST_OF_A_FILE",
    "Mark",
    "Problem",
    "Related",
    "Severity",
    "first_problems",
    "has_errors",
    "limit_problems",
    "sort_problems",
]
