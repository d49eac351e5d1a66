"""Load on one server: the requests that are sent, and wrk, which sends them and measures."""

import copy
import json
import math
import re
import subprocess
import time
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

PROJECT, KEY = 44056, "bench-api-key"
HEADERS = {"Authorization": "Basic " + b64encode(f"{PROJECT}:{KEY}".encode()).decode(), "Content-Type": "application/json"}
CHAINS = f"/v3/project/{PROJECT}/admin/reward_chain"
CONNECTIONS = 32
LONGEST_WAIT = 30  # seconds; wrk leaves answers that take longer than its time limit out of the maximum
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}

Json = Any


class BenchError(Exception):
    """A server cannot be started or answers wrongly; the message names it, what it did, and what was expected."""


class Question(NamedTuple):
    """One request, and the status that a server true to the description gives it."""

    method: str
    path: str
    body: str
    status: int


class Load(NamedTuple):
    """What wrk saw: `refused` are answers that are neither 2xx nor 3xx, `failed` those that never came."""

    rate: float
    requests: int
    refused: int
    failed: int
    p99_ms: float
    max_ms: float


def questions(bundle: Json) -> dict[str, Question]:
    """The requests by name. The bodies are the published example of a reward chain, whole and with two faults."""
    chain = bundle["components"]["examples"]["RewardChainCreate"]["value"]
    faulty = copy.deepcopy(chain)
    faulty["steps"][1]["reward"][0]["sku"] = "com.xsolla item_3"
    faulty["recurrent_schedule"]["day_of_week"] = 8
    return {
        "list": Question("GET", f"{CHAINS}?limit=10", "", 200),
        "rejected": Question("POST", CHAINS, json.dumps(faulty), 422),
        "creates": Question("POST", CHAINS, json.dumps(chain), 201),
        "get": Question("GET", f"{CHAINS}/id/1", "", 200),
        "toggle": Question("PUT", f"{CHAINS}/id/1/toggle", "", 204),
    }


FAULTS = {"/body/steps/1/reward/0/sku", "/body/recurrent_schedule/day_of_week"}


def lua(asked: Sequence[Question]) -> str:
    """The script for wrk: one request that is formatted once, or several that take turns."""
    fields = ", ".join(f'["{name}"] = "{value}"' for name, value in HEADERS.items())
    head = f"wrk.headers = {{ {fields} }}\n"
    if len(asked) == 1:
        method, path, body, _ = asked[0]
        return f'{head}wrk.method = "{method}"\nwrk.path = "{path}"\nwrk.body = [==[{body}]==]\n'
    calls = ",\n".join(f'wrk.format("{one.method}", "{one.path}", wrk.headers, [==[{one.body}]==])' for one in asked)
    turns = "local turn = 0\nfunction request() turn = turn % #asked + 1; return asked[turn] end\n"
    return f"{head}local asked\nfunction init() asked = {{\n{calls}\n}} end\n{turns}"


def milliseconds(text: str) -> float:
    """A time as wrk writes it: 870.00us, 4.37ms, 1.53s, 2.00m."""
    number, unit = re.fullmatch(r"([0-9.]+)(us|ms|s|m)", text).groups()  # type: ignore[union-attr]
    return float(number) * MILLISECONDS[unit]


def parse(text: str) -> Load:
    """Read the report of `wrk --latency`."""
    rate = re.search(r"Requests/sec: +([0-9.]+)", text)
    requests = re.search(r"([0-9]+) requests in ", text)
    latency = re.search(r"Latency +\S+ +\S+ +([0-9.]+[a-z]+)", text)
    p99 = re.search(r" 99% +([0-9.]+[a-z]+)", text)
    if not (rate and requests and latency and p99):
        raise BenchError(f"wrk reported no figures but {text.strip()[-200:]!r}; Debian's wrk 4.1 or newer is expected")
    refused = re.search(r"Non-2xx or 3xx responses: ([0-9]+)", text)
    errors = re.search(r"Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)", text)
    return Load(
        rate=float(rate[1]),
        requests=int(requests[1]),
        refused=int(refused[1]) if refused else 0,
        failed=sum(map(int, errors.groups())) if errors else 0,
        p99_ms=milliseconds(p99[1]),
        max_ms=milliseconds(latency[1]),
    )


def require_right(load: Load, expected: Sequence[int], name: str) -> None:
    """Refuse figures of a server that failed requests, or answered more or fewer of them with a refusal than it has to."""
    share = sum(status >= 400 for status in expected) / len(expected)
    unsure = CONNECTIONS if 0 < share < 1 else 0  # where requests take turns, those under way at the end are not counted
    if load.failed:
        raise BenchError(f"{name}: {load.failed} of {load.requests} requests failed under load; every one has to be answered")
    if not load.requests or abs(load.refused - share * load.requests) > unsure:
        raise BenchError(f"{name}: {load.refused} of {load.requests} requests were refused under load; {share:.0%} have to be")


class Wrk(NamedTuple):
    """The load generator: the core it is pinned to (as a command prefix), and a folder for its scripts."""

    pinned: Sequence[str]
    folder: Path

    def run(self, port: int, asked: Sequence[Question], seconds: int) -> Load:
        """Keep all connections of one server busy for that long."""
        script = self.folder / "asked.lua"
        script.write_text(lua(asked), encoding="utf-8")
        settings = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", f"{LONGEST_WAIT}s", "--latency", "-s", str(script)]
        command = [*self.pinned, "wrk", *settings, f"http://127.0.0.1:{port}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 2 * LONGEST_WAIT, check=False)
        return parse(done.stdout + done.stderr)

    def send(self, port: int, asked: Sequence[Question], count: int, name: str, most_seconds: int) -> int:
        """Send at least `count` requests, as far as the time allows; answers how many were sent."""
        sent, seconds, end = 0, 1, time.monotonic() + most_seconds
        while sent < count and time.monotonic() < end:
            load = self.run(port, asked, seconds)
            require_right(load, [one.status for one in asked], name)
            sent += load.requests
            seconds = max(1, min(10, math.floor((count - sent) / load.rate)))
        return sent
