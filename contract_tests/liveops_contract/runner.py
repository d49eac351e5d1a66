"""One run of the suite: go through the checks, keep the score, say the verdict."""

import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import groupby

from liveops_contract.apart import Made, apart
from liveops_contract.checks import Check, Failure, Outcome, Run
from liveops_contract.connection import beside, connected
from liveops_contract.control import ControlRefused
from liveops_contract.coverage.record import Record, WatchedDoor
from liveops_contract.coverage.summary import Summary
from liveops_contract.coverage.verdict import gaps
from liveops_contract.description import operation_table
from liveops_contract.doors import NoAnswer
from liveops_contract.exchange import Curtain
from liveops_contract.kinds import all_checks
from liveops_contract.lanes import lanes
from liveops_contract.options import CONNECTIONS_WHERE_SLOW, CannotRun, Options
from liveops_contract.own_mock import own_mock
from liveops_contract.profiles import PROFILES, Profile
from liveops_contract.requests_sent import RequestsSent
from liveops_contract.signing import Account
from liveops_contract.stage import Stage, health
from liveops_contract.tidying import tidy

Say = Callable[[str], None]
Wanted = Callable[[Check], bool]
Begun = dict[str, Future[Made]]
HELD, BROKEN, COULD_NOT_RUN = 0, 1, 2
SLOW_SECONDS = 0.01  # a near mock needs a tenth of it
OWN_MOCK = "a mock started for this run"


@dataclass(frozen=True)
class Result:
    """What came of one check; `reason` says why it was not made."""

    check: Check
    outcome: Outcome
    reason: str | None
    seconds: float
    sent: RequestsSent = field(default_factory=RequestsSent)


@dataclass
class Score:
    """Everything that a run found."""

    options: Options
    target: str
    results: list[Result] = field(default_factory=list)
    coverage: Summary | None = None

    @property
    def cases(self) -> int:
        """How many cases were looked at."""
        return sum(result.outcome.cases for result in self.results)


def verify(options: Options, curtain: Curtain, say: Say, wanted: Wanted | None = None) -> Score:
    """Run what the options ask for, or of that the wanted checks alone; CannotRun if there is nothing to run against."""
    manners = options.manners()
    with ExitStack() as stack:
        if options.target is None:
            log = options.report / "mock.log"
            base_url, account = stack.enter_context(own_mock(options.project_id, options.merchant_id, options.seed, log))
        else:
            base_url = options.target
            account = Account(options.project_id, options.api_key or "", options.merchant_id, user_token=options.user_token)
        stage = stack.enter_context(connected(base_url, account, curtain, read_only=not options.writes, say=say, manners=manners))
        if options.writes and not options.is_local:
            stack.enter_context(tidy(stage, options.report, base_url, say))
        checks = [check for check in chosen(options, PROFILES[options.profile]) if wanted is None or wanted(check)]
        count = _lanes(options, stage, say) if len(checks) > 1 else 1
        stages = [stage, *(stack.enter_context(beside(stage, base_url, manners)) for _ in range(1, count))]
        record = Record()
        for lane, one in enumerate(stages):
            one.door = WatchedDoor(one.door, record)
            one.take_numbers(options.shard[0] if options.shard else 0, lane, len(stages))
        run = Run(
            stage,
            PROFILES[options.profile],
            options.seed,
            not options.writes,
            base_url,
            options.only,
            asks_alone=bool(options.rate or options.headers or options.ca),
            ended=manners.pace.ended,
        )
        score = Score(options, options.target or OWN_MOCK)
        begun = stack.enter_context(apart(checks, run))
        runs = [replace(run, stage=one) for one in stages]
        made = stack.enter_context(lanes([one for one in checks if one.name not in begun], runs, performed, run.ended))
        for results in _groups(checks, begun, made):
            score.results += results
            say(_line(results))
        score.coverage = Summary.of(
            record, (name for check in checks for name in check.operations if _concerns(name, options.only))
        )
        say(score.coverage.line())
        if wanted is None and is_whole(options):
            score.results += [performed(gap, run) for gap in gaps(score.coverage)]
    # Nothing may fall to one part of a run; whether the whole verified anything is said when its parts are joined.
    if not score.cases and options.shard is None:
        raise CannotRun("nothing could be verified; " + next(_reasons(score), "no check fits --only"))
    return score


def _reasons(score: Score) -> Iterator[str]:
    yield from (f"{result.check.name}: {result.reason}" for result in score.results if result.reason)


def is_whole(options: Options) -> bool:
    """Whether everything was asked of a mock of our own: only then a gap in the coverage is a gap of the suite."""
    return options.target is None and options.only is None and options.shard is None and options.writes


def _concerns(operation_id: str, only: str | None) -> bool:
    table = operation_table()
    return operation_id in table and only in (None, operation_id, table[operation_id].area)


