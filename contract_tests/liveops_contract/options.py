"""The command line of `liveops-verify`: what may be said, and one clear sentence where it makes no sense."""

import argparse
import difflib
import ipaddress
import os
import re
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from liveops_contract.description import areas, operation_table
from liveops_contract.manners import Manners, Pace
from liveops_contract.profiles import PROFILES

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
OURS = ("authorization", "content-type", "content-encoding", "content-length", "host", "x-unauthorized-id", "x-user")
CONNECTIONS_WHERE_SLOW, MOST_CONNECTIONS = 32, 64  # the projects of a run are shared out among them, and each check needs a few

COMMANDS = "Further commands, each with a --help of its own: liveops-verify merge, liveops-verify replay, liveops-verify cleanup."


class CannotRun(Exception):
    """The run cannot be made; the message is the one sentence that says why and what to do."""


@dataclass(frozen=True)
class Options:
    """What the caller wants."""

    target: str | None
    project_id: int
    merchant_id: int | None
    api_key: str | None = field(repr=False)
    user_token: str | None = field(repr=False)
    profile: str
    seed: int
    report: Path
    only: str | None
    read_only: bool
    allow_writes: bool
    rate: float | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    ca: Path | None = None
    known: Path | None = None
    shard: tuple[int, int] | None = None
    connections: int | None = None

    @property
    def is_local(self) -> bool:
        """Whether the server runs on this machine."""
        return self.target is None or is_loopback(urlsplit(self.target).hostname or "")

    @property
    def writes(self) -> bool:
        """Whether anything may be changed: a server elsewhere may serve real players, so there it must be said."""
        return not self.read_only and (self.is_local or self.allow_writes)

    def secrets(self) -> list[str]:
        """Everything that must not be read by others."""
        return [secret for secret in (self.api_key, self.user_token, *(value for _, value in self.headers)) if secret]

    def manners(self) -> Manners:
        """How to behave towards the server."""
        return Manners(self.headers, str(self.ca) if self.ca else None, Pace(self.rate))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine for certain; a name that only resolves to it is not."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line as CannotRun."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        raise CannotRun(f"{message}; `liveops-verify --help` lists the options")


def parsed(arguments: list[str] | None = None) -> Options:
    """The options of a command line; secrets also from the environment. CannotRun if one makes no sense."""
    options = options_of(parser().parse_args(arguments))
    check_options(options)
    return options


def options_of(found: argparse.Namespace) -> Options:
    """What the caller wants, from what was read."""
    return Options(
        target=found.target,
        project_id=found.project_id,
        merchant_id=found.merchant_id,
        api_key=found.api_key or os.environ.get("LIVEOPS_API_KEY"),
        user_token=found.user_token or os.environ.get("LIVEOPS_USER_TOKEN"),
        profile=found.profile,
        seed=found.seed,
        report=found.report,
        only=found.only,
        read_only=found.read_only,
        allow_writes=found.allow_writes,
        rate=found.rate,
        headers=tuple(found.header),
        ca=found.ca,
        known=found.known,
        shard=found.shard,
        connections=found.connections,
    )


def parser(prog: str = "liveops-verify", description: str = "") -> argparse.ArgumentParser:
    """The options of a run."""
    verdicts = "Exit code 0: it holds, 1: it is broken, 2: the run could not be made."
    said = description or f"Verify that a server keeps the contract of the LiveOps API. {verdicts}"
    made = Parser(prog=prog, description=said, epilog=COMMANDS)
    add = made.add_argument
    add("--target", metavar="URL", help="base URL of the server; without it a mock is started for the run")
    add("--project-id", type=_number, default=44056, metavar="N", help="project to call (default: %(default)s)")
    add("--api-key", metavar="K", help="API key of the project; better in LIVEOPS_API_KEY")
    add("--user-token", metavar="T", help="token of a user, for client calls; better in LIVEOPS_USER_TOKEN")
    add("--merchant-id", type=_number, metavar="N", help="merchant; with a control door it makes fresh projects")
    add("--profile", choices=sorted(PROFILES), default="quick", help="how much to ask (default: %(default)s)")
    add("--seed", type=_number, default=1, metavar="N", help="same seed and same server: same requests (default: 1)")
    add("--report", type=Path, default=Path("reports/verify"), metavar="DIR", help="folder of the reports (default: %(default)s)")
    add("--only", metavar="AREA|OPERATION", help="one area or one operation alone")
    add("--read-only", action="store_true", help="send nothing but GET")
    add("--allow-writes", action="store_true", help="write to a server that is not on this machine")
    add("--rate", type=_rate, metavar="N/s", help="at most so many requests a second")
    add(
        "--header",
        type=_header,
        action="append",
        default=[],
        metavar="'NAME: VALUE'",
        help="send this too; may be repeated; never shown",
    )
    add(
        "--connections",
        type=_connections,
        metavar="N",
        help=f"so many checks at once (default: 1; {CONNECTIONS_WHERE_SLOW} where a server with a control door answers slowly)",
    )
    add("--ca", type=Path, metavar="FILE", help="trust the certificates of this CA (PEM) and of no other")
    add("--known", type=Path, metavar="FILE", help="accepted divergences (TOML): reported, but not failing until they end")
    add("--shard", type=_shard, metavar="I/N", help="make part I of N alone; `liveops-verify merge` joins the reports")
    return made


