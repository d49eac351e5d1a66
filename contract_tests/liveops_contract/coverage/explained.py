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
UPSELL_OF_OPERATORS = "get-upsell-configurations-for-project-admin"
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


def _other_day(item: Item, _: Operation) -> bool:
    return _status(item.mark) == "200" and item.schema.get("type") == "null" and item.mark.keyword == "optional"


def _of_one_user(item: Item, operation: Operation) -> bool:
    names = item.mark.place.split("/")
    return operation.security == "admin" and ("top_contributors" in names or item.mark.place.endswith("/value_point/amount"))


def _on_sale(item: Item, _: Operation) -> bool:
    place, keyword = item.mark.place, item.mark.keyword
    below = any(f"/items/*/{name}/" in place for name in ("periods", "limits/per_item"))
    none = place.endswith("/items/*/periods") and keyword == "items"
    return (
        below or none or place.endswith("/limits/per_item") or (place.endswith("/items/*/limits/per_user") and keyword == "null")
    )


def _loyalty(item: Item, _: Operation) -> bool:
    return item.mark.place.endswith("/step_loyalty_rewards") and item.mark.keyword == "items"


def _share(item: Item, _: Operation) -> bool:
    return _status(item.mark) == "200" and item.mark.place.endswith("/discount/percent") and item.mark.keyword == "null"


def _no_discount(item: Item, operation: Operation) -> bool:
    return operation.area == "coupons" and item.mark.place == "/200/discount/percent"


def _nothing_paid(item: Item, operation: Operation) -> bool:
    place = item.mark.place
    is_price = place.startswith("/200/items/*/price/") or (
        place == "/200/items/*/is_free" and item.mark.keyword == "boolean false"
    )
    return operation.area == "coupons" and operation.method == "POST" and is_price


def _left_out(item: Item, operation: Operation) -> bool:
    place = item.mark.place
    return (
        operation.area == "promo_codes"
        and _status(item.mark) == "200"
        and place.endswith("price_conditions")
        and item.mark.keyword == "null"
    )


def _numbered_keys(item: Item, operation: Operation) -> bool:
    return operation.id == UPSELL_OF_OPERATORS and any(name in item.mark.place for name in ("/unit_items", "/unit_type"))


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
    Reason("a field of an answer that can be nothing but null may as well be left out", _other_day),
    Reason("an operator reads of a chain what holds for all users, not what one of them or a clan has reached", _of_one_user),
    Reason(
        "when an item is on sale, and how many pieces of it all users together may buy, belongs to the catalog, another API: the "
        "control door that stands for it only knows limits for each user",
        _on_sale,
    ),
    Reason("loyalty points belong to another API, and a step of an offer chain comes with none", _loyalty),
    Reason(
        "a discount of this API is a share of the price; one without a share would be an amount, which none of its calls makes",
        _share,
    ),
    Reason("a coupon gives items and takes nothing off a price", _no_discount),
    Reason("what a coupon gives costs nothing, so that it has no price", _nothing_paid),
    Reason("a promo code without such conditions has none in its answer, where null would say the same", _left_out),
    Reason(
        "the upsell of an operator shows keys of games by number and in several languages, and the control door knows neither",
        _numbered_keys,
    ),
)


@cache
def _inferred(operation_id: str) -> tuple[str, ...]:
    """The statuses that no document states for the operation."""
    described = (part for item in load_bundle()["paths"].values() for part in item.values() if isinstance(part, dict))
    return next(tuple(part.get("x-inferred-statuses", ())) for part in described if part.get("operationId") == operation_id)
