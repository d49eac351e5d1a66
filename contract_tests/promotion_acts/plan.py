"""What the operator of the season of promotions puts up, and on which day: plain data, of which the ledger is recomputed, too."""

from datetime import datetime, timedelta
from typing import Any

from season_game import START

from promotion_acts.words import Campaign, Item, Promotion, Schedule


def day(number: int, hour: int = 0) -> datetime:
    """An hour of a day of the season, the first of which is day 0."""
    return START + timedelta(days=number, hours=hour)


NIGHTLY, EVENINGS = Schedule("daily", "06:00:00+03:00"), Schedule("daily", "17:00:00-05:00")
SATURDAYS, MONDAYS = Schedule("weekly", "09:00:00+00:00", 6), Schedule("weekly", "00:00:00+00:00", 1)
ULTIMO = Schedule("monthly", "00:00:00+00:00", 31)

CATALOG = {
    "potion": Item("0.45"),
    "scroll": Item("1.05"),
    "shield": Item("4.99"),
    "sword": Item("9.99"),
    "helm": Item("12.345"),
    "crown": Item("49.99"),
    "gem": Item(None),
    "ticket": Item("2.00", 5, NIGHTLY),
    "banner": Item("7.50", 4, MONDAYS),
    "chest": Item("19.99", 3, ULTIMO),
    "medal": Item("3.33", 6),
    "relic": Item("99.00"),
    "cape": Item("24.50", 2, SATURDAYS),
}
WINTER = Promotion("10", items=("sword", "shield"), windows=((day(0), day(30)),))
FLASH = Promotion(
    "33.33",
    items=("potion", "scroll", "helm"),
    windows=((day(8), day(13, 12)), (day(40), day(48))),
    per_user=1,
    schedule=EVENINGS,
)
PROMOTIONS = {
    "winter": WINTER,
    "members": Promotion("20.00", items=("sword", "crown", "helm"), tier="gold"),
    "flash": FLASH,
    "weekend": Promotion("15.5", prices=(("ge", "7.5"), ("lt", "60")), excludes=("winter",), per_user=1, schedule=SATURDAYS),
    "grand": Promotion(
        "50",
        items=("crown", "chest"),
        windows=((day(20), day(80, 15)),),
        excludes=("weekend", "members"),
        per_user=1,
        schedule=ULTIMO,
    ),
    "starter": Promotion(gifts={"gem": 2}, windows=((day(0), day(14)),), per_user=3),
    "pair": Promotion(gifts={"potion": 1, "scroll": 2}, items=("sword", "shield")),
    "rich": Promotion(gifts={"banner": 1}, prices=(("gt", "19"),), windows=((day(30), day(70)),), per_user=2, schedule=MONDAYS),
}
TEN = Campaign("promo_code", percent="10", total=150, per_user=5)
CAMPAIGNS = {
    "welcome": Campaign("coupon", gifts={"potion": 3, "gem": 1}, windows=((day(0), day(45)),), total=40, per_user=1),
    "drops": Campaign(
        "coupon", {"gem": 5}, windows=((day(5), day(20, 22)), (day(30), day(40)), (day(60), day(85))), per_user=3, per_code=1
    ),
    "golden": Campaign("coupon", {"crown": 1, "medal": 2}, tier="gold", per_user=2, per_code=30),
    "ten": TEN,
    "kit": Campaign(
        "promo_code", {"scroll": 1}, percents={"sword": "25", "potion": "50.5"}, cart_prices=(("ge", "15"),), total=55, per_code=2
    ),
    "spring": Campaign(
        "promo_code",
        percent="30",
        item_prices=(("lt", "20"), ("ne", "2")),
        windows=((day(25), day(38)), (day(41, 22), day(62, 12))),
        excludes=("winter", "weekend"),
        per_user=3,
        total=60,
    ),
    "vault": Campaign("offer", items=("relic", "cape"), windows=((day(10), day(50)),), total=45, per_user=2),
}
ELITE = Campaign(
    "promo_code",
    percent="5",
    percents={"crown": "20", "scroll": "99.99"},
    cart_prices=(("ge", "20"), ("le", "150")),
    tier="gold",
)
COMEBACK = Campaign("coupon", {"shield": 1}, per_user=2, total=60, per_code=60)
OPENING: list[tuple[Any, ...]] = [
    *(("define_item", sku, item) for sku, item in CATALOG.items()),
    *(("create_promotion", name, promotion) for name, promotion in PROMOTIONS.items()),
    *(("switch_promotion", name, True) for name in PROMOTIONS),
    *(("create_campaign", name, campaign) for name, campaign in CAMPAIGNS.items()),
    *(("add_code", name, name.upper()) for name in ("welcome", "golden", "ten", "spring", "vault")),
    ("generate_codes", "drops", 40),
    ("generate_codes", "kit", 30),
    *(("switch_campaign", name, True) for name in CAMPAIGNS if name != "golden"),
]
TIMETABLE: dict[int, list[tuple[Any, ...]]] = {  # day → what the operator does in its morning
    0: OPENING,
    3: [("switch_campaign", "golden", True), ("add_code", "spring", "TEN"), ("add_code", "welcome", "GOLDEN")],
    7: [("switch_campaign", "ten", True), ("switch_promotion", "weekend", True), ("create_campaign", "welcome", COMEBACK)],
    12: [("switch_promotion", "pair", False), ("generate_codes", "ten", 5)],
    14: [("switch_campaign", "drops", False)],
    16: [("switch_campaign", "drops", True)],
    18: [("switch_promotion", "pair", True), ("switch_campaign", "ten", False)],
    24: [("switch_campaign", "ten", True), ("replace_promotion", "winter", WINTER._replace(percent="12.75", windows=()))],
    30: [("define_item", "shield", Item("4.99", 12))],
    33: [("define_item", "sword", Item("11.45")), ("define_item", "ticket", Item("2.00", 7, MONDAYS))],
    36: [("switch_promotion", "members", False), ("replace_campaign", "ten", TEN._replace(total=2))],
    43: [("replace_promotion", "flash", FLASH._replace(per_user=2, schedule=MONDAYS)), ("generate_codes", "kit", 15)],
    45: [
        ("define_item", "banner", Item("7.50", 4, NIGHTLY)),
        ("replace_promotion", "rich", PROMOTIONS["rich"]._replace(gifts={"banner": 1, "gem": 3}, per_user=3)),
    ],
    47: [("replace_campaign", "ten", TEN._replace(percent="12.5", total=400, per_user=9)), ("switch_promotion", "members", True)],
    50: [("create_campaign", "elite", ELITE), ("add_code", "elite", "ELITE"), ("switch_campaign", "elite", True)],
    52: [("delete_campaign", "welcome"), ("switch_campaign", "welcome", True), ("delete_promotion", "pair")],
    54: [("create_campaign", "comeback", COMEBACK), ("add_code", "comeback", "WELCOME"), ("switch_campaign", "comeback", True)],
    58: [("delete_campaign", "spring"), ("add_code", "elite", "SPRING"), ("define_item", "medal", Item("3.33", 12))],
    62: [("replace_campaign", "drops", CAMPAIGNS["drops"]._replace(total=3)), ("switch_campaign", "elite", False)],
    64: [("replace_campaign", "golden", CAMPAIGNS["golden"]._replace(per_code=60, tier=None)), ("generate_codes", "drops", 10)],
    66: [("switch_campaign", "elite", True)],
    70: [("replace_promotion", "weekend", PROMOTIONS["weekend"]._replace(schedule=EVENINGS))],
    72: [("create_promotion", "autumn", Promotion("5", items=tuple(CATALOG), excludes=("weekend",), windows=((day(73), None),)))],
    74: [("switch_promotion", "autumn", True), ("create_promotion", "thanks", Promotion(gifts={"potion": 1}))],
    78: [("switch_promotion", "thanks", True), ("switch_campaign", "vault", False)],
    85: [("delete_promotion", "members")],
}
BOOKS = (20, 45, 70)  # the days in whose morning everything is counted, besides the end
