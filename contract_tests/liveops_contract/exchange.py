"""One request with its answer, and how it is shown to people: ready to paste, without secrets."""

import re
import shlex
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from liveops_contract.doors import Answer

SHOWN_BYTES = 4000
MASK = "********"
SHORTEST_SECRET = 4
TOKEN_PATTERN = re.compile(r"eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]{20,}")


class Curtain:
    """Knows the secrets of a run and takes them out of every text that people get to see."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self.secrets: set[str] = set()
        self.lock = threading.Lock()
        self.hide(*secrets)

    def hide(self, *secrets: str) -> None:
        """Remember secrets. A very short one would blot out ordinary words and numbers, so it is left."""
        with self.lock:
            self.secrets.update(secret for secret in secrets if len(secret) >= SHORTEST_SECRET)

    def mask(self, text: str) -> str:
        """The text without any secret, and without signed tokens of whatever origin."""
        with self.lock:
            longest_first = sorted(self.secrets, key=len, reverse=True)
        for secret in longest_first:
            text = text.replace(secret, MASK)
        return TOKEN_PATTERN.sub(MASK, text)


@dataclass(frozen=True)
class Request:
    """What is sent. `signed_by` says whose credentials the header holds: project, merchant, user, or nobody's."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    signed_by: str = ""


@dataclass(frozen=True)
class Exchange:
    """A request and what came back."""

    request: Request
    answer: Answer
    project_id: int

    def curl(self) -> str:
        """The request as a command; what opens the project is read from the environment."""
        request, number = self.request, str(self.project_id)
        target = re.sub(rf"/(projects?)/{number}(?=[/?]|$)", r"/\1/$PROJECT_ID", request.target)
        parts = [f'curl -X {request.method} "$LIVEOPS_URL{target}"', *self._credentials()]
        parts += [f"-H {shlex.quote(f'{key}: {value}')}" for key, value in request.headers.items() if key != "Authorization"]
        if request.body:
            parts.append(_body_option(request.body))
        return " ".join(parts)

    def _credentials(self) -> list[str]:
        known = {
            "project": '-u "$PROJECT_ID:$LIVEOPS_API_KEY"',
            "merchant": '-u "$MERCHANT_ID:$LIVEOPS_API_KEY"',
            "user": '-H "Authorization: Bearer $LIVEOPS_USER_TOKEN"',
        }
        if self.request.signed_by in known:
            return [known[self.request.signed_by]]
        header = self.request.headers.get("Authorization")
        return [f"-H {shlex.quote(f'Authorization: {header}')}"] if header else []

    def outcome(self) -> str:
        """The answer as text: status and body."""
        return f"{self.answer.status} {self.answer.body.decode('utf-8', 'replace')}".rstrip()


def cut(text: str, length: int = SHOWN_BYTES) -> str:
    """The beginning of a long text. Mask it first: half a secret is not recognised."""
    return text if len(text) <= length else text[:length] + " ..."


def _body_option(body: bytes) -> str:
    if len(body) > SHOWN_BYTES:
        return f"--data-binary @body.json  # {len(body)} bytes, beginning with {body[:60]!r}"
    try:
        return f"--data-binary {shlex.quote(body.decode('utf-8'))}"
    except UnicodeDecodeError:
        return f"--data-binary @body.bin  # {body!r}"
