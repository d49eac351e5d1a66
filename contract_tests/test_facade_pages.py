"""A list of LiveOps is walked to its end, with no request more than it takes; a body may be plain data."""

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from canned_answers import answering
from liveops_contract.description import operation_table
from liveops_contract.game_world import LiveOpsServer
from xsolla_liveops import AsyncLiveOps, AuthenticatedClient, LiveOps, errors
from xsolla_liveops.bundle import load_bundle

Json = Any


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


CAMPAIGNS: dict[str, Json] = {
    "coupons": {"bonus": [{"sku": "sword", "quantity": 1}]},
    "promo_codes": {"discount": {"percent": "10.00"}},
    "unique_catalog_offers": {"items": ["sword"]},
}


class TestNewCodes:
    """Codes are made, and those that were made are walked over."""

    @pytest.mark.parametrize("area", sorted(CAMPAIGNS))
    @pytest.mark.parametrize("way", ["sync", "async"])
    def test_exactly_the_new_ones_are_answered(
        self, area: str, way: str, liveops_server: LiveOpsServer, liveops_admin: AuthenticatedClient
    ) -> None:
        """More than a page of them, behind those that were there before; what comes later is left out."""
        liveops_server.control.put_item("sword")
        campaigns = getattr(LiveOps(liveops_admin, project_id=liveops_server.project_id), area)
        campaigns.create({"external_id": "winter", "name": {"en": "Winter"}, **CAMPAIGNS[area]})
        campaigns.generate_codes("winter", {"count": 3})
        old = [entry.code for entry in campaigns.list_codes("winter")]
        if way == "sync":
            found = campaigns.new_codes("winter", {"count": 70})
            campaigns.generate_codes("winter", {"count": 2})
            new = [entry.code for entry in found]
        else:
            awaited = getattr(AsyncLiveOps(liveops_admin, project_id=liveops_server.project_id), area)
            new = asyncio.run(made_and_listed(awaited, 70, 2))
        listed = [entry.code for entry in campaigns.list_codes("winter")]

        assert (listed[:3], listed[3:73], len(listed)) == (old, new, 75)

    def test_they_are_made_at_once_and_listed_as_they_are_needed(self) -> None:
        """Whoever throws the iterator away has made them all the same, and has paid for no page."""
        seen: list[httpx.Request] = []
        answers = [{"total_count": 9, "codes": codes("a")}, {"count": 2}, {"total_count": 11, "codes": codes("b", "c")}]
        found = answering(*(httpx.Response(200, json=one) for one in answers), seen=seen).coupons.new_codes("x", {"count": 2})
        sent = [(request.method, request.url.params.get("offset")) for request in seen]

        assert sent == [("GET", None), ("PUT", None)]
        assert [entry.code for entry in found] == ["b", "c"]
        assert (len(seen), seen[-1].url.params["offset"]) == (3, "9")

    @pytest.mark.parametrize("count", ["many", None, -1])
    def test_a_count_that_is_no_number_hides_no_code(self, count: Json) -> None:
        """Then all that were added since are answered."""
        answers = [{"total_count": 0, "codes": []}, {"count": count}, {"total_count": 2, "codes": codes("a", "b")}]
        found = answering(*(httpx.Response(200, json=one) for one in answers)).coupons.new_codes("x", {"count": 2})

        assert [entry.code for entry in found] == ["a", "b"]


async def made_and_listed(campaigns: Any, count: int, later: int) -> list[str]:
    """The new codes of an awaited area, with some more that are made before they are listed."""
    found = await campaigns.new_codes("winter", {"count": count})
    await campaigns.generate_codes("winter", {"count": later})
    return [entry.code async for entry in found]


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

    @pytest.mark.parametrize(("body", "told"), [({}, "coupon_code"), ({"coupon_code": "A", "colour": 1}, "colour")])
    def test_plain_data_that_fits_no_model_is_refused_before_it_is_sent(self, body: Json, told: str) -> None:
        """With what is wrong, as the error of a request that the description refuses."""
        with pytest.raises(errors.ValidationError, match=f"not sent.*{told}"):
            answering(httpx.Response(204)).coupons.create_code("x", body)

    def test_something_else_is_refused_before_it_is_sent(self) -> None:
        """A text is neither a model nor a dict."""
        body: Any = "CODE"
        with pytest.raises(TypeError, match="a model or a dict, not str"):
            answering(httpx.Response(204)).coupons.create_code("x", body)
