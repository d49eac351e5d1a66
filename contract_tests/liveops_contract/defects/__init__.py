"""Planted bugs, one module per area, put in from outside so that the laws can show their teeth.

A bug is a rule that replaces a good one, or a change of the description by which the mock finds its operations.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Defect:
    """A rule, or a change of the description, that is wrong on purpose, and the laws or journeys that notice it."""

    name: str
    fault: str
    operation: str
    caught_by: tuple[str, ...]
    rule: Callable[..., Any] = field(repr=False, compare=False)
    in_description: bool = False

    @property
    def area(self) -> str:
        """The area whose module the defect stands in."""
        return self.rule.__module__.rpartition(".")[2]


def plant(
    operation: str, *, caught_by: tuple[str, ...] | str, in_description: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a function as a bug: `(world, call) -> Reply` in the place of the rule, or `(document)` that changes the bundle."""

    def mark(rule: Callable[..., Any]) -> Callable[..., Any]:
        catchers = (caught_by,) if isinstance(caught_by, str) else caught_by
        fault = (rule.__doc__ or "").strip().partition("\n")[0]
        rule.defect = Defect(rule.__name__, fault, operation, catchers, rule, in_description)  # type: ignore[attr-defined]
        return rule

    return mark


def all_defects() -> Iterator[Defect]:
    """Every planted bug of every area."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if isinstance(getattr(value, "defect", None), Defect):
                yield value.defect
