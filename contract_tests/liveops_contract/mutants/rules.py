"""Mutants of what the game does: for each operation, every category of fault that can befall it."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

from xsolla_liveops.bundle import load_bundle

from liveops_contract.collections_of_things import collections
from liveops_contract.description import Operation, operations, resolved, validator
from liveops_contract.mutants import single_values, wrapping
from liveops_contract.mutants.mutant import Mutant
from liveops_contract.mutants.proxied import proxied
from liveops_contract.mutants.wrapping import Wrapper, wrapped
from liveops_contract.spoilers import values
from liveops_contract.spoilers.answers import accepts, changes_answers, drops_the_last_page, finds_everything
from liveops_contract.spoilers.proxy import Spoiler
from liveops_contract.spoilers.reads import keeps_a_read_for_the_next, keeps_reads
from liveops_contract.spoilers.requests import adds_to_query, changes_right_bodies
from liveops_contract.spoilers.values import Way, everywhere
from liveops_contract.spoilers.writes import writes_back

Json = Any
Fault = tuple[str, str, Callable[[], Spoiler]]  # kind, change, and what brings it about
SPENT = 9804  # no redemption is left
ANSWER_ALONE = ("changes nothing", "only the answer")  # why a call is not repeated although it leaves the same
MADE_ANEW = "is made anew"
OF_CATALOG = frozenset(
    {"groups", "attributes", "virtual_prices", "inventory_options", "virtual_item_type", "periods", "custom_attributes"}
)
NEVER_A_RULE = "The code is that of a thing that is not there, which is a 404: no rule gives it to a thing that is."
CONTENT = "A daily chain tells of a bundle without what is inside of it."
NUMBERLESS = "No document says which number a value point has among the items of a shop: it is null there."
UNORDERED = ("admin-get-items-value-point-reward",)
NO_ORDER = "No document says in which order the items stand that carry a value point."
ONE_USER = "Limits start over for the one user who is named, so that there is nobody to miss."
THE_ONLY_ONE = "A project has one of it at most, and the project that was asked before has its own."
KEYS = "The upsell of an operator shows keys of games by number and in several languages; the control door knows neither."
ITEMS_ALONE = "A coupon gives items and takes nothing off a price."
CATALOG = "The catalog belongs to another API, and nothing that can be sent, to the control door either, puts this into an item."
ONCE = frozenset({6215, 6260, 9803, 9912})  # the name or code is taken, a code is in the cart, the step is claimed


def mutants() -> Iterator[Mutant]:
    """Every fault of every operation."""
    for operation in operations():
        for kind, change, wrapper in _of_state(operation):
            yield _mutant(operation, kind, change, partial(wrapped, operation, wrapper), _leaves_no_trace(operation, wrapper))
        for kind, change, factory in (*_of_reads(operation), *_of_writes(operation)):
            yield _mutant(operation, kind, change, partial(proxied, operation, factory))
        yield from (*_of_lists(operation), *_of_refusals(operation))
        for place, wrong in _single(operation):
            spoiler = (changes_answers if place == "answer" else changes_right_bodies)(wrong)
            change = f"{place} /{'/'.join(wrong.way)}"
            reason = _never_told(operation, wrong.way) if place == "answer" else ""
            yield _mutant(operation, wrong.kind, change, partial(proxied, operation, spoiler), reason)


def _leaves_no_trace(operation: Operation, wrapper: Wrapper) -> str:
    """Why a rule that goes wrong in this way leaves what the sound one leaves; empty where it may not."""
    if wrapper is wrapping.repeats:
        return _same_when_repeated(operation)
    if wrapper is wrapping.writes_elsewhere and _makes_the_only_one(operation):
        return THE_ONLY_ONE
    return ONE_USER if wrapper is wrapping.misses_one_user and _is_for_one_user(operation) else ""


def _never_told(operation: Operation, way: Way) -> str:
    """Why no answer of the mock shows this place; empty where one may."""
    if operation.area == "daily_chains" and "content" in way:
        return CONTENT
    if way[-2:] == ("*", "item_id") and "vp_rewards" in way:
        return NUMBERLESS
    if operation.area == "upsell" and {"unit_items", "unit_type"} & set(way):
        return KEYS
    if operation.area == "coupons" and way[:1] == ("discount",):
        return ITEMS_ALONE
    return CATALOG if OF_CATALOG & set(way) else ""


def _mutant(operation: Operation, kind: str, change: str, make: Any, reason: str = "") -> Mutant:
    return Mutant("rule", kind, (operation.id,), "rule", change, make, ("round trips", "laws"), reason)


def _of_state(operation: Operation) -> Iterator[tuple[str, str, Wrapper]]:
    if operation.reads_only:
        yield "other project's objects leaked", "what another project has is told", wrapping.looks_elsewhere
    else:
        yield "write swallowed", "each", wrapping.forgets
        yield "write carried out twice", "each", wrapping.repeats
        yield "write carried out late", "at the next call", wrapping.delays
        yield "write into another project too", "each", wrapping.writes_elsewhere
    if (operation.security == "user" and "/user/" in operation.path) or _names_user(operation):
        yield "wrong user's state", "everybody is the first one", wrapping.takes_for_the_first
    if "reset" in operation.id:
        yield "reset misses one user", "the last of several", wrapping.misses_one_user
    if operation.id in _removals():
        yield "number given again after deletion", "the last one", wrapping.gives_numbers_again


@cache
def _removals() -> frozenset[str]:
    """The operations that remove a thing that the server has given a number."""
    return frozenset(kind.remove.id for kind in collections() if kind.key.endswith("_id") and kind.key != "external_id")


def _same_when_repeated(operation: Operation) -> str:
    """Why a write that comes twice leaves what it left the first time; empty where it may leave more."""
    note = load_bundle()["paths"][operation.path][operation.method.lower()].get("x-not-idempotent", "")
    if "reset" in operation.id:
        return "A reset that follows a reset finds nothing to start over."
    if operation.method in ("PUT", "DELETE", "PATCH") and (not note or any(words in note for words in ANSWER_ALONE)):
        return "A PUT, PATCH or DELETE that may be repeated leaves what it left the first time."
    if MADE_ANEW in note:
        return "What is made anew takes the place of what was: after two calls other numbers stand there, and none is promised."
    if ONCE & set(operation.rule_codes):
        return "What is there, claimed or redeemed already is refused the second time, and the first answer is told."
    return ""


def _makes_the_only_one(operation: Operation) -> bool:
    """Whether what is made has neither name nor number, and cannot be made twice."""
    return operation.method == "POST" and 202 in operation.responses and not operation.path_examples


def _is_for_one_user(operation: Operation) -> bool:
    """Whether the body has to name a user: null would stand for everybody."""
    user = resolved(operation.body or {}).get("properties", {}).get("user")
    return user is not None and not validator(user).is_valid(None)


def _names_user(operation: Operation) -> bool:
    in_query = any(parameter.name in wrapping.USERS for parameter in operation.parameters)
    return in_query or any(way[-1] in wrapping.USERS for way in _ways(operation.body or {}) if way)


def _of_reads(operation: Operation) -> Iterator[Fault]:
    if not operation.reads_only:
        return
    yield "stale read", "the first answer for ever", keeps_reads
    yield "stale read", "the answer once more", keeps_a_read_for_the_next
    names = {parameter.name for parameter in operation.parameters if parameter.place == "query"}
    if "offset" in names:
        yield "paging skips or repeats", "offset one more", adds_to_query("offset", 1)
        yield "paging skips or repeats", "offset one less", adds_to_query("offset", -1)
        yield "paging skips or repeats", "the last page empty", drops_the_last_page
    if "limit" in names:
        yield "paging skips or repeats", "limit one less", adds_to_query("limit", -1)


def _of_writes(operation: Operation) -> Iterator[Fault]:
    if operation.method == "PUT" and operation.body is not None:
        yield "write undone", "the body before once more", writes_back
    for kind, change in TIMES.items():
        if operation.body is not None and any(map(_changes(change), operation.examples.values())):
            yield kind, "in what is sent", changes_right_bodies(everywhere(change))
    for kind, change in (TIMES | SUMS).items():
        if any(map(_changes(change), _shown(operation))):
            yield kind, "in what is told", changes_answers(everywhere(change))


def _of_lists(operation: Operation) -> Iterator[Mutant]:
    for way in _lists(operation):
        at, never = f"/{'/'.join(way)}", _never_told(operation, way)
        swapped, cut = (partial(proxied, operation, changes_answers(values.at(way, to))) for to in (values.swapped, values.cut))
        in_no_order = NO_ORDER if operation.id in UNORDERED else ""
        yield _mutant(operation, "order of list", f"the last two of {at} swapped", swapped, never or in_no_order)
        yield _mutant(operation, "list cut or repeated", f"the last of {at} lost", cut, never)


def _changes(change: values.Change) -> Callable[[Json], bool]:
    return lambda document: everywhere(change)(document) != document


TIMES: dict[str, values.Change] = {
    "schedule off by a day": values.later(days=1),
    "schedule on the other side of UTC": values.other_side,
}
SUMS: dict[str, values.Change] = {"price rounded": values.rounded}


def _of_refusals(operation: Operation) -> Iterator[Mutant]:
    for code in operation.rule_codes:
        kind = "code reusable after use" if code == SPENT else "refusal accepted"
        reason = NEVER_A_RULE if code in _codes_of_missing_things() else ""
        yield _mutant(operation, kind, f"{code} answered with success", partial(proxied, operation, accepts(code)), reason)
    if operation.path_examples:
        make = partial(proxied, operation, finds_everything)
        yield _mutant(operation, "missing thing found", "404 answered with success", make)


@cache
def _codes_of_missing_things() -> frozenset[int]:
    return frozenset(code for one in operations() if 404 in one.responses for code in one.responses[404].codes)


def _single(operation: Operation) -> Iterator[tuple[str, single_values.Other]]:
    yield from (("answer", other) for other in single_values.told(operation))
    if operation.body is not None:
        yield from (("body", other) for other in single_values.taken(operation))


def _shown(operation: Operation) -> list[Json]:
    source = load_bundle()["paths"][operation.path][operation.method.lower()]
    contents = [resolved(part).get("content", {}) for status, part in source["responses"].items() if int(status) < 300]
    examples = [example for content in contents for example in content.get("application/json", {}).get("examples", {}).values()]
    return [resolved(example)["value"] for example in examples]


def _lists(operation: Operation) -> Iterator[Way]:
    yield from dict.fromkeys(way for document in _shown(operation) for way in _long_lists(document, ()))


def _long_lists(document: Json, way: Way) -> Iterator[Way]:
    """Where a document holds a list of several elements."""
    if isinstance(document, dict):
        for name, member in document.items():
            yield from _long_lists(member, (*way, name))
    elif isinstance(document, list):
        yield from [way] if len(document) > 1 else []
        for member in document:
            yield from _long_lists(member, (*way, "*"))


def _ways(schema: Json) -> Iterator[Way]:
    from liveops_contract.mutants.answers import _walk

    yield from ((*way, name) for way, name, _, _ in _walk(schema, (), ()))
