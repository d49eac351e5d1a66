"""Does this request, does this reply, fit the description?"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl

import orjson

from .contract import Contract, Operation, Parameter
from .decoding import decode
from .messages import Call, Json, Page, Reply, Request
from .problems import TooLarge, UnsupportedMediaType, WrongShape
from .violations import Violation, crossing_violations, list_violations, violation

ERROR = "#/components/schemas/Error"
RULE_BROKEN, SHAPE = 422, 1102
LARGEST_BODY = 1_048_576
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,30})")
MEDIA_TYPE = re.compile(r'application/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?', re.IGNORECASE)


def check_request(request: Request, operation: Operation, path_values: list[str], user_id: str, contract: Contract) -> Call:
    """The call that a request makes, or every way in which it leaves the documented shape."""
    body = read_body(request) if operation.body else None
    violations: list[Violation] = []
    path = {
        parameter.name: read_value(parameter, value, "/path", violations)
        for parameter, value in zip(operation.path_parameters, path_values, strict=True)
    }
    query = read_query(operation, request.query, violations)
    if operation.body and not contract.schemas[operation.body].is_valid(body):
        violations += list_violations(contract.lister(operation.body), body, "/body")
    if operation.field_rules and (broken := operation.field_rules(body)):
        violations += crossing_violations(broken, violations)
    if violations:
        raise WrongShape(violations)
    return Call(path, query, body, user_id)


def read_body(request: Request) -> Json:
    """The JSON document that a request carries."""
    if len(request.body) > LARGEST_BODY:
        raise TooLarge(f"The body is {len(request.body)} bytes, the server reads {LARGEST_BODY} at most; split the request")
    media_type = request.headers.get("content-type", "")
    if media_type != "application/json" and not MEDIA_TYPE.fullmatch(media_type.strip()):
        raise UnsupportedMediaType(f"The body is announced as {media_type[:80]!r}; send Content-Type: application/json")
    return decode(request.body)


def read_query(operation: Operation, text: str, violations: list[Violation]) -> dict[str, Json]:
    """The query parameters, with the server's defaults for those that are left out."""
    known = operation.query_parameters
    if not known and not text:
        return {}
    values = {parameter.name: parameter.default for parameter in known.values()}
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True) if text else ():
        given.setdefault(name, []).append(value)
    for name, texts in given.items():
        if name not in known:
            declared = ", ".join(known) or "none"
            violations.append(violation("/query/" + name, "undeclared", f"one of the declared parameters: {declared}", texts[0]))
        elif known[name].is_list:
            values[name] = read_list(known[name], texts, violations)
        elif len(texts) > 1:
            violations.append(violation("/query/" + name, "repeated", "the parameter once", texts[0]))
        else:
            values[name] = read_value(known[name], texts[0], "/query", violations)
    for name, parameter in known.items():
        if parameter.required and name not in given:
            violations.append(violation("/query/" + name, "required", f"the parameter `{name}`", None))
    return values


def read_list(parameter: Parameter, texts: list[str], violations: list[Violation]) -> list[str]:
    """The value of a query parameter that may be given several times."""
    if not parameter.validator.is_valid(texts):
        violations += list_violations(parameter.validator, texts, f"/query/{parameter.name}")
    return texts


def read_value(parameter: Parameter, text: str, place: str, violations: list[Violation]) -> Json:
    """The value of a path or query parameter."""
    value, wrong = judge(parameter, text, place)
    violations += wrong
    return value


@lru_cache(maxsize=512)
def judge(parameter: Parameter, text: str, place: str) -> tuple[str | int, list[Violation]]:
    """The value that a text stands for, and what is wrong with it."""
    value = int(text) if parameter.is_integer and INTEGER.fullmatch(text) else text
    if parameter.validator.is_valid(value):
        return value, []
    return value, list_violations(parameter.validator, value, f"{place}/{parameter.name}")


def check_reply(reply: Reply, operation: Operation | None, contract: Contract) -> tuple[bytes, str | None]:
    """The bytes of a reply, and what is wrong with it where the mock would break its word."""
    if operation is None:
        return render(reply), fault_of(contract, ERROR, reply.body)
    if reply.status not in operation.replies:
        return render(reply), f"{operation.id} does not document status {reply.status}"
    pointer = operation.replies[reply.status]
    if pointer is None:
        return b"", None if reply.body is None else f"{operation.id} {reply.status} documents no body"
    if isinstance(reply.body, Page):
        return render(reply), page_fault(reply.body, pointer, contract)
    return render(reply), fault_of(contract, pointer, reply.body) or code_fault(reply, operation)


def code_fault(reply: Reply, operation: Operation) -> str | None:
    """What is wrong with the code of a refusal by a rule: it has to be one that the description lists."""
    if reply.status != RULE_BROKEN or operation.rule_codes is None or reply.body["errorCode"] in (SHAPE, *operation.rule_codes):
        return None
    return f"{operation.id} does not list {reply.body['errorCode']} under x-rule-codes"


def page_fault(page: Page, pointer: str, contract: Contract) -> str | None:
    """What is wrong with a page: its envelope, and each element on its own."""
    items = contract.resolve({"$ref": pointer})["properties"][page.name]["items"]["$ref"]
    fault = fault_of(contract, pointer, {**page.fields, page.name: []})
    for item in page.items:
        fault = fault or (bytes_fault(contract, items, item) if isinstance(item, bytes) else fault_of(contract, items, item))
    return fault


@lru_cache(maxsize=4096)
def bytes_fault(contract: Contract, pointer: str, raw: bytes) -> str | None:
    """What is wrong with an element that is JSON already. The same bytes are judged once."""
    return fault_of(contract, pointer, orjson.loads(raw))


def fault_of(contract: Contract, pointer: str, value: Json) -> str | None:
    """The first violation of a schema, or None."""
    if contract.schemas[pointer].is_valid(value):
        return None
    first = list_violations(contract.lister(pointer), value, "")[0]
    return f"{pointer} {first['pointer']} breaks {first['rule']}: expected {first['expected']}, got {first['got']}"


def render(reply: Reply) -> bytes:
    """The bytes of a reply's body."""
    body = reply.body
    if isinstance(body, Page):
        items = [orjson.Fragment(item) if isinstance(item, bytes) else item for item in body.items]
        body = {**body.fields, body.name: items}
    return b"" if body is None else orjson.dumps(body)
