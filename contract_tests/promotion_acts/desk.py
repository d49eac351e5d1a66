"""The operator's acts as calls of the SDK, answered in plain words. The ledger has the same acts as rules of the game."""

from importlib import import_module
from typing import Any, NamedTuple

from season_game import PROJECT, Game
from xsolla_liveops import models as m

from promotion_acts import forms
from promotion_acts.words import DONE, Campaign, Item, Promotion, Refused

PAGE = 50


class Kind(NamedTuple):
    """Where the SDK has the operations on campaigns of one kind, and how they are called there."""

    area: str
    word: str
    create: str
    changed: str
    codes: str
    new: Any
    newer: Any


KINDS = {
    "coupon": Kind(
        *("coupons", "coupon", "admin_create_coupon", "coupon_promotion", "get_coupon_codes"),
        *(m.CouponCreate, m.CouponUpdate),
    ),
    "promo_code": Kind(
        *("promo_codes", "promo_code", "create_promo_code", "promo_code", "get_promocode_codes"),
        *(m.PromoCodeCreate, m.PromoCodeUpdate),
    ),
    "offer": Kind(
        *("unique_catalog_offers", "unique_catalog_offer", "admin_create_unique_catalog_offer"),
        *("unique_catalog_offer_promotion", "get_unique_catalog_offer_codes"),
        *(m.UniqueCatalogOfferCreate, m.UniqueCatalogOfferUpdate),
    ),
}


def ask(area: str, operation: str, *given: Any, client: Any, **facts: Any) -> Any:
    """Call an operation of the SDK; the answer, `done` where it has no body, or the refusal."""
    answer = import_module(f"xsolla_liveops.api.{area}.{operation}").sync_detailed(PROJECT, *given, client=client, **facts)
    assert answer.status_code < 500, operation
    if isinstance(answer.parsed, m.Error):
        return Refused(answer.parsed.error_code)
    return DONE if answer.parsed is None else answer.parsed


class Desk:
    """Where the operator sits. Promotions and campaigns go by the names of the plan."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.skus: list[str] = []
        self.numbers: dict[str, int] = {}  # of promotions
        self.shelves: dict[str, str] = {}  # promotion → whether it is one of items or a bonus
        self.kinds: dict[str, str] = {}  # of campaigns

    def ask(self, area: str, operation: str, *given: Any, **facts: Any) -> Any:
        """Call an operation as the operator."""
        return ask(area, operation, *given, client=self.game.operator, **facts)

    def define_item(self, sku: str, item: Item) -> Any:
        """Put an item into the catalog."""
        self.game.control.put_item(sku, **forms.item_facts(item))
        self.skus += [] if sku in self.skus else [sku]
        return DONE

    def set_tier(self, player: str, tier: str) -> Any:
        """Say of which tier a player is."""
        self.game.control.put_user(player, attributes={"tier": tier})
        return DONE

    def create_promotion(self, name: str, promotion: Promotion) -> Any:
        """Put up a discount or a bonus, which is switched off."""
        self.shelves[name] = "bonus" if promotion.percent is None else "item"
        form = forms.promotion_form(name, promotion, self.numbers)
        self.numbers[name] = self.about(name, "create", body=form).promotion_id
        return DONE

    def replace_promotion(self, name: str, promotion: Promotion) -> Any:
        """Replace a discount or a bonus, but for its switch."""
        return self.about(name, "update", self.numbers[name], body=forms.promotion_form(name, promotion, self.numbers))

    def delete_promotion(self, name: str) -> Any:
        """Take a discount or a bonus away."""
        return self.about(name, "delete", self.numbers[name])

    def about(self, name: str, act: str, *given: Any, **facts: Any) -> Any:
        """Call an operation on a discount or a bonus."""
        shelf = self.shelves[name]
        return self.ask("discounts" if shelf == "item" else "bonuses", f"{act}_{shelf}_promotion", *given, **facts)

    def switch_promotion(self, name: str, is_enabled: bool) -> Any:
        """Switch a discount or a bonus."""
        return self.ask("promotions", "activate_promotion" if is_enabled else "deactivate_promotion", self.numbers[name])

    def create_campaign(self, name: str, campaign: Campaign) -> Any:
        """Put up a campaign, which is switched off."""
        self.kinds[name] = campaign.kind
        kind = KINDS[campaign.kind]
        form = kind.new(external_id=name, **forms.campaign_facts(name, campaign, self.numbers))
        answer = self.ask(kind.area, kind.create, body=form)
        return DONE if isinstance(answer, m.CampaignCreated) else answer

    def replace_campaign(self, name: str, campaign: Campaign) -> Any:
        """Replace a campaign, but for its switch and its codes."""
        kind = self.kind(name)
        form = kind.newer(**forms.campaign_facts(name, campaign, self.numbers))
        return self.of_campaign(name, f"update_{kind.changed}", body=form)

    def delete_campaign(self, name: str) -> Any:
        """Take a campaign away with its codes."""
        return self.of_campaign(name, f"delete_{self.kind(name).changed}")

    def switch_campaign(self, name: str, is_enabled: bool) -> Any:
        """Switch a campaign."""
        return self.of_campaign(name, f"{'' if is_enabled else 'de'}activate_{self.kind(name).word}")

    def add_code(self, name: str, code: str) -> Any:
        """Add a code of the operator's choice."""
        answer = self.of_campaign(name, f"create_{self.kind(name).word}_code", body=m.CodeInput(code))
        return answer.code if isinstance(answer, m.CodeEntry) else answer

    def generate_codes(self, name: str, count: int) -> Any:
        """Have codes made up."""
        return self.of_campaign(name, f"generate_{self.kind(name).word}_codes", body=m.CodeGeneration(count)).count

    def codes(self, name: str) -> tuple[str, ...]:
        """All codes of a campaign."""
        found: list[str] = []
        while (page := self.of_campaign(name, self.kind(name).codes, limit=PAGE, offset=len(found))).codes:
            found += [entry.code for entry in page.codes]
        return tuple(found)

    def of_campaign(self, name: str, operation: str, **facts: Any) -> Any:
        """Call an operation on a campaign."""
        return self.ask(self.kind(name).area, operation, name, **facts)

    def kind(self, name: str) -> Kind:
        """The kind of a campaign."""
        return KINDS[self.kinds[name]]

    def limit(self, of: str, name: str, act: str, **facts: Any) -> Any:
        """Call an operation on what is left to a player of an item, a promotion or a campaign: how much that is then."""
        if of == "campaign":
            ending = "user_limit" if act == "get" else "user_promotion_limit"
            answer = self.of_campaign(name, f"{act}_{self.kind(name).word}_{ending}", **facts)
        else:
            answer = self.ask("limits", f"{act}_user_{of}_limit", name if of == "item" else self.numbers[name], **facts)
        return answer.per_user.available if isinstance(answer, m.UserLimit) else answer

    def move_limit(self, of: str, name: str, player: str, act: str, by: int) -> Any:
        """Raise, lower or set what is left to a player."""
        form = m.UserLimitSetting if act == "set" else m.UserLimitStep
        return self.limit(of, name, act, body=form(by, m.UserReference(player)))

    def refresh_limit(self, of: str, name: str, player: str | None) -> Any:
        """Let what is left to a player, or to everybody, be whole again."""
        return self.limit(of, name, "reset", body=m.LimitReset(m.UserReference(player) if player else None))

    def refresh_limits(self, of: str, player: str) -> Any:
        """The same for all items, or for all promotions."""
        return self.ask("limits", f"reset_all_user_{of}s_limit", body=m.LimitsReset(m.UserReference(player)))
