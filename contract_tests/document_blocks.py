"""Runs the blocks of code that stand in documents, each line as a reader would who copies it."""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from liveops_contract.doors import HttpDoor
from liveops_contract.signing import basic

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTED_ADDRESS = "http://127.0.0.1:8080"
FENCE = re.compile(r"^ *```([^\n]*)\n(.*?)^ *```$", re.M | re.S)
LEFT_OUT = ("cacheprovider", "schemathesis", "hypothesispytest")  # one writes into the repository, two take seconds to load


class Block(NamedTuple):
    """A fenced block of a document."""

    place: str
    language: str
    text: str


def blocks(name: str) -> Iterator[Block]:
    """The fenced blocks of a document."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield Block(f"{name}:{text.count(chr(10), 0, found.start()) + 1}", found[1], found[2])


class Line(NamedTuple):
    """The arguments of one command line, the settings before it, and a folder to write into."""

    words: list[str]
    folder: Path
    settings: dict[str, str]


def run(words: Sequence[str], settings: Mapping[str, str] | None = None, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    chosen = environment() | dict(settings or {})
    return subprocess.run(words, cwd=folder, env=chosen, text=True, capture_output=True, timeout=200, check=False)  # noqa: S603 - the documents' own commands


def environment() -> dict[str, str]:
    """That of a fresh shell: without secrets of ours, and without the make or the pytest that may have started the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIVEOPS_", "MAKE", "MFLAGS", "PYTEST_"))}
    return kept | {"PYTEST_ADDOPTS": " ".join(f"-p no:{name}" for name in LEFT_OUT)}


def script(name: str) -> str:
    """The program of that name in the environment of the tests."""
    return str(Path(sysconfig.get_path("scripts")) / name)


@contextmanager
def started(options: Sequence[str]) -> Iterator[str]:
    """Address of a mock on a free port, with its demo secrets."""
    words = [script("liveops-mock"), *options, "--port", "0"]
    with subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        try:
            line = process.stdout.readline() if process.stdout else ""
            address = re.search(r"http://[0-9.:]+", line)
            assert address, f"{words} did not start: {line!r}"
            yield address[0]
        finally:
            process.terminate()


def run_make(line: Line) -> None:
    """The target exists and expands to commands; to run it here would run these tests once more."""
    found = run(["make", "-n", *line.words])
    assert found.returncode == 0, found.stderr
    assert found.stdout.strip()


def run_mock(line: Line) -> None:
    """The mock starts with these options and is well."""
    with started(line.words) as address, closing(HttpDoor(address)) as door:
        assert door.send("GET", "/__control__/health", {}).status == 200


def run_verify(line: Line) -> None:
    """The contract holds; one area is enough to know that the options are right."""
    found = run(
        [script("liveops-verify"), *line.words, "--profile", "quick", "--only", "clans", "--report", str(line.folder)],
        line.settings,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert "\nHELD; " in found.stdout


def run_curl(line: Line) -> None:
    """The request succeeds."""
    if shutil.which("curl"):
        found = run(["curl", "--fail", "--noproxy", "*", *line.words])
        assert found.returncode == 0, f"{line.words} {found.stdout} {found.stderr}"
    else:
        assert status_without_curl(line.words) < 300, line.words


def status_without_curl(words: list[str]) -> int:
    """What curl would get, for the options that the documents use: a machine that runs the tests need not have curl."""
    parser = argparse.ArgumentParser(prog="curl", exit_on_error=False)
    parser.add_argument("-s", action="store_true")
    for option in ("-u", "-X", "-d"):
        parser.add_argument(option, default="")
    parser.add_argument("-H", action="append", default=[])
    parser.add_argument("url")
    given = parser.parse_args(words)
    headers = dict(line.split(": ", 1) for line in given.H) | {"Authorization": basic(*given.u.split(":"))}
    parts = urlsplit(given.url)
    with closing(HttpDoor(f"{parts.scheme}://{parts.netloc}")) as door:
        return door.send(given.X or ("POST" if given.d else "GET"), parts.path, headers, given.d.encode()).status


def run_program(line: Line) -> None:
    """The program of the repository ends well, and tells something."""
    found = run([sys.executable, *line.words], line.settings)
    assert found.returncode == 0, found.stdout + found.stderr
    assert found.stdout.strip()


COMMANDS: dict[str, Callable[[Line], None]] = {
    "make": run_make,
    "curl": run_curl,
    ".venv/bin/python": run_program,
    ".venv/bin/liveops-mock": run_mock,
    ".venv/bin/liveops-verify": run_verify,
}


def run_shell(text: str, folder: Path) -> None:
    """Run each line, with the settings before it; a command that is not known here fails."""
    for line in filter(None, text.splitlines()):
        words = shlex.split(line)
        settings = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
        command, *words = words[len(settings) :]
        assert command in COMMANDS, f"{line!r}: nobody has said how to run it; the known commands are {', '.join(COMMANDS)}"
        COMMANDS[command](Line(words, folder, settings))


def run_python(text: str, folder: Path) -> None:
    """Run it in a process of its own; it prints what its comments say. Tests are run as tests."""
    if "def test_" in text:
        run_tests(text, folder)
        return
    found = run([sys.executable, "-W", "error", "-c", text], folder=folder)
    assert found.returncode == 0, found.stderr
    assert found.stdout.splitlines() == re.findall(r"# prints (.*)", text)


def run_tests(text: str, folder: Path) -> None:
    """They pass, as the tests of a project of their own."""
    (folder / "test_of_a_document.py").write_text(text, encoding="utf-8")
    found = run([sys.executable, "-W", "error", "-m", "pytest", "--rootdir", str(folder), str(folder)], folder=folder)
    assert found.returncode == 0, found.stdout + found.stderr


def check_drawing(text: str, folder: Path) -> None:
    """A drawing is not run; the targets it names exist."""
    for target in re.findall(r"\bmake (\w+)", text):
        run_make(Line([target], folder, {}))


LANGUAGES: dict[str, Callable[[str, Path], None]] = {"sh": run_shell, "python": run_python, "text": check_drawing}


def run_block(block: Block, folder: Path) -> None:
    """Run a block against a fresh mock; one in a language that is not known here fails."""
    assert block.language in LANGUAGES, f"{block.place}: {block.language!r} is none of {', '.join(LANGUAGES)}"
    runner = LANGUAGES[block.language]
    if DOCUMENTED_ADDRESS not in block.text:
        runner(block.text, folder)
        return
    with started(["--seed", "1"]) as address:
        runner(block.text.replace(DOCUMENTED_ADDRESS, address), folder)
