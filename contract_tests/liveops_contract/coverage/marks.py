"""The unit of coverage: one keyword at one place of one operation, in one of the ways in which it can be exercised."""

from dataclasses import dataclass, field
from typing import NamedTuple

from liveops_contract.description import Schema

# Taken inside; taken at the last value inside; refused at the first outside; met in an answer.
VALID, BOUNDARY, INVALID, SEEN = "valid", "boundary", "invalid", "seen"
ASPECTS = (VALID, BOUNDARY, INVALID, SEEN)


class Mark(NamedTuple):
    """What was, or has to be, exercised. The coverage of several runs is joined by uniting their sets of marks."""

    operation: str
    place: str  # `status`, `/path/...`, `/query/...`, `/body/...`, or of an answer `/200/...`
    keyword: str
    aspect: str

    def __str__(self) -> str:
        return f"{self.operation} {self.place} {self.keyword}: {self.aspect}"


@dataclass(frozen=True)
class Item:
    """A mark, and the part of the description that asks for it."""

    mark: Mark
    schema: Schema = field(hash=False, default_factory=dict)
