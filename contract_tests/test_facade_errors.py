"""Whatever comes back to LiveOps and AsyncLiveOps, or does not, is one of the errors of the SDK."""

import asyncio
import json
import pickle
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from canned_answers import SECRET, answering, awaiting
from hypothesis import given, settings
from hypothesis import strategies as st
from xsolla_liveops import LiveOps, LiveOpsError, errors

Json = Any
REFUSAL = {"statusCode": 422, "errorCode": 9913, "errorMessage": "[0401-9913]: no", "transactionId": "abc"}
VIOLATION = {"pointer": "/query/limit", "rule": "maximum", "expected": "10", "got": "11"}

KINDS: list[tuple[int, Json, type[LiveOpsError]]] = [
    (401, 1020, errors.AuthenticationError),
    (403, 0, errors.AuthenticationError),
    (404, 4001, errors.NotFoundError),
    (404, 9502, errors.NotFoundError),
    (400, 0, errors.BadRequestError),
    (413, 0, errors.BadRequestError),
    (422, 1102, errors.ValidationError),
    (422, 9913, errors.NotEnoughValuePoints),
    (409, 6209, errors.ActiveChainError),
    (422, 9804, errors.NothingLeft),
    (422, 77777, errors.RuleError),
    (429, 0, errors.RateLimited),
    (500, 0, errors.ServerError),
    (503, None, errors.ServerError),
    (302, None, errors.UnexpectedAnswer),
    (200, None, errors.UnexpectedAnswer),
    (418, None, errors.UnexpectedAnswer),
    (422, "9913", errors.UnexpectedAnswer),
]
FAILURES = [
    (httpx.ConnectError("no route"), errors.ConnectionFailed),
    (httpx.RemoteProtocolError("cut off"), errors.ConnectionFailed),
    (httpx.UnsupportedProtocol("ftp"), errors.ConnectionFailed),
    (httpx.ReadTimeout(""), errors.TimedOut),
    (httpx.PoolTimeout("full"), errors.TimedOut),
    (httpx.DecodingError("not gzip"), errors.UnexpectedAnswer),
    (httpx.TooManyRedirects("round"), errors.UnexpectedAnswer),
]


def raised(answer: httpx.Response | Exception) -> list[LiveOpsError]:
    """What sync and async raise for an answer to calls with a body and without one."""

    async def claim() -> None:
        await awaiting(answer).reward_chains.claim(1, 2)

    async def listed() -> None:
        async for _ in awaiting(answer).coupons.list():
            raise AssertionError

    calls: list[Callable[[], object]] = [
        lambda: answering(answer).reward_chains.claim(1, 2),
        lambda: asyncio.run(claim()),
        lambda: list(answering(answer).coupons.list()),
        lambda: asyncio.run(listed()),
        lambda: answering(answer).clans.get_top_contributors(1),
    ]
    found = []
    for call in calls:
        with pytest.raises(LiveOpsError) as caught:
            call()
        found.append(caught.value)
    return found


class TestErrors:
    """Whatever comes back, or does not, is one of the errors of the SDK."""

    @pytest.mark.parametrize(("status", "code", "kind"), KINDS)
    def test_a_refusal_is_raised_as_its_kind(self, status: int, code: Json, kind: type[LiveOpsError]) -> None:
        """By status, and by code where a rule of the game refuses."""
        body = {**REFUSAL, "statusCode": status, "errorCode": code}
        for error in raised(httpx.Response(status, json=body)):
            assert type(error) is kind
            assert (error.status, error.code) == (status, code if isinstance(code, int) else None)

    @pytest.mark.parametrize(("failure", "kind"), FAILURES)
    def test_no_answer_is_raised_as_its_kind(self, failure: Exception, kind: type[LiveOpsError]) -> None:
        """With the error of httpx as its cause."""
        for error in raised(failure):
            assert type(error) is kind
            assert (error.status, error.code) == (None, None)
            assert error.__cause__ is not None

    def test_a_client_that_raises_by_itself_changes_nothing(self) -> None:
        """Undocumented statuses are raised as their kind all the same."""
        transport = httpx.MockTransport(lambda _: httpx.Response(429))
        liveops = LiveOps.admin(
            project_id=1, api_key=SECRET, httpx_args={"transport": transport}, raise_on_unexpected_status=True
        )
        with pytest.raises(errors.RateLimited):
            liveops.coupons.get("x")

    def test_an_error_says_everything_that_is_known(self) -> None:
        """As attributes, and in one line."""
        error = raised(httpx.Response(422, json=REFUSAL))[0]

        assert (error.status, error.code, error.message, error.transaction_id) == (422, 9913, "[0401-9913]: no", "abc")
        assert error.operation == "claim-user-reward-chain-step-reward"
        assert str(error) == f"{error.operation}: [0401-9913]: no (status 422, code 9913, transaction abc)"

    @pytest.mark.parametrize(
        ("told", "count"), [([VIOLATION, VIOLATION], 2), (None, 0), ("all", 0), ([1, {}, {**VIOLATION, "added": 1}], 1)]
    )
    def test_violations_are_listed_as_far_as_they_can_be_read(self, told: Json, count: int) -> None:
        """Pointer, rule, expected, got."""
        body = {**REFUSAL, "errorCode": 1102, "errorMessageExtended": told}
        error = raised(httpx.Response(422, json=body))[0]

        assert isinstance(error, errors.ValidationError)
        assert [(one.pointer, one.rule, one.expected, one.got) for one in error.violations] == [tuple(VIOLATION.values())] * count

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            ({"Retry-After": "7"}, 7.0),
            ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
            ({"Retry-After": "soon"}, None),
            ({}, None),
        ],
    )
    def test_the_time_to_wait_is_told(self, header: dict[str, str], seconds: float | None) -> None:
        """A number of seconds, a moment, nonsense, nothing."""
        error = raised(httpx.Response(429, headers=header))[0]

        assert isinstance(error, errors.RateLimited)
        assert error.retry_after == seconds

    @settings(max_examples=60, derandomize=True, database=None, deadline=None)
    @given(
        status=st.sampled_from([200, 201, 204, 301, 400, 401, 404, 409, 422, 429, 500, 599]),
        body=st.one_of(
            st.binary(max_size=20),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from(["items", "codes", "total_count", "has_more", *REFUSAL]), inner)
                ),
                max_leaves=8,
            ).map(lambda value: json.dumps(value).encode()),
            st.just(b"[" * 100_000),
        ),
    )
    def test_whatever_a_server_sends_no_other_error_is_raised(self, status: int, body: bytes) -> None:
        """Neither KeyError nor JSONDecodeError, nor anything else."""
        liveops = answering(httpx.Response(status, content=body), httpx.Response(204))
        for call in (lambda: liveops.coupons.get("x"), lambda: list(liveops.coupons.list_codes("x"))):
            try:
                call()
            except LiveOpsError as error:
                assert str(error)  # noqa: PT017 - success is fine, too

    @pytest.mark.parametrize("error", [raised(httpx.Response(status)) for status in (422, 429, 500)])
    def test_an_error_survives_copying_and_pickling(self, error: list[LiveOpsError]) -> None:
        """Tests on several processes send them around."""
        for one in error:
            again = pickle.loads(pickle.dumps(one))  # noqa: S301 - bytes made in this line
            assert (type(again), str(again), vars(again)) == (type(one), str(one), vars(one))

    def test_every_error_says_what_it_means(self) -> None:
        """In its docstring, which begins with its code where it has one."""
        for code, kind in errors.RULE_ERRORS.items():
            assert issubclass(kind, errors.RuleError)
            assert (kind.__doc__ or "").startswith(f"{code}: ")
