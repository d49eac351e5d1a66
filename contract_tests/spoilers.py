"""What may stand between a caller and a server and spoil things; made anew for each proxy, since some remember."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from liveops_contract.description import validator
from liveops_contract.samples import sample
from spoiling import Ask, Asked, Reply, Spoiler, opened, packed, with_document

Json = Any
JSON_HEADERS = [("content-type", "application/json")]


def swallows_writes() -> Spoiler:
    """What is right and signed is answered with success, and goes nowhere."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        return ask(asked) if asked.method == "GET" or not is_right(asked) else plausible(asked)

    return spoil


def writes_twice() -> Spoiler:
    """Every write is carried out two times; the first answer is told."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        if asked.method != "GET":
            ask(asked)
        return answered

    return spoil


def writes_late() -> Spoiler:
    """A write is carried out when the next one comes."""
    waiting: list[Asked] = []

    def spoil(asked: Asked, ask: Ask) -> Reply:
        if asked.method == "GET" or not is_right(asked):
            return ask(asked)
        while waiting:
            ask(waiting.pop())
        waiting.append(asked)
        return plausible(asked)

    return spoil


def writes_back() -> Spoiler:
    """After a thing was replaced, the body before is sent once more."""
    before: dict[str, Asked] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        if asked.method == "PUT" and answered[0] < 300:
            if asked.path in before:
                ask(before[asked.path])
            before[asked.path] = asked
        return answered

    return spoil


def keeps_reads() -> Spoiler:
    """The first answer to a read is the answer for ever."""
    kept: dict[tuple[str, str], Reply] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        key = asked.target, asked.headers.get("authorization", "")
        if asked.method == "GET" and key in kept:
            return kept[key]
        answered = ask(asked)
        if asked.method == "GET" and answered[0] == 200:
            kept[key] = answered
        return answered

    return spoil


def keeps_a_read_for_the_next() -> Spoiler:
    """Of two equal reads the second gets the answer of the first, whatever was written between."""
    kept: dict[tuple[str, str], Reply] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        key = asked.target, asked.headers.get("authorization", "")
        if key in kept:
            return kept.pop(key)
        answered = ask(asked)
        if asked.method == "GET" and answered[0] == 200:
            kept[key] = answered
        return answered

    return spoil


def mends_bodies() -> Spoiler:
    """A body that the description does not allow gives way to one that it shows."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        body = asked.document()
        mended = asked.operation.body is not None and asked.body and not asked.operation.allows_body(body)
        return ask(asked.with_body(asked.operation.example_body) if mended else asked)

    return spoil


def drops_strange_fields() -> Spoiler:
    """Fields of a body that nobody described are left out on the way."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        body = asked.document()
        return ask(asked.with_body({k: v for k, v in body.items() if k != "surprise"}) if isinstance(body, dict) else asked)

    return spoil


def drops_optional_fields() -> Spoiler:
    """The last field of a body that may be missing is missing on the other side."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        body = asked.document()
        if not isinstance(body, dict) or not asked.operation.allows_body(body):
            return ask(asked)
        fewer = [{k: v for k, v in body.items() if k != name} for name in reversed(body)]
        return ask(asked.with_body(next(filter(asked.operation.allows_body, fewer), body)))

    return spoil


def adds_credentials(whose: str = "") -> Spoiler:
    """Who sends no credentials, or wrong ones, gets those that the project was last opened with, or those that are given."""
    known: dict[tuple[str, str], str] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        key = asked.project, asked.operation.security
        sent, instead = asked.headers.get("authorization", ""), whose or known.get(key)
        answered = ask(asked)
        if answered[0] == 401 and instead:
            return ask(replace(asked, headers={**asked.headers, "authorization": instead}))
        if answered[0] != 401 and sent:
            known[key] = sent
        return answered

    return spoil


def mixes_up_users() -> Spoiler:
    """Every user of a project is taken for the first one."""
    first: dict[str, str] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        sent = asked.headers.get("authorization", "")
        if asked.operation.security != "user" or not sent:
            return ask(asked)
        answered = ask(replace(asked, headers={**asked.headers, "authorization": first.get(asked.project, sent)}))
        if answered[0] == 401:
            return ask(asked)
        first.setdefault(asked.project, sent)
        return answered

    return spoil


def mixes_up_projects() -> Spoiler:
    """A read is answered for the project that was asked the same before."""
    last: dict[str, tuple[str, Reply]] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        if asked.method != "GET" or answered[0] != 200:
            return answered
        project, before = last.get(asked.operation.id, (asked.project, answered))
        last[asked.operation.id] = asked.project, answered
        return answered if project == asked.project else before

    return spoil


def answers(status: int, instead: int) -> Callable[[], Spoiler]:
    """One status is told as another."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered, headers, body = ask(asked)
        return (instead if answered == status else answered), headers, body

    return lambda: spoil


def finds_everything() -> Spoiler:
    """What is not found is answered with success."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        return plausible(asked) if answered[0] == 404 else answered

    return spoil


