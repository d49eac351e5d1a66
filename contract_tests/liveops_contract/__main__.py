"""Command line of the suite: read options, verify, say the verdict, nothing else."""

import os
import sys

from liveops_contract.exchange import Curtain
from liveops_contract.options import CannotRun, Options, parsed
from liveops_contract.report import as_text, prepare, write
from liveops_contract.runner import BROKEN, COULD_NOT_RUN, HELD, Score, verify

SHOWN_UNVERIFIED = 20


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 the contract holds, 1 it is broken, 2 the run could not be made."""
    curtain = Curtain(secret for name in ("LIVEOPS_API_KEY", "LIVEOPS_USER_TOKEN") if (secret := os.environ.get(name)))
    try:
        options = parsed(arguments)
        curtain.hide(options.api_key or "", options.user_token or "")
        return _run(options, curtain)
    except CannotRun as error:
        print(curtain.mask(f"liveops-verify: {error}"), file=sys.stderr)
    except KeyboardInterrupt:
        print("liveops-verify: interrupted; nothing is proven", file=sys.stderr)
    except Exception as error:
        print(curtain.mask(f"liveops-verify: could not go on: {type(error).__name__}: {error}"), file=sys.stderr)
    return COULD_NOT_RUN


def _run(options: Options, curtain: Curtain) -> int:
    prepare(options.report)
    score = verify(options, curtain, lambda line: print(curtain.mask(line), flush=True))
    write(score, options.report, curtain)
    for failure in score.failures:
        print("\n" + curtain.mask(as_text(failure)))
    _print_verdict(score)
    return BROKEN if score.failures else HELD


def _print_verdict(score: Score) -> None:
    left_out = score.unverified
    if left_out:
        print(f"\nNot verified here ({len(left_out)}):")
        print("\n".join(f"  {line}" for line in left_out[:SHOWN_UNVERIFIED]))
        if len(left_out) > SHOWN_UNVERIFIED:
            print(f"  and {len(left_out) - SHOWN_UNVERIFIED} more, see report.html")
    failures = len(score.failures)
    verdict = f"BROKEN: {failures} distinct failures" if failures else "HELD"
    run = f"seed {score.options.seed}, profile {score.options.profile}"
    print(f"\n{verdict}; {score.cases} cases, {len(left_out)} not verified, {run}")
    print(f"Reports: {score.options.report / 'report.html'}")


if __name__ == "__main__":
    sys.exit(main())
