"""The laws of clans."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.reward_chain_scenes import (
    BOOSTER,
    Json,
    amount,
    claim,
    claimed,
    make,
    open_chain,
    read,
    seen,
    step_ids,
)

POINT = "clan_point"
POPUP = {"popup_header": {"en": "Join"}, "popup_instruction": {"en": "Ask a member"}, "clan_type": "guild"}
USERS = ("user_1", "user_2", "user_3")


def clan_chain(api: Api, *prices: int, **facts: Json) -> int:
    """A clan value point, an item that carries one of it, and a chain that it drives."""
    assert api.control
    api.call("admin-create-value-points", body={"sku": POINT, "name": {"en": "Point"}, "is_clan": True})
    api.control.put_item(BOOSTER, value_points=[{"sku": POINT, "amount": 1}])
    return make(api, open_chain(*prices, value_point=POINT, **{**POPUP, **facts}))


def join(api: Api, user: str, clan: str | None) -> list[Json]:
    """Let a user be in a clan; what was claimed on the way."""
    assert api.control
    api.control.put_user(user, clan=clan)
    reward: list[Json] = api.call("user-clan-update", user=user).json()["reward"]
    return reward


def earn(api: Api, user: str, points: int) -> None:
    """Let a user buy as many points."""
    assert api.control
    if points:
        api.control.purchase(user, {BOOSTER: points})


@law("get-user-reward-chain-balance", "user-clan-update")
def the_balance_of_a_clan_is_the_sum_of_its_members(api: Api, draw: Draw) -> None:
    """Each member sees what all members have together; a user without a clan sees zero."""
    number = clan_chain(api, 1)
    clans = {user: draw(st.sampled_from(("red", "blue", None))) for user in USERS}
    points = {user: draw(st.integers(0, 9)) for user in USERS}
    for user in USERS:
        join(api, user, clans[user])
        earn(api, user, points[user])

    for user in USERS:
        together = sum(points[other] for other in USERS if clans[other] == clans[user])
        assert amount(api, number, user) == (together if clans[user] else 0)


@law("get-user-clan-top-contributors", "get-reward-chains-list")
def contributors_are_the_members_with_points_highest_first(api: Api, draw: Draw) -> None:
    """The ten best of the own clan by name, those without points left out; the list of chains shows the same."""
    number = clan_chain(api, 1)
    assert api.control
    count = draw(st.integers(1, 12))
    points = {f"member_{place:02}": draw(st.integers(0, 3)) for place in range(count)}
    for user in points:
        api.control.put_user(user, name=f"Name of {user}" if draw(st.booleans()) else None)
        join(api, user, "red")
        earn(api, user, points[user])
    join(api, "stranger", "blue")
    earn(api, "stranger", 9)
    listed = api.call("get-user-clan-top-contributors", path={"reward_chain_id": number}, user="member_00").json()

    ranked = sorted((user for user in points if points[user]), key=lambda user: (-points[user], user))[:10]
    names = {user: api.control.user(user)["name"] or user for user in ranked}
    assert listed == [{"name": names[user], "contributed_amount": points[user]} for user in ranked]
    assert seen(api, "member_00")[number]["top_contributors"] == listed
    elsewhere = api.call("get-user-clan-top-contributors", path={"reward_chain_id": number}, user="stranger").json()
    assert elsewhere == [{"name": "stranger", "contributed_amount": 9}]


@law("get-user-clan-top-contributors", "claim-user-reward-chain-step-reward")
def a_user_without_a_clan_stands_outside(api: Api, draw: Draw) -> None:
    """The clan chain is listed, has no contributors and no points, and its steps can't be claimed."""
    number = clan_chain(api, draw(st.integers(1, 3)))
    earn(api, "user_1", 5)

    assert api.call("get-user-clan-top-contributors", path={"reward_chain_id": number}, user="user_1").json() == []
    assert seen(api)[number]["top_contributors"] == []
    assert amount(api, number) == 0
    assert claim(api, number, step_ids(api, number)[0]) == 9913


@law("claim-user-reward-chain-step-reward", "user-clan-update")
def every_member_claims_for_himself(api: Api, draw: Draw) -> None:
    """A step that the clan has reached gives its reward to each member who claims it, once."""
    number = clan_chain(api, 3)
    step = step_ids(api, number)[0]
    for user in USERS:
        join(api, user, "red")
        earn(api, user, 1)
    claiming = [user for user in USERS if draw(st.booleans())]
    refusals = [claim(api, number, step, user) for user in claiming]

    assert refusals == [None] * len(claiming)
    for user in USERS:
        assert claimed(api, number, user) == [user in claiming]
        assert api.control
        assert ("com.xsolla.item_1" in api.control.inventory(user)) == (user in claiming)


