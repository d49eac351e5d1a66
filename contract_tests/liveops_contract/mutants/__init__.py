"""Faulty servers: one for each promise of the description, and one for each fault that can befall a rule of the game."""

from functools import cache

from liveops_contract.mutants import answers, bodies, credentials, parameters, rules
from liveops_contract.mutants.mutant import Mutant

__all__ = ["Mutant", "all_mutants"]


@cache
def all_mutants() -> tuple[Mutant, ...]:
    """Every mutant, always in the same order."""
    return tuple(mutant for source in (bodies, parameters, answers, credentials, rules) for mutant in source.mutants())
