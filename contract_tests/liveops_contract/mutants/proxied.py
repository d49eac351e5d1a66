"""Faulty servers that are the sound mock behind a spoiler of one operation."""

from collections.abc import Callable

from liveops_contract.description import Operation
from liveops_contract.doors import Served
from liveops_contract.spoilers.proxy import Spoiler, SpoilingProxy
from liveops_contract.stage import Stage, in_process_stage


def proxied(operation: Operation, spoiler: Callable[[], Spoiler]) -> Stage:
    """A stage over a mock in this process behind a spoiler that is made anew for it."""

    def around(server: Served) -> Served:
        return SpoilingProxy(server, spoiler(), lambda called: called.id == operation.id)

    return in_process_stage(around=around)