@law("user-clan-update")
def leaving_a_clan_claims_what_was_earned_there(api: Api, draw: Draw) -> None:
    """Steps that the old clan reached and the user did not claim are claimed, given and answered; others are not."""
    number = clan_chain(api, 2, 4, 6)
    ids, mine, other = step_ids(api, number), draw(st.integers(0, 4)), draw(st.integers(0, 4))
    join(api, "user_1", "red")
    join(api, "user_2", "red")
    earn(api, "user_1", mine)
    earn(api, "user_2", other)
    reached = [price <= mine + other for price in (2, 4, 6)]
    if reached[0] and draw(st.booleans()):
        claim(api, number, ids[0])
    before = claimed(api, number)
    reward = join(api, "user_1", draw(st.sampled_from(("blue", None))))

    given = [place + 1 for place in range(3) if reached[place] and not before[place]]
    assert [(entry["sku"], entry["quantity"]) for entry in reward] == [("com.xsolla.item_1", quantity) for quantity in given]
    assert api.control
    total = sum(given) + sum(place + 1 for place in range(3) if before[place])
    assert api.control.inventory("user_1").get("com.xsolla.item_1", 0) == total
    assert claimed(api, number) == reached


@law("user-clan-update")
def a_clan_that_stays_the_same_claims_nothing(api: Api, draw: Draw) -> None:
    """Without a change in the attributes the call answers no reward and leaves open steps open."""
    number = clan_chain(api, 1)
    join(api, "user_1", "red")
    earn(api, "user_1", draw(st.integers(1, 3)))
    again = api.call("user-clan-update", user="user_1").json()

    assert again == {"reward": []}
    assert claimed(api, number) == [False]


@law("user-clan-update", "get-user-reward-chain-balance")
def points_go_with_the_user_who_earned_them(api: Api, draw: Draw) -> None:
    """After a change of clan the new clan has the user's points and the old one has them no longer."""
    number = clan_chain(api, 100)
    points = {user: draw(st.integers(1, 9)) for user in USERS}
    for user, clan in zip(USERS, ("red", "red", "blue"), strict=True):
        join(api, user, clan)
        earn(api, user, points[user])
    join(api, "user_1", "blue")

    assert amount(api, number, "user_2") == points["user_2"]
    assert amount(api, number, "user_1") == amount(api, number, "user_3") == points["user_1"] + points["user_3"]


@law("user-clan-update", "get-user-reward-chain-balance")
def a_clan_counts_only_once_the_user_has_joined(api: Api, draw: Draw) -> None:
    """What the attributes say of the clan takes effect with `user-clan-update`, not before."""
    number, points = clan_chain(api, 100), draw(st.integers(1, 9))
    assert api.control
    api.control.put_user("user_1", clan="red")
    earn(api, "user_1", points)
    before = amount(api, number)
    api.call("user-clan-update", user="user_1")

    assert (before, amount(api, number)) == (0, points)


@law("user-clan-update", "get-user-reward-chain-balance")
def a_clan_is_left_in_one_project_alone(api: Api, draw: Draw) -> None:
    """A user who leaves the clan in one project, and would in another, is still a member there until it is asked for."""
    projects, points = (api, api.sibling()), draw(st.integers(1, 9))
    chains = [(one, clan_chain(one, 100)) for one in projects]
    for one in projects:
        join(one, "user_1", "red")
        earn(one, "user_1", points)
        scenes.control_of(one).put_user("user_1", clan=None)
    for left, one in enumerate(projects, 1):
        one.call("user-clan-update", user="user_1")

        assert [amount(other, number) for other, number in chains] == [0, points if left == 1 else 0]


@law("admin-reset-reward-chain", "get-user-reward-chain-balance")
def a_reset_empties_every_clan(api: Api, draw: Draw) -> None:
    """Every member of every clan is at zero, and nobody's step is claimed."""
    number = clan_chain(api, 1)
    for user in USERS:
        join(api, user, draw(st.sampled_from(("red", "blue"))))
        earn(api, user, draw(st.integers(1, 9)))
        claim(api, number, step_ids(api, number)[0], user)
    api.call("admin-reset-reward-chain", path={"reward_chain_id": number})

    assert [amount(api, number, user) for user in USERS] == [0, 0, 0]
    assert [claimed(api, number, user) for user in USERS] == [[False]] * 3


@law("admin-create-reward-chain", "admin-get-reward-chain", "get-reward-chains-list")
def the_popup_of_a_clan_chain_is_read_as_it_was_sent(api: Api, draw: Draw) -> None:
    """Operator and user read the pop-up and the clan type; a chain of one user has none."""
    kind = draw(st.sampled_from(("clan", "guild", "cartel", None)))
    number, plain = clan_chain(api, 1, clan_type=kind), make(api, open_chain(1))
    names = ("popup_header", "popup_instruction", "popup_image_url", "clan_type")
    expected = {**POPUP, "clan_type": kind, "popup_image_url": None}

    assert {name: read(api, number)[name] for name in names} == expected
    assert {name: seen(api)[number][name] for name in names} == expected
    assert not set(names) & set(read(api, plain))
    assert {name: seen(api)[plain][name] for name in names} == dict.fromkeys(names)
