"""Credentials: without the right ones every operation answers 401, whatever else is wrong with the request."""

from collections.abc import Iterator, Mapping

from liveops_contract.api import NOTHING, Api
from liveops_contract.checks import Check, Outcome, Run, failure, operation_check
from liveops_contract.conformance import faults
from liveops_contract.description import Operation, operations
from liveops_contract.exchange import Exchange, Request
from liveops_contract.kinds.missing import missing
from liveops_contract.signing import basic, bearer, hand_made_token, visitor

CODES = {"admin": 1020, "user": 1501}
FAR_AWAY = 4102444800


def checks() -> Iterator[Check]:
    """One check per operation."""
    for operation in operations():
        yield operation_check(operation, "credentials", perform, writes=not operation.reads_only)


def perform(check: Check, run: Run) -> Outcome:
    """Call the operation with each kind of wrong credentials."""
    operation = check.operation
    api = run.stage.fresh(run.seed)
    stranger = run.stage.fresh(run.seed) if run.stage.has_control else None
    outcome = Outcome()
    if stranger:
        # Whatever stands between may keep what it once saw: an answer, or the right credentials.
        api.send(api.request(operation, body=next(iter(operation.examples.values()), NOTHING)))
        _knock_at_home(check, run, outcome)
    wrong = [(name, {"Authorization": header}) for name, header in _wrong_headers(operation, api, stranger)]
    for name, headers in [("a call without credentials", {}), *wrong, *_wrong_visitors(operation)]:
        for broken_body in (False, True) if operation.body is not None else (False,):
            exchange = api.send(_request(api, operation, headers, broken_body))
            outcome.cases += 1
            fault = _fault(operation, exchange)
            if fault:
                rule = f"{name} opens nothing"
                outcome.failures.append(failure(check, rule, fault, [exchange], api.curtain))
    if stranger is None:
        outcome.unverified.append(f"{operation.id}: that another project's credentials open nothing (no control door)")
    return outcome


def _knock_at_home(check: Check, run: Run, outcome: Outcome) -> None:
    """The project of the run, whose key others may know, is closed too; a server that opens it is asked for nothing it has."""
    operation = check.operation
    home = Api(run.stage.door, run.stage.account, curtain=run.stage.curtain)
    path = {name: missing(operation.parameter(name)) for name in operation.path_examples}
    number = home.account.project_id
    wrong = [{}, {"Authorization": basic(number, "wrong-key")}, {"Authorization": bearer("garbage")}]
    for headers in wrong:
        body = NOTHING if operation.body is None else {"surprise": 1}
        exchange = home.send(home.request(operation, path=path, body=body, signed=headers))
        outcome.cases += 1
        fault = _fault(operation, exchange)
        if fault:
            rule = "wrong credentials do not open the project of the run"
            outcome.failures.append(failure(check, rule, fault, [exchange], home.curtain))


def _request(api: Api, operation: Operation, headers: Mapping[str, str], broken_body: bool) -> Request:
    example = next(iter(operation.examples.values()), NOTHING)
    return api.request(operation, body={"surprise": 1} if broken_body else example, signed=headers)


def _fault(operation: Operation, exchange: Exchange) -> str | None:
    code = CODES[operation.security]
    if (exchange.answer.status, exchange.answer.error_code) != (401, code):
        return f"401 with code {code}"
    described = next(faults(operation, exchange.answer), None)
    return described.expected if described else None


def _wrong_headers(operation: Operation, api: Api, stranger: Api | None) -> Iterator[tuple[str, str]]:
    yield "a header without content", ""
    yield "an unknown scheme", "Digest username=nobody"
    yield from _wrong_pairs(operation, api, stranger)
    yield from _wrong_tokens(operation, api, stranger)


def _wrong_pairs(operation: Operation, api: Api, stranger: Api | None) -> Iterator[tuple[str, str]]:
    number = api.account.project_id
    yield "a wrong key", basic(number, "wrong-key")
    yield "an empty key", basic(number, "")
    yield "a pair that is not base64", "Basic ***"
    yield "a scheme without a pair", "Basic"
    if operation.security == "user":
        yield "the operator's key on a call of users", api.account.project_basic
        return
    yield "the right key with a number that is nobody's", basic(1, api.account.api_key)
    yield "the right key with a name that is no number", basic("٣", api.account.api_key)
    yield "the key in place of a user token", bearer(api.account.api_key)
    if stranger:
        yield "the key of another project", stranger.account.project_basic
        yield "the key of another project under this number", basic(number, stranger.account.api_key)


def _wrong_tokens(operation: Operation, api: Api, stranger: Api | None) -> Iterator[tuple[str, str]]:
    claims = {"sub": "user_1", "exp": FAR_AWAY, "iat": 0, "xsolla_login_project_id": "contract"}
    yield "a token that is no token", "Bearer garbage"
    yield "a scheme without a token", "Bearer"
    yield "a token signed by somebody else", bearer(hand_made_token(claims, "somebody-else"))
    yield "an unsigned token", bearer(hand_made_token(claims, "", algorithm="none"))
    if operation.security == "admin":
        if api.control or api.account.user_token:
            yield "a user token on a call of operators", bearer(api.token("user_1"))
        return
    secret = api.account.user_secret
    if secret:
        yield "an expired token", bearer(hand_made_token(claims | {"exp": 1}, secret))
        yield "a token without a user", bearer(hand_made_token({"exp": FAR_AWAY, "iat": 0}, secret))
        yield "a token whose signature was cut", bearer(hand_made_token(claims, secret)[:-4])
    if stranger:
        yield "a token of another project", bearer(stranger.token("user_1"))


def _wrong_visitors(operation: Operation) -> Iterator[tuple[str, dict[str, str]]]:
    """The headers of a cart without login: in part, badly spelled, and beside a header that counts before them."""
    right = visitor("contract")
    if not operation.without_login:
        yield "a user without login on another call", right
        return
    for name in right:
        yield f"a user without login and without {name}", {other: text for other, text in right.items() if other != name}
        yield f"a user without login with an empty {name}", {**right, name: ""}
    yield "a user without login under an id of 201 characters", visitor("x" * 201)
    yield "a user without login whose e-mail is not base64", {**right, "x-user": "ann@example.com"}
    yield "a user without login whose e-mail is none", visitor("contract", "ann")
    yield "a user without login who sends a bad token too", {**right, "Authorization": "Bearer garbage"}
