"""What the documents say is true: every block of code in them is run, every table is compared with what it speaks of."""

import json
import os
import re
import shlex
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
from document_blocks import DOCUMENTED_ADDRESS, ROOT, Block, blocks, run, run_block, script, started, status_without_curl
from liveops_contract import plugin
from liveops_contract.profiles import PROFILES

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "mock_server/README.md")
MOCK = ROOT / "mock_server" / "liveops_mock"


def table(name: str, heading: str) -> list[list[str]]:
    """The cells of the table whose first column has this heading, without the marks of code."""
    _, found, rest = (ROOT / name).read_text(encoding="utf-8").partition(f"| {heading} |")
    assert found, f"{name} has no table that begins with {heading!r}"
    rows = rest.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize("block", [block for name in DOCUMENTS for block in blocks(name)], ids=lambda block: block.place)
def test_every_block_of_the_documents_runs(block: Block, tmp_path: Path) -> None:
    """Whoever copies an example gets what the document says."""
    run_block(block, tmp_path)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("", "make test\n"),
        ("ruby", "puts 1\n"),
        ("sh", "rm -r reports\n"),
        ("sh", "make nonsense\n"),
        ("sh", f"curl -s -u 44056:wrong-key {DOCUMENTED_ADDRESS}/__control__/projects/44056/clock\n"),
        ("sh", ".venv/bin/liveops-mock --nonsense\n"),
        ("sh", f".venv/bin/liveops-verify --target {DOCUMENTED_ADDRESS}\n"),
        ("python", "print(2)  # prints 1\n"),
        ("python", "def test_it():\n    assert 1 == 2\n"),
        ("text", "edit ─► make nonsense\n"),
    ],
)
def test_a_block_that_does_not_run_is_noticed(language: str, text: str, tmp_path: Path) -> None:
    """The test above has teeth."""
    with pytest.raises(AssertionError):
        run_block(Block("here", language, text), tmp_path)


def test_requests_are_the_same_on_a_machine_without_curl() -> None:
    """What stands in for curl reads the lines of the documents as curl does."""
    lines = [line for name in DOCUMENTS for block in blocks(name) for line in block.text.splitlines() if line.startswith("curl ")]
    with started([]) as address:
        assert {status_without_curl(shlex.split(line.replace(DOCUMENTED_ADDRESS, address))[1:]) // 100 for line in lines} == {2}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_inside_the_repository_leads_somewhere(name: str) -> None:
    """The file that a link names exists."""
    links = re.findall(r"\]\(([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))

    assert [link for link in links if "://" not in link and not (ROOT / name).parent.joinpath(link).exists()] == []


def test_every_direct_dependency_is_listed_with_its_reason() -> None:
    """CONTRIBUTING.md names each package of pyproject.toml, in its group, and says why."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    groups = {"SDK": project["project"]["dependencies"], "mock": extras["mock"], "suite": extras["contract"]}
    groups |= {"development": extras["dev"], "build": project["build-system"]["requires"]}
    declared = {(re.split(r"[^\w.-]", line)[0], group) for group, lines in groups.items() for line in lines}
    rows = table("CONTRIBUTING.md", "Package")

    assert {(row[0], row[1].split(",")[0]) for row in rows} == {pair for pair in declared if pair[0] != "xsolla-liveops"}
    assert all(row[2] for row in rows)


def test_every_profile_is_listed() -> None:
    """CONTRIBUTING.md says when each profile is used."""
    assert [row[0] for row in table("CONTRIBUTING.md", "Profile")] == list(PROFILES)


def test_every_fixture_of_the_plugin_is_listed() -> None:
    """README.md has the fixtures that the plugin has."""
    offered = [name for name in vars(plugin) if name.startswith("liveops_") and name != plugin.liveops_contract.name]

    assert [row[0] for row in table("README.md", "Fixture")] == offered


def test_every_option_of_the_mock_is_listed() -> None:
    """mock_server/README.md has the options that `--help` has."""
    offered = re.findall(r"^  (--[a-z-]+)", run([script("liveops-mock"), "--help"]).stdout, re.M)

    assert [row[0] for row in table("mock_server/README.md", "Option")] == offered


def test_every_operation_of_the_control_door_is_listed() -> None:
    """mock_server/README.md has what control.json has."""
    paths = json.loads((MOCK / "control.json").read_text(encoding="utf-8"))["paths"].items()
    described = [
        [item[method]["operationId"], f"{method.upper()} {path.removeprefix('/__control__')}"]
        for path, item in paths
        for method in ("get", "put", "post", "delete")
        if method in item
    ]

    assert sorted(row[:2] for row in table("mock_server/README.md", "Operation")) == sorted(described)


def test_files_of_the_mock_import_only_from_rows_below() -> None:
    """ARCHITECTURE.md draws the arrows inside the mock as they are, and has every file."""
    rows = [row[1].split("` `") for row in table("ARCHITECTURE.md", "Row")]
    depth = {name: number for number, names in enumerate(rows) for name in names}
    files = {path.stem: path for path in MOCK.glob("*.py") if path.stem != "__init__"}
    imports = {(name, used) for name, path in files.items() for used in re.findall(r"^from \.+(\w+)", path.read_text(), re.M)}
    rules = "".join(path.read_text(encoding="utf-8") for path in (MOCK / "domain").glob("*.py"))
    imports |= {("domain", used) for used in re.findall(r"^from \.\.(\w+)", rules, re.M)}

    assert depth.keys() == files.keys() | {"domain"}
    assert [pair for pair in sorted(imports) if depth[pair[0]] >= depth[pair[1]]] == []


@pytest.mark.parametrize(("failing", "said"), [("none", ["test", "gate"]), ("test", ["test"]), ("gate", ["test", "gate"])])
def test_the_ci_says_which_steps_ran(failing: str, said: list[str], tmp_path: Path) -> None:
    """.ci/run ends at the first failure, and its last lines name what ran and what each step counted."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    make = tmp_path / "make"
    make.write_text(f'#!/bin/sh\nfor step in "$@"; do :; done\necho "===== 3 passed in 0.10s ====="\n[ "$step" != {failing} ]\n')
    make.chmod(0o755)
    settings = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PYTHON": sys.executable}
    found = run([str(tmp_path / ".ci" / "run")], settings)
    summary = found.stdout.partition("Steps that ran")[2]

    assert (found.returncode == 0) == (failing == "none")
    assert re.findall(r"make (\w+)", summary) == said
    assert summary.count("3 passed in 0.10s") == len(said)
