"""Planted bugs in the windows in which promotions act, and in which ones keep others away."""

from datetime import datetime, timedelta

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.price_rewiring import BUY, OFF, SHOW, basket, under_others
from liveops_contract.defects.promotion_rewiring import promotions
from liveops_contract.defects.rewiring import Json

WINDOWS, EXCLUDED = "a_promotion_acts_in_its_windows", "a_promotion_that_is_excluded_gives_way"
PAST = {"date_from": "2000-01-01T00:00:00Z", "date_until": "2000-01-02T00:00:00Z"}


def later(moment: str | None) -> str | None:
    """A second later; never stays never."""
    return moment and (datetime.fromisoformat(moment) + timedelta(seconds=1)).isoformat()


def ends(one: Json, name: str) -> list[str]:
    """The begins, or the ends, of the windows of a promotion, in order of time."""
    return sorted((period[name] for period in one["promotion_periods"] if period[name]), key=datetime.fromisoformat)


@plant(BUY, caught_by=WINDOWS)
def windows_open_a_second_late(world: World, call: Call) -> Reply:
    """The first second of a window lies before it."""

    def otherwise(one: Json) -> Json:
        return {"promotion_periods": [{**period, "date_from": later(period["date_from"])} for period in one["promotion_periods"]]}

    return under_others(BUY, world, call, otherwise)


@plant(BUY, caught_by=WINDOWS)
def windows_close_a_second_late(world: World, call: Call) -> Reply:
    """The end of a window lies within it."""

    def otherwise(one: Json) -> Json:
        return {
            "promotion_periods": [{**period, "date_until": later(period["date_until"])} for period in one["promotion_periods"]]
        }

    return under_others(BUY, world, call, otherwise)


@plant(SHOW, caught_by=WINDOWS)
def only_the_first_window_counts(world: World, call: Call) -> Reply:
    """The others are not looked at."""
    return under_others(SHOW, world, call, lambda one: {"promotion_periods": one["promotion_periods"][:1]})


@plant(SHOW, caught_by=WINDOWS)
def gaps_between_windows_are_open(world: World, call: Call) -> Reply:
    """From the first begin to the last end it is one window."""

    def otherwise(one: Json) -> Json:
        begins, closes = ends(one, "date_from"), ends(one, "date_until")
        return {"promotion_periods": [{"date_from": begins[0], "date_until": closes[-1]}]} if closes else {}

    return under_others(SHOW, world, call, otherwise)


@plant(BUY, caught_by=WINDOWS)
def windows_are_read_without_their_offset(world: World, call: Call) -> Reply:
    """Everywhere it is as late as in Greenwich."""

    def otherwise(one: Json) -> Json:
        names = ("date_from", "date_until")
        periods = [{name: period[name] and f"{period[name][:19]}Z" for name in names} for period in one["promotion_periods"]]
        return {"promotion_periods": periods}

    return under_others(BUY, world, call, otherwise)


@plant(BUY, caught_by=WINDOWS)
def a_window_without_an_end_is_empty(world: World, call: Call) -> Reply:
    """It ends where it begins."""

    def otherwise(one: Json) -> Json:
        periods = [{**period, "date_until": period["date_until"] or period["date_from"]} for period in one["promotion_periods"]]
        return {"promotion_periods": periods}

    return under_others(BUY, world, call, otherwise)


@plant(BUY, caught_by=WINDOWS)
def without_windows_nothing_acts(world: World, call: Call) -> Reply:
    """No window is open, so the promotion is not."""
    return under_others(BUY, world, call, lambda one: {"promotion_periods": one["promotion_periods"] or [PAST]})


def naming(world: World, number: int) -> list[Json]:
    """The other promotions that exclude one."""
    return [one for one in promotions(world) if number in one["excluded_promotions"] and one["id"] != number]


@plant(BUY, caught_by=EXCLUDED)
def exclusions_are_not_looked_at(world: World, call: Call) -> Reply:
    """All promotions act together."""
    return under_others(BUY, world, call, lambda _: {"excluded_promotions": []})


@plant(BUY, caught_by=EXCLUDED)
def who_excludes_gives_way(world: World, call: Call) -> Reply:
    """The exclusion is read the other way round."""
    turned = {one["id"]: [other["id"] for other in naming(world, one["id"])] for one in promotions(world)}
    return under_others(BUY, world, call, lambda one: {"excluded_promotions": turned[one["id"]]})


@plant(BUY, caught_by=EXCLUDED)
def of_two_the_higher_number_stays(world: World, call: Call) -> Reply:
    """Where two exclude each other, the exclusion of the lower one is forgotten."""
    mutual = {one["id"]: [other["id"] for other in naming(world, one["id"])] for one in promotions(world)}
    kept = {
        one["id"]: [number for number in one["excluded_promotions"] if number < one["id"] or number not in mutual[one["id"]]]
        for one in promotions(world)
    }
    return under_others(BUY, world, call, lambda one: {"excluded_promotions": kept[one["id"]]})


@plant(SHOW, caught_by=EXCLUDED)
def what_is_excluded_excludes_still(world: World, call: Call) -> Reply:
    """A promotion that gives way itself keeps another one away."""
    gone = [
        one["id"]
        for one in promotions(world)
        if any(other["is_enabled"] and naming(world, other["id"]) for other in naming(world, one["id"]))
    ]
    return under_others(SHOW, world, call, lambda one: OFF if one["id"] in gone else {})


@plant(BUY, caught_by=EXCLUDED)
def promotions_that_are_off_exclude(world: World, call: Call) -> Reply:
    """What does not act keeps others away."""
    gone = [one["id"] for one in promotions(world) if any(not other["is_enabled"] for other in naming(world, one["id"]))]
    return under_others(BUY, world, call, lambda one: OFF if one["id"] in gone else {})


@plant(BUY, caught_by=EXCLUDED)
def promotions_for_other_items_exclude(world: World, call: Call) -> Reply:
    """What has nothing to do with the purchase keeps others away."""
    gone = [
        one["id"]
        for one in promotions(world)
        if any(other["is_enabled"] and not set(other["skus"]) & set(basket(call)) for other in naming(world, one["id"]))
    ]
    return under_others(BUY, world, call, lambda one: OFF if one["id"] in gone else {})


@plant(SHOW, caught_by=EXCLUDED)
def who_names_itself_is_gone(world: World, call: Call) -> Reply:
    """A promotion keeps itself away."""
    return under_others(SHOW, world, call, lambda one: OFF if one["id"] in one["excluded_promotions"] else {})
