"""`liveops-verify` as a program of its own, in which a seed means the same each time."""

import os
import sys
from typing import NoReturn


def program() -> NoReturn:
    """Begin once more with the hashing that never changes, unless it is so already, then do what the command line says.

    Hypothesis makes texts that fail smaller in the order of a set of their characters, which Python else changes from run to run.
    """
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S606 - itself
    from liveops_contract.command_line import main

    sys.exit(main())


if __name__ == "__main__":
    program()
