"""A piece of a game: who logs in gets the present of the day."""

from collections.abc import Sequence
from datetime import datetime

from xsolla_liveops import AuthenticatedClient
from xsolla_liveops import models as m
from xsolla_liveops.api.daily_chains import (
    admin_create_daily_chain,
    claim_user_daily_chain_step_reward,
    get_user_daily_chain_by_id,
)


class LoginCalendar:
    """One present a day, in the order of the list."""

    def __init__(self, project_id: int, chain_id: int) -> None:
        self.project_id = project_id
        self.chain_id = chain_id

    @classmethod
    def publish(
        cls, operator: AuthenticatedClient, project_id: int, presents: Sequence[str], begins: datetime
    ) -> "LoginCalendar":
        """Put up a calendar; a present is an item of the catalog."""
        days = [m.DailyChainStepCreate([m.DailyChainItemInput(1, sku)], day) for day, sku in enumerate(presents, 1)]
        chain = m.DailyChainCreate(begins, True, "Welcome back", days, m.DailyChainType.CALENDAR_HARD)
        made = admin_create_daily_chain.sync(project_id, client=operator, body=chain)
        if not isinstance(made, m.DailyChainCreated):
            raise RuntimeError(f"The calendar was refused: {made}")
        return cls(project_id, made.id)

    def log_in(self, player: AuthenticatedClient) -> str | None:
        """The present that the player gets now; None if there is none today, or the player has it already."""
        chain = get_user_daily_chain_by_id.sync(self.project_id, self.chain_id, client=player)
        if not isinstance(chain, m.UserDailyChain):
            return None
        today = next((step for step in chain.steps if step.status is m.DailyStepStatus.CLAIMABLE), None)
        if today is None:
            return None
        refusal = claim_user_daily_chain_step_reward.sync(self.project_id, self.chain_id, today.step_number, client=player)
        return None if refusal else today.items[0].sku
