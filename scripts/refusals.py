"""What the facade raises for an operation, as its description says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from facade_names import RULE_ERRORS
from references import resolved

Json = Any
BY_STATUS = {"401": "AuthenticationError", "403": "AuthenticationError", "404": "NotFoundError"}
MALFORMED = "The request does not have the documented shape."


@dataclass(frozen=True)
class Refusal:
    """An error of the SDK, and when an operation raises it."""

    error: str
    about: str


def refusals_of(operation: dict[str, Json], document: dict[str, Json]) -> tuple[Refusal, ...]:
    """The errors that a caller of the operation may want to tell apart, each once."""
    told: dict[str, Refusal] = {}
    for refusal in [*by_status(operation, document), *by_rule(operation)]:
        told.setdefault(refusal.error, refusal)
    return tuple(told.values())


def by_status(operation: dict[str, Json], document: dict[str, Json]) -> Iterator[Refusal]:
    """What the documented statuses say by themselves."""
    for status, answer in sorted(operation["responses"].items()):
        if status in BY_STATUS:
            yield Refusal(BY_STATUS[status], resolved(document, answer)["description"].rstrip(".") + ".")


def by_rule(operation: dict[str, Json]) -> Iterator[Refusal]:
    """What 422 says: a request out of shape, or a rule of the game."""
    if "422" in operation["responses"]:
        yield Refusal("ValidationError", MALFORMED)
    for code in operation.get("x-rule-codes", ()):
        yield Refusal(*RULE_ERRORS[code])
