"""Whether an answer is one that the description allows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liveops_contract.description import Operation, Response, validator
from liveops_contract.doors import Answer
from liveops_contract.exchange import Exchange, cut

SHAPE_REFUSED = 1102
MESSAGE = re.compile(r"\[0401-[0-9]{1,5}\]: ")


@dataclass(frozen=True)
class Fault:
    """One promise of the description that an answer breaks."""

    rule: str
    expected: str


class ContractBroken(AssertionError):
    """The last answer breaks the contract; of which operation, which rule, what was expected, what else may be the cause."""

    def __init__(
        self, operation: str, rule: str, expected: str, transcript: Sequence[Exchange], suspects: Sequence[str] = ()
    ) -> None:
        last = transcript[-1]
        super().__init__(f"{operation}: {rule}: expected {cut(expected)}; got {cut(last.outcome())}\n  {last.curl()}")
        self.operation = operation
        self.rule = rule
        self.expected = expected
        self.transcript = tuple(transcript)
        self.suspects = tuple(suspects)


def faults(operation: Operation, answer: Answer) -> Iterator[Fault]:
    """Every way in which the answer leaves the description of the operation."""
    if answer.status >= 500:
        yield Fault("no server error", "a status below 500")
        return
    response = operation.responses.get(answer.status)
    if response is None:
        documented = ", ".join(str(status) for status in operation.responses)
        yield Fault(f"status {answer.status} is documented", f"one of {documented}")
        return
    yield from _header_faults(response, answer)
    yield from _body_faults(response, answer)
    if answer.status == 422 and answer.error_code not in (SHAPE_REFUSED, *operation.rule_codes):
        yield Fault("code of a 422 is listed", f"one of {[SHAPE_REFUSED, *operation.rule_codes]}")


def _header_faults(response: Response, answer: Answer) -> Iterator[Fault]:
    for name, schema in response.headers.items():
        value = answer.header(name)
        if value is None or not validator(schema).is_valid(value):
            yield Fault(f"header {name} with {answer.status}", f"a header {name} as described")


def _body_faults(response: Response, answer: Answer) -> Iterator[Fault]:
    if response.schema is None:
        if answer.body:
            yield Fault(f"no body with {answer.status}", "an empty body")
        return
    media_type = (answer.header("Content-Type") or "none").partition(";")[0].strip().lower()
    if media_type != "application/json":
        yield Fault(f"media type with {answer.status}", f"application/json, not {media_type}")
        return
    try:
        body = answer.json()
    except ValueError:
        yield Fault(f"body of {answer.status} is JSON", "one JSON document in UTF-8")
        return
    shape = validator(response.schema, closed=True)
    if not shape.is_valid(body):
        for error in shape.iter_errors(body):
            place = "/" + "/".join(str(part) for part in error.instance_path)
            yield Fault(f"body of {answer.status} has the described shape", f"{place}: {error.message}")
    elif answer.status >= 400:
        yield from _refusal_faults(answer)


def _refusal_faults(answer: Answer) -> Iterator[Fault]:
    body = answer.json()
    if body.get("statusCode") != answer.status:
        yield Fault("`statusCode` of a refusal", f"{answer.status}, the HTTP status once more")
    if not MESSAGE.match(str(body.get("errorMessage"))):
        yield Fault("`errorMessage` of a refusal", "text that begins with `[0401-`, a number and `]: `")
