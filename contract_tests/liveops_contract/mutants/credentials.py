"""Mutants of who may call: every requirement of an operation dropped, and satisfied by the wrong principal."""

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from liveops_contract.description import Operation, operations
from liveops_contract.mutants.mutant import Mutant
from liveops_contract.mutants.spoiling import Asked, Secrets, spoiled
from liveops_contract.signing import basic, bearer, hand_made_token

Json = Any
CLAIMS = {"sub": "user_1", "exp": 4102444800, "iat": 0}
Meant = Callable[[str, Secrets, str], bool]


def mutants() -> Iterator[Mutant]:
    """Each operation, once for each way in which its requirement may be too weak."""
    for operation in operations():
        for change, meant in (ADMIN if operation.security == "admin" else USER).items():
            kind = "requirement dropped" if meant is _any else "wrong principal"
            make = partial(spoiled, operation, request=partial(_let_in, operation, meant))
            yield Mutant("credentials", kind, (operation.id,), "security", change, make, ("credentials",))


def _let_in(operation: Operation, meant: Meant, asked: Asked, secrets: Secrets) -> Asked:
    """The same request with the right credentials, if its own are those that are taken wrongly."""
    number = _project(operation, asked.target, secrets)
    header = asked.headers.get("authorization", "")
    if number is None or not meant(header, secrets, number):
        return asked
    if operation.security == "admin":
        right = basic(int(number), secrets[number]["api_key"])
    else:
        right = bearer(hand_made_token({**CLAIMS, **_claims(header), "exp": CLAIMS["exp"]}, secrets[number]["user_secret"]))
    return replace(asked, headers={**asked.headers, "authorization": right})


def _project(operation: Operation, target: str, secrets: Secrets) -> str | None:
    place = operation.path.split("/").index("{project_id}")
    parts = target.partition("?")[0].split("/")
    return parts[place] if len(parts) > place and parts[place] in secrets else None


def _claims(header: str) -> dict[str, Json]:
    """What a token says, whoever signed it."""
    parts = header.partition(" ")[2].split(".")
    if len(parts) != 3:
        return {}
    try:
        found = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _pair(header: str) -> tuple[str, str]:
    try:
        user, _, password = base64.b64decode(header.removeprefix("Basic "), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return user, password


def _any(_: str, __: Secrets, ___: str) -> bool:
    return True


def _no_header(header: str, _: Secrets, __: str) -> bool:
    return not header


def _other_key(header: str, secrets: Secrets, number: str) -> bool:
    user, password = _pair(header)
    return user != number and user in secrets and secrets[user]["api_key"] == password


def _any_key(header: str, _: Secrets, number: str) -> bool:
    return _pair(header)[0] == number


def _token(header: str, _: Secrets, __: str) -> bool:
    return header.startswith("Bearer ") and bool(_claims(header))


def _key(header: str, secrets: Secrets, number: str) -> bool:
    return _pair(header) == (number, secrets[number]["api_key"])


def _expired(header: str, _: Secrets, __: str) -> bool:
    return bool(_claims(header).get("exp", CLAIMS["exp"]) < 1000)


ADMIN: dict[str, Meant] = {
    "anybody is let in": _any,
    "a call without credentials is let in": _no_header,
    "the key of another project is taken": _other_key,
    "any key under the right number is taken": _any_key,
    "a user's token is taken": _token,
}
USER: dict[str, Meant] = {
    "anybody is let in": _any,
    "a call without credentials is let in": _no_header,
    "the operator's key is taken": _key,
    "any token is taken, whoever signed it": _token,
    "an expired token is taken": _expired,
}
