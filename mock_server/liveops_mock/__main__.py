"""Command line of the mock server: read options, serve, nothing else."""

import argparse
import gc
import ipaddress
import os
import socket
import sys

from .app import MockServer
from .clock import Clock, machine_time
from .wire import web_server

# The event loop accepts one connection of a socket between two rounds of requests, so the last of many that come at once would
# wait for as many rounds.
MORE_DOORS = 15
DEMO_KEY = "demo-api-key"
DEMO_SECRET = "demo-user-secret-for-tokens-of-the-demo"


def options(arguments: list[str] | None) -> argparse.Namespace:
    """The options, each checked."""
    parser = argparse.ArgumentParser(prog="liveops-mock", description="Stateful mock server of the Xsolla LiveOps API.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=port, default=8080, help="port to listen on, 0 for a free one (default: %(default)s)")
    parser.add_argument("--project-id", type=positive, default=44056, help="number of the home project (default: %(default)s)")
    parser.add_argument(
        "--merchant-id", type=positive, default=12345, help="merchant that owns all projects (default: %(default)s)"
    )
    parser.add_argument(
        "--api-key",
        default=os.environ.get("LIVEOPS_API_KEY", DEMO_KEY),
        help="API key; also from LIVEOPS_API_KEY (default: a demo key)",
    )
    parser.add_argument(
        "--user-secret",
        default=os.environ.get("LIVEOPS_USER_SECRET", DEMO_SECRET),
        help="secret that signs user tokens, 32 characters or more; also from LIVEOPS_USER_SECRET (default: a demo secret)",
    )
    parser.add_argument("--seed", type=int, help="same seed and same requests give the same bytes; the clock is frozen then")
    parser.add_argument("--no-control", action="store_true", help="switch the control door /__control__/ off")
    parsed = parser.parse_args(arguments)
    if len(parsed.user_secret) < 32:
        parser.error("--user-secret has fewer than 32 characters, HS256 needs 32 or more; choose a longer one")
    demo = DEMO_KEY in parsed.api_key or DEMO_SECRET in parsed.user_secret
    if demo and not is_loopback(parsed.host):
        reason = "can be reached from elsewhere, where demo secrets protect nothing"
        parser.error(f"--host {parsed.host} {reason}; give --api-key and --user-secret")
    return parsed


def port(text: str) -> int:
    """A port number."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; ports are 0 to 65535")
    return int(text)


def positive(text: str) -> int:
    """A project or merchant number."""
    if not text.isdecimal() or not 0 < int(text) < 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 2147483647")
    return int(text)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, number: int) -> socket.socket:
    """A listening socket, or one clear sentence."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, number), family=family, backlog=2048)
    except OSError as error:
        print(
            f"liveops-mock: cannot listen on {host}:{number}: {error.strerror or error}; choose another --port or --host",
            file=sys.stderr,
        )
        raise SystemExit(2) from None


def main(arguments: list[str] | None = None) -> None:
    """Serve until interrupted."""
    chosen = options(arguments)
    clock = Clock(machine_time(), "running") if chosen.seed is None else None
    server = MockServer(
        chosen.project_id,
        chosen.api_key,
        chosen.user_secret,
        merchant_id=chosen.merchant_id,
        seed=chosen.seed,
        clock=clock,
        control=not chosen.no_control,
    )
    with listen(chosen.host, chosen.port) as door:
        gc.freeze()
        gc.set_threshold(50_000, 50, 50)
        host = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
        print(f"liveops-mock listening on http://{host}:{door.getsockname()[1]}, project {chosen.project_id}", flush=True)
        web_server(server).run(sockets=[door, *(door.dup() for _ in range(MORE_DOORS))])


if __name__ == "__main__":
    main()
