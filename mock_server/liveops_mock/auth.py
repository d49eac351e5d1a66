"""Who is calling: an operator with an API key, or a user with a token."""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import jwt

from .contract import Operation
from .problems import BadKey, BadToken
from .world import Projects, World, project_number

VISITOR = "x-unauthorized-id:"  # how the id of a user without login begins; no token stands for such a user
LONGEST_VISITOR = 200
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Caller(NamedTuple):
    """The project that the credentials open, and the user where they are a user's."""

    world: World
    user_id: str = ""


def authenticate(operation: Operation, project_id: str | None, headers: Mapping[str, str], projects: Projects) -> Caller:
    """Find out who calls. A malformed project id is left to the validation, if the credentials open any project."""
    if operation.security is None:
        return Caller(projects.home)
    if operation.security == "XsollaLoginUserJWT":
        return any_user_caller(operation, headers, asked_world(project_id, projects, BadToken))
    header = headers.get("authorization", "")
    if operation.opens_project:
        return opener(header, projects)
    asked = projects.named(project_id)
    if asked is not None and same(header, asked.project_basic):
        return Caller(asked)
    user, password = read_basic(header)
    world = world_of(user, projects) if project_number(project_id) is None else asked_world(project_id, projects, BadKey)
    if world is None or not opens(world, user, password, projects):
        raise BadKey(f"The API key does not open project {shown(project_id)}; send project_id:api_key of this project")
    return Caller(world)


def opener(header: str, projects: Projects) -> Caller:
    """The merchant, who alone makes and removes projects."""
    user, password = read_basic(header)
    if not (same(user, str(projects.merchant_id)) and same(password, projects.home.api_key)):
        raise BadKey("Projects are made and removed with merchant_id:api_key of the home project")
    return Caller(projects.home)


def shown(project_id: str | None) -> str:
    """The project as a message shows it."""
    return repr((project_id or "")[:40])


def asked_world(project_id: str | None, projects: Projects, refusal: type[BadKey] | type[BadToken]) -> World:
    """The world that the path names; the home world where the path names none."""
    if project_number(project_id) is None:
        return projects.home
    world = projects.named(project_id)
    if world is None:
        raise refusal(f"The credentials do not open project {shown(project_id)}")
    return world


def world_of(user: str, projects: Projects) -> World | None:
    """The world that a user name of HTTP Basic stands for."""
    if same(user, str(projects.merchant_id)):
        return projects.home
    return projects.named(user)


def opens(world: World, user: str, password: str, projects: Projects) -> bool:
    """Whether this pair opens the project: project_id:api_key or merchant_id:api_key."""
    named = same(user, str(world.project_id)) or same(user, str(projects.merchant_id))
    return same(password, world.api_key) and named


def same(given: str, expected: str) -> bool:
    """Compare without telling by the time taken how much was right."""
    return hmac.compare_digest(given.encode(), expected.encode())


@lru_cache(maxsize=256)
def read_basic(header: str) -> tuple[str, str]:
    """User name and password of an Authorization header."""
    scheme, _, token = header.partition(" ")
    if not header:
        raise BadKey("The Authorization header is missing; send HTTP Basic with project_id:api_key")
    if scheme.lower() != "basic":
        raise BadKey("The Authorization header is not HTTP Basic; send project_id:api_key")
    try:
        user, colon, password = base64.b64decode(token.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise BadKey("The Authorization header is not base64 of project_id:api_key") from None
    if not colon:
        raise BadKey("The Authorization header holds no colon between project_id and api_key")
    return user, password


def any_user_caller(operation: Operation, headers: Mapping[str, str], world: World) -> Caller:
    """The user of a call: signed in, or without login where the operation allows that and no Authorization header is sent."""
    if operation.without_login and "authorization" not in headers:
        return Caller(world, visitor(headers))
    return user_caller(headers.get("authorization", ""), world)


def user_caller(header: str, world: World) -> Caller:
    """The user whom a bearer token names."""
    scheme, _, token = header.partition(" ")
    if not header:
        raise BadToken("Provide authorization")
    if scheme.lower() != "bearer":
        raise BadToken("The Authorization header is not a bearer token; send the user's JWT")
    try:
        options = {"require": ["exp", "sub"], "verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False}
        claims = jwt.decode(token.strip(), world.user_secret, algorithms=["HS256"], options=options)  # type: ignore[arg-type]
        expires, user_id = int(claims["exp"]), claims["sub"]
    except (jwt.InvalidTokenError, TypeError, ValueError, OverflowError):
        raise BadToken("The token is not an HS256 JWT of this project with sub and exp; fetch a new one") from None
    if expires <= world.now:
        raise BadToken(f"The token expired at {expires}, it is {world.now} now; fetch a new one")
    if not isinstance(user_id, str) or not 0 < len(user_id) <= 255:
        raise BadToken("The token's sub is not the id of a user (1 to 255 characters)")
    if user_id.startswith(VISITOR):
        raise BadToken(f"The token's sub begins with {VISITOR!r}, which only users without login do; use another id")
    if user_id not in world.callers:
        world.callers.put(user_id, world.now)
    return Caller(world, user_id)


def visitor(headers: Mapping[str, str]) -> str:
    """The user without login whom the headers of a cart stand for; the same id is the same user."""
    unauthorized_id, user = headers.get("x-unauthorized-id", ""), headers.get("x-user", "")
    if not (unauthorized_id or user):
        raise BadToken("Provide authorization")
    if not 0 < len(unauthorized_id) <= LONGEST_VISITOR:
        raise BadToken(
            f"x-unauthorized-id has {len(unauthorized_id)} characters; send an id of your own of 1 to {LONGEST_VISITOR}"
        )
    try:
        email = base64.b64decode(user, validate=True).decode()
    except (binascii.Error, ValueError):
        raise BadToken("x-user is not base64 of the user's e-mail address") from None
    if not EMAIL.fullmatch(email):
        raise BadToken("x-user is base64 of something that is no e-mail address")
    return VISITOR + unauthorized_id
