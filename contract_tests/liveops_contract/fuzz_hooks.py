"""Loaded by Schemathesis: a request that fits the description may meet a rule of the game, but never code 1102."""

from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, Response

SHAPE_REFUSED = 1102


@schemathesis.check
def shape_is_not_refused(ctx: CheckContext, response: Response, case: "Case[Any]") -> None:  # noqa: ARG001 - the signature of a check
    """Schemathesis counts every 422 alike; the documented API tells a wrong shape from a refusal of the game by the code."""
    positive = case.meta is not None and case.meta.generation.mode.is_positive
    if positive and response.status_code == 422 and response.json().get("errorCode") == SHAPE_REFUSED:
        raise AssertionError("A request that fits the description is refused for its shape, with code 1102")
