"""How LiveOps and AsyncLiveOps are made: constructors, the environment, what shows, what is closed and loaded."""

import asyncio
import subprocess
import sys
from typing import Any

import httpx
import pytest
from canned_answers import SECRET, answering, awaiting
from xsolla_liveops import AsyncLiveOps, LiveOps

Json = Any


class TestWaysIn:
    """Constructors, the environment, what shows."""

    @pytest.fixture(autouse=True)
    def empty_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """None of the variables is set."""
        for name in ("PROJECT_ID", "API_KEY", "USER_TOKEN", "BASE_URL"):
            monkeypatch.delenv(f"LIVEOPS_{name}", raising=False)

    def test_credentials_are_those_of_the_client(self) -> None:
        """An operator by project or merchant, a user, and a cart without login."""
        ways = [
            LiveOps.admin(project_id=1, api_key=SECRET),
            LiveOps.admin(project_id=1, merchant_id=2, api_key=SECRET),
            LiveOps.user(project_id=1, token=SECRET),
        ]
        sent = [way.client.get_httpx_client().headers["authorization"] for way in ways]
        visitor = LiveOps.without_login(project_id=1, unauthorized_id="me", email="a@b.c").client.get_httpx_client()

        assert sent == [httpx.BasicAuth(name, SECRET)._auth_header for name in ("1", "2")] + [f"Bearer {SECRET}"]
        assert visitor.headers["x-unauthorized-id"] == "me"

    @pytest.mark.parametrize("facade", [LiveOps, AsyncLiveOps])
    @pytest.mark.parametrize(("name", "scheme"), [("API_KEY", "Basic"), ("USER_TOKEN", "Bearer")])
    def test_the_environment_says_it_all(
        self, facade: type[LiveOps | AsyncLiveOps], name: str, scheme: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Project, one credential, and where; arguments go on to the client."""
        for key, value in (("PROJECT_ID", "44056"), (name, SECRET), ("BASE_URL", "http://test/api")):
            monkeypatch.setenv(f"LIVEOPS_{key}", value)
        found = facade.from_env(timeout=3)
        client = found.client.get_httpx_client()

        assert (found.project_id, str(client.base_url), client.timeout) == (44056, "http://test/api/", httpx.Timeout(3))
        assert client.headers["authorization"].startswith(scheme)

    @pytest.mark.parametrize(
        ("values", "told"),
        [
            ({}, "LIVEOPS_PROJECT_ID is not set"),
            ({"PROJECT_ID": "mine", "API_KEY": SECRET}, "LIVEOPS_PROJECT_ID is 'mine'"),
            ({"PROJECT_ID": "1"}, "LIVEOPS_API_KEY is not set, and neither is LIVEOPS_USER_TOKEN"),
            ({"PROJECT_ID": "1", "API_KEY": SECRET, "USER_TOKEN": SECRET}, "LIVEOPS_API_KEY and LIVEOPS_USER_TOKEN are both set"),
        ],
    )
    def test_the_environment_lacks_something(self, values: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """The message names the variable, and no secret."""
        for key, value in values.items():
            monkeypatch.setenv(f"LIVEOPS_{key}", value)
        with pytest.raises(ValueError, match=told) as caught:
            LiveOps.from_env()

        assert SECRET not in str(caught.value)

    def test_no_secret_shows(self) -> None:
        """In logs and tracebacks."""
        assert repr(LiveOps.admin(project_id=7, api_key=SECRET)) == "LiveOps(project_id=7)"
        assert repr(AsyncLiveOps.user(project_id=7, token=SECRET)) == "AsyncLiveOps(project_id=7)"

    def test_connections_are_closed(self) -> None:
        """At the end of a block, or by hand."""
        with answering(httpx.Response(204)) as first:
            pass
        second = answering(httpx.Response(204))
        second.close()

        async def third() -> AsyncLiveOps:
            async with awaiting(httpx.Response(204)) as found:
                return found

        assert first.client.get_httpx_client().is_closed
        assert second.client.get_httpx_client().is_closed
        assert asyncio.run(third()).client.get_async_httpx_client().is_closed

    def test_importing_the_package_loads_nothing(self) -> None:
        """Neither httpx nor an area, before they are asked for."""
        script = (
            "import sys, xsolla_liveops as x; print('httpx' in sys.modules); x.LiveOps.admin(project_id=1, api_key='k').clans; "
            "print(sorted(name for name in sys.modules if name.startswith('xsolla_liveops.areas.')))"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)

        assert done.stdout == "False\n['xsolla_liveops.areas.clans']\n"
