"""Loaded by Schemathesis: a request that fits the description may meet a rule of the game, but never code 1102.

Schemathesis draws from the schemas alone, so some of its bodies break a rule across fields; those have to be refused with 1102.
"""

from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, Response
from xsolla_liveops.field_rules import broken_rules

import liveops_contract.drawing  # noqa: F401 - what Schemathesis draws follows from the seed alone, too

SHAPE_REFUSED = 1102


@schemathesis.check
def shape_is_not_refused(ctx: CheckContext, response: Response, case: "Case[Any]") -> None:  # noqa: ARG001 - the signature of a check
    """Schemathesis counts every 422 alike; the documented API tells a wrong shape from a refusal of the game by the code."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    refused = response.status_code == 422 and response.json().get("errorCode") == SHAPE_REFUSED
    broken = broken_rules(case.operation.definition.raw["operationId"], case.body)
    if refused and not broken:
        raise AssertionError("A request that fits the description is refused for its shape, with code 1102")
    if broken and response.status_code < 400:
        raise AssertionError(f"{broken[0].pointer} breaks {broken[0].rule}, and the request is not refused")
