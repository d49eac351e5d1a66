"""What a reference within the bundle points at."""

from typing import Any

from client_error import ClientError

Json = Any


def resolved(document: dict[str, Json], node: dict[str, Json]) -> dict[str, Json]:
    """The part that a reference points at, or the part itself."""
    while "$ref" in node:
        target: Json = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            if not isinstance(target, dict) or key not in target:
                raise ClientError(f"the reference {node['$ref']!r} leads nowhere; run `make bundle`")
            target = target[key]
        node = target
    return node
