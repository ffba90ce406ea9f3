"""Text to nodes with marks, and edits of text that keep comments: the only user of YAML libraries."""

from kapm_site.source.compose import compose
from kapm_site.source.nodes import Mapping, Node, Scalar, Sequence, child, locate, plain, replaced
from kapm_site.source.text import MAX_FILE_BYTES, MAX_TEXT_BYTES, decode, mark_at

__all__ = [
    "MAX_FILE_BYTES",
    "MAX_TEXT_BYTES",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "child",
    "compose",
    "decode",
    "locate",
    "mark_at",
    "plain",
    "replaced",
]
