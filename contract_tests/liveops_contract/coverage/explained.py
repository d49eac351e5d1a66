"""Why some of what the description says can be exercised by nobody: each reason is a rule, never a list of places.

A reason that covers something that was exercised nevertheless is out of date, and a run says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from xsolla_liveops.bundle import load_bundle

from liveops_contract.coverage.marks import BOUNDARY, INVALID, Item, Mark
from liveops_contract.description import Operation, operation_table, resolved

Json = Any
Rule = Callable[[Item, Operation], bool]
OF_BODIES = ("400", "413", "415")
NO_VIOLATIONS = "/errorMessageExtended"
SERVER_FAILED = 9502
NAMES_OF_THINGS, DEEPEST = ("Sku", "Id"), 6


@dataclass(frozen=True)
class Reason:
    """A sentence, and the rule that says which marks it explains."""

    sentence: str
    covers: Rule


def reason_of(item: Item) -> str | None:
    """Why this mark cannot be exercised; None if it can."""
    operation = operation_table()[item.mark.operation]
    return next((reason.sentence for reason in REASONS if reason.covers(item, operation)), None)


def wanted(item: Item) -> bool:
    """Whether a run has to exercise this mark."""
    return reason_of(item) is None


def _is(mark: Mark, keyword: str, aspect: str) -> bool:
    return (mark.keyword, mark.aspect) == (keyword, aspect)


def _status(mark: Mark) -> str:
    """The status that a mark is about; nothing for one about requests."""
    return mark.keyword if mark.place == "status" else mark.place[1:4] if mark.place[1:4].isdigit() else ""


def _always_text(item: Item, _: Operation) -> bool:
    texts = item.mark.place.startswith(("/path/", "/query/")) and item.schema.get("type") in ("string", "array")
    return texts and _is(item.mark, "type", INVALID)


def _empty_part(item: Item, _: Operation) -> bool:
    return item.mark.place.startswith("/path/") and item.schema.get("minLength") == 1 and _is(item.mark, "minLength", INVALID)


def _empty_list(item: Item, _: Operation) -> bool:
    return item.mark.place.startswith("/query/") and item.schema.get("minItems") == 1 and _is(item.mark, "minItems", INVALID)


def _given_project(item: Item, _: Operation) -> bool:
    return item.mark.place == "/path/project_id" and item.mark.keyword in ("minimum", "maximum") and item.mark.aspect == BOUNDARY


def _no_body(item: Item, operation: Operation) -> bool:
    return operation.body is None and _status(item.mark) in OF_BODIES


def _either_or(item: Item, operation: Operation) -> bool:
    return _status(item.mark) == "403" and 401 in operation.responses


def _names_nothing(item: Item, operation: Operation) -> bool:
    return (
        _status(item.mark) == "404"
        and "404" in _inferred(operation.id)
        and not operation.path_examples
        and not _points(operation.body or {})
    )


def _points(schema: Json, depth: int = 0) -> bool:
    """Whether a body names things beside the one that it makes: below its top there is a SKU or a number of an object."""
    source = resolved(schema) or {}
    if depth > 1 and schema.get("$ref", "").rpartition("/")[2] in NAMES_OF_THINGS:
        return True
    parts = [*source.get("properties", {}).values(), *([source["items"]] if "items" in source else [])]
    forms = [form for choice in ("oneOf", "anyOf", "allOf") for form in source.get(choice, ())]
    return depth < DEEPEST and (any(_points(part, depth + 1) for part in parts) or any(_points(form, depth) for form in forms))


def _not_of_shape(item: Item, _: Operation) -> bool:
    status, place = _status(item.mark), item.mark.place
    below = NO_VIOLATIONS + "/" in place or (place.endswith(NO_VIOLATIONS) and item.mark.keyword == "items")
    return status >= "400" and status != "422" and below


def _shape_alone(item: Item, operation: Operation) -> bool:
    at = _status(item.mark) == "422" and item.mark.place.endswith(NO_VIOLATIONS)
    return at and item.mark.keyword == "null" and not set(operation.rule_codes) - {SERVER_FAILED}


REASONS = (
    Reason(
        "what stands in a path or a query is a text, and a list there is one of texts: neither can be of another type",
        _always_text,
    ),
    Reason("an empty part of a path makes it another path", _empty_part),
    Reason("a list in a query that has no element is not there at all", _empty_list),
    Reason("the project is one that is given to the caller, who does not choose its number", _given_project),
    Reason("a call that takes no body is not refused for its body", _no_body),
    Reason("401 and 403 are documented for the same refusal, and a server has one of them: here it is 401", _either_or),
    Reason(
        "the path and the body of the call name nothing that could be missing; its 404 is that of unknown paths", _names_nothing
    ),
    Reason("violations are listed where the shape is refused, with 422, and nowhere else", _not_of_shape),
    Reason(
        "no rule of the game refuses the call (9502 says that the server itself failed), so that its 422 always lists violations",
        _shape_alone,
    ),
)


@cache
def _inferred(operation_id: str) -> tuple[str, ...]:
    """The statuses that no document states for the operation."""
    described = (part for item in load_bundle()["paths"].values() for part in item.values() if isinstance(part, dict))
    return next(tuple(part.get("x-inferred-statuses", ())) for part in described if part.get("operationId") == operation_id)