def check_options(options: Options) -> None:
    """Refuse what cannot be meant."""
    if options.target is not None:
        check_base_url("--target", options.target, "https://store.xsolla.com/api")
        if not options.api_key:
            raise CannotRun("--target needs an API key; put it into LIVEOPS_API_KEY or give --api-key")
    for name, secret in (("--api-key", options.api_key), ("--user-token", options.user_token)):
        if secret is not None:
            check_secret(name, secret)
    if options.only is not None:
        check_known("--only", options.only)
    if options.ca is not None:
        _check_ca(options)
    if options.read_only and options.allow_writes:
        raise CannotRun("--read-only and --allow-writes contradict each other; give one of them")


def check_known(option: str, name: str) -> None:
    """Refuse what is neither an area nor an operation."""
    known = [*areas(), *operation_table()]
    if name not in known:
        close = difflib.get_close_matches(name, known, 3, 0.4) or list(areas())
        raise CannotRun(f"{option} {name!r} is neither an area nor an operation; the closest names are {', '.join(close)}")


def check_secret(option: str, secret: str) -> None:
    """Refuse what no header can carry; the secret is not shown."""
    if not (secret.isascii() and secret.isprintable()):
        raise CannotRun(f"{option} has characters that no header can carry; check that it was copied whole")


def check_base_url(option: str, url: str, such_as: str) -> None:
    """Refuse what is not the address of a server. One that holds credentials is not shown."""
    if "@" in url:
        raise CannotRun(f"{option} holds credentials; take them out and put the key into LIVEOPS_API_KEY")
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine or parts.query or parts.fragment:
        raise CannotRun(f"{option} {url!r} is not a base URL; write it like {such_as}")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > 2**31 - 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to {2**31 - 1}")
    return int(text)


def _check_ca(options: Options) -> None:
    if urlsplit(options.target or "").scheme != "https":
        raise CannotRun(f"--ca {str(options.ca)!r} belongs to a --target that begins with https://")
    try:
        options.manners().context()
    except (OSError, ssl.SSLError) as error:
        reason = "no certificate in PEM form is in it" if isinstance(error, ssl.SSLError) else error.strerror
        raise CannotRun(f"--ca {str(options.ca)!r} cannot be used: {reason}") from error


def _rate(text: str) -> float:
    found = re.fullmatch(r"([0-9]{1,6}(?:[.][0-9]{1,3})?)(?:/s)?", text)
    if not found or not float(found.group(1)):
        raise argparse.ArgumentTypeError(f"{text!r} is no rate; write requests a second, like 20/s or 0.5/s")
    return float(found.group(1))


def _header(text: str) -> tuple[str, str]:
    name, colon, value = (part.strip() for part in text.partition(":"))
    if not colon or not HEADER_NAME.fullmatch(name) or not (value.isascii() and value.isprintable() and value):
        raise argparse.ArgumentTypeError("what was given is no header (it is not shown, it may be a secret); write 'Name: value'")
    if name.lower() in OURS:
        raise argparse.ArgumentTypeError(f"{name} is a header that the checks send themselves; it cannot be given")
    return name, value


def _connections(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text) or int(text) > MOST_CONNECTIONS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of connections; write one from 1 to {MOST_CONNECTIONS}")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", text)
    if not found or int(found.group(1)) > int(found.group(2)):
        raise argparse.ArgumentTypeError(f"{text!r} is no part of a run; write I/N with I from 1 to N, like 2/3")
    return int(found.group(1)), int(found.group(2))
