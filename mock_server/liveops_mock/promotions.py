"""Which items are under a promotion. The mock knows no promotions yet."""

from .world import World


def promoted_items(world: World) -> list[str]:
    """The SKUs of the items that are under an active promotion now, in the order in which they are proposed."""
    return []
