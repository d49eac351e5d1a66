"""The commands of `liveops-verify` beside the run itself: join reports, send a failure again, clean up."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from liveops_contract import known, merging
from liveops_contract.connection import connected
from liveops_contract.exchange import Curtain
from liveops_contract.ledger import NAME, Ledger
from liveops_contract.options import CannotRun, Options, Parser, check_options, options_of, parser
from liveops_contract.report import as_document, as_text, prepare, write
from liveops_contract.runner import BROKEN, HELD, only_check, verify
from liveops_contract.signing import Account
from liveops_contract.tidying import remove
from liveops_contract.verdict import Say, say_document

Command = Callable[[list[str], Curtain, Say], int]


def run(arguments: list[str], curtain: Curtain, say: Say) -> int:
    """Verify; 0 if the contract holds, 1 if it is broken."""
    options = _options(parser().parse_args(arguments), curtain)
    entries = known.read_known(options.known) if options.known else []
    prepare(options.report)
    document = known.judged(as_document(verify(options, curtain, say)), entries)
    write(document, options.report, curtain)
    say_document(document, options.report, say)
    return BROKEN if document["verdict"] == "broken" else HELD


def merge(arguments: list[str], curtain: Curtain, say: Say) -> int:
    """Join the reports of all parts of a run; the exit code is that of the whole."""
    reading = Parser(prog="liveops-verify merge", description="Join the reports of all parts of a run made with --shard.")
    reading.add_argument("reports", type=Path, nargs="+", metavar="REPORT", help="a report.json, or the folder it is in")
    reading.add_argument("--report", type=Path, default=Path("reports/verify"), metavar="DIR", help="folder of the joined report")
    found = reading.parse_args(arguments)
    document = merging.merged([merging.read_report(path) for path in found.reports])
    prepare(found.report)
    write(document, found.report, curtain)
    say_document(document, found.report, say)
    return BROKEN if document["verdict"] == "broken" else HELD


def replay(arguments: list[str], curtain: Curtain, say: Say) -> int:
    """Make the check of one failure again, with the requests it sent then; 1 if it still fails, 0 if not."""
    reading = parser(prog="liveops-verify replay", description="Send one failure of a report again, signed anew.")
    reading.add_argument("report_read", type=Path, metavar="REPORT", help="a report.json, or the folder it is in")
    reading.add_argument("id", metavar="ID", help="the failure, as the report names it")
    found = reading.parse_args(arguments)
    document = merging.read_report(found.report_read)
    failure = next((one for one in document["failures"] if one["id"] == found.id), None)
    if failure is None:
        ids = ", ".join(one["id"] for one in document["failures"]) or "none"
        raise CannotRun(f"there is no failure {found.id!r} in the report; it has {ids}")
    options = replace(_options(found, curtain), profile=document["profile"], seed=document["seed"], only=None, shard=None)
    again = as_document(verify(options, curtain, say, only_check(failure["check"])))
    left = next((one for one in again["failures"] if one["id"] == found.id), None)
    others = len(again["failures"]) - bool(left)
    say(("\n" + as_text(left) + "\n\nSTILL FAILS") if left else "\nNO LONGER FAILS")
    if others:
        say(f"The same check has {others} other failures.")
    return BROKEN if left else HELD


def cleanup(arguments: list[str], curtain: Curtain, say: Say) -> int:
    """Remove what a killed run left on a server; 1 if something could not be removed."""
    reading = parser(prog="liveops-verify cleanup", description="Remove what a run that was killed left on the server.")
    reading.add_argument("folder", type=Path, metavar="REPORT", help="the folder of reports of that run")
    found = reading.parse_args(arguments)
    options = _options(found, curtain)
    if options.target is None or not options.writes:
        raise CannotRun("cleanup deletes on the server of the run; give its --target, and --allow-writes if it is elsewhere")
    if not (found.folder / NAME).exists():
        raise CannotRun(f"there is no {NAME} in {str(found.folder)!r}; only runs that write to a server elsewhere leave one")
    ledger = Ledger(found.folder / NAME, options.target)
    account = Account(options.project_id, options.api_key or "", options.merchant_id, user_token=options.user_token)
    with connected(options.target, account, curtain, read_only=False, say=say, manners=options.manners()) as stage:
        kept = remove(stage, ledger, ledger.tags, say)
    say(f"{kept} things could not be removed" if kept else "everything that the run made is removed")
    return BROKEN if kept else HELD


def _options(found: argparse.Namespace, curtain: Curtain) -> Options:
    options = options_of(found)
    curtain.hide(*options.secrets())
    check_options(options)
    return options


COMMANDS: dict[str, Command] = {"merge": merge, "replay": replay, "cleanup": cleanup}
