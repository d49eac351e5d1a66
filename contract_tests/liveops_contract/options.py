"""The command line of `liveops-verify`: what may be said, and one clear sentence where it makes no sense."""

import argparse
import difflib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from liveops_contract.description import areas, operation_table
from liveops_contract.profiles import PROFILES

LOOPBACK = ("127.0.0.1", "localhost", "::1")


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

    @property
    def is_local(self) -> bool:
        """Whether the server runs on this machine."""
        return self.target is None or urlsplit(self.target).hostname in LOOPBACK


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CannotRun(f"{message}; `liveops-verify --help` lists the options")


def parsed(arguments: list[str] | None = None) -> Options:
    """The options of a command line; secrets also from the environment. CannotRun if one makes no sense."""
    found = _parser().parse_args(arguments)
    options = Options(
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
    )
    check_options(options)
    return options


def _parser() -> _Parser:
    verdicts = "Exit code 0: it holds, 1: it is broken, 2: the run could not be made."
    parser = _Parser(prog="liveops-verify", description=f"Verify that a server keeps the contract of the LiveOps API. {verdicts}")
    add = parser.add_argument
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
    add("--allow-writes", action="store_true", help="write to a server elsewhere that has no control door")
    return parser


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
