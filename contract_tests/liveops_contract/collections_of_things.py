"""Which operations make, list, read, replace and remove the same kind of thing: told by their paths alone."""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from liveops_contract.api import Api
from liveops_contract.description import Operation, operations
from liveops_contract.samples import another

Json = Any
GIVEN = "step_id"  # by which a body that replaces a thing names a part that stays
NAMES = ("/id", "/sku", "/external_id")  # words of a path that say which value follows


@dataclass(frozen=True)
class Collection:
    """The operations about one kind of thing, and the parameter of the path that names one of them."""

    create: Operation
    listing: Operation
    read: Operation
    replace: Operation
    remove: Operation
    key: str
    views: tuple[Operation, ...] = ()  # how users see what is switched on: all of them, and maybe one

    @property
    def overviews(self) -> list[Operation]:
        """The lists in which the things stand: their own, those that hold other things too, and the one that a user sees."""
        own, others = _subject(self.listing.path), [one for one in operations() if one.reads_only and not one.path_examples]
        near = [(one, _subject(one.path)) for one in others]
        return [one for one, subject in near if f"{own}/".startswith(f"{subject}/") or f"{subject}/".startswith(f"{own}/")]

    @property
    def readings(self) -> list[Operation]:
        """How one of the things is read: by its operator, and by a user."""
        return [self.read, *(view for view in self.views if view.path_examples)]

    @property
    def coded(self) -> Operation | None:
        """The operation that gives a thing a code of its own, where things have codes."""
        path = f"{_subject(self.read.path)}/code"
        return next((one for one in operations() if one.method == "POST" and _subject(one.path) == path), None)

    def body(self, example: int, number: int) -> Json:
        """A body to create the thing of this number with: a published example under a name, and maybe a key, of its own."""
        body = _example(self.create, example)
        return self.named(body, number) | _shown(body, number)

    def named(self, body: Json, number: int) -> Json:
        """The body under a key of its own, where it has one."""
        return body | {word: another(body[word], number) for word in self._words if word in body}

    def examples(self) -> range:
        """Numbers of all published examples: each to create with and each to replace with is among them."""
        return range(max(len(self.create.examples), len(self.replace.examples)))

    def other_body(self, example: int, number: int, key: Json) -> Json:
        """A body to replace the thing of this key with, which shows the number in its name."""
        body = self.keyed(_example(self.replace, example), key)
        return body | _shown(body, number)

    def keyed(self, body: Json, key: Json) -> Json:
        """The body as one that replaces the thing of this key, with parts that are new."""
        return _fresh(body) | {word: key for word in self._words if word in body}

    def is_key(self, pointer: str) -> bool:
        """Whether the value there, in a body, is by what the thing is called."""
        return pointer.removeprefix("/") in self._words

    @property
    def _words(self) -> tuple[str, ...]:
        return self.key, "sku", "external_id"

    def key_in(self, body: Json) -> Json:
        """By which value the thing of a body will be called; None where the server gives it a number."""
        return next((body[name] for name in (self.key, "sku") if name in body), None)

    def key_of(self, created: Json, body: Json) -> Json:
        """By which value the thing just made is called: the server's, else the one that was sent."""
        return next(source[name] for source in (created, body) for name in (self.key, "id", "sku") if name in (source or {}))


def collections() -> Iterator[Collection]:
    """Every kind of thing that operators make, list, read, replace and remove."""
    for create in operations():
        if create.method == "POST" and create.security == "admin" and 201 in create.responses and not create.path_examples:
            listing = _one(lambda one, path=create.path: one.method == "GET" and one.path == path)
            inner = [_inner(method, create.path) for method in ("GET", "PUT", "DELETE")]
            if listing and all(inner):
                read, replace, remove = inner
                key = next(iter(read.path_examples))
                yield Collection(create, listing, read, replace, remove, key, _views(create, key))


def make_published(api: Api, besides: Collection | None = None) -> None:
    """Make the published examples of all kinds, maybe of one not: they tell one story, in which one names another."""
    for kind in reversed(list(collections())):
        for body in kind.create.examples.values() if kind != besides else ():
            api.call(kind.create.id, body=body)


def _views(create: Operation, key: str) -> tuple[Operation, ...]:
    word = f"/user/{create.path.rpartition('/')[2]}"
    ends = (word, f"{word}/{{{key}}}")
    return tuple(one for one in operations() if one.reads_only and one.security == "user" and one.path.endswith(ends))


def _inner(method: str, path: str) -> Any:
    return _one(lambda one: one.method == method and _above(one) == path)


def _one(fits: Callable[..., bool]) -> Any:
    return next((operation for operation in operations() if fits(operation)), None)


def _above(operation: Operation) -> str:
    """The path without the value that names one thing; nothing where it names more or none."""
    if len(operation.path_examples) != 1:
        return ""
    name = next(iter(operation.path_examples))
    words = "|".join(NAMES)
    return re.sub(rf"(?:{words})?/{{{name}}}", "", operation.path)


def _subject(path: str) -> str:
    """What a list is about, whoever reads it: the path behind the word that says for whom."""
    return path.partition("/admin/")[2] or path.partition("/user/")[2] or path


def _example(operation: Operation, number: int) -> Json:
    examples = list(operation.examples.values())
    return copy.deepcopy(examples[number % len(examples)])


def _fresh(body: Json) -> Json:
    """The body without the numbers that a server gave to parts, which are thereby new."""
    if isinstance(body, dict):
        return {name: None if name == GIVEN else _fresh(value) for name, value in body.items()}
    return [_fresh(value) for value in body] if isinstance(body, list) else body


def _shown(body: Json, number: int) -> Json:
    """The name, and where there is a switch, that it is off: what is on may not be replaced everywhere."""
    name = f"Thing {number}"
    switch = {"is_enabled": False} if "is_enabled" in body else {}
    return {"name": name if isinstance(body["name"], str) else {"en": name}, **switch}
