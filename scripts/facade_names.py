"""What the facade of the SDK calls things: a method for each operation, an error for each code of the rules of the game.

A name follows from the operationId: no `admin-`, no word for what the area is about anyway, `list` for what comes in pages.
"""

import re
from collections.abc import Iterator
from typing import Any

from client_error import ClientError

Json = Any

# What the operations of an area call the thing that the area is about; where nothing stands, it is the tag in the singular.
THINGS = {
    "bonuses": ("bonus", "promotion"),
    "coupons": ("coupon", "promotion"),
    "discounts": ("item", "promotion"),
    "limits": ("user",),
    "personalization": ("filter-rule",),
    "promo_codes": ("promo-code", "promocode", "promotion"),
    "unique_catalog_offers": ("unique-catalog-offer", "promotion"),
}
TAIL = re.compile("-(list|by-id|step-reward|reward)$")

# Names that the rule would not give, or would give twice.
EXCEPTIONS = {
    "get-reward-chains-list": "list_for_user",
    "get-daily-chains-list": "list_for_user",
    "get-offer-chains-list": "list_for_user",
    "get-user-daily-chain-by-id": "get_for_user",
    "get-user-offer-chain-by-id": "get_for_user",
    "get-coupon-code-limit": "list_code_limits",
    "get-promo-code-code-limit": "list_code_limits",
    "remove-cart-promo-code": "remove_from_cart",
    "get-upsell-configurations-for-project-admin": "get_all",
    "get-upsell-for-project-client": "get_items",
    "post-upsell": "create",
    "put-upsell": "update",
    "put-upsell-toggle-active-inactive": "toggle",
}
OWN_NAMES = {"admin", "user", "without_login", "from_env", "close", "aclose", "client", "project_id"}  # of LiveOps itself

# The error for each code with which a rule of the game refuses, and what it says.
RULE_ERRORS = {
    4508: ("NoItemLimit", "The item has no limit for users."),
    4509: ("NoPromotionLimit", "The promotion or campaign has no limit for users."),
    4510: ("ItemLimitOutOfRange", "The user would have less than nothing left of the item, or more than its limit."),
    4511: ("PromotionLimitOutOfRange", "The user would have less than nothing left, or more than the limit of the promotion."),
    6209: ("ActiveChainError", "The chain is switched on; switch it off before the update."),
    6210: ("StillInUse", "A chain uses the value point."),
    6211: ("CannotChange", "This was fixed at creation, or is not what the path names."),
    6212: ("NamedTwice", "A list names one thing twice, in two ways."),
    6213: ("WrongKindOfChain", "A chain for clans needs a value point for clans, and no other chain takes one."),
    6214: ("TooManyValuePoints", "The balance has no room for the value points."),
    6215: ("AlreadyExists", "The SKU or the external id is taken, or there can be one only."),
    6220: ("NotRolling", "The chain counts the same days for everybody, so nobody's days can be reset."),
    6221: ("DayToCome", "The day of the step has not come."),
    6222: ("DayGone", "The day of the step has passed, or went to another step."),
    6231: ("OutOfTurn", "A step before this one is still open."),
    6232: ("WrongWay", "A free step is claimed, any other one is ordered."),
    6233: ("NoPrice", "The items of the step have no price together."),
    6250: ("CampaignOff", "The campaign of the code is switched off."),
    6251: ("OutOfPeriods", "The campaign of the code is not valid now."),
    6252: ("NotForUser", "The campaign of the code does not suit the user."),
    6253: ("WrongPick", "The items to pick are not picked, or not rightly."),
    6254: ("LimitBelowUse", "More is used already than the new limit allows."),
    6260: ("SecondPromoCode", "The cart has a promo code, and a purchase takes one only."),
    6261: ("NothingForCart", "The promo code gives nothing for this cart."),
    9502: ("CampaignNotSwitched", "The campaign could not be found while it was to be switched."),
    9505: ("PromotionNotSwitched", "The promotion could not be updated while it was to be switched."),
    9803: ("CodeTaken", "A campaign has this code already."),
    9804: ("NothingLeft", "No redemption is left: of the campaign, of the user, or of the code."),
    9808: ("NotInRegion", "The campaign of the code is not open in the user's region."),
    9912: ("AlreadyClaimed", "The user has the reward of the step, or can't claim it."),
    9913: ("NotEnoughValuePoints", "The balance does not reach the price of the step."),
}


def short_name(operation: dict[str, Json], in_pages: bool) -> str:
    """The method of an operation within the namespace of its area."""
    operation_id, area = operation["operationId"], operation["tags"][0]
    if operation_id in EXCEPTIONS:
        return EXCEPTIONS[operation_id]
    name: str = operation_id.removeprefix("admin-")
    if {"basicAuth"} not in [set(way) for way in operation.get("security", ())]:
        name = without("user", name)
    for thing in THINGS.get(area, (area.replace("_", "-").removesuffix("s"),)):
        name = without(f"{thing}s?", name)
    name = TAIL.sub("", name)
    if in_pages:
        name = re.sub("^get(?=-|$)", "list", name)
    return name.replace("-", "_")


def without(words: str, name: str) -> str:
    """The name without these words, where they stand as a whole, once."""
    return re.sub(f"(^|-){words}(?=-|$)", "", name, count=1).strip("-")


def method_names(operations: list[dict[str, Json]], paged: set[str]) -> dict[str, str]:
    """The method of each operation; refused where one has none of its own, or a table has a line that nothing needs."""
    names = {operation["operationId"]: short_name(operation, operation["operationId"] in paged) for operation in operations}
    for problem in unusable(operations, names):
        raise ClientError(f"{problem}; change the tables of scripts/facade_names.py")
    return names


def unusable(operations: list[dict[str, Json]], names: dict[str, str]) -> Iterator[str]:
    """Names that are no name, that two operations share or nobody has, and codes without an error."""
    taken: dict[tuple[str, str], str] = {}
    for operation in operations:
        operation_id, area = operation["operationId"], operation["tags"][0]
        name = names[operation_id]
        if not name.isidentifier() or name.startswith("_"):
            yield f"{operation_id} would be called {name!r} in the facade, which is no name"
        if area in OWN_NAMES:
            yield f"the area {area} would hide a method of LiveOps"
        if (area, name) in taken:
            yield f"{taken[area, name]} and {operation_id} would both be {area}.{name} in the facade"
        taken[area, name] = operation_id
    yield from (f"{name} has an exception and is no operation" for name in sorted(EXCEPTIONS.keys() - names.keys()))
    codes = {code for operation in operations for code in operation.get("x-rule-codes", ())}
    yield from (f"the code {code} of x-rule-codes has no error" for code in sorted(codes - RULE_ERRORS.keys()))
    yield from (f"the code {code} has an error and no operation" for code in sorted(RULE_ERRORS.keys() - codes))
