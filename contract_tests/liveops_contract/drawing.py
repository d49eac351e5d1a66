"""How a check draws: what it draws follows from the seed alone."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants


def from_the_seed_alone() -> None:
    """Take nothing from sources any more.

    Hypothesis mixes the constants of all local modules that are loaded into what it draws, and has no setting for that. One seed
    would then mean other requests wherever a line of the mock is another one, a package is installed, or a module comes later.
    """
    nothing = Constants()
    providers._get_local_constants = lambda: nothing
    providers.CONSTANTS_CACHE.cache.clear()


def repeatable(**chosen: Any) -> settings:
    """Settings that one seed repeats: nothing is kept, nothing depends on the time; the first failure is enough."""
    return settings(
        **chosen,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )


from_the_seed_alone()
