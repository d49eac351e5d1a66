"""LiveOps and AsyncLiveOps: every operation through both, lists in pages, errors by kind, ways in."""

import asyncio
import inspect
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import sdk_coupon_scenarios  # noqa: F401  # signs its scenarios up
import sdk_promo_code_scenarios  # noqa: F401  # signs its scenarios up
from facade_twin import METHODS, FacadeSdk
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from liveops_contract.description import operation_table
from sdk_scenarios import SCENARIOS
from xsolla_liveops import AsyncLiveOps, LiveOps, LiveOpsError, errors
from xsolla_liveops.bundle import load_bundle

SECRET = "5w0rdf15h"
Json = Any
FEW = settings(max_examples=6, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
REFUSAL = {"statusCode": 422, "errorCode": 9913, "errorMessage": "[0401-9913]: no", "transactionId": "abc"}
VIOLATION = {"pointer": "/query/limit", "rule": "maximum", "expected": "10", "got": "11"}


@pytest.fixture(scope="module", params=["sync", "async"])
def twins(request: pytest.FixtureRequest) -> Iterator[FacadeSdk]:
    """The functions and the facade side by side."""
    found = FacadeSdk(request.param)
    yield found
    found.close()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_facade_says_what_the_functions_say(twins: FacadeSdk, name: str) -> None:
    """The scenarios call every operation: same request, same answer, the same refusal raised."""
    play, declared = SCENARIOS[name]

    @FEW
    @given(st.data())
    def example(data: st.DataObject) -> None:
        twins.empty()
        play(twins, data.draw)

    twins.called.clear()
    example()
    assert twins.called == declared


@pytest.mark.parametrize("facade", [LiveOps, AsyncLiveOps])
def test_every_operation_has_one_method_and_every_method_is_listed(facade: type[Any]) -> None:
    """OPERATIONS.md names what there is, once."""
    liveops = facade.admin(project_id=1, api_key=SECRET)
    areas = {operation.area for operation in operation_table().values()}
    offered = {(area, name) for area in areas for name in dir(getattr(liveops, area)) if not name.startswith("_")}

    assert METHODS.keys() == operation_table().keys()
    assert {operation: area for operation, (area, _) in METHODS.items()} == {
        name: operation.area for name, operation in operation_table().items()
    }
    assert sorted(METHODS.values()) == sorted(offered)


def test_names_that_callers_rely_on() -> None:
    """One of each kind of rule and exception; a change here breaks callers."""
    expected = {
        "admin-create-reward-chain": "create",
        "admin-get-reward-chains": "list",
        "get-reward-chains-list": "list_for_user",
        "claim-user-daily-chain-step-reward": "claim",
        "get-filter-rule-by-id": "get",
        "create-promo-code-code": "create_code",
        "get-promocode-codes": "list_codes",
        "set-coupon-user-promotion-limit": "set_user_limit",
        "get-item-promotion-list": "list",
        "reset-all-user-items-limit": "reset_all_items_limit",
        "put-upsell": "update",
    }

    assert {operation: METHODS[operation][1] for operation in expected} == expected


@pytest.mark.parametrize("name", METHODS)
def test_arguments_come_in_one_order(name: str) -> None:
    """Path, then body, then the query by keyword alone; async as sync; the project is never asked for."""
    area, method = METHODS[name]
    found = [
        inspect.signature(getattr(getattr(facade.admin(project_id=1, api_key=SECRET), area), method)).parameters
        for facade in (LiveOps, AsyncLiveOps)
    ]
    operation = operation_table()[name]
    places = [parameter.replace("[]", "") for parameter in operation.path_examples]
    positional = [one.name for one in found[0].values() if one.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]

    assert list(found[0]) == list(found[1])
    assert "project_id" not in found[0]
    assert sorted(positional[: len(places)]) == sorted(places)
    assert positional[len(places) :] == (["body"] if operation.body else [])


def answering(*answers: httpx.Response | Exception, seen: list[httpx.Request] | None = None) -> LiveOps:
    """LiveOps whose server gives these answers, one after the other; the last one again and again."""
    waiting = list(answers)

    def reply(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, content=answer.content, headers=answer.headers)

    return LiveOps.admin(project_id=1, api_key=SECRET, httpx_args={"transport": httpx.MockTransport(reply)})


def awaiting(answer: httpx.Response | Exception) -> AsyncLiveOps:
    """The same, async."""
    return AsyncLiveOps(answering(answer).client, project_id=1)


def walked(pages: list[Json], call: Callable[[LiveOps], Iterator[Any]]) -> tuple[list[Any], list[dict[str, str]]]:
    """What a walk over these pages answers, and the query of each request."""
    seen: list[httpx.Request] = []
    found = list(call(answering(*(httpx.Response(200, json=page) for page in pages), seen=seen)))
    return found, [dict(request.url.params) for request in seen]


def codes(*names: str) -> list[Json]:
    """Elements of a page of codes."""
    return [{"code": name, "usage_limits": None} for name in names]


def reward_chain(number: int) -> Json:
    """An element of a page of reward chains."""
    page = load_bundle()["components"]["examples"]["RewardChainPage"]["value"]
    return {**page["items"][0], "reward_chain_id": number}


class TestPages:
    """A list is walked to its end, with no request more than it takes."""

    def test_a_walk_ends_where_nothing_more_is_said(self) -> None:
        """`has_more` decides; the page size and the filter travel with every request."""
        pages = [{"has_more": True, "items": [reward_chain(1)]}, {"has_more": False, "items": [reward_chain(2)]}]
        found, queries = walked(pages, lambda liveops: liveops.reward_chains.list(limit=1, enabled=1))

        assert [one.reward_chain_id for one in found] == [1, 2]
        assert queries == [{"limit": "1", "enabled": "1"}, {"limit": "1", "enabled": "1", "offset": "1"}]

    def test_a_walk_ends_at_the_total(self) -> None:
        """Where a page says how many there are, the last one is known by that; it may begin later."""
        pages = [{"total_count": 5, "codes": codes("c", "d")}, {"total_count": 5, "codes": codes("e")}]
        found, queries = walked(pages, lambda liveops: liveops.coupons.list_codes("x", offset=2))

        assert [one.code for one in found] == ["c", "d", "e"]
        assert queries == [{"offset": "2"}, {"offset": "4"}]

    @pytest.mark.parametrize("page", [{"has_more": True, "items": []}, {"has_more": False, "items": []}])
    def test_an_empty_page_is_the_last(self, page: Json) -> None:
        """A server that promises more and gives nothing is not asked for ever."""
        assert walked([page], lambda liveops: liveops.reward_chains.list()) == ([], [{}])

    def test_a_page_is_asked_for_when_it_is_needed(self) -> None:
        """Whoever stops early has paid for one page."""
        seen: list[httpx.Request] = []
        page = httpx.Response(200, json={"has_more": True, "items": [reward_chain(1)]})
        chains = answering(page, seen=seen).reward_chains.list()
        assert seen == []
        next(chains)

        assert len(seen) == 1

    def test_a_total_that_is_no_number_says_nothing(self) -> None:
        """The walk goes on to an empty page instead of failing."""
        pages = [{"total_count": "many", "codes": codes("a")}, {"total_count": None, "codes": []}]

        assert len(walked(pages, lambda liveops: liveops.coupons.list_codes("x"))[0]) == 1

    def test_a_refusal_on_the_way_is_raised(self) -> None:
        """After the elements that came before it."""
        page = httpx.Response(200, json={"has_more": True, "items": [reward_chain(1)]})
        chains = answering(page, httpx.Response(503)).reward_chains.list()
        assert next(chains).reward_chain_id == 1
        with pytest.raises(errors.ServerError):
            next(chains)


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


class TestBodies:
    """A model or plain data."""

    def test_plain_data_takes_the_form_that_fits(self) -> None:
        """A body with two forms is read as the one that has these fields."""
        seen: list[httpx.Request] = []
        made = httpx.Response(201, json={"reward_chain_id": 7})
        operation = operation_table()["admin-create-reward-chain"]
        for example in operation.examples.values():
            assert answering(made, seen=seen).reward_chains.create(example).reward_chain_id == 7
            assert json.loads(seen[-1].content).keys() == example.keys()

    @pytest.mark.parametrize(("body", "told"), [({}, "the key"), ({"coupon_code": "A", "colour": 1}, "colour")])
    def test_plain_data_that_fits_no_model_is_refused_before_it_is_sent(self, body: Json, told: str) -> None:
        """With the name of the model and what is wrong, as a ValueError."""
        with pytest.raises(ValueError, match=f"CodeInput.*{told}"):
            answering(httpx.Response(204)).coupons.create_code("x", body)

    def test_something_else_is_refused_before_it_is_sent(self) -> None:
        """A text is neither a model nor a dict."""
        body: Any = "CODE"
        with pytest.raises(TypeError, match="CodeInput or a dict, not str"):
            answering(httpx.Response(204)).coupons.create_code("x", body)


class TestWaysIn:
    """Constructors, the environment, what shows."""

    @pytest.fixture(autouse=True)
    def empty_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """None of the variables is set."""
        for name in ("PROJECT_ID", "API_KEY", "USER_TOKEN", "BASE_URL"):
            monkeypatch.delenv(f"LIVEOPS_{name}", raising=False)

    def test_credentials_are_those_of_the_client(self) -> None:
        """An operator by project or merchant, a user, and a cart without login."""
        ways = [
            LiveOps.admin(project_id=1, api_key=SECRET),
            LiveOps.admin(project_id=1, merchant_id=2, api_key=SECRET),
            LiveOps.user(project_id=1, token=SECRET),
        ]
        sent = [way.client.get_httpx_client().headers["authorization"] for way in ways]
        visitor = LiveOps.without_login(project_id=1, unauthorized_id="me", email="a@b.c").client.get_httpx_client()

        assert sent == [httpx.BasicAuth(name, SECRET)._auth_header for name in ("1", "2")] + [f"Bearer {SECRET}"]
        assert visitor.headers["x-unauthorized-id"] == "me"

    @pytest.mark.parametrize("facade", [LiveOps, AsyncLiveOps])
    @pytest.mark.parametrize(("name", "scheme"), [("API_KEY", "Basic"), ("USER_TOKEN", "Bearer")])
    def test_the_environment_says_it_all(
        self, facade: type[LiveOps | AsyncLiveOps], name: str, scheme: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Project, one credential, and where; arguments go on to the client."""
        for key, value in (("PROJECT_ID", "44056"), (name, SECRET), ("BASE_URL", "http://test/api")):
            monkeypatch.setenv(f"LIVEOPS_{key}", value)
        found = facade.from_env(timeout=3)
        client = found.client.get_httpx_client()

        assert (found.project_id, str(client.base_url), client.timeout) == (44056, "http://test/api/", httpx.Timeout(3))
        assert client.headers["authorization"].startswith(scheme)

    @pytest.mark.parametrize(
        ("values", "told"),
        [
            ({}, "LIVEOPS_PROJECT_ID is not set"),
            ({"PROJECT_ID": "mine", "API_KEY": SECRET}, "LIVEOPS_PROJECT_ID is 'mine'"),
            ({"PROJECT_ID": "1"}, "LIVEOPS_API_KEY is not set, and neither is LIVEOPS_USER_TOKEN"),
            ({"PROJECT_ID": "1", "API_KEY": SECRET, "USER_TOKEN": SECRET}, "LIVEOPS_API_KEY and LIVEOPS_USER_TOKEN are both set"),
        ],
    )
    def test_the_environment_lacks_something(self, values: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """The message names the variable, and no secret."""
        for key, value in values.items():
            monkeypatch.setenv(f"LIVEOPS_{key}", value)
        with pytest.raises(ValueError, match=told) as caught:
            LiveOps.from_env()

        assert SECRET not in str(caught.value)

    def test_no_secret_shows(self) -> None:
        """In logs and tracebacks."""
        assert repr(LiveOps.admin(project_id=7, api_key=SECRET)) == "LiveOps(project_id=7)"
        assert repr(AsyncLiveOps.user(project_id=7, token=SECRET)) == "AsyncLiveOps(project_id=7)"

    def test_connections_are_closed(self) -> None:
        """At the end of a block, or by hand."""
        with answering(httpx.Response(204)) as first:
            pass
        second = answering(httpx.Response(204))
        second.close()

        async def third() -> AsyncLiveOps:
            async with awaiting(httpx.Response(204)) as found:
                return found

        assert first.client.get_httpx_client().is_closed
        assert second.client.get_httpx_client().is_closed
        assert asyncio.run(third()).client.get_async_httpx_client().is_closed

    def test_importing_the_package_loads_nothing(self) -> None:
        """Neither httpx nor an area, before they are asked for."""
        script = (
            "import sys, xsolla_liveops as x; print('httpx' in sys.modules); x.LiveOps.admin(project_id=1, api_key='k').clans; "
            "print(sorted(name for name in sys.modules if name.startswith('xsolla_liveops.areas.')))"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)

        assert done.stdout == "False\n['xsolla_liveops.areas.clans']\n"