def chosen(options: Options, profile: Profile) -> list[Check]:
    """The checks about an area or about an operation, also those that are about others too; all of them without a name.

    A short run leaves the slow kind out, and a run against another server does not plant bugs into a mock.
    """
    only, left_out = options.only, set()
    if not profile.fuzz_examples:
        left_out.add("schemathesis")
    if options.target is not None:
        left_out.add("planted bugs")
    checks = all_checks()
    wanted = [check for check in checks if only in (None, check.area) or any(_concerns(name, only) for name in check.operations)]
    return [check for check in wanted if check.kind not in left_out and is_in_shard(check, options.shard)]


def only_check(name: str) -> Wanted:
    """Wants the check of this name alone; CannotRun if there is none that a run makes."""
    if name not in {check.name for check in all_checks()}:
        raise CannotRun(f"there is no check {name!r} that could be made again; the report is of another version")
    return lambda check: check.name == name


def is_in_shard(check: Check, shard: tuple[int, int] | None) -> bool:
    """Whether a part of a run makes this check: decided by the name alone, so that it is the same on every machine."""
    return shard is None or zlib.crc32(check.name.encode()) % shard[1] == shard[0] - 1


def _lanes(options: Options, stage: Stage, say: Say) -> int:
    """How many checks may be made at once: where all share one project, those that write would disturb each other."""
    wanted = options.connections
    if wanted is None:
        return _fitting(stage, say) if stage.has_control else 1
    if wanted > 1 and options.writes and not stage.has_control:
        say(
            "note: without a control door all checks share one project, so they are made one after the other, over one connection"
        )
        return 1
    return wanted


def _fitting(stage: Stage, say: Say) -> int:
    """One after the other where answers come at once; as many as may be where a run would do little but wait for them."""
    seconds = min(_answer_seconds(stage) for _ in range(3))
    if seconds < SLOW_SECONDS:
        return 1
    say(f"note: an answer takes {1000 * seconds:.0f} ms, so {CONNECTIONS_WHERE_SLOW} checks are made at once; see --connections")
    return CONNECTIONS_WHERE_SLOW


def _answer_seconds(stage: Stage) -> float:
    begun = time.perf_counter()
    health(stage.door, stage.account)
    return time.perf_counter() - begun


def _groups(checks: list[Check], begun: Begun, made: dict[str, Future[Result]]) -> Iterator[list[Result]]:
    for _, group in groupby(checks, key=lambda check: (check.area, check.kind)):
        yield [awaited(one, begun[one.name]) if one.name in begun else made[one.name].result() for one in group]


def awaited(check: Check, begun: Future[Made]) -> Result:
    """What came of a check that was made apart."""
    outcome, seconds = begun.result()
    return Result(check, outcome, None, seconds)


def performed(check: Check, run: Run) -> Result:
    """Make one check, whatever the server does meanwhile."""
    reason = check.obstacle(run)
    begun, sent = time.perf_counter(), RequestsSent()
    run.stage.sent = sent
    if isinstance(run.stage.door, WatchedDoor):
        run.stage.door.begin()
    outcome = Outcome() if reason else _outcome(check, run)
    return Result(check, outcome, reason, time.perf_counter() - begun, sent)


def _outcome(check: Check, run: Run) -> Outcome:
    try:
        return check.perform(check, run)
    except (NoAnswer, ControlRefused) as error:
        return _gone_or_broken(check, run, error)
    except Exception as error:
        met = f"{type(error).__name__}: {error}"
        return _finding(check, run, "the answers can be judged", f"a check that comes to its end; {met}")


def _gone_or_broken(check: Check, run: Run, error: Exception) -> Outcome:
    """A server that lives and left one request without an answer is broken; one that is gone ends the run."""
    try:
        health(run.stage.door, run.stage.account)
    except NoAnswer as gone:
        sentence = f"the server at {run.base_url} stopped answering during {check.name} ({gone}); look into its log"
        raise CannotRun(sentence) from error
    return _finding(check, run, "every request is answered", f"an answer; {error}")


def _finding(check: Check, run: Run, rule: str, expected: str) -> Outcome:
    shown = run.stage.curtain.mask(expected)
    return Outcome(1, [Failure(check.area, check.kind, check.operations[0], rule, shown, "nothing that fits", ())])


def _line(results: list[Result]) -> str:
    first = results[0].check
    failures = sum(len(result.outcome.failures) for result in results)
    left_out = sum(1 for result in results if result.reason)
    cases = sum(result.outcome.cases for result in results)
    seconds = sum(result.seconds for result in results)
    verdict = "FAILED" if failures else "not verified" if left_out == len(results) else "ok"
    note = f", {left_out} of {len(results)} checks not verified" if left_out else ""
    found = f", {failures} failures" if failures else ""
    return f"{first.area:<15} {first.kind:<13} {verdict:<12} {cases:>6} cases {seconds:6.1f} s{found}{note}"
