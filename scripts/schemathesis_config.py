"""Write schemathesis.toml from the description: credentials, determinism, and where a rule may say no.

Stock `st run openapi/bundle/liveops.json --url URL` then needs nothing else. Credentials come from the environment.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "openapi" / "bundle" / "liveops.json"
CONFIG = ROOT / "schemathesis.toml"
METHODS = ("get", "put", "post", "delete", "patch")
HEAD = """\
# Made by scripts/schemathesis_config.py from openapi/bundle/liveops.json. Edit the description, then run `make bundle`.
# LIVEOPS_PROJECT_ID, LIVEOPS_API_KEY and LIVEOPS_USER_TOKEN hold the credentials.
continue-on-failure = true

[cache]
enabled = false

[generation]
deterministic = true
database = "none"

[auth.openapi.basicAuth]
username = "${LIVEOPS_PROJECT_ID}"
password = "${LIVEOPS_API_KEY}"

[auth.openapi.XsollaLoginUserJWT]
bearer = "${LIVEOPS_USER_TOKEN}"
"""
OPERATION = """
[[operations]]
include-operation-id = "{name}"
{settings}
"""
# What Schemathesis expects by itself of a request that fits the description, and 422.
RULED = 'checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422"]  # {reasons}'
# Schemathesis takes 404 for a sign that the thing of the path is missing, which was just made.
NAMING = "checks.ensure_resource_availability.enabled = false  # what the body names may be missing too"


def configuration(document: dict[str, Any]) -> str:
    """The whole file."""
    operations = [item[method] for item in document["paths"].values() for method in METHODS if method in item]
    wanted = {operation["operationId"]: "\n".join(settings(document, operation)) for operation in operations}
    return HEAD + "".join(OPERATION.format(name=name, settings=wanted[name]) for name in sorted(wanted) if wanted[name])


def settings(document: dict[str, Any], operation: dict[str, Any]) -> Iterator[str]:
    """What Schemathesis has to know of an operation."""
    if found := ", ".join(reasons(document, operation)):
        yield RULED.format(reasons=found)
    if "requestBody" in operation and "404" in operation["responses"]:
        yield NAMING


def reasons(document: dict[str, Any], operation: dict[str, Any]) -> Iterator[str]:
    """Why a request that fits the schemas may be refused with 422."""
    if operation.get("x-rule-codes"):
        yield "rules of the game: " + " ".join(map(str, operation["x-rule-codes"]))
    if "requestBody" in operation and has_field_rules(document, operation["requestBody"]):
        yield "rules across fields"


def has_field_rules(document: dict[str, Any], node: Any) -> bool:
    """Whether x-rules stand in the node, or in anything that it refers to."""
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        target = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        return has_field_rules(document, target)
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return (isinstance(node, dict) and "x-rules" in node) or any(has_field_rules(document, part) for part in parts)


def main(arguments: list[str] | None = None) -> int:
    """Write the file, or with --check say whether it is what the bundle gives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bundle", type=Path, default=BUNDLE, help="bundled description to read")
    parser.add_argument("--output", type=Path, default=CONFIG, help="file to write")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file differs from the bundle")
    options = parser.parse_args(arguments)
    try:
        text = configuration(json.loads(options.bundle.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        print(f"fuzzing   failed  {options.bundle.name} is no bundle: {error!r}; run `make bundle`", file=sys.stderr)
        return 1
    if options.check:
        if not options.output.exists() or options.output.read_text(encoding="utf-8") != text:
            print(f"fuzzing   failed  {options.output.name} is not what the bundle gives; run `make bundle`", file=sys.stderr)
            return 1
    else:
        options.output.write_text(text, encoding="utf-8")
    print(f"fuzzing   ok      {options.output.name}: {text.count('[[operations]]')} operations with settings of their own")
    return 0


if __name__ == "__main__":
    sys.exit(main())
