"""Fold the front page and the area files of openapi/ into one canonical JSON document.

The part of a reference behind `#/` stays, the file name goes: `../shared.yaml#/schemas/Sku` becomes
`#/components/schemas/Sku`. So names are unique in the whole description, and the bundler needs no cleverness.
"""

import argparse
import copy
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "openapi"
BUNDLE = SOURCES / "bundle" / "liveops.json"
GENERATED = "Made by scripts/bundle_spec.py from openapi/. Edit the sources, then run `make bundle`."
METHODS = ("get", "put", "post", "delete", "patch")
SECTIONS = ("securitySchemes", "parameters", "headers", "responses", "schemas", "examples")

Json = Any


class SpecError(Exception):
    """The sources cannot be folded; the message names the file, the line where known, and the rule."""


@cache
def parsed(text: str) -> Json:
    """A source text as plain data. Who asks twice gets the same object, so nobody may change it."""
    return YAML(typ="safe").load(text)


def read(path: Path) -> dict[str, Json]:
    """Parse one source file."""
    try:
        document = parsed(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise SpecError(f"{path.name}:{line}: not valid YAML: {error.problem}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"{path.name}: cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise SpecError(f"{path.name}:1: a source file is a mapping of sections, this one holds {type(document).__name__}")

    def refuse(value: object) -> None:
        line = line_of(path, str(value)[:10])
        raise SpecError(
            f"{path.name}:{line}: {str(value)!r} is no JSON value but a YAML {type(value).__name__}; put it in quotes"
        )

    json.dumps(document, default=refuse)
    return document


def line_of(path: Path, text: str) -> int:
    """Line of the first occurrence, for messages."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def fold(sources: Path = SOURCES) -> dict[str, Json]:
    """Read all sources and answer the one document."""
    front = read(sources / "openapi.yaml")
    files = {path: read(path) for path in [sources / "shared.yaml", *sorted((sources / "areas").glob("*.yaml"))]}
    inferred = front.get("x-inferred-responses", {})
    document = {
        **{key: value for key, value in front.items() if key not in ("paths", "x-inferred-responses")},
        "x-generated": GENERATED,
        "paths": {path: path_item(entry, files, sources) for path, entry in front.get("paths", {}).items()},
        "components": components(files),
    }
    for operation in operations(document):
        add_inferred_responses(operation, inferred)
    internal: dict[str, Json] = with_internal_references(document)
    check_references(internal, files)
    return internal


def path_item(entry: dict[str, Json], files: dict[Path, Json], sources: Path) -> Json:
    """The path item that a line of the route table points at."""
    file_name, _, pointer = str(entry.get("$ref", "")).partition("#/")
    item = files.get(sources / file_name)
    for part in pointer.split("/"):
        item = item.get(part) if isinstance(item, dict) else None
    if not isinstance(item, dict):
        front = sources / "openapi.yaml"
        line = line_of(front, str(entry.get("$ref")))
        raise SpecError(f"openapi.yaml:{line}: the route table points at {entry.get('$ref')!r}, which does not exist")
    return copy.deepcopy(item)


def components(files: dict[Path, Json]) -> dict[str, Json]:
    """All named parts of all files; a name that two files use is refused."""
    merged: dict[str, dict[str, Json]] = {}
    for path, document in files.items():
        unknown = document.keys() - {*SECTIONS, "paths"}
        if unknown:
            name = sorted(unknown)[0]
            raise SpecError(
                f"{path.name}:{line_of(path, name + ':')}: unknown section {name!r}; known are paths, {', '.join(SECTIONS)}"
            )
        for section in SECTIONS:
            for name, part in (document.get(section) or {}).items():
                known = merged.setdefault(section, {})
                if name in known:
                    raise SpecError(
                        f"{path.name}:{line_of(path, name + ':')}: {section}/{name} exists in another file; names are unique"
                    )
                known[name] = part
    return copy.deepcopy(merged)


def operations(document: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """Every operation of the document."""
    for item in document["paths"].values():
        yield from (item[method] for method in METHODS if method in item)


def add_inferred_responses(operation: dict[str, Json], inferred: dict[str, Json]) -> None:
    """Add the statuses that the order of refusal can give and the documents do not name."""
    schemes = [scheme for requirement in operation.get("security", []) for scheme in requirement]
    kinds = ["always", *(["body"] if "requestBody" in operation else []), *schemes]
    possible = {status: response for kind in kinds for status, response in inferred.get(kind, {}).items()}
    missing = {status: response for status, response in possible.items() if status not in operation["responses"]}
    operation["responses"].update(missing)
    operation["x-inferred-statuses"] = sorted(status for status in missing if status != "401")


def with_internal_references(node: Json) -> Json:
    """The same document with every reference pointing into its own components."""
    if isinstance(node, list):
        return [with_internal_references(part) for part in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str) and not node["$ref"].startswith("#/components/"):
        return {**node, "$ref": "#/components/" + node["$ref"].partition("#/")[2]}
    return {key: with_internal_references(part) for key, part in node.items()}


def check_references(document: dict[str, Json], files: dict[Path, Json]) -> None:
    """Refuse a reference that points at nothing, and a component that nothing points at."""
    used = set(references(document))
    known = {f"#/components/{section}/{name}" for section, parts in document["components"].items() for name in parts}
    for reference in sorted(used - known):
        tail = reference.removeprefix("#/components/")
        path = next((path for path in files if f"#/{tail}" in path.read_text(encoding="utf-8")), SOURCES / "openapi.yaml")
        raise SpecError(f"{path.name}:{line_of(path, f'#/{tail}')}: reference to {tail!r}, which no file defines")
    unused = {name for name in known - used if "/securitySchemes/" not in name}
    for reference in sorted(unused):
        tail = reference.removeprefix("#/components/")
        name = tail.rpartition("/")[2] + ":"
        path = next((path for path in files if f"\n  {name}" in path.read_text(encoding="utf-8")), SOURCES / "shared.yaml")
        raise SpecError(f"{path.name}:{line_of(path, '  ' + name)}: {tail} is used nowhere; delete it")


def references(node: Json) -> Iterator[str]:
    """Every reference in the document."""
    if isinstance(node, list):
        for part in node:
            yield from references(part)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for part in node.values():
            yield from references(part)


def canonical(document: dict[str, Json]) -> str:
    """The document as text: sorted, indented, the same on every machine."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write the bundle, or with --check say whether it is what the sources give."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, default=SOURCES, help="folder with openapi.yaml, shared.yaml and areas/")
    parser.add_argument("--output", type=Path, default=BUNDLE, help="file to write")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file differs from the sources")
    options = parser.parse_args(arguments)
    try:
        document = fold(options.sources)
    except SpecError as error:
        print(f"bundle    failed  {error}", file=sys.stderr)
        return 1
    text = canonical(document)
    name = options.output.name
    if options.check:
        if not options.output.exists() or options.output.read_text(encoding="utf-8") != text:
            print(f"bundle    failed  {name} is not what openapi/ gives; run `make bundle` and commit it", file=sys.stderr)
            return 1
    else:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(text, encoding="utf-8")
    count = sum(1 for _ in operations(document))
    print(f"bundle    ok      {name}: {count} operations, {len(document['components']['schemas'])} schemas")
    return 0


if __name__ == "__main__":
    sys.exit(main())
