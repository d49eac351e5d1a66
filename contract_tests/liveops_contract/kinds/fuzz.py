"""Schemathesis."""

from collections.abc import Iterator

from liveops_contract.checks import Check


def checks() -> Iterator[Check]:
    """None yet."""
    yield from ()
