"""The law of the pages of codes, of whatever kind of campaign."""

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law

CODES = ("B2", "A1", "C3")
GIFT = [{"sku": "booster_1", "quantity": 1}]
# How to make a campaign, what it needs, how to add a code, and the lists that tell the codes.
KINDS: tuple[tuple[str, Json, str, tuple[str, ...]], ...] = (
    ("admin-create-coupon", {"bonus": GIFT}, "create-coupon-code", ("get-coupon-codes", "get-coupon-code-limit")),
    ("create-promo-code", {"bonus": GIFT}, "create-promo-code-code", ("get-promocode-codes", "get-promo-code-code-limit")),
    (
        "admin-create-unique-catalog-offer",
        {"items": ["com.xsolla.item_1"]},
        "create-unique-catalog-offer-code",
        ("get-unique-catalog-offer-codes",),
    ),
)
LISTS = tuple(listing for *_, listings in KINDS for listing in listings)


@law(*LISTS)
def every_page_of_codes_is_a_part_of_the_whole(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """In the order in which they were added, with the count of all of them and whether more follow."""
    for place, (create, facts, add, listings) in enumerate(KINDS):
        path = {"external_id": f"paged_{place}"}
        api.call(create, body={**path, "name": {"en": "Paged"}, "redeem_code_limit": 5, **facts})
        for code in CODES:
            assert api.call(add, path=path, body={"coupon_code": f"{code}{place}"}).status == 201
        for listing in listings:
            _pages(api, listing, path, [f"{code}{place}" for code in CODES])


def _pages(api: Api, listing: str, path: dict[str, str], codes: list[str]) -> None:
    whole = api.call(listing, path=path).json()
    name, elements = next((name, part) for name, part in whole.items() if isinstance(part, list))
    assert [element["code"] for element in elements] == codes
    for limit in range(1, len(codes) + 1):
        for offset in range(len(codes) + 1):
            page = api.call(listing, path=path, query={"limit": limit, "offset": offset}).json()
            more = {"has_more": offset + limit < len(codes)} if "has_more" in whole else {}
            counts = dict.fromkeys({"total_count", "total_items_count"} & whole.keys(), len(codes))
            expected = {**whole, name: elements[offset : offset + limit], **more, **counts}
            assert page == expected, f"{listing}: {limit} from {offset} on"
