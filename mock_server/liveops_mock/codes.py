"""The codes of campaigns and their redemptions.

A redemption is a fact: it is used, or reserved by a purchase that is not paid yet. What is left of a campaign or of a code is
counted from these facts, so the counters always add up. What is left to a user may be set by hand and is kept by itself.
"""

import string
from collections import Counter
from typing import Any

from .ledger import lower
from .messages import Call, Page, Reply
from .problems import CodeTaken
from .world import World

Json = Any
LETTERS = (string.ascii_letters + string.digits).encode()
LETTER_OF = bytes(LETTERS[byte % len(LETTERS)] for byte in range(256))
UNFAIR = bytes(range(256 - 256 % len(LETTERS), 256))  # the bytes that would make some letters likelier than others
LENGTH = 10
USED, RESERVED = "used", "reserved"


def add_code(world: World, campaign: Json, code: str) -> Reply:
    """Add one code, if no campaign of the project has it."""
    if code in world.codes:
        raise CodeTaken(f"The code already exists. {code!r} belongs to a campaign of this project; choose another one")

    write_code(world, campaign, code)
    return Reply(201, {"code": code})


def write_code(world: World, campaign: Json, code: str) -> None:
    """Keep a code behind those that the campaign has."""
    world.codes.put(code, {"campaign": campaign["id"], "place": world.next_id("code")})


def generate_codes(world: World, campaign: Json, count: int) -> Reply:
    """Add as many codes that nobody has."""
    left = count
    while left:
        fresh = dict.fromkeys(code for code in drawn_codes(world, left) if code not in world.codes)
        for code in fresh:
            write_code(world, campaign, code)
        left -= len(fresh)
    return Reply(200, {"count": count})


def drawn_codes(world: World, count: int) -> list[str]:
    """As many texts of ten letters and digits, all equally likely."""
    letters = ""
    while len(letters) < count * LENGTH:
        letters += world.random.randbytes(count * LENGTH).translate(LETTER_OF, UNFAIR).decode()
    return [letters[place : place + LENGTH] for place in range(0, count * LENGTH, LENGTH)]


def codes_page(world: World, campaign: Json, call: Call) -> Reply:
    """One page of the codes of a campaign, in the order in which they were added."""
    codes = world.codes.keys("campaign", campaign["id"], call.query["offset"], call.query["limit"])
    total = world.codes.count("campaign", campaign["id"])
    return Reply(200, Page([{"code": code} for code in codes], {"total_count": total}, "codes"))


def code_limits_page(world: World, campaign: Json, call: Call) -> Reply:
    """One page of the codes, or of those of them that are asked for, with what has become of their redemptions."""
    offset, limit, asked = call.query["offset"], call.query["limit"], call.query["codes[]"]
    if asked is None:
        codes = list(world.codes.keys("campaign", campaign["id"], offset, limit))
        total = world.codes.count("campaign", campaign["id"])
    else:
        own = own_codes(world, campaign, asked)
        codes, total = own[offset : offset + limit], len(own)
    fields = {"promotion_id": campaign["id"], "total_items_count": total, "has_more": offset + len(codes) < total}
    return Reply(200, Page([{"code": code, "per_code": code_state(world, campaign, code)} for code in codes], fields))


def own_codes(world: World, campaign: Json, asked: list[str]) -> list[str]:
    """Of the codes that are asked for those that the campaign has, in the order in which they were added."""
    known = {code: world.codes.get(code) for code in asked if code in world.codes}
    own = [code for code, entry in known.items() if entry["campaign"] == campaign["id"]]
    return sorted(own, key=lambda code: int(known[code]["place"]))


def code_state(world: World, campaign: Json, code: str) -> Json:
    """What has become of the redemptions of a code."""
    used, reserved = (world.redemptions.count("code", (code, status)) for status in (USED, RESERVED))
    total = campaign["redeem_code_limit"]
    return {"total": total, "available": total and total - used - reserved, "used": used, "reserved": reserved}


def total_state(world: World, campaign: Json) -> Json:
    """What has become of the redemptions that the campaign allows; nothing where it allows any number."""
    used, reserved = (world.redemptions.count("campaign", (campaign["id"], status)) for status in (USED, RESERVED))
    total = campaign["redeem_total_limit"]
    return total and {"available": total - used - reserved, "reserved": reserved, "used": used}


def taken(world: World, campaign: Json) -> int:
    """How many redemptions of the campaign are used or reserved."""
    return sum(world.redemptions.count("campaign", (campaign["id"], status)) for status in (USED, RESERVED))


def most_taken_of_a_code(world: World, campaign: Json) -> int:
    """The same for that code of the campaign that has the most."""
    codes = (
        entry["code"] for status in (USED, RESERVED) for entry in world.redemptions.values("campaign", (campaign["id"], status))
    )
    return max(Counter(codes).values(), default=0)


def left_to_user(world: World, campaign: Json, user_id: str) -> int | None:
    """How often the user may still redeem codes of the campaign; None for any number."""
    total = campaign["redeem_user_limit"]
    return None if total is None else max(0, total - world.spent.get((campaign["id"], user_id), 0))


def is_left(world: World, campaign: Json, code: str, user_id: str) -> bool:
    """Whether the campaign, the code and the user have a redemption left."""
    state = total_state(world, campaign)
    left = (state and state["available"], code_state(world, campaign, code)["available"], left_to_user(world, campaign, user_id))
    return 0 not in left


def redeem(world: World, campaign: Json, code: str, user_id: str, status: str = USED) -> int:
    """Take a redemption, for good or for a purchase to be paid; answers its number."""
    number, spender = world.next_id("redemption"), (campaign["id"], user_id)
    world.redemptions.put(number, {"campaign": campaign["id"], "code": code, "user_id": user_id, "status": status})
    world.spent.put(spender, world.spent.get(spender, 0) + 1)
    return number


def use_up(world: World, number: int) -> None:
    """A redemption that was reserved is used for good; one of a campaign that is gone is nothing."""
    reserved = world.redemptions.get(number)
    if reserved is not None:
        world.redemptions.put(number, {**reserved, "status": USED})


def give_back(world: World, number: int) -> None:
    """A redemption that was reserved is free again; one of a campaign that is gone is nothing."""
    reserved = world.redemptions.get(number)
    if reserved is not None:
        world.redemptions.remove(number)
        lower(world.spent, (reserved["campaign"], reserved["user_id"]), 1)


def forget_codes(world: World, campaign: Json) -> None:
    """Drop the codes of a campaign with their redemptions; the last first, which costs the least."""
    for part, groups in (
        (world.codes, [campaign["id"]]),
        (world.redemptions, [(campaign["id"], USED), (campaign["id"], RESERVED)]),
        (world.spent, [campaign["id"]]),
    ):
        for group in groups:
            for key in reversed(list(part.keys("campaign", group))):
                part.remove(key)
