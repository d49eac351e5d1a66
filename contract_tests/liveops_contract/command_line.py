"""Command line of the suite: find the command, run it, turn whatever happens into an exit code, nothing else."""

import os
import sys

from liveops_contract.commands import COMMANDS, run
from liveops_contract.ending import ended_like_ctrl_c
from liveops_contract.exchange import Curtain
from liveops_contract.options import CannotRun
from liveops_contract.runner import COULD_NOT_RUN


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 the contract holds, 1 it is broken, 2 the run could not be made."""
    given = sys.argv[1:] if arguments is None else arguments
    curtain = Curtain(secret for name in ("LIVEOPS_API_KEY", "LIVEOPS_USER_TOKEN") if (secret := os.environ.get(name)))
    command, rest = (COMMANDS[given[0]], given[1:]) if given and given[0] in COMMANDS else (run, given)
    try:
        with ended_like_ctrl_c():
            return command(rest, curtain, lambda line: print(curtain.mask(line), flush=True))
    except CannotRun as error:
        print(curtain.mask(f"liveops-verify: {error}"), file=sys.stderr)
    except KeyboardInterrupt:
        print("liveops-verify: interrupted; nothing is proven", file=sys.stderr)
    except Exception as error:
        print(curtain.mask(f"liveops-verify: could not go on: {type(error).__name__}: {error}"), file=sys.stderr)
    return COULD_NOT_RUN
