"""Why a mutant may be no mutant: stated rules by which no request can tell a changed schema from the original."""

import re._parser as regular  # type: ignore[import-not-found]  # how long a match is, no other module says
from collections.abc import Callable, Iterator
from typing import Any

from xsolla_liveops.bundle import load_bundle

from liveops_contract.description import Schema
from liveops_contract.mutants.schema_steps import Step, takes_null

Json = Any
Rule = Callable[[Step, str], bool]


def same_for_all(step: Step, component: str) -> str:
    """The reason for which a step changes nothing; empty where it changes something."""
    return next((rule.__doc__ or "" for rule in RULES if rule(step, component)), "")


def _options_decide(step: Step, _: str) -> bool:
    """An `enum` or `const` at the same place allows single values, so a looser type, null or length allows nothing more."""
    decided = "enum" in step.node or "const" in step.node
    return decided and step.kind.split()[0] in ("type", "null", "minLength", "maxLength", "pattern") and "loosened" in step.kind


def _credentials_decide(_: Step, component: str) -> bool:
    """Whose project it is comes before its number: a number beside the caller's own is 401, in whatever bounds it is."""
    return component == "project_id"


def _pattern_decides_length(step: Step, _: str) -> bool:
    """The pattern beside it allows no text that is longer, or shorter, than the bound: a looser bound allows nothing more."""
    if "pattern" not in step.node or not step.kind.endswith("Length loosened"):
        return False
    shortest, longest = regular.parse(step.node["pattern"]).getwidth()
    return bool(longest <= step.node["maxLength"] if step.kind.startswith("max") else shortest >= step.node["minLength"])


def _other_form_decides(step: Step, _: str) -> bool:
    """Another form of the same `anyOf` takes null, so this one may take it too."""
    return step.kind == "null loosened" and any(takes_null(form) for form in step.beside)


def _every_use_decides(step: Step, component: str) -> bool:
    """Wherever the description names this component, another form of the same `anyOf` takes null, so this one may take it too."""
    uses = list(_uses(load_bundle(), f"#/components/schemas/{component}", ())) if step.kind == "null loosened" else []
    return not step.place and bool(uses) and all(any(map(takes_null, beside)) for beside in uses)


def _uses(node: Json, reference: str, beside: tuple[Schema, ...]) -> Iterator[tuple[Schema, ...]]:
    """For each place that refers to a schema, the other forms of the `anyOf` that the reference is a form of."""
    if isinstance(node, list):
        for part in node:
            yield from _uses(part, reference, ())
    elif isinstance(node, dict):
        if node.get("$ref") == reference:
            yield beside
        for key, part in node.items():
            if key == "anyOf":
                for form in part:
                    yield from _uses(form, reference, tuple(other for other in part if other is not form))
            else:
                yield from _uses(part, reference, ())


RULES: tuple[Rule, ...] = (
    _options_decide,
    _credentials_decide,
    _pattern_decides_length,
    _other_form_decides,
    _every_use_decides,
)
