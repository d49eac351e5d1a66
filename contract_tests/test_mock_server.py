"""What the mock promises beyond the API: it starts only whole, repeats itself, proves its replies, and says what it saw."""

import base64
import json
from typing import Any, ClassVar

import pytest
from liveops_contract.stage import in_process_stage
from liveops_mock import RULES, Call, MockServer, Page, Reply, World
from xsolla_liveops.bundle import load_bundle

KEY, SECRET = "in-process-key", "in-process-secret-of-32-characters-or-more"
LIST = "/api/v3/project/44056/admin/reward_chain"
DOOR = "/__control__/projects/44056"


def server(**options: Any) -> MockServer:
    """A mock in this process."""
    return MockServer(44056, KEY, SECRET, merchant_id=12345, **options)


def ask(mock: MockServer, method: str, target: str, body: Any = None, pair: str = f"44056:{KEY}") -> tuple[int, Any]:
    """Status and JSON of one answer."""
    headers = {"authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
    if body is not None:
        headers["content-type"] = "application/json"
    status, _, content = mock.handle(method, target, headers, b"" if body is None else json.dumps(body).encode())
    return status, json.loads(content) if content else None


def example(name: str) -> Any:
    """A named example of the description."""
    return load_bundle()["components"]["examples"][name]["value"]


class TestStart:
    """The mock starts whole or not at all."""

    def test_an_operation_without_a_rule_stops_the_start(self) -> None:
        """The message names the operation."""
        with pytest.raises(LookupError, match="admin-toggle-offer-chain"):
            server(rules={name: rule for name, rule in RULES.items() if name != "admin-toggle-offer-chain"})

    def test_a_rule_without_an_operation_stops_the_start(self) -> None:
        """The message names the rule."""
        with pytest.raises(LookupError, match="sing-a-song"):
            server(rules={**RULES, "sing-a-song": RULES["admin-toggle-offer-chain"]})

    def test_without_the_control_door_its_paths_do_not_exist(self) -> None:
        """They are 404 like any other unknown path."""
        assert ask(server(control=False), "GET", "/__control__/health")[0] == 404


class TestRepetition:
    """Same seed and same requests give the same bytes."""

    def play(self, seed: int) -> list[tuple[int, Any, bytes]]:
        """A few requests, good and bad."""
        mock = server(seed=seed)
        headers = {
            "authorization": "Basic " + base64.b64encode(f"44056:{KEY}".encode()).decode(),
            "content-type": "application/json",
        }
        bodies = [example("RewardChainCreate"), example("ClanRewardChainCreate"), {"surprise": 1}]
        answers = [mock.handle("POST", LIST, headers, json.dumps(body).encode()) for body in bodies]
        return [*answers, mock.handle("GET", LIST, headers, b""), mock.handle("GET", "/nowhere", headers, b"")]

    def test_the_same_seed_gives_the_same_bytes(self) -> None:
        """Status, headers and bodies."""
        assert self.play(7) == self.play(7)

    def test_another_seed_gives_other_transaction_ids(self) -> None:
        """Only what is drawn differs."""
        first, second = self.play(7), self.play(8)

        assert [status for status, _, _ in first] == [status for status, _, _ in second]
        assert first != second

    def test_without_a_seed_nobody_can_guess_what_is_drawn(self) -> None:
        """Codes are others on each server, and after each reset."""
        codes, mock = [], server(seed=None)
        for _ in range(2):
            for place in (mock, server(seed=None)):
                coupon = "/v3/project/44056/admin/coupon"
                ask(place, "POST", coupon, {"external_id": "coupon", "name": {}})
                ask(place, "PUT", f"{coupon.replace('v3', 'v2')}/coupon/code/generate", {"count": 3})
                listed = ask(place, "GET", f"{coupon.replace('v3', 'v2')}/coupon/code")[1]["codes"]
                codes += [entry["code"] for entry in listed]
            ask(mock, "POST", f"{DOOR}/reset", {})

        assert len(set(codes)) == 12

    def test_a_reset_begins_again(self) -> None:
        """After a reset the same requests give the same answers as on a new server, numbers included."""
        mock = server()
        first = ask(mock, "POST", LIST, example("RewardChainCreate"))
        assert ask(mock, "POST", f"{DOOR}/reset", {})[0] == 204

        assert ask(mock, "POST", LIST, example("RewardChainCreate")) == first


class TestProof:
    """A reply that breaks the description is a 500 in the journal, never silently sent."""

    def broken(self, rule: Any) -> tuple[MockServer, int, Any]:
        """A list answered by this rule."""
        mock = server(rules={**RULES, "admin-get-reward-chains": rule})
        return mock, *ask(mock, "GET", LIST)

    @pytest.mark.parametrize(
        ("reply", "fault"),
        [
            (Reply(200, {"has_more": True}), "items"),
            (Reply(200, Page([{"reward_chain_id": "1"}], {"has_more": False})), "RewardChainSummary"),
            (Reply(200, Page([b"{}"], {"has_more": False})), "RewardChainSummary"),
            (Reply(200, Page([], {"has_more": "no"})), "has_more"),
            (Reply(202), "does not document status 202"),
            (Reply(204, {"surprise": 1}), "does not document status 204"),
        ],
    )
    def test_a_reply_that_breaks_the_description_is_not_sent(self, reply: Reply, fault: str) -> None:
        """The caller gets 500, the journal the reason."""
        mock, status, body = self.broken(lambda _world, _call: reply)
        journal = ask(mock, "GET", f"{DOOR}/journal")[1]

        assert (status, body["errorCode"]) == (500, 0)
        assert journal["server_errors"] == 1
        assert fault in journal["broken"][0]["fault"]
        assert journal["broken"][0]["verdicts"]["reply"] == "broken"

    def test_a_body_where_none_is_documented_is_not_sent(self) -> None:
        """204 has no body."""
        mock = server(rules={**RULES, "admin-toggle-offer-chain": lambda _world, _call: Reply(204, {"surprise": 1})})

        assert ask(mock, "PUT", "/v2/project/44056/admin/offer_chain/id/1/toggle")[0] == 500

    def test_a_rule_that_fails_is_a_500_without_a_trace(self) -> None:
        """The answer tells nothing of the inside."""

        def fails(_world: World, _call: Call) -> Reply:
            raise ZeroDivisionError("inside")

        mock, status, body = self.broken(fails)

        assert status == 500
        assert "inside" not in json.dumps(body)
        assert "ZeroDivisionError" in ask(mock, "GET", f"{DOOR}/journal")[1]["broken"][0]["fault"]


class TestJournal:
    """The journal says what was asked and what each stage said."""

    @pytest.mark.parametrize(
        ("method", "target", "body", "pair", "stage"),
        [
            ("GET", "/nowhere", None, f"44056:{KEY}", "operation"),
            ("GET", LIST, None, "44056:wrong", "credentials"),
            ("GET", f"{LIST}?limit=0", None, f"44056:{KEY}", "request"),
            ("GET", f"{LIST}/id/77", None, f"44056:{KEY}", "rule"),
            ("GET", LIST, None, f"44056:{KEY}", None),
        ],
    )
    def test_the_verdict_of_each_stage_is_written_down(
        self, method: str, target: str, body: Any, pair: str, stage: str | None
    ) -> None:
        """Stages before the refusal are ok, those behind it were never reached."""
        mock = server()
        ask(mock, method, target, body, pair)
        entry = ask(mock, "GET", f"{DOOR}/journal")[1]["entries"][-1]
        order = ["operation", "credentials", "request", "rule"]
        reached = order.index(stage) if stage else len(order)

        assert entry["stage"] == stage
        expected = {name: "ok" if place < reached else "refused" if place == reached else "-" for place, name in enumerate(order)}
        assert entry["verdicts"] == {**expected, "reply": "ok"}

    def test_counts_go_over_everything_and_entries_over_the_last(self) -> None:
        """`limit` cuts the entries, never the counts."""
        mock = server()
        for _ in range(5):
            ask(mock, "GET", LIST)
        journal = ask(mock, "GET", f"{DOOR}/journal?limit=2")[1]

        assert (journal["total"], journal["by_status"], len(journal["entries"])) == (5, {"200": 5}, 2)
        assert ask(mock, "GET", f"{DOOR}/journal?limit=0")[1]["entries"] == []


class TestProjects:
    """Projects are made, kept apart and forgotten through the control door."""

    NEW: ClassVar[dict[str, str]] = {"api_key": "another-key", "user_secret": "another-secret-of-32-characters-or-more"}

    def test_a_project_is_made_with_the_merchant_pair_alone(self) -> None:
        """The project's own pair does not make projects."""
        mock = server()

        assert ask(mock, "PUT", "/__control__/projects/5", self.NEW)[0] == 401
        assert ask(mock, "PUT", "/__control__/projects/5", self.NEW, f"12345:{KEY}")[0] == 201
        assert ask(mock, "GET", LIST.replace("44056", "5"), pair="5:another-key")[0] == 200

    def test_the_merchant_number_opens_a_project_with_its_key(self) -> None:
        """`merchant_id:api_key` does as well as `project_id:api_key`."""
        assert ask(server(), "GET", LIST, pair=f"12345:{KEY}")[0] == 200

    def test_a_forgotten_project_opens_no_more(self) -> None:
        """Its key is worth nothing, and forgetting it twice is 404."""
        mock = server()
        ask(mock, "PUT", "/__control__/projects/5", self.NEW, f"12345:{KEY}")

        assert ask(mock, "DELETE", "/__control__/projects/5", pair=f"12345:{KEY}")[0] == 204
        assert ask(mock, "GET", LIST.replace("44056", "5"), pair="5:another-key")[0] == 401
        assert ask(mock, "DELETE", "/__control__/projects/5", pair=f"12345:{KEY}")[0] == 404

    @pytest.mark.parametrize("method", ["PUT", "DELETE"])
    def test_the_home_project_stays(self, method: str) -> None:
        """It is neither made anew nor removed."""
        status, body = ask(server(), method, DOOR, self.NEW if method == "PUT" else None, f"12345:{KEY}")

        assert (status, body["errorCode"]) == (422, 6211)

    @pytest.mark.parametrize("number", ["abc", "0", "-1", "9" * 20, "2147483648", "%D9%A3", ""])
    def test_a_malformed_project_number_is_a_wrong_shape(self, number: str) -> None:
        """With a key that opens some project it is 422/1102; without one it is 401."""
        target = LIST.replace("44056", number)
        status, body = ask(server(), "GET", target)

        assert (status, body["errorCode"]) == (422, 1102)
        assert ask(server(), "GET", target, pair="1:nothing")[0] == 401

    def test_a_well_formed_number_of_no_project_opens_nothing(self) -> None:
        """401, so that nobody learns which projects there are."""
        assert ask(server(), "GET", LIST.replace("44056", "7"))[0] == 401
        assert ask(server(), "GET", "/v2/project/7/user/reward_chain")[0] == 401


class TestControlDoor:
    """The control door refuses what it can't do, in the same words as the API."""

    def test_the_clock_has_an_end(self) -> None:
        """Beyond its bounds the clock can't be set, and stays where it is."""
        mock = server()
        before = ask(mock, "GET", f"{DOOR}/clock")[1]

        assert ask(mock, "PUT", f"{DOOR}/clock", {"now": "1960-01-01T00:00:00Z"})[1]["errorCode"] == 6211
        assert ask(mock, "POST", f"{DOOR}/clock/rewind", {"seconds": 3_000_000_000})[1]["errorCode"] == 6211
        assert ask(mock, "GET", f"{DOOR}/clock")[1] == before

    def test_a_frozen_clock_stands_and_a_running_one_goes_on_from_there(self) -> None:
        """Switching the mode keeps the time."""
        mock = server()
        running = ask(mock, "PUT", f"{DOOR}/clock", {"now": "2025-05-01T00:00:00Z", "mode": "running"})[1]
        frozen = ask(mock, "PUT", f"{DOOR}/clock", {"mode": "frozen"})[1]

        assert running == {"now": "2025-05-01T00:00:00+00:00", "mode": "running"}
        assert frozen["mode"] == "frozen"
        assert "2025-05-01T00:00:00" <= frozen["now"] < "2025-05-01T00:01:00"

    @pytest.mark.parametrize(
        ("method", "path", "body", "code"),
        [
            ("GET", "/items/nothing", None, 4001),
            ("PUT", "/items/new", {"name": {}, "content": [{"sku": "nothing", "quantity": 1}]}, 4001),
            ("PUT", "/items/booster_1", {"name": {}, "content": [{"sku": "booster_1", "quantity": 1}]}, 6211),
            ("PUT", "/items/new", {"name": {"en": "New"}, "value_points": [{"sku": "nothing", "amount": 1}]}, 4001),
            ("POST", "/users/ann/purchases", {"items": [{"sku": "nothing", "quantity": 1}]}, 4001),
            ("POST", "/users/ann/purchases", {"items": [{"sku": "a", "quantity": 1}, {"sku": "b", "quantity": 1}]}, 4001),
            ("PUT", "/users/ann", {"surprise": 1}, 1102),
            ("PUT", "/items/a b", {"name": {}}, 1102),
            ("PUT", "/items/new", {"name": {}, "blocked_countries": ["DE", "DE"]}, 1102),
            ("PUT", "/users/ann", {"country": "de"}, 1102),
            ("PUT", "/campaigns/coupon/absent", {"blocked_countries": ["DE"]}, 4001),
            ("PUT", "/campaigns/promo_code/absent", {"blocked_countries": []}, 1102),
            ("PUT", "/campaigns/coupon/absent", {}, 1102),
            ("POST", "/tokens", {"user_id": ""}, 1102),
            ("POST", "/clock/advance", {"seconds": 0}, 1102),
        ],
    )
    def test_bad_input_is_refused_as_anywhere(self, method: str, path: str, body: Any, code: int) -> None:
        """Shape 1102, missing things 4001."""
        assert ask(server(), method, DOOR + path.replace(" ", "%20"), body)[1]["errorCode"] == code

    def test_an_item_is_read_as_it_was_defined_and_can_be_defined_anew(self) -> None:
        """Everything that was said of it, and the value points it carries; its number stays."""
        mock = server()
        points = [{"sku": "value_point_3", "amount": 4}]
        body = {
            "name": {"en-US": "New"},
            "type": "bundle",
            "bundle_type": "standard",
            "price": {"amount": "1.50", "currency": "EUR"},
            "content": [{"sku": "booster_1", "quantity": 2}],
            "blocked_countries": ["DE", "FR"],
        }
        facts = {"virtual_item_type": "consumable", "groups": [{"external_id": "swords", "name": {"en": "Swords"}}]}
        ask(mock, "PUT", f"{DOOR}/items/new", {**body, "facts": facts, "value_points": points})
        first = ask(mock, "GET", f"{DOOR}/items/new")[1]
        ask(mock, "PUT", f"{DOOR}/items/new", {"name": {"en": "Newer"}, "value_points": [{"sku": "value_point_3", "amount": 0}]})
        second = ask(mock, "GET", f"{DOOR}/items/new")[1]

        assert first == {**body, "name": {"en": "New"}, "sku": "new", "value_points": points} | {
            name: first[name] for name in ("item_id", "description", "image_url", "unit_items", "limits", "facts")
        }
        assert (second["item_id"], second["value_points"], second["price"]) == (first["item_id"], [], None)
        unknown = {"attributes": [], "virtual_prices": [], "inventory_options": {"consumable": None, "expiration_period": None}}
        assert first["facts"] == facts | unknown
        assert second["facts"] == unknown | {"virtual_item_type": None, "groups": []}

    def test_a_balance_holds_no_more_than_it_can(self) -> None:
        """The purchase is refused, and neither points nor items arrive."""
        mock = server()
        ask(mock, "PUT", f"{DOOR}/items/gold", {"name": {}, "value_points": [{"sku": "value_point_3", "amount": 2147483647}]})
        buy = {"items": [{"sku": "gold", "quantity": 1}]}
        statuses = [ask(mock, "POST", f"{DOOR}/users/ann/purchases", buy) for _ in range(2)]
        user = ask(mock, "GET", f"{DOOR}/users/ann")[1]

        assert [status for status, _ in statuses] == [201, 422]
        assert statuses[1][1]["errorCode"] == 6214
        assert user["balances"] == [{"sku": "value_point_3", "amount": 2147483647}]
        assert user["inventory"] == [{"sku": "gold", "quantity": 1}]


class TestFreshStage:
    """A project of its own costs next to nothing and shares nothing."""

    def test_a_fresh_project_is_empty(self) -> None:
        """Whatever happened in the one before."""
        stage = in_process_stage()
        stage.fresh().call("admin-create-reward-chain", body=example("RewardChainCreate"))

        assert stage.fresh().call("admin-get-reward-chains").json() == {"has_more": False, "items": []}
