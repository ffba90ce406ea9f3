"""Text to nodes with marks, and edits of text that keep comments: the only user of YAML libraries."""

from kapm_site.source.compose import MAX_PROBLEMS, compose
from kapm_site.source.markdown import Target, prose, targets
from kapm_site.source.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    child,
    locate,
    mark_within,
    plain,
    replaced,
    without,
)
from kapm_site.source.text import MAX_FILE_BYTES, MAX_TEXT_BYTES, decode, mark_at

__all__ = [
    "MAX_FILE_BYTES",
    "MAX_PROBLEMS",
    "MAX_TEXT_BYTES",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Target",
    "child",
    "compose",
    "decode",
    "locate",
    "mark_at",
    "mark_within",
    "plain",
    "prose",
    "replaced",
    "targets",
    "without",
]
