"""A mock server for one run: started on a free port of this machine, ended with the run."""

import os
import queue
import re
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liveops_contract.options import CannotRun
from liveops_contract.signing import Account

READY_SECONDS = 30.0
READY = re.compile(r"listening on (http://[^\s,]+)")


@contextmanager
def own_mock(project_id: int, merchant_id: int | None, seed: int, log: Path | None = None) -> Iterator[tuple[str, Account]]:
    """Base URL and account of a mock that lives as long as the context."""
    account = Account(project_id, secrets.token_hex(16), merchant_id or 12345, secrets.token_hex(32))
    errors = log.open("wb") if log else subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - our own interpreter with numbers as arguments
        [sys.executable, "-m", "liveops_mock", *_arguments(account, seed)],
        stdout=subprocess.PIPE,
        stderr=errors,
        stdin=subprocess.DEVNULL,
        text=True,
        # Secrets go through the environment, where the list of processes does not show them.
        env={**os.environ, "LIVEOPS_API_KEY": account.api_key, "LIVEOPS_USER_SECRET": account.user_secret or ""},
    )
    try:
        yield _address(process), account
    finally:
        _end(process)
        if not isinstance(errors, int):
            errors.close()


def _arguments(account: Account, seed: int) -> list[str]:
    numbers = ["--project-id", str(account.project_id), "--merchant-id", str(account.merchant_id), "--seed", str(seed)]
    return ["--host", "127.0.0.1", "--port", "0", *numbers]


def _address(process: subprocess.Popen[str]) -> str:
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    # A pipe cannot be read with a time limit on every system; a thread can be waited for.
    threading.Thread(target=lambda stream: lines.put(stream.readline()), args=(process.stdout,), daemon=True).start()
    try:
        found = READY.search(lines.get(timeout=READY_SECONDS))
    except queue.Empty:
        found = None
    if found is None:
        raise CannotRun("the mock server did not start; try `python -m liveops_mock`, or install it with xsolla-liveops[mock]")
    return found.group(1)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)
    if process.stdout is not None:
        process.stdout.close()
