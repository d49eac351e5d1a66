"""Forms: a thing in each form that the description allows is made, and read so: alone, in its list, and by a user; or replaced.

A form is a valid near miss that shows a value of an enumeration, a switch, null, a field that may be missing, another branch, or
what is as long, as short, as high or as low as may be, a text of any kind, or another language.
"""

from collections.abc import Iterator
from typing import Any

from liveops_contract.api import Api
from liveops_contract.checks import Check, Outcome, Run, failure_of
from liveops_contract.collections_of_things import GIVEN, Collection, collections, make_published
from liveops_contract.conformance import ContractBroken
from liveops_contract.description import Operation, operations, resolved
from liveops_contract.doors import Answer
from liveops_contract.near_misses import NearMiss, near_misses
from liveops_contract.readings import SPELLINGS, page_of

Json = Any
BOUNDS = frozenset({"maxLength", "minLength", "maximum", "minimum", "maxItems", "minItems"})
FORMS = BOUNDS | {"any text", "propertyNames", "enum", "const", "boolean", "null", "optional", "required", "oneOf"}
PLACE = "/step_number"  # by which the parts of a thing stand in order: with another one they stand elsewhere
MOST_PAGES = 100  # a server that ignores the offset would answer pages for ever
SHOWN_EXCHANGES = 2


def checks() -> Iterator[Check]:
    """One check per kind of thing."""
    for kind in collections():
        names = dict.fromkeys(one.id for one in (kind.create, kind.replace, *kind.readings, *kind.overviews))
        yield Check(f"forms of {kind.create.id}", "forms", kind.create.area, tuple(names), True, True, False, perform, kind)


def perform(check: Check, run: Run) -> Outcome:
    """Make a thing of each form, read it, and read the lists in which all of them stand; then replace others with each form."""
    api, kind = run.stage.fresh(run.seed), check.subject
    outcome = Outcome()
    try:
        make_published(api)
        _enter(api, kind)
        made: dict[Json, Json] = {}
        for number, (_, case) in enumerate(forms(kind.create), 1):
            outcome.cases += 1
            api.transcript.clear()
            made |= _made(api, kind, number, case)
        _judge_lists(api, kind, made)
        for number, (example, case) in enumerate(forms(kind.replace), outcome.cases + 1):
            # Which parts stay is a matter of laws, and the name of the whole does not change.
            if case.pointer.endswith(f"/{GIVEN}") or kind.is_key(case.pointer):
                continue
            outcome.cases += 1
            api.transcript.clear()
            _replace(api, kind, number, example, case)
    except ContractBroken as broken:
        outcome.failures.append(failure_of(check, broken, api.curtain, last=SHOWN_EXCHANGES))
    return outcome


def forms(operation: Operation) -> Iterator[tuple[int, NearMiss]]:
    """Each form of a body once, with the number of its example. Another form of the whole has a published example of its own."""
    seen = set()
    for number, example in enumerate(operation.examples.values()):
        for case in near_misses(operation.body or {}, example):
            mark = (case.place, case.keyword, repr(case.changed))
            is_new = case.keyword in FORMS and mark not in seen and not case.form.startswith("<")
            if is_new and not case.pointer.endswith(PLACE) and operation.allows_body(case.value):
                seen.add(mark)
                yield number, case


def _enter(api: Api, kind: Collection) -> None:
    """Go to the day on which the published examples are open, so that users see what is made."""
    begins = [body["date_start"] for body in kind.create.examples.values() if "date_start" in body]
    if begins and api.control is not None:
        api.control.set_clock(max(begins))


def _made(api: Api, kind: Collection, number: int, case: NearMiss) -> dict[Json, Json]:
    """What was made, under its key, as its operator reads it; nothing where the game refused the form."""
    body = case.value if kind.is_key(case.pointer) else kind.named(case.value, number)
    answer = api.call(kind.create.id, body=body)
    if answer.status != 201:
        return {}
    key = kind.key_of(answer.json(), body)
    read, *_ = [api.call(view.id, path={kind.key: key}) for view in kind.readings]
    if kind.coded is not None:
        _by_code(api, kind.coded, {kind.key: key}, f"FORM{number}")
    _judge(api, kind.create, kind.read, read, case)
    return {key: read.json()}


