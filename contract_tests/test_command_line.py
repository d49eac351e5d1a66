"""The mock as a program: it says what it does, refuses bad options in one sentence, and ends when it is told to."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

COMMAND = [sys.executable, "-m", "liveops_mock"]


def refused(*options: str) -> str:
    """What the program says when it does not start."""
    run = subprocess.run([*COMMAND, *options], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    return run.stderr.strip().splitlines()[-1]


@contextmanager
def started(*options: str, **environment: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Base URL and process of a mock that runs as long as the context."""
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", *options], stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )
    assert process.stdout is not None
    try:
        match = re.search(r"listening on (\S+),", process.stdout.readline())
        assert match is not None
        yield match.group(1), process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)
        process.stdout.close()


def test_a_port_in_use_is_one_sentence() -> None:
    """It names the address and the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1])

        assert re.match(
            rf"liveops-mock: cannot listen on 127\.0\.0\.1:{number}: .*choose another --port", refused("--port", number)
        )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--port", "99999"), "'99999' is not a port"),
        (("--project-id", "0"), "'0' is not a number from 1"),
        (("--merchant-id", "abc"), "'abc' is not a number from 1"),
        (("--user-secret", "short"), "--user-secret has fewer than 32 characters"),
        (("--host", "0.0.0.0"), "demo secrets protect nothing"),  # noqa: S104 - it has to be refused
        (("--host", "example.com"), "demo secrets protect nothing"),
        (("--seed", "x"), "invalid int value"),
    ],
)
def test_a_bad_option_is_named_with_its_value(options: tuple[str, ...], words: str) -> None:
    """And the program does not start."""
    assert words in refused(*options)


def test_an_address_that_is_not_there_is_one_sentence() -> None:
    """With secrets of one's own any address may be asked for; one that this machine does not have is refused."""
    own = ("--api-key", "own-key-of-mine", "--user-secret", "own-secret-of-mine-with-32-characters")

    assert "cannot listen on 192.0.2.1:8080" in refused("--host", "192.0.2.1", *own)


def test_help_names_every_option() -> None:
    """Without starting anything."""
    run = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, timeout=60, check=True)

    assert {"--host", "--port", "--project-id", "--api-key", "--seed", "--no-control"} <= set(
        re.findall(r"--[a-z-]+", run.stdout)
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_it_answers_and_ends(host: str) -> None:
    """On each address of this machine, and without a word of its secrets."""
    with started("--host", host, "--seed", "5", LIVEOPS_API_KEY="secret-of-the-environment") as (url, process):
        with urllib.request.urlopen(f"{url}/__control__/health", timeout=10) as answer:  # noqa: S310 - our own server
            assert answer.status == 200
        assert "secret" not in url
    assert process.returncode is not None


def test_without_a_seed_the_clock_runs() -> None:
    """It starts at the time of this machine; the control door can be switched off."""
    with started("--no-control") as (url, _), pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{url}/__control__/health", timeout=10)  # noqa: S310 - our own server
