"""Planted bugs, one module per area: rules that replace the good ones from outside, so that the laws can show their teeth."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Defect:
    """A rule that is wrong on purpose, and the laws or journeys that notice it."""

    name: str
    fault: str
    operation: str
    caught_by: tuple[str, ...]
    rule: Callable[..., Any] = field(repr=False, compare=False)

    @property
    def area(self) -> str:
        """The area whose module the defect stands in."""
        return self.rule.__module__.rpartition(".")[2]


def plant(operation: str, *, caught_by: tuple[str, ...] | str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a function `(world, call) -> Reply` as a bug to put in the place of the operation's rule."""

    def mark(rule: Callable[..., Any]) -> Callable[..., Any]:
        catchers = (caught_by,) if isinstance(caught_by, str) else caught_by
        fault = (rule.__doc__ or "").strip().partition("\n")[0]
        rule.defect = Defect(rule.__name__, fault, operation, catchers, rule)  # type: ignore[attr-defined]
        return rule

    return mark


def all_defects() -> Iterator[Defect]:
    """Every planted bug of every area."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if isinstance(getattr(value, "defect", None), Defect):
                yield value.defect