def _replace(api: Api, kind: Collection, number: int, example: int, case: NearMiss) -> None:
    """Make a thing and replace it with the form; unless the game refuses either, it is read so."""
    body = kind.body(example, number)
    made = api.call(kind.create.id, body=body)
    if made.status != 201:
        return
    path = {kind.key: kind.key_of(made.json(), body)}
    if api.call(kind.replace.id, path=path, body=kind.keyed(case.value, path[kind.key])).status == 204:
        _judge(api, kind.replace, kind.read, api.call(kind.read.id, path=path), case)


def _judge(api: Api, wrote: Operation, reading: Operation, read: Answer, case: NearMiss) -> None:
    """What is read has the form, where it is a plain value that was sent, or as many elements; else what wrote it is broken."""
    told = _at(read.json(), case.pointer.split("/")[1:]) if read.status == 200 else None
    if read.status != 200 or not _is_told(case, told):
        expected = f"{case.changed!r} at {case.pointer or 'the top'}"
        raise api.broken("a thing is read in the form in which it was made", expected, wrote.id, reading.id)


def _by_code(api: Api, coded: Operation, path: dict[str, Json], code: str) -> None:
    """Read a thing by a code of its own too."""
    api.call(coded.id, path=path, body={"coupon_code": code})
    for operation in operations():
        if operation.reads_only and list(operation.path_examples) == ["code"]:
            api.call(operation.id, path={"code": code})


def _is_told(case: NearMiss, told: Json) -> bool:
    """Whether a plain value is told as it was sent, and of a list as many elements; the rest is for laws to say."""
    sent = case.changed
    if case.keyword == "required":  # a field was left out
        return True
    if sent and isinstance(sent, list) and isinstance(told, list):
        return len(sent) == len(told)
    is_part = isinstance(sent, (dict, list)) or isinstance(told, (dict, list))
    return bool(sent == told) or (is_part and case.keyword != "propertyNames")


def _at(value: Json, way: list[str]) -> Json:
    """What stands there in an answer; an object where nothing does."""
    for name in way:
        if isinstance(value, dict):
            value = value.get(name if name in value else SPELLINGS.get(name, name), {})
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return {}
    return value


def _judge_lists(api: Api, kind: Collection, made: dict[Json, Json]) -> None:
    """Read all lists; the operator's own shows of each thing what the thing shows of itself."""
    for listing in kind.overviews:
        elements = list(_elements(api, listing))
        if listing is not kind.listing:
            continue
        told = {kind.key_of(element, {}): element for element in elements}
        for key, alone in made.items():
            if key not in told or not _agree(told[key], alone):
                expected = f"{kind.key} {key!r} as {alone}"
                raise api.broken("a list shows things as they are", expected, listing.id, kind.read.id)


def _agree(told: Json, alone: Json) -> bool:
    """Whether two readings say the same of what both show; a list may show a text in one language alone."""
    if isinstance(told, str) and isinstance(alone, dict):
        return told in alone.values()
    if isinstance(told, dict) and isinstance(alone, dict):
        return all(_agree(told[name], alone[name]) for name in told.keys() & alone.keys())
    if isinstance(told, list) and isinstance(alone, list):
        return len(told) == len(alone) and all(map(_agree, told, alone))
    return bool(told == alone)


def _elements(api: Api, listing: Operation) -> Iterator[Json]:
    most = next((resolved(one.schema)["maximum"] for one in listing.parameters if one.name == "limit"), None)
    for page in range(MOST_PAGES):
        query = {} if most is None else {"limit": most, "offset": page * most}
        found = page_of(api.call(listing.id, query=query).json())
        yield from found
        if most is None or len(found) < most:
            return
