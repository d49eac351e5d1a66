"""A door to a server elsewhere: what goes through it carries the mark of the run, touches nothing else, and is written down."""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any
from urllib.parse import quote, unquote

from liveops_contract.description import Operation, Parameter, operations, resolved
from liveops_contract.doors import Answer, Door
from liveops_contract.ledger import Ledger
from liveops_contract.routes import operation_at

Json = Any
IDENTITIES = ("sku", "external_id", "coupon_code")
# A number that no young project has given to anything: what is sent under it meets nobody's things.
NOBODYS = 2_000_000_011


class MarkedDoor:
    """Marks the names of what is made, and answers as if they had no mark, so that checks need not know of it."""

    def __init__(self, door: Door, ledger: Ledger, tag: str) -> None:
        self.door = door
        self.ledger = ledger
        self.tag = tag
        self.marked: dict[str, str] = {}
        self.known: dict[str, str] = {}
        self.numbers: set[int] = set()

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Ask once, with the mark of the run."""
        found = operation_at(method, target.partition("?")[0])
        if found is None:
            return self.door.send(method, target, headers, body)
        operation, texts = found
        there = self._target(operation, target, texts)
        content = self._body(operation, body)
        answer = self.door.send(method, there, headers, content)
        if method == "DELETE" and answer.status == 204:
            self.ledger.gone(there)
        elif method == "POST" and answer.status == 201:
            self._write_down(operation, there, content, answer)
        return self._plain(answer)

    def _target(self, operation: Operation, target: str, texts: dict[str, str]) -> str:
        path, mark, query = target.partition("?")
        for name, text in texts.items():
            value = unquote(text)
            new = self._value(operation.parameter(name), value, reading=operation.reads_only)
            if name != "project_id" and new != value:
                path = path.replace("/" + text, "/" + quote(new, safe=""), 1)
        return path + mark + query

    def _value(self, parameter: Parameter, text: str, *, reading: bool) -> str:
        if text in self.known or reading or not parameter.allows(text):
            return self.known.get(text, text)
        value = parameter.reads(text)
        if isinstance(value, int):
            return text if value in self.numbers or parameter.name == "step_number" else str(NOBODYS)
        return text if "enum" in resolved(parameter.schema) else self._mark(text, parameter.allows)

    def _body(self, operation: Operation, body: bytes) -> bytes:
        value = _object(body)
        # Bytes that are odd on purpose go as they are: who takes them nevertheless is found in the ledger.
        if operation.reads_only or not value or _encoded(value) != body or not operation.allows_body(value):
            return body
        for name in IDENTITIES:
            if isinstance(value.get(name), str):
                value[name] = self._mark(value[name], partial(_fits, operation, value, name, None))
        for language, text in list(value["name"].items()) if isinstance(value.get("name"), dict) else ():
            if text:
                value["name"] |= {language: self._mark(text, partial(_fits, operation, value, "name", language))}
        return _encoded(value)

    def _mark(self, text: str, fits: Callable[[str], bool]) -> str:
        """The text with the mark before it, or over its beginning where it is as long as may be; as it is where neither fits."""
        if text in self.marked:
            return text
        tried = (self.known.get(text, self.tag + text), self.tag + text, self.tag + text[len(self.tag) :])
        # One mark stands for one text, so that answers can be read back.
        new = next((new for new in tried if self.marked.get(new, text) == text and fits(new)), text)
        if new != text:
            self.marked[new], self.known[text] = text, new
        return new

    def _write_down(self, operation: Operation, target: str, body: bytes, answer: Answer) -> None:
        deleter = deleter_of(operation)
        if deleter is None:
            return
        name = next(iter(deleter.path_examples))
        said = {**_object(body), **_object(answer.body)}
        value = next((said[key] for key in (name, "id", "sku") if key in said), None)
        if value is None:
            return
        if isinstance(value, int):
            self.numbers.add(value)
        number = re.search("/projects?/([^/]+)", target)
        project = number.group(1) if number else ""
        self.ledger.made(deleter.path.replace("{project_id}", project).replace("{" + name + "}", quote(str(value), safe="")))

    def _plain(self, answer: Answer) -> Answer:
        if self.tag.encode() not in answer.body:
            return answer
        try:
            value = self._unmarked(json.loads(answer.body))
        except (ValueError, RecursionError):
            return answer
        return Answer(answer.status, answer.headers, _encoded(value))

    def _unmarked(self, value: Json) -> Json:
        if isinstance(value, dict):
            return {key: self._unmarked(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self._unmarked(part) for part in value]
        return self.marked.get(value, value) if isinstance(value, str) else value


def _fits(operation: Operation, body: Json, name: str, language: str | None, text: str) -> bool:
    """Whether the body is still allowed with this text in it."""
    return operation.allows_body({**body, name: text if language is None else {**body[name], language: text}})


def _encoded(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _object(content: bytes) -> dict[str, Json]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


@cache
def deleter_of(creator: Operation) -> Operation | None:
    """The operation that removes what this one makes: the first of its area that deletes one thing by its name."""
    if creator.path_examples or creator.security != "admin":
        return None
    fits = (
        one
        for one in operations()
        if one.method == "DELETE" and one.area == creator.area and len(one.path_examples) == 1 and one.body is None
    )
    return next(iter(sorted(fits, key=lambda one: one.path)), None)
