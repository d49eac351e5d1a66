"""How much a run asks: quick while working, gate before a release, deep at night."""

from dataclasses import dataclass

EVERY = 1_000_000


@dataclass(frozen=True)
class Profile:
    """The amount of work of a run; `near_misses` is for each example of an operation."""

    name: str
    examples: int
    steps: int
    near_misses: int
    fuzz_examples: int


PROFILES = {
    "quick": Profile("quick", examples=6, steps=15, near_misses=80, fuzz_examples=0),
    "gate": Profile("gate", examples=25, steps=30, near_misses=EVERY, fuzz_examples=10),
    # About an hour, of which each example of all laws and its part of the journeys take some 9 seconds.
    "deep": Profile("deep", examples=250, steps=60, near_misses=EVERY, fuzz_examples=200),
}
