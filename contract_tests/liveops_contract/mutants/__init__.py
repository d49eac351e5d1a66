"""Spec mutants: one faulty server for each promise of the description, gathered in one list."""

from functools import cache

from liveops_contract.mutants import answers, bodies, credentials, parameters
from liveops_contract.mutants.mutant import Mutant

__all__ = ["Mutant", "all_mutants"]


@cache
def all_mutants() -> tuple[Mutant, ...]:
    """Every mutant, always in the same order."""
    return tuple(mutant for source in (bodies, parameters, answers, credentials) for mutant in source.mutants())