def alters_codes() -> Spoiler:
    """The code of every refusal is one too high."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        status, headers, body = ask(asked)
        if status < 400:
            return status, headers, body
        document = json.loads(body)
        return status, headers, packed({**document, "errorCode": document["errorCode"] + 1})

    return spoil


def ignores(*names: str) -> Callable[[], Spoiler]:
    """These parameters of the query are dropped where they are right."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        rest = [pair for pair in asked.pairs if pair[0] not in names]
        return ask(asked.with_pairs(rest)) if answered[0] == 200 and rest != asked.pairs else answered

    return lambda: spoil


def changes_answers(change: Callable[[Json], Json]) -> Callable[[], Spoiler]:
    """The document of every good answer is another one."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        document = opened(answered)
        return answered if document is None else with_document(answered, change(document))

    return lambda: spoil


def everywhere(change: Callable[[Json], Json]) -> Callable[[Json], Json]:
    """The change at every place of a document, the innermost first."""

    def walked(value: Json) -> Json:
        if isinstance(value, dict):
            return change({name: walked(member) for name, member in value.items()})
        return change([walked(member) for member in value] if isinstance(value, list) else value)

    return walked


def loses_the_end() -> Spoiler:
    """The last byte of every answer is lost."""
    return lambda asked, ask: (lambda reply: (reply[0], reply[1], reply[2][:-1]))(ask(asked))


def loses_media_types() -> Spoiler:
    """No answer says what it is."""
    return lambda asked, ask: (lambda reply: (reply[0], [], reply[2]))(ask(asked))


def is_right(asked: Asked) -> bool:
    """Whether a request is signed and has the described shape."""
    fits = asked.operation.body is None or asked.operation.allows_body(asked.document())
    return fits and not asked.query and bool(asked.headers.get("authorization"))


def plausible(asked: Asked) -> Reply:
    """A success of the operation that tells nothing of what happened."""
    status = min(asked.operation.responses)
    schema = asked.operation.responses[status].schema
    if schema is None:
        return status, [], b""
    told = sample(schema)
    assert validator(schema).is_valid(told)
    return status, JSON_HEADERS, packed(told)


def _longer(value: Json) -> Json:
    return value + 1 if isinstance(value, int) and not isinstance(value, bool) else value


def _backwards(value: Json) -> Json:
    return value[::-1] if isinstance(value, list) else value


def _cut(value: Json) -> Json:
    return value[:-1] if isinstance(value, list) and len(value) > 1 else value


def _doubled(value: Json) -> Json:
    return value + value[-1:] if isinstance(value, list) else value


def _counted(value: Json) -> Json:
    names = {"total_items_count", "has_more"} & value.keys() if isinstance(value, dict) else set()
    return {**value, **{name: not value[name] if name == "has_more" else value[name] + 1 for name in names}} if names else value


def _rounded(value: Json) -> Json:
    is_price = isinstance(value, str) and value.count(".") == 1 and value.replace(".", "").isdigit()
    return f"{float(value):.0f}.00" if is_price else value


def _later(value: Json) -> Json:
    return value.replace("T00:", "T01:", 1) if isinstance(value, str) and value[:4].isdigit() else value


SPOILERS: dict[str, Callable[[], Spoiler]] = {
    "swallows writes": swallows_writes,
    "writes twice": writes_twice,
    "writes late": writes_late,
    "writes back": writes_back,
    "keeps reads": keeps_reads,
    "keeps a read for the next": keeps_a_read_for_the_next,
    "mends bodies": mends_bodies,
    "drops strange fields": drops_strange_fields,
    "drops optional fields": drops_optional_fields,
    "adds credentials": adds_credentials,
    "mixes up users": mixes_up_users,
    "mixes up projects": mixes_up_projects,
    "answers 200 for 201": answers(201, 200),
    "answers 200 for 404": answers(404, 200),
    "answers 400 for 422": answers(422, 400),
    "finds everything": finds_everything,
    "alters codes": alters_codes,
    "ignores the page": ignores("limit", "offset"),
    "ignores filters": ignores("enabled", "is_enabled", "user_external_id", "codes[]"),
    "turns lists round": changes_answers(everywhere(_backwards)),
    "cuts lists": changes_answers(everywhere(_cut)),
    "repeats elements": changes_answers(everywhere(_doubled)),
    "miscounts": changes_answers(everywhere(_counted)),
    "rounds prices": changes_answers(everywhere(_rounded)),
    "shifts hours": changes_answers(everywhere(_later)),
    "adds one": changes_answers(everywhere(_longer)),
    "adds a field": changes_answers(lambda document: {**document, "debug": True} if isinstance(document, dict) else document),
    "loses the end": loses_the_end,
    "loses media types": loses_media_types,
}
