"""What a test of a game gets from the pytest plugin: a fresh project with its clients and its clock."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from xsolla_liveops import AuthenticatedClient, Client

from liveops_contract.control import Control

if TYPE_CHECKING:  # a test that imports from here for its annotations alone has to come as far as its fixtures
    from liveops_contract.api import Api

Opened = TypeVar("Opened", bound=Client)
A_HUNDRED_YEARS = 3_155_760_000  # the longest life of a token: who turns the clock must not lose the players


class LiveOpsClock:
    """The virtual time of one project. It starts at 2025-01-01T00:00:00Z and stands still until it is moved."""

    def __init__(self, control: Control) -> None:
        self._control = control

    @property
    def now(self) -> datetime:
        """The time in the project."""
        return datetime.fromisoformat(self._control.now())

    def set(self, moment: datetime) -> datetime:
        """Move to a moment, later or earlier; answers the time then."""
        if moment.tzinfo is None or moment.microsecond:
            raise ValueError(f"{moment!r} is no moment of the clock: give a time zone, such as tzinfo=UTC, and whole seconds")
        return datetime.fromisoformat(self._control.set_clock(now=moment.isoformat()))

    def advance(self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> datetime:
        """Let time pass; what falls due meanwhile happens in order. Answers the time then."""
        return datetime.fromisoformat(self._control.advance(_seconds(days, hours, minutes, seconds)))

    def rewind(self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> datetime:
        """Turn time back; the project is again what it was then. Answers the time then."""
        return datetime.fromisoformat(self._control.rewind(_seconds(days, hours, minutes, seconds)))

    def run(self) -> None:
        """Let it run with the clock of the machine."""
        self._control.set_clock(mode="running")

    def freeze(self) -> None:
        """Let it stand still."""
        self._control.set_clock(mode="frozen")


class LiveOpsServer:
    """A server with a fresh project: who may call it, and what a test may do to it besides calling its API."""

    def __init__(self, api: "Api", control: Control, reach: Mapping[str, Any]) -> None:
        self.api = api
        self.control = control
        self.reach = dict(reach)
        self.clock = LiveOpsClock(control)
        self._clients: list[Client] = []

    def __repr__(self) -> str:
        return f"LiveOpsServer(base_url={self.base_url!r}, project_id={self.project_id})"

    @property
    def base_url(self) -> str:
        """Where the server is; `reach` holds everything that a client needs to get there."""
        return str(self.reach["base_url"])

    @property
    def project_id(self) -> int:
        """The number of the project."""
        return self.api.account.project_id

    @property
    def api_key(self) -> str:
        """What opens the project to an operator."""
        return self.api.account.api_key

    def admin(self) -> AuthenticatedClient:
        """A client for server-side operations."""
        return self._kept(AuthenticatedClient.admin(project_id=self.project_id, api_key=self.api_key, **self.reach))

    def user(self, user_id: str, *, expires_in: int = A_HUNDRED_YEARS) -> AuthenticatedClient:
        """A client for operations of this user, who need not exist before; the token expires by the virtual clock."""
        return self._kept(AuthenticatedClient.user(token=self.control.token(user_id, expires_in), **self.reach))

    def visitor(self, unauthorized_id: str, email: str = "ann@example.com") -> Client:
        """A client for the cart of a user who is not signed in."""
        return self._kept(Client.without_login(unauthorized_id=unauthorized_id, email=email, **self.reach))

    def _kept(self, client: Opened) -> Opened:
        self._clients.append(client)
        return client

    def close(self) -> None:
        """Close the connections of all clients."""
        for client in self._clients:
            client.get_httpx_client().close()


def _seconds(days: int, hours: int, minutes: int, seconds: int) -> int:
    return int(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds).total_seconds())
