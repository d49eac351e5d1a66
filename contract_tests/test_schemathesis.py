"""Schemathesis against the mock in this process; over a socket it runs in `liveops-verify` from profile gate on."""

import io
import json
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import requests
import schemathesis
import urllib3
from hypothesis import HealthCheck, Phase, settings
from liveops_contract.fuzz_hooks import shape_is_not_refused
from liveops_mock import MockServer
from requests.adapters import HTTPAdapter
from schemathesis.config import SchemathesisConfig
from xsolla_liveops.bundle import load_bundle

ROOT = Path(__file__).resolve().parent.parent
KEY, SECRET = "in-process-key", "in-process-secret-of-32-characters-or-more"
SERVER = MockServer(44056, KEY, SECRET, merchant_id=12345)


class InProcess(HTTPAdapter):
    """Hands what requests would send to a mock in this process."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """One request, one answer."""
        given: Any = request.body or b""
        body = given.encode() if isinstance(given, str) else given
        headers = {
            name.lower(): value if isinstance(value, str) else value.decode("latin-1") for name, value in request.headers.items()
        }
        status, fields, content = SERVER.handle(request.method or "", request.path_url, headers, body)
        assert status < 500
        raw = urllib3.HTTPResponse(io.BytesIO(content), urllib3.HTTPHeaderDict(fields), status, preload_content=False)
        response: requests.Response = self.build_response(request, raw)
        return response


def described() -> Any:
    """The description with the project's own schemathesis.toml: credentials, determinism, rules of the game."""
    api_key = requests.auth._basic_auth_str("44056", KEY)
    headers = {"authorization": api_key, "content-type": "application/json"}
    asked = b'{"user_id": "user_1", "expires_in": 31536000}'
    _, _, token = SERVER.handle("POST", "/__control__/projects/44056/tokens", headers, asked)
    secrets = {"LIVEOPS_PROJECT_ID": "44056", "LIVEOPS_API_KEY": KEY, "LIVEOPS_USER_TOKEN": json.loads(token)["token"]}
    with mock.patch.dict(os.environ, secrets):
        config = SchemathesisConfig.from_path(ROOT / "schemathesis.toml")
    return schemathesis.openapi.from_dict(load_bundle(), config=config)


schema = described()


@pytest.mark.slow
@schema.parametrize()  # type: ignore[untyped-decorator]  # schemathesis leaves its decorator untyped
@settings(
    max_examples=15,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_check_of_schemathesis_finds_anything(case: schemathesis.Case[Any]) -> None:
    """All of its checks, and ours that tells a wrong shape from a rule of the game."""
    # Some checks send requests of their own, through sessions of their own.
    with mock.patch.object(requests.Session, "get_adapter", return_value=InProcess()):
        case.call_and_validate(base_url="http://mock", additional_checks=[shape_is_not_refused])
