"""Rules about the source files themselves: what folding them into one document hides."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from posixpath import normpath

from bundle_spec import METHODS, SECTIONS, parsed
from lint_places import composed
from lint_rules import Finding, Json, Spec, broken_by, step
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver

FRONT = "openapi.yaml"
YAML_VERSIONS = (VersionedResolver(version=(1, 1)), VersionedResolver(version=(1, 2)))
DATE = "tag:yaml.org,2002:timestamp"
ODD_NUMBER = re.compile(r"[-+]?(0[0-9_]+|[0-9]+_[0-9_]*|[0-9.]+[eE][0-9]+|[0-9]+(:[0-9]+)+)")


@broken_by(Spec(sources={"areas/a.yaml": "examples: {}\npaths: {}\n"}))
def sections_stand_in_order(spec: Spec) -> Iterator[Finding]:
    """Sections of a file stand in one order: paths, securitySchemes, parameters, headers, responses, schemas, examples."""
    order = ("paths", *SECTIONS)
    for name, text in spec.sources.items():
        found = [section for section in parsed(text) if section in order]
        late = next((after for before, after in pairwise(found) if order.index(after) < order.index(before)), None)
        if name != FRONT and late:
            wanted = ", ".join(sorted(found, key=order.index))
            yield Finding(step(f"{name}#", late), f"write the sections in the order {wanted}")


@broken_by(Spec(sources={"areas/a.yaml": "schemas: { A: { $ref: 'b.yaml#/schemas/B' } }", "areas/b.yaml": "schemas: {}"}))
def reference_names_its_file(spec: Spec) -> Iterator[Finding]:
    """A reference stays inside openapi/ and names the file that defines the thing: folding drops the file name unread."""
    files = {name: parsed(text) for name, text in spec.sources.items()}
    for name, data in files.items():
        for place, reference in references(f"{name}#", data):
            file_name, _, tail = reference.partition("#/")
            target = normpath(str(PurePosixPath(name).parent / file_name)) if file_name else name
            if not defined(files.get(target), tail):
                yield Finding(place, f"name the file that defines {tail!r} instead of {reference!r}{elsewhere(files, tail)}")


def elsewhere(files: dict[str, Json], tail: str) -> str:
    """Where the thing is, for the message."""
    found = [name for name, data in files.items() if defined(data, tail)]
    return f", which is {found[0]}" if found else "; no source file does"


def defined(data: Json, tail: str) -> bool:
    """Whether the file has the thing that the tail of a reference names."""
    for key in tail.split("/"):
        if not isinstance(data, dict) or key not in data:
            return False
        data = data[key]
    return True


def references(place: str, node: Json) -> Iterator[tuple[str, str]]:
    """Every reference of a file with its place."""
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        yield step(place, "$ref"), node["$ref"]
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in pairs:
        yield from references(step(place, key), part)


@broken_by(Spec(sources={"areas/coupons.yaml": "paths: { item: { get: { tags: [vouchers] } } }"}))
def area_is_the_tag(spec: Spec) -> Iterator[Finding]:
    """The operations of areas/<area>.yaml have the tag <area>: an area is a tag, a spec file, a rules file and a laws file."""
    for name, text in spec.sources.items():
        area = PurePosixPath(name).stem
        items = parsed(text).get("paths", {}) if name.startswith("areas/") else {}
        for key, item in items.items():
            for method in METHODS:
                if method in item and item[method].get("tags") != [area]:
                    yield Finding(
                        step(f"{name}#/paths", key, method),
                        f"write `tags: [{area}]`, or move the operation to the file of its tag",
                    )


@broken_by(Spec(sources={"areas/a.yaml": "examples: { A: { value: { time: 10:00:00, enabled: no } } }"}))
def yaml_is_read_in_one_way(spec: Spec) -> Iterator[Finding]:
    """What YAML 1.1 and 1.2 read differently, or as a date, is quoted: `10:00:00` is 36000 to one of them, `no` is false."""
    for name, text in spec.sources.items():
        for place, value in plain_scalars(f"{name}#", composed(text)):
            readings = {str(version.resolve(ScalarNode, value, (True, False))) for version in YAML_VERSIONS}
            if len(readings) > 1 or readings == {DATE} or ODD_NUMBER.fullmatch(value):
                yield Finding(place, f"quote it: '{value}'")


def plain_scalars(place: str, node: Node) -> Iterator[tuple[str, str]]:
    """Every key and value without quotes, with its place; a quoted one is text to every reader."""
    if isinstance(node, ScalarNode) and node.style is None:
        yield place, node.value
    elif isinstance(node, SequenceNode):
        for number, part in enumerate(node.value):
            yield from plain_scalars(step(place, number), part)
    elif isinstance(node, MappingNode):
        for key, part in node.value:
            inner = step(place, key.value)
            yield from plain_scalars(inner, key)
            yield from plain_scalars(inner, part)
