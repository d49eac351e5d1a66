"""How to draw daily chains that fit the description."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from liveops_contract.strategies import (
    HIGHEST,
    Drawn,
    future_instants,
    known_items,
    localized_or_null,
    orders,
    quantities,
    starts,
)

Json = Any


@st.composite
def daily_steps(draw: st.DrawFn, max_size: int = 4) -> list[Json]:
    """The steps of a new daily chain, on places in no particular order and with gaps."""
    places = draw(st.lists(st.integers(1, 9) | st.just(HIGHEST), max_size=max_size, unique=True))
    item = st.fixed_dictionaries({"sku": known_items(), "quantity": quantities()})
    items = st.lists(item, min_size=1, max_size=3)
    return [{"step_number": place, "items": draw(items)} for place in places]


@cache
def daily_chain_create() -> Drawn:
    """A new daily chain."""
    required = {
        "name": localized_or_null(),
        "date_start": starts(),
        "is_enabled": st.booleans(),
        "type": st.sampled_from(("calendar_hard", "rolling")),
        "steps": daily_steps(),
    }
    optional = {"description": localized_or_null(), "order": orders(), "date_end": st.none() | future_instants()}
    return st.fixed_dictionaries(required, optional={**optional, "is_recurrent": st.booleans()})
