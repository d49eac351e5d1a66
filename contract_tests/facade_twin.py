"""The SDK called twice for everything: the function on one world, the method of the facade on a twin of it."""

import json
import re
from pathlib import Path
from typing import Any

import xsolla_liveops
from liveops_contract.description import operation_table
from liveops_contract.transport import in_process
from liveops_mock import MockServer
from sdk_harness import KEY, PROJECT, SECRET, Json, Sdk, Wire
from xsolla_liveops import AsyncLiveOps, Client, LiveOps, LiveOpsError
from xsolla_liveops import models as m
from xsolla_liveops.errors import ValidationError

CREDENTIALS = ("authorization", "x-unauthorized-id", "x-user")
PAGE = Path(xsolla_liveops.__file__).with_name("OPERATIONS.md")
METHODS = {
    operation: (area, method)
    for area, method, operation in re.findall(r"^\| `(\w+)\.(\w+)` \| `([\w-]+)` \|$", PAGE.read_text(encoding="utf-8"), re.M)
}


class Twin(Wire):
    """A server that keeps every target that it was asked for."""

    def __init__(self) -> None:
        super().__init__(MockServer(PROJECT, KEY, SECRET))
        self.targets: list[str] = []

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Note it and hand it on."""
        self.targets.append(target)
        return super().handle(method, target, headers, body)


class FacadeSdk(Sdk):
    """Whatever a scenario asks is asked of the facade as well, and both have to say the same."""

    def __init__(self, way: str) -> None:
        self.twin = Twin()
        self.facade = way
        super().__init__("sync")

    def control(self, method: str, path: str, body: Json) -> Json:
        """What happens to one world happens to the other."""
        target, content = f"/__control__/projects/{PROJECT}{path}", json.dumps(body).encode()
        headers = {"authorization": f"Basic {self.admin.token}", "content-type": "application/json"}
        self.twin.server.handle(method, target, headers, content)
        return super().control(method, path, body)

    def ask(self, operation_id: str, *, client: Client | None = None, **given: Any) -> Any:
        """Call the function, then the method, and compare what was sent and what came back."""
        answer = super().ask(operation_id, client=client, **given)
        self.twin.targets.clear()
        caller = client or self.client_for(operation_id)
        told = self.asked(operation_id, self.client_like(caller), given)
        if isinstance(told, ValidationError) and told.status is None:
            assert not self.twin.targets, "what is refused before sending is not sent"
            told = self.asked(operation_id, self.client_like(caller), given, validate=False)
            assert isinstance(told, LiveOpsError), f"{operation_id} was refused before sending, and the server takes it"
        assert self.twin.targets[0] == self.wire.target
        if "body" in given:
            assert json.loads(self.twin.body) == json.loads(self.wire.body)
        if isinstance(told, LiveOpsError):
            assert isinstance(answer, m.Error), (operation_id, told)
            assert (told.operation, told.status, told.code, told.message) == (
                operation_id,
                answer.status_code,
                answer.error_code,
                answer.error_message,
            )
        else:
            compare(answer, told, whole="limit" not in given and "offset" not in given)
        return answer

    def client_for(self, operation_id: str) -> Client:
        """The client that the function was called with."""
        return self.admin if operation_table()[operation_id].security == "admin" else self.user

    def client_like(self, client: Client) -> Client:
        """The same credentials on the twin."""
        known = client.get_httpx_client().headers
        return Client(headers={name: known[name] for name in CREDENTIALS if name in known}, **in_process(self.twin))

    def asked(self, operation_id: str, client: Client, given: dict[str, Any], *, validate: bool = True) -> Any:
        """What the facade answers or raises; all elements where it answers page by page."""
        area, method = METHODS[operation_id]
        try:
            if self.facade == "async":
                return self.runner.run(self.awaited(area, method, client, plain(given), validate=validate))
            with LiveOps(client, project_id=PROJECT, validate=validate) as liveops:
                answer = getattr(getattr(liveops, area), method)(**given)
                return list(answer) if hasattr(answer, "__next__") else answer
        except LiveOpsError as error:
            return error

    async def awaited(self, area: str, method: str, client: Client, given: dict[str, Any], *, validate: bool) -> Any:
        """The same, awaited."""
        async with AsyncLiveOps(client, project_id=PROJECT, validate=validate) as liveops:
            answer = getattr(getattr(liveops, area), method)(**given)
            return [one async for one in answer] if hasattr(answer, "__anext__") else await answer


def plain(given: dict[str, Any]) -> dict[str, Any]:
    """The arguments with plain data instead of models."""
    body = given.get("body")
    if body is None:
        return given
    return {**given, "body": [one.to_dict() for one in body] if isinstance(body, list) else body.to_dict()}


def compare(answer: Any, told: Any, *, whole: bool) -> None:
    """The same model; of a list in pages the elements of the page that the function answered come first."""
    if isinstance(told, list) and not isinstance(answer, list):
        page = answer.promotions if hasattr(answer, "promotions") else answer.codes if hasattr(answer, "codes") else answer.items
        assert told[: len(page)] == page if not whole else told == page
    else:
        assert told == answer
