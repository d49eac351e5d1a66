"""Find out what a server is: whether it answers, whether the credentials open it, and whether it has a control door."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from liveops_contract.api import Api
from liveops_contract.control import ControlRefused
from liveops_contract.description import Operation, operations
from liveops_contract.doors import HttpDoor, NoAnswer, NoTrust
from liveops_contract.exchange import Curtain
from liveops_contract.manners import Manners
from liveops_contract.options import CannotRun
from liveops_contract.signing import Account
from liveops_contract.stage import Stage, health

Say = Callable[[str], None]


@contextmanager
def connected(
    base_url: str, account: Account, curtain: Curtain, *, read_only: bool, say: Say, manners: Manners | None = None
) -> Iterator[Stage]:
    """The stage of a run against a server; CannotRun if it does not answer or does not know the caller."""
    with closing(HttpDoor(base_url, manners)) as door, closing(HttpDoor(door.origin, manners)) as root:
        yield _stage(door, root, account, curtain, read_only, say)


def _stage(door: HttpDoor, root: HttpDoor, account: Account, curtain: Curtain, read_only: bool, say: Say) -> Stage:
    try:
        control_door = None if read_only else control_door_of(door, root, account)
        check_credentials(door, account)
    except NoTrust as error:
        raise CannotRun(str(error)) from error
    except NoAnswer as error:
        raise CannotRun(f"the server at {door.base_url} does not answer ({error}); check --target and that it runs") from error
    if control_door is not None and account.merchant_id is None:
        say("note: the control door makes fresh projects for the merchant alone; give --merchant-id to verify the laws")
        control_door = None
    stage = Stage(door, account, control_door=control_door, curtain=curtain)
    _check_fresh(stage)
    return stage


@contextmanager
def beside(stage: Stage, base_url: str, manners: Manners) -> Iterator[Stage]:
    """Another stage at the same server, over connections of its own; what was made through it stands in the same ledger."""
    with closing(HttpDoor(base_url, manners)) as door, closing(HttpDoor(door.origin, manners)) as root:
        there = door if stage.control_door is stage.door else root
        made = Stage(door, stage.account, control_door=there if stage.has_control else None, curtain=stage.curtain)
        made.ledger = stage.ledger
        yield made


def control_door_of(door: HttpDoor, root: HttpDoor, account: Account) -> HttpDoor | None:
    """Where the control door is: below the base URL or at the root of the server; None where there is none."""
    return next((place for place in (door, root) if health(place, account)), None)


def _check_fresh(stage: Stage) -> None:
    try:
        stage.fresh()
    except ControlRefused as error:
        raise CannotRun(f"the control door makes no fresh project ({error}); check --merchant-id") from error


def check_credentials(door: HttpDoor, account: Account) -> None:
    """Refuse to go on if the caller's credentials open nothing at all."""
    if _refused(door, account, "admin"):
        number = account.project_id
        raise CannotRun(f"the server refuses the API key for project {number} with 401; check --project-id and LIVEOPS_API_KEY")
    if account.user_token and _refused(door, account, "user"):
        raise CannotRun("the server refuses the user token with 401; it may have expired, check LIVEOPS_USER_TOKEN")


def _refused(door: HttpDoor, account: Account, security: str) -> bool:
    """Whether every list of this kind answers 401: one that does so alone is a broken promise, not a wrong key."""
    api = Api(door, account)
    return all(api.send(api.request(reading)).answer.status in (401, 403) for reading in _lists(security))


def _lists(security: str) -> list[Operation]:
    found = [one for one in operations() if one.reads_only and one.security == security and not one.path_examples]
    return found[:4]
