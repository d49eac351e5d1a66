"""How much a run asks: quick while working, gate before a release, deep at night."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """The amount of work of a run."""

    name: str
    examples: int
    steps: int
    near_miss_stride: int
    fuzz_examples: int


PROFILES = {
    "quick": Profile("quick", examples=20, steps=15, near_miss_stride=3, fuzz_examples=0),
    "gate": Profile("gate", examples=100, steps=30, near_miss_stride=1, fuzz_examples=20),
    "deep": Profile("deep", examples=2000, steps=60, near_miss_stride=1, fuzz_examples=200),
}
