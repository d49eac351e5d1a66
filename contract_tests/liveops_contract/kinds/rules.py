"""Rules: description, server and a judge written by hand agree on every SKU, day, time and offer schedule, drawn ones too."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from hypothesis import strategies as st

from liveops_contract.api import NOTHING, Api, Json
from liveops_contract.checks import Check, Outcome, Run, failure_of, operation_check
from liveops_contract.conformance import SHAPE_REFUSED, ContractBroken
from liveops_contract.description import Operation, Schema, operations, resolved, validator
from liveops_contract.doors import Answer
from liveops_contract.exchange import Exchange, Request
from liveops_contract.kinds.law_runs import as_failure, tried
from liveops_contract.near_misses import Place
from liveops_contract.oracle import RULES, SKU_LETTERS, Rule, Verdict
from liveops_contract.samples import sample
from liveops_contract.scenery import furnished

HOLE = "the value goes here"
DEEPEST = 12
STRANGE = (*"-–—−‐_. \n\t\x00/\\:+Zz0379aA٣३３é😀\u0301\u200b\u2028", "\ud800", "\udfff", "00", "\r\n")
Drawn = st.SearchStrategy[str]


@dataclass(frozen=True)
class Spot:
    """A place of a request where a rule holds."""

    rule: Rule = field(repr=False)
    operation: Operation = field(repr=False)
    pointer: str
    in_path: bool
    # Makes the whole request with a raw JSON value in the place and these values in the path.
    request: Callable[[Api, str, dict[str, Json]], Request] = field(repr=False)

    def takes(self, raw: str) -> bool:
        """Whether the value can be sent there: a path holds texts, and clients tidy dots and slashes away."""
        if not self.in_path:
            return True
        value = json.loads(raw)
        if not isinstance(value, str) or "/" in value or not value.strip("."):
            return False
        return self.rule.verdict(raw) is not Verdict.NOT_JSON


def checks() -> Iterator[Check]:
    """One check per operation where one of the rules holds."""
    for operation in operations():
        if next(spots(operation), None):
            yield operation_check(operation, "rules", perform, writes=not operation.reads_only)


def perform(check: Check, run: Run) -> Outcome:
    """Judge the examples of each rule at each of its places, then drawn values."""
    outcome = Outcome()
    for rule in RULES:
        here = [spot for spot in spots(check.operation) if spot.rule is rule]
        if here:
            _try_rule(check, run, here, outcome)
    return outcome


def _try_rule(check: Check, run: Run, here: list[Spot], outcome: Outcome) -> None:
    api, rule = run.stage.fresh(run.seed), here[0].rule
    path = furnished(api, check.operation)
    for spot in here:
        for raw in (*rule.fitting, *rule.unfitting):
            try:
                outcome.cases += judged(api, spot, raw, path) is not None
            except ContractBroken as broken:
                outcome.failures.append(failure_of(check, broken, api.curtain))

    def example(data: st.DataObject) -> None:
        spot, raw = data.draw(st.sampled_from(here), "place"), data.draw(raw_values(rule), "value")
        outcome.cases += judged(api, spot, raw, path) is not None

    error = tried(example, run)
    if error is not None:
        outcome.failures.append(as_failure(check, f"the rule of {rule.name}", error, api, run))


def judged(api: Api, spot: Spot, raw: str, path: dict[str, Json]) -> Exchange | None:
    """Send the value and hear all three judges; ContractBroken where they disagree. None if it can't be sent there."""
    if not spot.takes(raw):
        return None
    api.transcript.clear()  # A run of thousands would keep them all.
    exchange = api.send(spot.request(api, raw, path))
    answer, verdict = exchange.answer, spot.rule.verdict(raw)
    if described(spot.rule, raw) != (verdict is Verdict.FITS):
        raise api.broken(f"the description has the rule of {spot.rule.name}", f"{raw}: {verdict.value}", spot.operation.id)
    api.check(spot.operation, exchange)
    if _shown(answer) is not verdict:
        raise api.broken(f"{spot.rule.name} at {spot.pointer}", f"{raw}: {verdict.value}", spot.operation.id)
    return exchange


