"""Copies of the description in which one place differs; all the rest is shared with the original."""

from typing import Any

from xsolla_liveops.bundle import load_bundle

from liveops_contract.stage import Stage, in_process_stage

Json = Any
Pointer = tuple[str | int, ...]
REMOVED = object()


def changed(node: Json, pointer: Pointer, value: Json) -> Json:
    """The same document with another value at the pointer, or without it where the value is REMOVED."""
    if not pointer:
        return value
    step, rest = pointer[0], pointer[1:]
    if isinstance(node, list):
        return [changed(part, rest, value) if place == step else part for place, part in enumerate(node)]
    if not rest and value is REMOVED:
        return {key: part for key, part in node.items() if key != step}
    return {**node, step: changed(node.get(step, {}), rest, value)}


def stage_with(pointer: Pointer, value: Json) -> Stage:
    """A stage over a mock in this process that obeys the description with one place changed."""
    return in_process_stage(document=changed(load_bundle(), pointer, value))
