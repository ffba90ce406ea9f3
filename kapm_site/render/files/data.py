"""Data as JSON."""

import json
from collections.abc import Mapping


def json_bytes(data: Mapping[str, object]) -> bytes:
    """Write data as UTF-8 JSON on one line; keys keep their order, which the makers of the data fix.

    Raises:
        ValueError: A number is infinite or not a number, which JSON cannot say.
    """
    return (json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()
