"""The coverage of the description: told from what was sent and how it was judged; a check that is left out is noticed."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from liveops_contract.api import Api
from liveops_contract.checks import Run
from liveops_contract.coverage import explained
from liveops_contract.coverage.marks import Mark
from liveops_contract.coverage.record import Record, WatchedDoor
from liveops_contract.coverage.summary import Summary, flat, share
from liveops_contract.coverage.verdict import gaps
from liveops_contract.description import operation_table, operations
from liveops_contract.doors import Answer
from liveops_contract.kinds import all_checks
from liveops_contract.profiles import PROFILES
from liveops_contract.routes import found
from liveops_contract.stage import in_process_stage

CREATE = "admin-create-value-points"
GOOD = {"sku": "honor", "name": {"en": "Honor"}, "is_clan": False}
REFUSED = Answer(422, (), b'{"errorCode":1102,"statusCode":422,"errorMessage":"[0401-1102]: no"}')
TAKEN = Answer(201, (), b'{"sku":"honor"}')


@pytest.fixture
def record() -> Record:
    """An empty record of one operation."""
    return Record([CREATE])


def told(record: Record, body: object, answer: Answer) -> set[Mark]:
    """What the record learns of one body and the answer to it."""
    before = set(record.seen)
    record.add("POST", "/v2/project/44056/admin/items/value_points", json.dumps(body).encode(), answer)
    return record.seen - before


def asked(*kinds: str, operation: str = CREATE) -> Summary:
    """What the checks of these kinds exercise of an operation, in a short run."""
    stage, record = in_process_stage(), Record([operation])
    stage.door = WatchedDoor(stage.door, record)
    run = Run(stage, PROFILES["quick"], 1)
    for check in all_checks():
        if check.kind in kinds and operation in check.operations:
            check.perform(check, run)
    return Summary.of(record, [operation])


def test_a_body_that_is_taken_shows_its_keywords_taken(record: Record) -> None:
    """And shows nothing refused."""
    marks = told(record, GOOD, TAKEN)

    assert Mark(CREATE, "/body/sku", "maxLength", "valid") in marks
    assert not [mark for mark in marks if mark.aspect in ("invalid", "boundary") and mark.keyword == "maxLength"]


def test_only_the_last_value_inside_shows_a_boundary(record: Record) -> None:
    """255 letters are at the bound, 254 are not."""
    boundary = Mark(CREATE, "/body/sku", "maxLength", "boundary")

    assert boundary not in told(record, {**GOOD, "sku": "a" * 254}, TAKEN)
    assert boundary in told(record, {**GOOD, "sku": "a" * 255}, TAKEN)


def test_a_refusal_shows_what_alone_was_wrong(record: Record) -> None:
    """The first value outside; neither one far outside nor two faults at once."""
    refused = Mark(CREATE, "/body/sku", "maxLength", "invalid")

    assert refused not in told(record, {**GOOD, "sku": "a" * 300}, REFUSED)
    assert refused not in told(record, {**GOOD, "sku": "a" * 256, "surprise": 1}, REFUSED)
    assert refused in told(record, {**GOOD, "sku": "a" * 256}, REFUSED)


def test_what_counts_is_how_it_was_judged(record: Record) -> None:
    """A server that takes what does not fit, or refuses what does, exercises nothing of the body."""
    wrong = [*told(record, {**GOOD, "sku": "a" * 256}, TAKEN), *told(record, GOOD, REFUSED)]

    assert not [mark for mark in wrong if mark.place.startswith("/body")]


def test_what_is_refused_before_its_shape_is_looked_at_shows_its_status_alone(record: Record) -> None:
    """Credentials come first."""
    marks = told(record, GOOD, Answer(401, (), b'{"errorCode":1020,"statusCode":401,"errorMessage":"[0401-1020]: no"}'))

    assert Mark(CREATE, "status", "401", "seen") in marks
    assert not [mark for mark in marks if mark.place.startswith("/body")]


def test_every_path_of_the_description_leads_to_its_operation() -> None:
    """Older paths too, and none is taken for another."""
    for operation in operations():
        for spelling in operation.spellings:
            methods, _ = found(spelling.path.replace("{project_id}", "44056").replace("{", "x").replace("}", "")) or ({}, {})
            assert methods.get(operation.method) is not None, spelling.path
            assert methods[operation.method].id == operation.id, spelling.path


def test_all_kinds_together_leave_no_keyword_out() -> None:
    """Of an operation that takes a body."""
    summary = asked("near misses", "credentials", "methods", "bodies")

    assert summary.faults == []
    assert gaps(summary) == []


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("near misses", Mark(CREATE, "/body/sku", "maxLength", "invalid")),
        ("methods", Mark(CREATE, "status", "405", "seen")),
        ("bodies", Mark(CREATE, "status", "415", "seen")),
    ],
)
def test_a_kind_of_check_that_is_left_out_is_named_by_what_is_missing(left_out: str, missing: Mark) -> None:
    """The list says which keyword or status nobody exercised, and the run fails."""
    kinds = {"near misses", "credentials", "methods", "bodies"} - {left_out}
    summary = asked(*kinds)
    failures = [failure for gap in gaps(summary) for failure in gap.perform(gap, None).failures]  # type: ignore[arg-type]

    assert missing in summary.faults
    assert any(str(missing) in failure.detail for failure in failures)


def test_a_reason_that_explains_what_was_exercised_is_out_of_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is explained away that can be exercised."""
    everything: Callable[..., bool] = lambda item, _: item.mark.keyword == "maxLength"  # noqa: E731 - a rule as short as its test
    monkeypatch.setattr(explained, "REASONS", (*explained.REASONS, replace(explained.REASONS[0], covers=everything)))
    summary = asked("near misses")

    assert Mark(CREATE, "/body/sku", "maxLength", "invalid") in summary.outdated
    assert any("explained, but exercised" in gap.perform(gap, None).failures[0].detail for gap in gaps(summary))  # type: ignore[arg-type]


def test_every_reason_explains_something() -> None:
    """A rule that covers nothing any more is to be deleted."""
    record = Record()
    for reason in explained.REASONS:
        assert any(reason.covers(item, operation_table()[item.mark.operation]) for item in record.items), reason.sentence


def test_what_several_runs_saw_is_joined_by_uniting_it() -> None:
    """The data of a report give back the marks."""
    summary = asked("credentials")
    others = asked("methods")
    joined = flat(summary.document()["seen"]) | flat(json.loads(json.dumps(others.document()["seen"])))

    assert joined == summary.seen | others.seen
    assert joined - summary.seen


def test_all_but_one_is_not_all() -> None:
    """A share is never rounded up."""
    assert [share(0, 0), share(99_999, 100_000), share(3, 3)] == ["–", "99.9 %", "100 %"]


def test_the_sdk_of_a_project_is_watched_at_its_door(record: Record) -> None:
    """Whoever sends: a law, a check, or nobody that is known."""
    stage = in_process_stage()
    stage.door = WatchedDoor(stage.door, record)
    api: Api = stage.fresh()
    api.call(CREATE, body=GOOD)

    assert Mark(CREATE, "status", "201", "seen") in record.seen
