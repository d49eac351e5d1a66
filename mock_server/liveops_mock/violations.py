"""Every way in which a value leaves its schema, in the words that the SDK uses before it sends; values are shown by orjson."""

from functools import partial
from typing import Any

import orjson
from xsolla_liveops import violations as words
from xsolla_liveops.violations import spelled_out as spelled_out

Json = Any
Violation = words.Found


def show(value: Json) -> str:
    """A value as JSON."""
    return str(value) if type(value) is int else orjson.dumps(value).decode()  # orjson knows 64 bits alone


violation = partial(words.violation, show=show)
list_violations = partial(words.list_violations, show=show)
crossing_violations = partial(words.crossing_violations, show=show)