def _shown(answer: Answer) -> Verdict | None:
    """The verdict that an answer shows; None for one that says nothing about the value."""
    if answer.status == 422:
        return Verdict.WRONG_SHAPE if answer.error_code == SHAPE_REFUSED else Verdict.FITS
    if answer.status == 404 or answer.status < 300:
        return Verdict.FITS
    return Verdict.NOT_JSON if answer.status == 400 else None


def described(rule: Rule, raw: str) -> bool:
    """Whether the description takes the value."""
    try:
        return validator(resolved({"$ref": f"#/components/schemas/{rule.schema}"})).is_valid(json.loads(raw))
    except UnicodeEncodeError:
        # Half a surrogate pair cannot be said in UTF-8, so there is nothing to validate.
        return False


@cache
def _spots(operation_id: str) -> tuple[Spot, ...]:
    operation = next(one for one in operations() if one.id == operation_id)
    return tuple(spot for rule in RULES for spot in (*_path_spots(operation, rule), *_body_spots(operation, rule)))


def spots(operation: Operation) -> Iterator[Spot]:
    """Every place of an operation's path and body where one of the rules holds."""
    yield from _spots(operation.id)


def _path_spots(operation: Operation, rule: Rule) -> Iterator[Spot]:
    body = next(iter(operation.examples.values()), NOTHING)
    for parameter in operation.parameters:
        if parameter.place == "path" and _is(parameter.schema, rule):

            def request(api: Api, raw: str, path: dict[str, Json], name: str = parameter.name) -> Request:
                return api.request(operation, path={**path, name: json.loads(raw)}, body=body)

            yield Spot(rule, operation, f"/path/{parameter.name}", True, request)


def _body_spots(operation: Operation, rule: Rule) -> Iterator[Spot]:
    seen: set[str] = set()
    for example in operation.examples.values() if operation.body is not None else ():
        for place in _places(operation.body or {}, example, Place("", lambda changed: changed), rule, 0):
            template = json.dumps(place.whole_with(HOLE), ensure_ascii=False)
            if template not in seen:
                seen.add(template)
                yield Spot(rule, operation, f"/body{place.pointer}", False, _filled(operation, template))


def _filled(operation: Operation, template: str) -> Callable[[Api, str, dict[str, Json]], Request]:
    def request(api: Api, raw: str, path: dict[str, Json]) -> Request:
        signed = api.request(operation, path=path, body=None)
        # The raw value goes in as it is: parsed and written again, 1e0 would be 1.0 and an escape a letter.
        body = template.replace(json.dumps(HOLE), raw).encode("utf-8")
        return Request(signed.method, signed.target, signed.headers, body, signed.signed_by)

    return request


def _is(schema: Schema, rule: Rule) -> bool:
    return schema.get("$ref") == f"#/components/schemas/{rule.schema}"


def _places(schema: Schema, value: Json, place: Place, rule: Rule, depth: int) -> Iterator[Place]:
    """Where in a valid value the rule's schema holds, branches that the value did not take among them."""
    if _is(schema, rule) or depth > DEEPEST:
        yield from [place] if _is(schema, rule) else []
        return
    source = resolved(schema)
    for branch in (*source.get("oneOf", ()), *source.get("anyOf", ()), *source.get("allOf", ())):
        fits = validator(branch).is_valid(value)
        # Forms of the whole body have examples of their own.
        if fits or depth:
            yield from _places(branch, value if fits else sample(branch), place, rule, depth + 1)
    if isinstance(value, dict):
        for key, part in source.get("properties", {}).items():
            member = value[key] if key in value else sample(part)
            yield from _places(part, member, place.child(value, key), rule, depth + 1)
    if isinstance(value, list) and "items" in source and source.get("maxItems") != 0:
        element = value[0] if value else sample(source["items"])
        # The only one, so that no rule compares it with another.
        yield from _places(source["items"], element, place.child([element], 0), rule, depth + 1)


