"""The servers that are compared: the mock, Prism on the same bundle, and an empty application under the mock's web server."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench_load import CHAINS, FAULTS, HEADERS, KEY, PROJECT, BenchError, Question

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "openapi" / "bundle" / "liveops.json"
PRISM_VERSION = "5.14.2"
PRISM_FOLDER = ROOT / "reports" / "bench"
QUIET = {"DO_NOT_TRACK": "1", "SCARF_ANALYTICS": "false", "NO_UPDATE_NOTIFIER": "1"}  # nothing is reported to anybody
MOST_SECONDS_TO_START = 30
UVICORN = "--loop uvloop --http httptools --lifespan off --log-level warning --no-access-log --no-server-header --no-date-header"

Json = Any


class NotMeasured(Exception):
    """Something that a figure needs is not there; the message says what, and how to get it."""


class Server(NamedTuple):
    """How to start a server, and which path answers 200 once it serves. `{port}` in the command is filled in."""

    name: str
    command: Sequence[str]
    ready: str


class Running(NamedTuple):
    """A server that serves."""

    server: Server
    process: subprocess.Popen[bytes]
    port: int
    start_ms: float

    def ask(self, question: Question) -> tuple[int, Json]:
        """Status and body of one plain request."""
        try:
            return ask(self.port, question)
        except OSError as error:
            raise BenchError(
                f"{self.server.name}: {question.method} {question.path} got no answer ({error}); a JSON answer is expected"
            ) from error

    def memory(self, field: str) -> float | None:
        """VmRSS or VmHWM of the process in MiB; None on systems that do not tell."""
        status = Path(f"/proc/{self.process.pid}/status")
        lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{field}:")), None)

    def processor_seconds(self) -> float:
        """The processor time that the process used so far; 0 on systems that do not tell."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        if not stat.exists():
            return 0.0
        after_name = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")

    def expected(self, question: Question) -> int:
        """The status that the question gets here; the empty application knows only one."""
        return 200 if self.server.name == "empty app" else question.status

    def require_right(self, name: str, question: Question) -> None:
        """Ask once, and refuse to measure a server that answers something else than it has to."""
        status, body = self.ask(question)
        if status != self.expected(question):
            raise BenchError(f"{self.server.name}, {name}: answered {status} {body}; {self.expected(question)} is expected")
        if self.server.name != "mock":
            return
        if name == "list" and len(body["items"]) != 10:
            raise BenchError(f"mock, list: a page of {len(body['items'])} chains; 10 are expected")
        if name == "rejected" and {found["pointer"] for found in body["errorMessageExtended"]} != FAULTS:
            raise BenchError(f"mock, rejected: lists {body['errorMessageExtended']}; violations at {sorted(FAULTS)} are expected")


