"""Credentials: whose they are, how a request is signed with them, and tokens that no server may take."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Account:
    """A project and what opens it."""

    project_id: int
    api_key: str = field(repr=False)
    merchant_id: int | None = None
    user_secret: str | None = field(default=None, repr=False)
    user_token: str | None = field(default=None, repr=False)

    @property
    def project_basic(self) -> str:
        """The header of the project's own pair."""
        return basic(self.project_id, self.api_key)

    @property
    def merchant_basic(self) -> str | None:
        """The header of the merchant's pair."""
        return None if self.merchant_id is None else basic(self.merchant_id, self.api_key)

    def secrets(self) -> list[str]:
        """Everything that must not be read by others."""
        pairs = [header.removeprefix("Basic ") for header in (self.project_basic, self.merchant_basic) if header]
        return [secret for secret in (self.api_key, self.user_secret, self.user_token, *pairs) if secret]


def basic(user: object, password: str) -> str:
    """The value of the Authorization header for a pair."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def bearer(token: str) -> str:
    """The value of the Authorization header for a user token."""
    return "Bearer " + token


def visitor(unauthorized_id: str, email: str = "ann@example.com") -> dict[str, str]:
    """The headers that sign calls about the cart of a user without login."""
    return {"x-unauthorized-id": unauthorized_id, "x-user": base64.b64encode(email.encode()).decode("ascii")}


def hand_made_token(claims: dict[str, Any], secret: str, *, algorithm: str = "HS256") -> str:
    """A token made here: signed with the given secret, or unsigned where the algorithm is `none`."""
    head, payload = _segment({"alg": algorithm, "typ": "JWT"}), _segment(claims)
    digest = hmac.new(secret.encode(), f"{head}.{payload}".encode("ascii"), hashlib.sha256).digest()
    return f"{head}.{payload}." + ("" if algorithm == "none" else _plain(digest))


def _segment(value: dict[str, Any]) -> str:
    return _plain(json.dumps(value, separators=(",", ":")).encode())


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
