"""The build step that prints the SDK, and what the printed SDK promises whatever a server answers."""

import asyncio
import contextlib
import copy
import inspect
import io
import json
import os
import pickle
import pkgutil
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import generate_client
import httpx
import pytest
from sdk_harness import as_one_spelling
from xsolla_liveops import AuthenticatedClient, Client, UnexpectedStatus, UnreadableAnswer, api, models
from xsolla_liveops.api.clans import get_user_clan_top_contributors
from xsolla_liveops.api.reward_chains import admin_create_reward_chain, admin_get_reward_chains
from xsolla_liveops.api.reward_chains import admin_toggle_reward_chain as toggle
from xsolla_liveops.api.value_points import admin_delete_value_point
from xsolla_liveops.bundle import load_bundle
from xsolla_liveops.models import (
    Error,
    LocalizedText,
    MonthlyScheduleState,
    RewardChain,
    RewardChainCreate,
    RewardChainPage,
    StringCondition,
    UserReward,
    WeeklyScheduleState,
)

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = Path(generate_client.__file__)
CLIENT = ROOT / "generated_client" / "xsolla_liveops"
SECRET = "5w0rdf15h"
Json = Any


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the build step as `make client` does, in this process: loading the generator takes longer than printing."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = generate_client.main([str(argument) for argument in arguments])
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def old_client(folder: Path) -> Path:
    """A client of an earlier day, to see whether it stays."""
    folder.mkdir(parents=True)
    (folder / "client.py").write_text("before", encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(tmp_path: Path, bundle: str) -> str:
    """What the build step says to a bundle that it refuses; the old client has to be untouched."""
    output, source = old_client(tmp_path / "sdk" / "xsolla_liveops"), tmp_path / "liveops.json"
    source.write_text(bundle, encoding="utf-8")
    done = run("--bundle", source, "--output", output)

    assert contents(tmp_path / "sdk") == {"xsolla_liveops/client.py": b"before"}
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    return done.stderr


def changed(change: Callable[[dict[str, Json]], object]) -> str:
    """The bundle after one change, as text."""
    document = copy.deepcopy(load_bundle())
    change(document)
    return json.dumps(document)


def operation(document: dict[str, Json], operation_id: str) -> dict[str, Json]:
    """The operation of that name."""
    parts = [part for item in document["paths"].values() for part in item.values() if isinstance(part, dict)]
    found: dict[str, Json] = next(part for part in parts if part["operationId"] == operation_id)
    return found


def answering(status: int, body: bytes | Json = b"", **settings: Json) -> AuthenticatedClient:
    """A client whose server always answers this."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=content))
    return AuthenticatedClient.admin(project_id=44056, api_key=SECRET, httpx_args={"transport": transport}, **settings)


def recording(seen: list[httpx.Request]) -> AuthenticatedClient:
    """A client whose requests can be read afterwards."""

    def keep(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    return AuthenticatedClient.admin(project_id=44056, api_key=SECRET, httpx_args={"transport": httpx.MockTransport(keep)})


def basic(pair: str) -> str:
    """The header of HTTP Basic."""
    return f"Basic {b64encode(pair.encode()).decode()}"


def example(name: str) -> dict[str, Json]:
    """A fresh copy of an example of the description."""
    value: dict[str, Json] = copy.deepcopy(load_bundle()["components"]["examples"][name]["value"])
    return value


def examples() -> list[tuple[str, str]]:
    """Shape and name of every example of a body that is an object of one shape."""
    document = load_bundle()
    owners = [part for item in document["paths"].values() for part in item.values() if isinstance(part, dict)]
    bodies = [owner["requestBody"] for owner in owners if "requestBody" in owner]
    answers = [answer for owner in owners for answer in owner["responses"].values() if "$ref" not in answer]
    parts = [part["content"]["application/json"] for part in [*bodies, *answers] if "content" in part]
    named = {(part["schema"]["$ref"], entry["$ref"]) for part in parts for entry in part["examples"].values()}
    pairs = [(shape.rpartition("/")[2], entry.rpartition("/")[2]) for shape, entry in sorted(named)]
    return [(shape, name) for shape, name in pairs if hasattr(models, shape)]


class TestBuildStep:
    """Printing, checking, refusing."""

    def test_the_client_in_the_tree_is_what_the_bundle_gives(self) -> None:
        """Nobody edited the client by hand, and nobody forgot to print it."""
        done = run("--check")

        assert (done.returncode, done.stderr) == (0, "")
        count = sum(
            method in item for item in load_bundle()["paths"].values() for method in ("get", "put", "post", "delete", "patch")
        )
        assert done.stdout == f"client    ok      {count} operations in the bundle, {count} modules in the client\n"

    def test_a_check_names_the_file_that_was_edited_by_hand(self, tmp_path: Path) -> None:
        """One changed byte, one stray file and one lost file are each named; caches are not."""
        edited = Path(shutil.copytree(CLIENT, tmp_path / "xsolla_liveops"))
        (edited / "client.py").write_text("changed", encoding="utf-8")
        (edited / "stray.py").touch()
        (edited / "py.typed").unlink()
        (edited / "__pycache__").mkdir(exist_ok=True)
        done = run("--check", "--output", edited)

        assert done.returncode == 1
        assert "gives: client.py, py.typed, stray.py; run `make client`" in done.stderr

    def test_printing_replaces_the_old_tree_as_a_whole(self, tmp_path: Path) -> None:
        """What an earlier description gave does not stay behind, and nothing else is left."""
        output = old_client(tmp_path / "xsolla_liveops")
        (output / "gone.py").touch()
        done = run("--output", output)
        printed = {name: content for name, content in contents(CLIENT).items() if "__pycache__" not in name}

        assert done.returncode == 0
        assert contents(tmp_path) == {f"xsolla_liveops/{name}": content for name, content in printed.items()}

    def test_a_missing_bundle_is_refused(self, tmp_path: Path) -> None:
        """The message names the file and the step that makes it."""
        done = run("--bundle", tmp_path / "nowhere.json", "--output", old_client(tmp_path / "xsolla_liveops"))

        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "nowhere.json cannot be read" in done.stderr
        assert "make bundle" in done.stderr
        assert (tmp_path / "xsolla_liveops" / "client.py").read_text(encoding="utf-8") == "before"

    @pytest.mark.parametrize("bundle", ['{"openapi": "3.1.0", "pa', "[]", '{"openapi": "3.1.0", "paths": {}}'])
    def test_a_broken_bundle_is_refused(self, tmp_path: Path, bundle: str) -> None:
        """Cut off, of another kind, or without operations."""
        assert "liveops.json is not" in refused(tmp_path, bundle)

    def test_a_reference_into_another_file_is_refused(self, tmp_path: Path) -> None:
        """The generator would drop the answer and report success."""
        bundle = changed(lambda document: document["components"]["schemas"].update(Sku={"$ref": "shared.yaml#/schemas/Sku"}))

        assert "#/components/schemas/Sku refers to 'shared.yaml#/schemas/Sku'" in refused(tmp_path, bundle)

    def test_a_reference_that_leads_nowhere_is_refused(self, tmp_path: Path) -> None:
        """The message names it."""
        bundle = changed(lambda document: document["components"]["parameters"].pop("Offset"))

        assert "'#/components/parameters/Offset' leads nowhere" in refused(tmp_path, bundle)

    def test_a_default_is_refused(self, tmp_path: Path) -> None:
        """The client would send it without being asked."""
        bundle = changed(lambda document: document["components"]["schemas"]["Order"].update(default=1))

        assert "#/components/schemas/Order has a `default`" in refused(tmp_path, bundle)

    def test_two_tables_of_kinds_with_one_name_are_refused(self, tmp_path: Path) -> None:
        """A model prints one table for the values of a tag, and the second would have its objects read as those of the first."""
        kinds = [{"$ref": f"#/components/schemas/{name}"} for name in ("WeeklySchedule", "MonthlySchedule")]
        told = refused(
            tmp_path, changed(lambda d: d["components"]["schemas"]["RewardChain"]["properties"].update(more={"oneOf": kinds}))
        )

        assert "two tables are named MONTHLY_OR_WEEKLY" in told

    def test_an_operation_that_cannot_be_printed_is_refused(self, tmp_path: Path) -> None:
        """A path parameter that nobody describes is a warning for the generator and the end for us."""
        operation = {"operationId": "lost", "tags": ["clans"], "responses": {"204": {"description": "Done."}}}
        bundle = changed(lambda document: document["paths"].update({"/v2/lost/{thing}": {"get": operation}}))
        message = refused(tmp_path, bundle)

        assert "the generator cannot print all of" in message
        assert "/v2/lost/{thing}" in message

    def test_an_answer_without_a_type_is_refused(self, tmp_path: Path) -> None:
        """An empty schema would be `Any` in the client."""
        bundle = changed(lambda document: document["components"]["schemas"].update(RewardChainPage={}))

        assert "admin-get-reward-chains: the body of answer 200 has no type" in refused(tmp_path, bundle)

    @pytest.mark.parametrize(
        ("operation_id", "change", "told"),
        [
            (
                "get-user-daily-chain-by-id",
                {"operationId": "get-daily-chain"},
                "get-daily-chain would both be daily_chains.get in",
            ),
            ("admin-get-daily-chain", {"operationId": "admin-daily-chain"}, "would be called '' in the facade, which is no name"),
            ("post-upsell", {"operationId": "create-upsell"}, "post-upsell has an exception and is no operation"),
            ("post-upsell", {"tags": ["admin"]}, "the area admin would hide a method of LiveOps"),
            ("post-upsell", {"x-rule-codes": [6215, 6299]}, "the code 6299 of x-rule-codes has no error"),
            ("admin-reset-daily-chain", {"x-rule-codes": []}, "the code 6220 has an error and no operation"),
        ],
    )
    def test_names_of_the_facade_that_do_not_fit_are_refused(
        self, tmp_path: Path, operation_id: str, change: dict[str, Json], told: str
    ) -> None:
        """Two of one name, none at all, an exception for nothing, a code without an error: the message names the tables."""
        message = refused(tmp_path, changed(lambda document: operation(document, operation_id).update(change)))

        assert told in message
        assert "scripts/facade_names.py" in message

    @pytest.mark.parametrize("missing", ["ruff", "openapi-python-client"])
    def test_without_its_tools_the_step_says_what_to_install(self, tmp_path: Path, missing: str) -> None:
        """An interpreter that sees no installed package, beside a formatter and without one."""
        python = tmp_path / "python"
        python.symlink_to(Path(sys.executable).resolve())
        if missing != "ruff":
            (tmp_path / "ruff").symlink_to(shutil.which("ruff", path=Path(sys.executable).parent) or "ruff")
        environment = {**os.environ, "PATH": "", "PYTHONHOME": sys.base_prefix}
        command = [str(python), "-S", str(SCRIPT), "--output", str(tmp_path / "xsolla_liveops")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)

        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert f"failed  {missing}, " in done.stderr
        assert "install the development tools with `pip install" in done.stderr

    def test_every_printed_module_says_that_it_is_printed(self) -> None:
        """The first line names the printer and forbids editing."""
        first = {path.read_text(encoding="utf-8").partition("\n")[0] for path in CLIENT.rglob("*.py")}

        assert len(first) == 1
        assert first.pop().startswith("# Generated by scripts/generate_client.py from openapi/bundle/liveops.json. Do not edit")

    def test_the_bundle_is_read_without_the_libraries_of_the_client(self) -> None:
        """The mock and the suite read the bundle; they must not pay for httpx and attrs."""
        script = "import sys, xsolla_liveops.bundle as b; b.load_bundle(); print({'httpx', 'attrs', 'attr'} & sys.modules.keys())"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)

        assert done.stdout == "set()\n"


class TestClient:
    """Credentials, time limits, derived clients."""

    def test_admin_signs_with_the_project_and_the_key(self) -> None:
        """HTTP Basic, ready after one constructor."""
        seen: list[httpx.Request] = []
        toggle.sync(44056, 1, client=recording(seen))

        assert seen[0].headers["authorization"] == basic(f"44056:{SECRET}")

    def test_admin_signs_with_the_merchant_instead(self) -> None:
        """The merchant id is the other documented user name."""
        client = AuthenticatedClient.admin(merchant_id=7, api_key=SECRET).get_httpx_client()

        assert client.headers["authorization"] == basic(f"7:{SECRET}")

    def test_user_signs_with_the_token(self) -> None:
        """A bearer token, sent to the documented server unless another is named."""
        client = AuthenticatedClient.user(token=SECRET).get_httpx_client()

        assert client.headers["authorization"] == f"Bearer {SECRET}"
        assert str(client.base_url) == load_bundle()["servers"][0]["url"] + "/"

    @pytest.mark.parametrize("names", [{}, {"project_id": 1, "merchant_id": 2}, {"project_id": "a:b"}, {"project_id": ""}])
    def test_admin_refuses_what_is_no_user_name(self, names: dict[str, Json]) -> None:
        """None, two, one with a colon, an empty one."""
        with pytest.raises(ValueError, match="user name"):
            AuthenticatedClient.admin(api_key=SECRET, **names)

    def test_an_api_key_with_its_line_break_is_refused_without_showing_it(self) -> None:
        """Encoded, it would be nothing but a 401."""
        with pytest.raises(ValueError, match="The API key of 10 characters") as caught:
            AuthenticatedClient.admin(project_id=1, api_key=f"{SECRET}\n")

        assert SECRET not in str(caught.value)

    @pytest.mark.parametrize("token", ["", f"{SECRET}\n", f"Bearer {SECRET}", f"{SECRET}é"])
    def test_a_token_no_header_can_carry_is_refused_without_showing_it(self, token: str) -> None:
        """The usual slip is the line break of the file that the token was read from."""
        with pytest.raises(ValueError, match="The token of") as caught:
            AuthenticatedClient.user(token=token)

        assert SECRET not in str(caught.value)

    def test_no_secret_shows_in_the_printed_form(self) -> None:
        """Clients end up in logs and tracebacks."""
        settings: dict[str, Json] = {"headers": {"x-key": SECRET}, "cookies": {"session": SECRET}}
        admin = AuthenticatedClient.admin(project_id=1, api_key=SECRET, **settings)
        user = AuthenticatedClient.user(token=SECRET, **settings)
        user.get_httpx_client()

        assert admin.token not in repr(admin)
        assert SECRET not in repr(admin) + repr(user)

    @pytest.mark.parametrize("client", [Client(), AuthenticatedClient.admin(project_id=1, api_key=SECRET)])
    def test_nobody_waits_for_ever(self, client: Client) -> None:
        """Five seconds for a connection, ten for the rest, sync and async."""
        limit = httpx.Timeout(10.0, connect=5.0)

        assert (client.get_httpx_client().timeout, client.get_async_httpx_client().timeout) == (limit, limit)

    def test_the_time_limit_can_be_chosen(self) -> None:
        """When the client is made, and for a copy of it."""
        client = AuthenticatedClient.user(token=SECRET, timeout=3)

        assert client.get_httpx_client().timeout == httpx.Timeout(3)
        assert client.with_timeout(None).get_httpx_client().timeout == httpx.Timeout(None)

    def test_a_changed_copy_leaves_the_live_client_alone(self) -> None:
        """Headers, cookies and time limit of the first client stay what they were."""
        first = AuthenticatedClient.user(token=SECRET)
        live = first.get_httpx_client()
        before = (dict(live.headers), dict(live.cookies), live.timeout)
        second = first.with_headers({"x-run": "1"}).with_cookies({"a": "b"}).with_timeout(1)

        assert (dict(live.headers), dict(live.cookies), live.timeout) == before
        assert second.get_httpx_client().headers["x-run"] == "1"
        assert second.get_httpx_client().headers["authorization"] == f"Bearer {SECRET}"

    def test_a_changed_copy_never_falls_back_to_the_real_server(self) -> None:
        """A copy could not take over a handed-in httpx client, and would call the documented server."""
        client = AuthenticatedClient.user(token=SECRET).set_httpx_client(httpx.Client(base_url="http://test"))

        with pytest.raises(RuntimeError, match="hand it in after the change"):
            client.with_timeout(1)


class TestAnswers:
    """Whatever the server answers, the caller gets something to work with."""

    @pytest.mark.parametrize("status", [401, 422, 500, 520, 499])
    @pytest.mark.parametrize(
        "body", [b"<html>Bad gateway</html>", b'{"errorCode": 11', b"{}", b"[]", b"\xff", b"", b"[" * 100_000]
    )
    def test_a_refusal_of_any_form_is_an_answer(self, status: int, body: bytes) -> None:
        """HTML, half a document, missing keys, nothing at all, under documented and unknown statuses."""
        answer = admin_get_reward_chains.sync_detailed(44056, client=answering(status, body))

        assert (answer.status_code, answer.content, answer.parsed) == (status, body, None)

    def test_a_documented_refusal_is_read(self) -> None:
        """The one form of every refusal, with the violations of a shape."""
        body = {"statusCode": 422, "errorCode": 1102, "errorMessage": "[0401-1102]: no"}
        violation = {"pointer": "/query/limit", "rule": "maximum", "expected": "10", "got": "11"}
        error = admin_get_reward_chains.sync(44056, client=answering(422, {**body, "errorMessageExtended": [violation]}))

        assert isinstance(error, Error)
        assert isinstance(error.error_message_extended, list)
        assert (error.error_code, error.error_message_extended[0].to_dict()) == (1102, violation)

    @pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"has_more": false, "items": null}', b""])
    def test_a_success_that_cannot_be_read_is_a_named_error(self, body: bytes) -> None:
        """A caller must not take a page that cannot be read for no page."""
        with pytest.raises(UnreadableAnswer, match="admin-get-reward-chains answered 200") as caught:
            admin_get_reward_chains.sync_detailed(44056, client=answering(200, body))

        assert (caught.value.status_code, caught.value.content) == (200, body)

    def test_an_answer_that_is_a_list_has_to_be_one(self) -> None:
        """The contributors are the one answer that is no object."""
        with pytest.raises(UnreadableAnswer, match="dict"):
            get_user_clan_top_contributors.sync(44056, 1, client=answering(200, {}))

        assert get_user_clan_top_contributors.sync(44056, 1, client=answering(200, [])) == []

    def test_an_unknown_status_raises_where_that_was_asked_for(self) -> None:
        """Off by default."""
        with pytest.raises(UnexpectedStatus, match="520"):
            toggle.sync(44056, 1, client=answering(520, b"<html>", raise_on_unexpected_status=True))

    def test_an_empty_answer_is_none(self) -> None:
        """A 204 has nothing to read, and that is no mistake."""
        answer = toggle.sync_detailed(44056, 1, client=answering(204))

        assert (answer.status_code, answer.parsed) == (204, None)

    def test_the_async_variant_answers_the_same(self) -> None:
        """Same body, same model."""
        body = example("RewardChainPage")

        async def ask() -> RewardChainPage | Error | None:
            async with answering(200, body) as client:
                return await admin_get_reward_chains.asyncio(44056, client=client)

        assert asyncio.run(ask()) == admin_get_reward_chains.sync(44056, client=answering(200, body))

    @pytest.mark.parametrize(("shape", "name"), examples())
    def test_an_example_comes_back_as_it_was(self, shape: str, name: str) -> None:
        """Reading what is documented and writing it again loses nothing and adds nothing."""
        model = getattr(models, shape).from_dict(example(name))

        assert as_one_spelling(model.to_dict()) == as_one_spelling(example(name))

    @pytest.mark.parametrize("verb", ["Create", "Update"])
    def test_the_form_of_a_chain_is_known_by_its_fields(self, verb: str) -> None:
        """The two forms have no tag: each model refuses the example of the other."""
        with pytest.raises(KeyError, match="popup_header"):
            getattr(models, f"ClanRewardChain{verb}").from_dict(example(f"RewardChain{verb}"))
        with pytest.raises(ValueError, match=r"has no field .*popup_header"):
            getattr(models, f"RewardChain{verb}").from_dict(example(f"ClanRewardChain{verb}"))

    def test_unknown_fields_survive(self) -> None:
        """At the top, and inside an object that requests keep closed."""
        body = {**example("RewardChain"), "added": 1}
        body["steps"][0]["price"]["added"] = {"deep": True}
        chain = RewardChain.from_dict(body)

        assert (chain["added"], chain.to_dict()["steps"][0]["price"]["added"]) == (1, {"deep": True})

    def test_an_unknown_enum_value_survives(self) -> None:
        """It is a member of its own, equal to its text, also after copying and pickling."""
        body = {
            "sku": "a",
            "name": "A",
            "type": "bundle",
            "description": None,
            "image_url": None,
            "quantity": 1,
            "bundle_type": "crate",
        }
        reward = UserReward.from_dict(body)

        assert (reward.bundle_type, reward.to_dict()) == ("crate", body)
        assert copy.deepcopy(reward) == reward
        assert pickle.loads(pickle.dumps(reward)) == reward  # noqa: S301 - bytes made in this line

    def test_the_tag_decides_which_schedule_is_read(self) -> None:
        """The two kinds share all fields but the day."""
        days = dict.fromkeys(["displayable_reset_start_date", "displayable_reset_next_date"], "2026-01-01T00:00:00+00:00")
        state = {"time": "01:00:00+08:00", "reset_next_date": 1, **days}
        weekly = {**state, "interval_type": "weekly", "day_of_week": 1, "day_of_month": None}
        monthly = {**state, "interval_type": "monthly", "day_of_month": 1, "day_of_week": None}
        chains = [RewardChain.from_dict({**example("RewardChain"), "recurrent_schedule": kind}) for kind in (weekly, monthly)]

        assert [type(chain.recurrent_schedule) for chain in chains] == [WeeklyScheduleState, MonthlyScheduleState]
        assert [chain.to_dict()["recurrent_schedule"] for chain in chains] == [weekly, monthly]

    def test_an_object_of_an_unknown_kind_stays_as_it_came(self) -> None:
        """One new kind of condition must not make a whole chain unreadable."""
        known = {"attribute": "level", "type": "string", "operator": "eq", "value": "5"}
        unknown = {"type": "geo", "country": "DE"}
        chain = RewardChain.from_dict({**example("RewardChain"), "attribute_conditions": [known, unknown]})

        assert isinstance(chain.attribute_conditions, list)
        assert isinstance(chain.attribute_conditions[0], StringCondition)
        assert chain.to_dict()["attribute_conditions"] == [known, unknown]


class TestRequests:
    """What goes on the wire is what the caller said."""

    def test_every_operation_can_be_called_in_four_ways(self) -> None:
        """Sync and async, the body or the whole answer; a client without credentials serves where headers can stand for them."""
        parts = [part for item in load_bundle()["paths"].values() for part in item.values() if isinstance(part, dict)]
        expected = {
            operation["operationId"]: AuthenticatedClient if len(operation["security"]) == 1 else AuthenticatedClient | Client
            for operation in parts
        }
        found = pkgutil.walk_packages(api.__path__, "xsolla_liveops.api.")
        modules = {name.rpartition(".")[2].replace("_", "-"): import_module(name) for _, name, area in found if not area}

        for way in ("sync", "sync_detailed", "asyncio", "asyncio_detailed"):
            ways = {name: getattr(module, way) for name, module in modules.items()}
            assert {name: inspect.signature(ways[name]).parameters["client"].annotation for name in ways} == expected

    def test_a_misspelt_field_of_a_request_is_refused(self) -> None:
        """Requests are closed: what is not in the description would be lost without a word."""
        with pytest.raises(ValueError, match="RewardChainCreate has no field is_enbled"):
            RewardChainCreate.from_dict({**example("RewardChainCreate"), "is_enbled": True})

    def test_nothing_is_sent_that_was_not_set(self) -> None:
        """No default in the body, none in the query, also not after a copy."""
        seen: list[httpx.Request] = []
        body = example("RewardChainCreate")
        required = {key: body[key] for key in load_bundle()["components"]["schemas"]["RewardChainCreate"]["required"]}
        required["steps"] = []
        chain = copy.deepcopy(RewardChainCreate.from_dict(required))
        admin_create_reward_chain.sync_detailed(44056, client=recording(seen), body=chain)
        admin_get_reward_chains.sync_detailed(44056, client=recording(seen))

        assert json.loads(seen[0].content).keys() == required.keys()
        assert (seen[0].headers["content-type"], seen[1].url.query) == ("application/json", b"")

    def test_null_is_sent_where_it_was_set(self) -> None:
        """Null empties a field; leaving it out keeps what the server does by itself."""
        body = RewardChainCreate.from_dict(example("RewardChainCreate"))
        body.date_end = None

        assert body.to_dict()["date_end"] is None

    def test_a_text_per_language_is_a_map(self) -> None:
        """Written as people write it, changed in place."""
        text = LocalizedText({"en": "Winter"})
        text["de"] = None

        assert text.to_dict() == {"en": "Winter", "de": None}

    @pytest.mark.parametrize(("sku", "sent"), [("..", b"%2E%2E"), (".", b"%2E"), ("a/b", b"a%2Fb"), ("a.b", b"a.b")])
    def test_a_value_in_the_path_stays_in_its_place(self, sku: str, sent: bytes) -> None:
        """Two dots are a SKU by the documented pattern, and must not delete something else."""
        seen: list[httpx.Request] = []
        admin_delete_value_point.sync_detailed(44056, sku, client=recording(seen))

        assert seen[0].url.raw_path.endswith(b"/admin/items/value_points/sku/" + sent)

    def test_an_empty_value_in_the_path_is_refused(self) -> None:
        """Without it the path is that of another operation."""
        with pytest.raises(ValueError, match="item_sku is empty"):
            admin_delete_value_point.sync_detailed(44056, "", client=recording([]))
