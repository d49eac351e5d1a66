"""The life of a request, top to bottom, and the server that holds the worlds."""

import json
import logging
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import unquote

from xsolla_liveops.bundle import load_bundle

from .auth import authenticate
from .catalog import fill
from .clock import Clock
from .contract import Contract, Operation
from .control import control_rules
from .domain import RULES, Rule
from .journal import Entry
from .messages import Headers, Page, Reply, Request
from .problems import Problem, ServerFault
from .resets import catch_up
from .validation import check_reply, check_request, render
from .world import Projects, World

CONTROL = "__control__"


class MockServer:
    """Answers requests. It knows nothing of sockets: the web server, the SDK in process and the contract suite all call `handle`.

    `rules` may replace rules of the game and, under their `control-` names, those of the control door.
    """

    def __init__(
        self,
        project_id: int,
        api_key: str,
        user_secret: str,
        *,
        merchant_id: int = 1,
        seed: int | None = 1,
        clock: Clock | None = None,
        control: bool = True,
        rules: Mapping[str, Rule] = RULES,
        document: dict[str, Any] | None = None,
    ) -> None:
        self.contract, door_contract = own_contracts() if document is None else contracts(document)
        document = self.contract.document
        require_rules(self.contract, rules)
        spellings = document["components"]["schemas"]["LocalizedText"]["x-two-letter"]
        home = World(project_id, api_key, user_secret, spellings, seed=seed, clock=clock)
        fill(home)
        self.projects = Projects(home, merchant_id)
        self.rules = dict(rules)
        self.control = door_contract if control else None
        door = control_rules(self.projects, len(self.contract.operations), document["info"]["version"])
        self.control_rules = {name: rules.get(name, rule) for name, rule in door.items()}

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> tuple[int, Headers, bytes]:
        """Answer one request: status, headers, body. Header names are in lower case."""
        path, _, query = target.partition("?")
        request = Request(method, split(path), query, headers, body)
        if self.control is not None and request.segments[0] == CONTROL:
            return answer(request, self.projects, self.control, self.control_rules, target)
        return answer(request, self.projects, self.contract, self.rules, target)


def answer(
    request: Request, projects: Projects, contract: Contract, rules: Mapping[str, Rule], target: str
) -> tuple[int, Headers, bytes]:
    """Take one request through the stages; the first refusal ends the journey."""
    operation: Operation | None = None
    world, stage, fault = projects.home, "operation", None
    try:
        operation, path_values = contract.find(request)
        stage = "credentials"
        project_id = path_values[0] if path_values else None
        world = projects.named(project_id) or projects.home
        catch_up(world)
        caller = authenticate(operation, project_id, request.headers, projects)
        world, stage = caller.world, "request"
        call = check_request(request, operation, path_values, caller.user_id, contract)
        stage = "rule"
        reply = rules[operation.id](world, call)
        stage = ""
    except Problem as problem:
        reply = problem.as_reply(world.transaction_id())
    except Exception as error:
        logging.getLogger(__name__).exception("%s %s", request.method, target)
        reply, fault = ServerFault().as_reply(world.transaction_id()), f"the rule failed: {error!r}"
    return finish(request, reply, operation, contract, Ended(world, target, stage, fault))


class Ended(NamedTuple):
    """How the journey of a request ended: in which world, at which stage (empty: at none), with which fault of the mock."""

    world: World
    target: str
    stage: str
    fault: str | None


def finish(
    request: Request, reply: Reply, operation: Operation | None, contract: Contract, ended: Ended
) -> tuple[int, Headers, bytes]:
    """Prove the reply, write the journal, and answer. A reply that breaks the description never leaves."""
    world, fault = ended.world, ended.fault
    if fault is None:
        content, fault = check_reply(reply, operation, contract)
    if fault is not None:
        reply = ServerFault().as_reply(world.transaction_id())
        content = render(reply)
    if request.segments[0] != CONTROL or fault is not None:
        code = None if isinstance(reply.body, Page) or not ended.stage else reply.body["errorCode"]
        name = operation.id if operation else None
        number, target = world.journal.total + 1, ended.target[:500]
        entry = Entry(number, world.now, request.method, target, name, reply.status, code, ended.stage or None, fault)
        world.journal.add(entry)
    headers = [("content-type", "application/json"), *reply.headers] if content else reply.headers
    return reply.status, headers, content


@lru_cache(maxsize=512)
def split(path: str) -> tuple[str, ...]:
    """The segments of a path, decoded; the /api of the documented server may be left out."""
    segments = path.split("/")[1:] or [""]
    if segments[0] == "api" and len(segments) > 1:
        segments = segments[1:]
    return tuple(unquote(segment) if "%" in segment else segment for segment in segments)


def require_rules(contract: Contract, rules: Mapping[str, Rule]) -> None:
    """Refuse to start where description and rules do not name the same operations."""
    named = {name for name in rules if not name.startswith("control-")}
    missing, strange = sorted(contract.operations.keys() - named), sorted(named - contract.operations.keys())
    if missing or strange:
        raise LookupError(f"operations without a rule: {missing or 'none'}; rules without an operation: {strange or 'none'}")


@cache
def own_contracts() -> tuple[Contract, Contract]:
    """Those of the description that we ship: compiled once and shared by all servers of a process; nothing changes them."""
    return contracts(load_bundle())


def contracts(document: dict[str, Any]) -> tuple[Contract, Contract]:
    """The API, and the control door with the schemas of the API for it to use."""
    door = json.loads(files(__package__).joinpath("control.json").read_text(encoding="utf-8"))
    components = document["components"]
    schemas = {**components["schemas"], **door["components"]["schemas"]}
    return Contract(document), Contract({**door, "components": {**components, "schemas": schemas}})
