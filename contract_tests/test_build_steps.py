"""The build steps before the client, tried as a user would: each names file, line and rule, and never shows a traceback."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts"
Step = Callable[[Path], subprocess.CompletedProcess[str]]


def run(script: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a build step and wait for its end."""
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def lint(sources: Path) -> subprocess.CompletedProcess[str]:
    """The lint step on other sources."""
    return run(SCRIPTS / "lint_spec.py", "--sources", sources)


def bundle(sources: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The bundle step on other sources, which writes beside them."""
    return run(SCRIPTS / "bundle_spec.py", "--sources", sources, "--output", sources / "bundle" / "liveops.json", *more)


def change(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence, which must exist."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} holds no {old!r}; choose another text to break"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(path: Path, text: str) -> int:
    """Line of the first occurrence."""
    return path.read_text(encoding="utf-8").partition(text)[0].count("\n") + 1


def rules() -> list[tuple[str, str, str]]:
    """Name, right form and what the bad example is told, of every rule."""
    lines = run(SCRIPTS / "lint_spec.py", "--rules").stdout.splitlines()
    return [(name, form, told) for name, form, told in (line.split("\t") for line in lines)]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the description that a test may break."""
    return Path(shutil.copytree(ROOT / "openapi", tmp_path / "openapi"))


@pytest.mark.parametrize("script", ["lint_spec.py", "bundle_spec.py"])
def test_a_step_explains_itself(script: str) -> None:
    """`--help` names what the step reads."""
    result = run(SCRIPTS / script, "--help")

    assert result.returncode == 0
    assert "--sources" in result.stdout


def test_the_description_keeps_our_habits() -> None:
    """The lint step finds nothing and prints one line."""
    result = run(SCRIPTS / "lint_spec.py")

    assert re.fullmatch(r"lint      ok      [0-9]+ operations, [0-9]+ rules, 0 findings, [0-9]+ excepted\n", result.stdout)
    assert (result.returncode, result.stderr) == (0, "")


BROKEN = {
    "not YAML": (
        "areas/clans.yaml",
        "operationId: user-clan-update",
        "operationId: {",
        r"clans\.yaml:[0-9]+: not valid YAML: .+",
    ),
    "a date without quotes": (
        "shared.yaml",
        "examples: ['2020-04-15T18:16:00+05:00']",
        "examples: [2020-04-15]",
        r"shared\.yaml:[0-9]+: '2020-04-15' is no JSON value but a YAML date; put it in quotes",
    ),
    "a name twice in one file": (
        "areas/clans.yaml",
        "  NoContributors:",
        "  Contributors:",
        r"clans\.yaml:[0-9]+: not valid YAML: .*dupl.+",
    ),
    "a name in two files": (
        "areas/clans.yaml",
        "schemas:\n",
        "schemas:\n  Sku: { type: string }\n",
        r"clans\.yaml:[0-9]+: schemas/Sku .+",
    ),
    "a dangling reference": (
        "areas/clans.yaml",
        "#/schemas/ClanUpdated",
        "#/schemas/Lost",
        r"clans\.yaml:[0-9]+: .*'schemas/Lost'.+",
    ),
    "a part used nowhere": (
        "areas/clans.yaml",
        "schemas:\n",
        "schemas:\n  Idle: { type: string }\n",
        r"clans\.yaml:[0-9]+: schemas/Idle is .+",
    ),
    "an unknown section": (
        "areas/clans.yaml",
        "\nexamples:\n",
        "\nsamples:\n",
        r"clans\.yaml:[0-9]+: unknown section 'samples'.+",
    ),
    "a route to nowhere": (
        "openapi.yaml",
        "clans.yaml#/paths/update",
        "clans.yaml#/paths/lost",
        r"openapi\.yaml:[0-9]+: the route .+",
    ),
    "a list": ("shared.yaml", "# What", "- [\n]\n", r"shared\.yaml:[0-9]+: .+"),
}


STEPS = [*((bundle, case) for case in BROKEN), (lint, "not YAML"), (lint, "a dangling reference")]


@pytest.mark.parametrize(("step", "case"), STEPS, ids=[f"{step.__name__}-{case}" for step, case in STEPS])
def test_sources_that_cannot_be_folded_are_named_by_file_and_line(sources: Path, step: Step, case: str) -> None:
    """One line, exit 1, and the bundle of before stays."""
    name, old, new, message = BROKEN[case]
    before = (sources / "bundle" / "liveops.json").read_bytes()
    change(sources / name, old, new)
    result = step(sources)

    assert re.fullmatch(rf"(lint  |bundle)    failed  {message}\n", result.stderr)
    assert (result.returncode, result.stdout) == (1, "")
    assert (sources / "bundle" / "liveops.json").read_bytes() == before


UNWANTED = {
    "number_has_bounds": ("shared.yaml", "    minimum: 1\n    maximum: 7\n", "    minimum: 1\n"),
    "pattern_is_anchored": ("shared.yaml", "'^[-_.a-zA-Z0-9]+$'", "'[-_.a-zA-Z0-9]+$'"),
    "operation_id_is_kebab_case": ("areas/clans.yaml", "user-clan-update", "userClanUpdate"),
    "operation_is_described": (
        "areas/clans.yaml",
        "the user's clan\n      description: ",
        "the user's clan\n      x-description: ",
    ),
    "request_object_is_closed": ("shared.yaml", "    additionalProperties: false\n", ""),
    "refusal_uses_error_schema": ("shared.yaml", "schema: { $ref: '#/schemas/Error' }", "schema: { type: object, required: [] }"),
    "sections_stand_in_order": ("areas/clans.yaml", "\nexamples:\n", "\nparameters: {}\nexamples:\n"),
    "reference_names_its_file": (
        "areas/clans.yaml",
        "reward_chains.yaml#/schemas/UserReward",
        "../shared.yaml#/schemas/UserReward",
    ),
    "keyword_is_known": (
        "areas/clans.yaml",
        "{ type: string, description: 'The",
        "{ type: string, nullable: true, description: 'The",
    ),
    "field_rule_is_known": ("areas/value_points.yaml", "{ rule: unique, by: sku }", "{ rule: once, by: sku }"),
    "field_rule_names_its_fields": (
        "areas/daily_chains.yaml",
        "{ rule: unique, by: step_number }",
        "{ rule: unique, by: place }",
    ),
    "extension_is_known": ("areas/offer_chains.yaml", "x-server-default", "x-server-defualt"),
}
STOPPING = {
    "yaml_is_read_in_one_way": ("shared.yaml", "examples: ['01:00:00+08:00']", "examples: [01:00:00]"),
    "document_is_openapi": ("openapi.yaml", "openapi: 3.1.0", "openapi: '3'"),
}
NEAR = 8  # lines: a finding names the part that lacks something, the edit may stand deeper in it, and edits before it move it


def findings(result: subprocess.CompletedProcess[str]) -> list[tuple[str, str, int]]:
    """Rule, file and line of each line before the figures; every one has the promised form."""
    matches = [
        re.fullmatch(r"([a-z_/]+\.yaml):([0-9]+): ([a-z_]+): .+ \([^ ]*#.*\)", text) for text in result.stdout.splitlines()[:-1]
    ]
    assert all(matches), result.stdout
    return [(match[3], match[1], int(match[2])) for match in matches if match]


@pytest.fixture(scope="module")
def unwanted(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """The lint step on a copy in which every habit above is broken once."""
    copy = Path(shutil.copytree(ROOT / "openapi", tmp_path_factory.mktemp("unwanted") / "openapi"))
    for name, old, new in UNWANTED.values():
        change(copy / name, old, new)
    return lint(copy)


@pytest.mark.parametrize("rule", UNWANTED)
def test_a_broken_habit_is_named_by_file_line_and_rule(unwanted: subprocess.CompletedProcess[str], rule: str) -> None:
    """The finding says where it is and what to write instead, and the step ends with 1."""
    name, old, _ = UNWANTED[rule]
    edited = line_of(ROOT / "openapi" / name, old)

    assert (unwanted.returncode, unwanted.stderr) == (1, "")
    assert [line for found, file, line in findings(unwanted) if (found, file) == (rule, name) and abs(line - edited) <= NEAR]


@pytest.mark.parametrize("rule", STOPPING)
def test_what_no_rule_can_build_on_is_named_alone(sources: Path, rule: str) -> None:
    """A file that two readers read differently, or no OpenAPI at all, stops the step before the other rules."""
    name, old, new = STOPPING[rule]
    change(sources / name, old, new)
    result = lint(sources)

    assert (result.returncode, result.stderr) == (1, "")
    assert {(found, file) for found, file, _ in findings(result)} == {(rule, name)}


@pytest.mark.parametrize(("name", "form", "told"), [pytest.param(*rule, id=rule[0]) for rule in rules()])
def test_every_rule_catches_its_own_bad_example(name: str, form: str, told: str) -> None:
    """The right form is a sentence, and the bad example is told what to write instead."""
    assert form.endswith(".")
    assert told not in ("", "MISSED"), name


def test_a_rule_that_lets_its_bad_example_pass_stops_the_step(tmp_path: Path) -> None:
    """Rules are tried on their own bad examples before the description."""
    copy = Path(shutil.copytree(SCRIPTS, tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__")))
    change(copy / "lint_schema_rules.py", 'if "default" in node:', 'if "defualt" in node:')
    result = run(copy / "lint_spec.py", "--sources", ROOT / "openapi")

    assert result.returncode == 1
    assert result.stderr == "lint      failed  rule no_default lets its own bad example pass; mend the rule or the example\n"


EXCUSE = "- { rule: number_has_bounds, at: '#/components/schemas/DayOfWeek', why: A trial., until: the trial ends }\n"


def test_an_exception_excuses_a_finding(sources: Path) -> None:
    """A finding with an entry in the ledger is counted, and the step goes on."""
    change(sources / "shared.yaml", "    minimum: 1\n    maximum: 7\n", "    minimum: 1\n")
    (sources / "lint_exceptions.yaml").write_text(EXCUSE, encoding="utf-8")
    result = lint(sources)

    assert result.returncode == 0
    assert result.stdout.endswith("0 findings, 1 excepted\n")


def test_an_exception_that_excuses_nothing_is_a_finding(sources: Path) -> None:
    """An entry that is no longer needed is named by its line."""
    (sources / "lint_exceptions.yaml").write_text("# Nothing.\n" + EXCUSE, encoding="utf-8")
    result = lint(sources)

    assert result.returncode == 1
    assert result.stdout.startswith("lint_exceptions.yaml:2: exception_is_needed: ")


def test_an_exception_without_a_reason_is_refused(sources: Path) -> None:
    """Rule, place, reason and end: none may be missing."""
    (sources / "lint_exceptions.yaml").write_text("- { rule: no_default, at: '#/x', until: ever }\n", encoding="utf-8")
    result = lint(sources)

    assert result.returncode == 1
    assert re.fullmatch(r"lint      failed  lint_exceptions\.yaml:[0-9]+: write exactly .+\n", result.stderr)


def test_bundling_twice_gives_the_same_bytes(sources: Path) -> None:
    """The same sources fold into the same document."""
    first = bundle(sources)
    bytes_of_first = (sources / "bundle" / "liveops.json").read_bytes()
    bundle(sources)

    assert first.returncode == 0
    assert (
        (sources / "bundle" / "liveops.json").read_bytes()
        == bytes_of_first
        == (ROOT / "openapi/bundle/liveops.json").read_bytes()
    )


@pytest.mark.parametrize("edit", ["Sku", None])
def test_an_edited_or_missing_bundle_is_noticed(sources: Path, edit: str | None) -> None:
    """`--check` says what to do and writes nothing."""
    path = sources / "bundle" / "liveops.json"
    path.unlink() if edit is None else change(path, edit, "Sky")
    before = path.exists() and path.read_bytes()
    result = bundle(sources, "--check")

    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(r"bundle    failed  liveops\.json .+ `make bundle` .+\n", result.stderr)
    assert (path.exists() and path.read_bytes()) == before
