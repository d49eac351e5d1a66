"""Check that the description keeps our habits: fold it, then try every rule on it.

Each finding is one line, `file:line: rule: what to write instead (place)`. A finding that must stay is excused in
openapi/lint_exceptions.yaml by its rule and place. Each rule is tried on its own bad example first.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import lint_field_rules
import lint_operation_rules
import lint_schema_rules
import lint_source_rules
from bundle_spec import SOURCES, SpecError, fold, line_of, operations, parsed, read
from lint_places import Sources
from lint_rules import RULES, Finding, Rule, Spec
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

RULE_FILES = (lint_source_rules, lint_operation_rules, lint_schema_rules, lint_field_rules)  # importing them fills RULES
BEFORE_FOLDING = lint_source_rules.yaml_is_read_in_one_way
BEFORE_THE_REST = lint_operation_rules.document_is_openapi
EXCEPTIONS = "lint_exceptions.yaml"
FIELDS = ("rule", "at", "why", "until")

Excused = set[tuple[str, str]]


class Found(NamedTuple):
    """A finding and the rule that made it."""

    rule: str
    finding: Finding

    @property
    def key(self) -> tuple[str, str]:
        """What an exception names."""
        return self.rule, self.finding.at


@dataclass
class Run:
    """What was found so far; a run that had to stop early is not whole."""

    found: list[Found] = field(default_factory=list)
    operations: int = 0
    whole: bool = False

    def stays(self, excused: Excused) -> list[Found]:
        """The findings that no exception excuses."""
        return [found for found in self.found if found.key not in excused]


def toothless(rules: Iterable[Rule]) -> list[str]:
    """Names of the rules that let their own bad example pass."""
    return [rule.name for rule in rules if not any(rule.check(rule.breaks))]


def texts(folder: Path) -> dict[str, str]:
    """Every source file by its name; all of them parse."""
    paths = [folder / "openapi.yaml", folder / "shared.yaml", *sorted((folder / "areas").glob("*.yaml"))]
    sources: dict[str, str] = {}
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
            whole = isinstance(parsed(text), dict)
        except (OSError, UnicodeDecodeError, YAMLError):
            whole = False
        if not whole:
            read(path)  # raises, and words the error as every step does
        sources[path.relative_to(folder).as_posix()] = text
    return sources


def try_rules(folder: Path, sources: dict[str, str], excused: Excused) -> Run:
    """Try every rule; stop where what follows could not rely on the shape of the description."""
    run = Run(apply([BEFORE_FOLDING], Spec(sources=sources)))
    if run.stays(excused):
        return run
    document = fold(folder)
    run.operations = sum(1 for _ in operations(document))
    spec = Spec(document, sources)
    run.found += apply([BEFORE_THE_REST], spec)
    if not run.stays(excused):
        run.found += apply((rule for rule in RULES if rule not in (BEFORE_FOLDING, BEFORE_THE_REST)), spec)
        run.whole = True
    return run


def apply(rules: Iterable[Rule], spec: Spec) -> list[Found]:
    """All findings of these rules."""
    return [Found(rule.name, finding) for rule in rules for finding in rule.check(spec)]


def exceptions(folder: Path) -> dict[tuple[str, str], int]:
    """Rule and place of each entry of the ledger, and its line; each entry gives the reason and the end too."""
    path = folder / EXCEPTIONS
    if not path.exists():
        return {}
    try:
        entries = YAML(typ="safe").load(path.read_text(encoding="utf-8")) or []
    except MarkedYAMLError as error:
        raise SpecError(f"{EXCEPTIONS}:{error.problem_mark.line + 1}: not valid YAML: {error.problem}") from error
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) != set(FIELDS) or not all(entry.values()):
            raise SpecError(f"{EXCEPTIONS}:1: write exactly {', '.join(FIELDS)} in each entry, none empty, instead of {entry}")
    return {(entry["rule"], entry["at"]): line_of(path, entry["at"]) for entry in entries}


def lines_of(run: Run, ledger: dict[tuple[str, str], int], places: Sources) -> list[str]:
    """The findings that stay, one line each, in the order of the files; one source line is named once."""
    first: dict[tuple[str, str, str], str] = {}
    for rule, (at, write) in run.stays(set(ledger)):
        first.setdefault((places.line(at), rule, " ".join(write.split())), at)
    lines = [f"{line}: {rule}: {write} ({at})" for (line, rule, write), at in first.items()]
    needless = {key: line for key, line in ledger.items() if key not in {found.key for found in run.found}} if run.whole else {}
    for (rule, at), line in needless.items():
        lines.append(f"{EXCEPTIONS}:{line}: exception_is_needed: delete the entry, {rule} finds nothing there ({at})")
    return sorted(lines, key=by_line)


def by_line(line: str) -> tuple[str, int]:
    """Files in alphabetical order, lines as numbers."""
    name, number, _ = line.split(":", 2)
    return name, int(number)


def lint(folder: Path) -> tuple[list[str], str]:
    """The findings as lines, and the figures of the run."""
    weak = toothless(RULES)
    if weak:
        raise SpecError(f"rule {weak[0]} lets its own bad example pass; mend the rule or the example")
    sources = texts(folder)
    ledger = exceptions(folder)
    run = try_rules(folder, sources, set(ledger))
    lines = lines_of(run, ledger, Sources(sources))
    excepted = len(run.found) - len(run.stays(set(ledger)))
    return lines, f"{run.operations} operations, {len(RULES)} rules, {len(lines)} findings, {excepted} excepted"


def print_rules() -> None:
    """Each rule, its right form, and what its own bad example is told."""
    for rule in RULES:
        told = next(rule.check(rule.breaks), None)
        print(rule.name, rule.right_form, " ".join(told.write.split()) if told else "MISSED", sep="\t")


def main(arguments: list[str] | None = None) -> int:
    """Print the findings and one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, default=SOURCES, help="folder with openapi.yaml, shared.yaml and areas/")
    parser.add_argument("--rules", action="store_true", help="print each rule, its right form and what its bad example is told")
    options = parser.parse_args(arguments)
    if options.rules:
        print_rules()
        return 0
    try:
        lines, figures = lint(options.sources)
    except SpecError as error:
        print(f"lint      failed  {error}", file=sys.stderr)
        return 1
    for line in lines:
        print(line)
    print(f"lint      {'failed' if lines else 'ok'}{'  ' if lines else '      '}{figures}")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