async def empty(scope: Json, receive: Callable[[], Awaitable[Json]], send: Callable[[Json], Awaitable[None]]) -> None:  # noqa: ARG001
    """The empty ASGI application: what the web server costs by itself."""
    headers = [(b"content-length", b"2"), (b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{}"})


def mock() -> Server:
    """Our mock server with its defaults: replies are proven, the journal is written."""
    started = [sys.executable, "-m", "liveops_mock", "--port", "{port}", "--project-id", str(PROJECT), "--api-key", KEY]
    return Server("mock", started, "/__control__/health")


def empty_app() -> Server:
    """The empty application under the same web server with the same settings."""
    started = [sys.executable, "-m", "uvicorn", "bench_servers:empty", "--app-dir", str(ROOT / "scripts"), *UVICORN.split()]
    return Server("empty app", [*started, "--host", "127.0.0.1", "--port", "{port}"], "/")


def prism(folder: Path) -> Server:
    """Prism on our bundle, its request log switched off as ours is."""
    entry = prism_program()
    bundle = folder / "prism.json"
    bundle.write_text(json.dumps(with_ascii_patterns(json.loads(BUNDLE.read_bytes()))), encoding="ascii")
    settings = ["mock", "-h", "127.0.0.1", "-p", "{port}", "-v", "silent", str(bundle)]
    return Server("Prism", ["node", str(entry), *settings], f"{CHAINS}?limit=10")


def with_ascii_patterns(part: Json) -> Json:
    """The same patterns in ASCII: Prism quotes them in a header, and dies of the en dash in that of the SKU."""
    if isinstance(part, dict):
        escaped = {key: with_ascii_patterns(value) for key, value in part.items()}
        if isinstance(part.get("pattern"), str):
            escaped["pattern"] = "".join(sign if sign.isascii() else f"\\u{ord(sign):04x}" for sign in part["pattern"])
        return escaped
    return [with_ascii_patterns(value) for value in part] if isinstance(part, list) else part


def prism_program() -> Path:
    """The command-line program of Prism, installed if this version is not there yet."""
    package = PRISM_FOLDER / "node_modules" / "@stoplight" / "prism-cli"
    if shutil.which("node") is None:
        raise NotMeasured("node is missing, so nothing is compared with Prism; install Node.js 20 or newer, with npm")
    if installed_version(package) != PRISM_VERSION:
        install_prism()
    if installed_version(package) != PRISM_VERSION:
        raise NotMeasured(
            f"npm did not install Prism {PRISM_VERSION}, so nothing is compared with it; remove reports/bench/ and try again"
        )
    program = json.loads((package / "package.json").read_bytes())["bin"]["prism"]
    return package / str(program)


def installed_version(package: Path) -> str | None:
    """The version of a package of npm, if it is there."""
    description = package / "package.json"
    return str(json.loads(description.read_bytes())["version"]) if description.exists() else None


def install_prism() -> None:
    """Fetch Prism with npm into a folder that is no part of the repository."""
    if shutil.which("npm") is None:
        raise NotMeasured("npm is missing, so nothing is compared with Prism; install Node.js 20 or newer, with npm")
    PRISM_FOLDER.mkdir(parents=True, exist_ok=True)
    settings = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(PRISM_FOLDER)]
    command = ["npm", "install", *settings, f"@stoplight/prism-cli@{PRISM_VERSION}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False, env={**os.environ, **QUIET})
    except subprocess.TimeoutExpired:
        raise NotMeasured(
            "npm took over 180 s, so nothing is compared with Prism; see whether npm reaches its registry"
        ) from None
    if done.returncode:
        reason = next((line for line in done.stderr.splitlines() if "error" in line.lower() or "ERR" in line), "no reason given")
        raise NotMeasured(
            f"npm cannot install Prism ({reason}), so nothing is compared with it; see whether npm reaches its registry"
        )


def ask(port: int, question: Question, headers: Mapping[str, str] = HEADERS) -> tuple[int, Json]:
    """Status and body of one request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(question.method, question.path, question.body.encode() or None, dict(headers))
        reply = connection.getresponse()
        content = reply.read()
        return reply.status, json.loads(content) if content else None
    except (http.client.HTTPException, ValueError) as error:
        raise ConnectionError(f"no JSON over HTTP: {error!r}") from error
    finally:
        connection.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@contextmanager
def running(server: Server, pinned: Sequence[str], folder: Path) -> Iterator[Running]:
    """The server, started afresh on its core; it ends with the block, however that ends."""
    port = free_port()
    command = [*pinned, *(part.replace("{port}", str(port)) for part in server.command)]
    log = folder / f"{server.name}.log"
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, **QUIET},
        )
        try:
            wait_until_ready(server, process, port, log)
            yield Running(server, process, port, (time.perf_counter() - began) * 1000)
        finally:
            end(process)


def wait_until_ready(server: Server, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Ask until the first 200."""
    give_up = time.monotonic() + MOST_SECONDS_TO_START
    while time.monotonic() < give_up and process.poll() is None:
        try:
            if ask(port, Question("GET", server.ready, "", 200))[0] == 200:
                return
        except OSError:
            time.sleep(0.005)  # nobody listens yet
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    code = process.poll()
    how = f"did not serve within {MOST_SECONDS_TO_START} s" if code is None else f"ended with {code}"
    way_out = (
        "remove reports/bench/ to install it afresh"
        if server.name == "Prism"
        else "install what it needs with `pip install -e '.[dev]'`"
    )
    raise BenchError(
        f"{server.name} {how} ({said[-1] if said else 'it said nothing'}), it never answered 200 on {server.ready}; {way_out}"
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End one server, first politely."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