@cache
def raw_values(rule: Rule) -> Drawn:
    """Raw JSON values: those of the tables, near misses of the fitting ones, freely drawn ones of the kind, and anything."""
    known = st.sampled_from((*rule.fitting, *rule.unfitting))
    kinds = {"Sku": skus, "ResetTime": reset_times, "OfferScheduleOrNull": offer_schedules}
    own = kinds.get(rule.schema, numbers)()
    return known | own | own | near_fitting(rule) | near_fitting(rule) | anything()


@st.composite
def near_fitting(draw: st.DrawFn, rule: Rule) -> str:
    """A fitting value with one character replaced, put in or taken out."""
    value = json.loads(draw(st.sampled_from(rule.fitting)))
    text = value if isinstance(value, str) else json.dumps(value)
    place = draw(st.integers(0, len(text)))
    changed = text[:place] + draw(st.sampled_from(("", *STRANGE))) + text[place + draw(st.integers(0, 1)) :]
    return _as_json(changed)


def skus() -> Drawn:
    """Texts of the right letters around both bounds of the length, and texts of any letters."""
    lengths = st.sampled_from((0, 1, 254, 255, 256, 257))
    long = st.builds(lambda letter, count: letter * count, st.sampled_from(SKU_LETTERS), lengths)
    return st.one_of(st.text(SKU_LETTERS, max_size=8), long, st.text(st.characters(exclude_categories=()), max_size=4)).map(
        _as_json
    )


@st.composite
def reset_times(draw: st.DrawFn) -> str:
    """Two numbers, a sign and an offset, mostly in their bounds."""
    hour, minute, second = draw(st.integers(0, 25)), draw(st.sampled_from((0, 0, 0, 1, 30))), draw(st.sampled_from((0, 0, 0, 1)))
    sign, hours, minutes = draw(st.sampled_from("++--–−±Z ")), draw(st.integers(0, 25)), draw(st.sampled_from((0, 30, 59, 60)))
    return _as_json(f"{hour:02}:{minute:02}:{second:02}{sign}{hours:02}:{minutes:02}")


@st.composite
def offer_schedules(draw: st.DrawFn) -> str:
    """A kind of schedule with keys that belong to it, or to another kind."""
    kind = draw(st.sampled_from(("hourly", "hourly", "weekly", "monthly", "daily", None)))
    values = {"day_of_week": st.integers(1, 8), "day_of_month": st.integers(1, 32), "time": st.just("01:00:00+08:00") | st.none()}
    keys = draw(st.lists(st.sampled_from(sorted(values)), max_size=2, unique=True))
    return json.dumps({"interval_type": kind, **{key: draw(values[key]) for key in keys}})


def numbers() -> Drawn:
    """Numbers in every spelling that JSON has. Beyond 1e308 a reader may refuse the document, so those are not drawn."""
    small = st.integers(-3, 40)
    fractions = st.floats(allow_nan=False, allow_infinity=False).map(repr) | st.floats(0, 33).map(repr)
    powers = st.builds(lambda number, power: f"{number}e{power}", small, st.integers(-2, 2))
    return st.one_of(small.map(str), small.map(lambda n: f"{n}.0"), powers, fractions, st.integers(-(10**40), 10**40).map(str))


def anything() -> Drawn:
    """Any small JSON value."""
    leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
    keys = st.text(max_size=2)
    values = st.recursive(leaves, lambda part: st.lists(part, max_size=2) | st.dictionaries(keys, part, max_size=2), max_leaves=3)
    return values.map(json.dumps)


def _as_json(text: str) -> str:
    """A text as JSON, letters as they are where UTF-8 can say them."""
    halves = any("\ud800" <= letter <= "\udfff" for letter in text)
    return json.dumps(text, ensure_ascii=halves)
