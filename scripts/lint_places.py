"""Where a place of the folded document stands in the sources: file and line."""

from collections.abc import Iterator, Mapping
from functools import cache
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

FRONT = "openapi.yaml"


@cache
def composed(text: str) -> Node:
    """The nodes of a source text; they know their lines."""
    node: Node = YAML(typ="safe", pure=True).compose(StringIO(text))
    return node


class Sources:
    """The nodes of all source files, to find lines in."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.files: dict[str, Node] = {name: composed(text) for name, text in texts.items()}

    def line(self, at: str) -> str:
        """`file:line` of a pointer into the document (`#/...`) or into a file (`areas/x.yaml#/...`)."""
        name, _, pointer = at.partition("#")
        keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
        if not name:
            name, keys = self.origin(keys)
        return f"{name}:{deepest_line(self.files.get(name), keys)}"

    def origin(self, keys: list[str]) -> tuple[str, list[str]]:
        """The file that a place of the document was folded from, and the keys within that file."""
        if keys[:1] == ["components"] and len(keys) > 2:
            owners = [name for name, node in self.files.items() if len(list(path(node, keys[1:3]))) == 2]
            return (owners[0], keys[1:]) if owners else (FRONT, keys)
        if keys[:1] == ["paths"] and len(keys) > 1:
            route = list(path(self.files.get(FRONT), [*keys[:2], "$ref"]))
            if len(route) == 3:
                name, _, tail = str(route[-1][1].value).partition("#/")
                return name, [*tail.split("/"), *keys[2:]]
        return FRONT, keys


def deepest_line(node: Node | None, keys: list[str]) -> int:
    """Line of the last key that exists; what the bundler added has the line of the thing it was added to."""
    lines = [found.start_mark.line + 1 for found, _ in path(node, keys)]
    return lines[-1] if lines else 1


def path(node: Node | None, keys: list[str]) -> Iterator[tuple[Node, Node]]:
    """The key and the value of each step down, as far as it goes."""
    for key in keys:
        found = next((pair for name, *pair in entries(node) if name == key), None)
        if found is None:
            return
        yield found[0], found[1]
        node = found[1]


def entries(node: Node | None) -> Iterator[tuple[str, Node, Node]]:
    """Name, key and value of all entries of a mapping or a list, its own before merged ones."""
    if isinstance(node, SequenceNode):
        yield from ((str(number), part, part) for number, part in enumerate(node.value))
    if isinstance(node, MappingNode):
        yield from ((str(key.value), key, part) for key, part in node.value if key.value != "<<")
        for key, part in node.value:
            if key.value == "<<":
                yield from entries(part)
