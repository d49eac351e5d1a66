"""Bodies: whatever bytes arrive in place of a JSON document, the answer is a described refusal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from liveops_contract.api import Json, encoded
from liveops_contract.checks import Check, Outcome, Run, failure, operation_check
from liveops_contract.conformance import SHAPE_REFUSED, faults
from liveops_contract.description import operations
from liveops_contract.doors import Answer
from liveops_contract.exchange import Request
from liveops_contract.scenery import furnished

DEEP = 5000
LARGE = 5 * 1024 * 1024
REFUSED = frozenset({400, 413, 415, 422})


@dataclass(frozen=True)
class Oddity:
    """Bytes, how they are announced, and which statuses are right; none named: any described one."""

    name: str
    body: bytes
    statuses: frozenset[int] = frozenset()
    media_type: str | None = "application/json"
    encoding: str | None = None


def checks() -> Iterator[Check]:
    """One check per operation that takes a body."""
    for operation in operations():
        if operation.body is not None:
            yield operation_check(operation, "bodies", perform, writes=True)


def perform(check: Check, run: Run) -> Outcome:
    """Send each oddity."""
    api, operation = run.stage.fresh(run.seed), check.operation
    signed = api.request(operation, path=furnished(api, operation))
    outcome = Outcome()
    for oddity in oddities(next(iter(operation.examples.values()))):
        headers = dict(signed.headers)
        headers |= {"Content-Type": oddity.media_type} if oddity.media_type else {}
        headers |= {"Content-Encoding": oddity.encoding} if oddity.encoding else {}
        exchange = api.send(Request(signed.method, signed.target, headers, oddity.body, signed.signed_by))
        outcome.cases += 1
        described = next(faults(operation, exchange.answer), None)
        if described:
            rule = f"{oddity.name}: {described.rule}"
            outcome.failures.append(failure(check, rule, described.expected, [exchange], api.curtain))
        elif oddity.statuses and not _is_refused(exchange.answer, oddity.statuses):
            expected = " or ".join(str(status) for status in sorted(oddity.statuses))
            outcome.failures.append(failure(check, f"{oddity.name} is refused", expected, [exchange], api.curtain))
    return outcome


def _is_refused(answer: Answer, statuses: frozenset[int]) -> bool:
    """Whether it is the body that is refused: a 422 with a code of the game says that a body was read."""
    return answer.status in statuses and (answer.status != 422 or answer.error_code == SHAPE_REFUSED)


def oddities(example: Json) -> Iterator[Oddity]:
    """Every oddity, made from a valid body."""
    good = encoded(example)
    unreadable = frozenset({400, 422})
    yield Oddity("a body that breaks off", good[: len(good) // 2], frozenset({400}))
    yield Oddity("two documents in one body", good + good, frozenset({400}))
    yield Oddity("a comma too many", good[:-1] + b"," + good[-1:], frozenset({400}))
    yield Oddity("single quotes", good.replace(b'"', b"'"), frozenset({400}))
    yield Oddity("no body", b"", REFUSED)
    yield Oddity("blanks alone", b"  \n", frozenset({400}))
    yield Oddity("a body nested too deep", b"[" * DEEP + b"]" * DEEP, REFUSED)
    yield Oddity("an object nested too deep", b'{"a":' * DEEP + b"1" + b"}" * DEEP, REFUSED)
    yield Oddity("a body of 5 MB", json.dumps("x" * LARGE).encode(), frozenset({413, 422}))
    yield Oddity("NaN", b'{"order":NaN}', unreadable)
    yield Oddity("Infinity", b'{"order":-Infinity}', unreadable)
    yield Oddity("a number beyond any float", b'{"order":1e999}', unreadable)
    yield Oddity("a number of 5,000 digits", b'{"order":' + b"9" * 5000 + b"}", unreadable)
    yield Oddity("half of a surrogate pair", b'{"name":{"en":"\\ud800"}}', unreadable)
    yield Oddity("bytes that are no UTF-8", b'{"name":{"en":"\xff\xfe"}}', unreadable)
    yield Oddity("a raw control character", b'{"name":{"en":"\x01"}}', unreadable)
    yield Oddity("UTF-16", good.decode().encode("utf-16"), REFUSED)
    yield Oddity("a byte order mark", b"\xef\xbb\xbf" + good)
    yield Oddity("a key that is there twice", b'{"surprise":1,"surprise":2}', unreadable)
    yield from _announcements(good)


def _announcements(good: bytes) -> Iterator[Oddity]:
    for media_type in ("text/plain", "application/xml", "application/x-www-form-urlencoded", "application/jsonp", "json", "*/*"):
        yield Oddity(f"a body announced as {media_type}", good, frozenset({415}), media_type)
    yield Oddity("a body that is not announced", good, frozenset(), None)
    yield Oddity("a body whose announcement is garbled", good, REFUSED, "application/json/x; =")
    yield Oddity("a body that claims to be packed", good, encoding="gzip")
