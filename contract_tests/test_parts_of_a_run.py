"""A run is repeatable and dividable: one checksum for one seed, parts that add up, failures sent again, known ones."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from liveops_contract import known, merging, runner
from liveops_contract.command_line import main
from liveops_contract.kinds import all_checks
from liveops_contract.options import CannotRun
from liveops_mock import RULES
from test_runner import TOGGLE, Watched, arguments, broken_rule, document, one_sentence, run

FEW = ("near misses", "methods", "rules", "laws")
ENTRY = (
    '[[known]]\noperation = "{operation}"\nkind = "{kind}"\nrule = """{rule}"""\nreason = "The team knows."\nuntil = {until}\n'
)


@pytest.fixture(autouse=True)
def _few_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole run of a small area and of one check of another."""
    few = [check for check in all_checks() if check.kind in FEW and (check.area == "clans" or check.operations == (TOGGLE,))]
    monkeypatch.setattr(runner, "all_checks", lambda: few)


def plain(report: Any) -> Any:
    """A report without its time and its server."""
    return {key: value for key, value in report.items() if key not in ("finished_at", "target")}


def failing(serve: Serve, folder: Path, *more: str) -> int:
    """Exit code of a run against a server with one broken rule."""
    return run(serve, Watched(rules={**RULES, TOGGLE: broken_rule}), folder, *more)


def known_file(folder: Path, failures: list[Any], until: str = "2999-01-01") -> str:
    """A file that accepts these failures."""
    path = folder / "known.toml"
    path.write_text("\n".join(ENTRY.format(until=until, **failure) for failure in failures), encoding="utf-8")
    return str(path)


def test_one_seed_has_one_checksum_and_another_seed_another(serve: Serve, tmp_path: Path) -> None:
    """The same requests in the same order, to the byte."""
    sums = []
    for number in (1, 1, 2):
        run(serve, Watched(), tmp_path, "--seed", str(number))
        sums.append(document(tmp_path)["requests"])

    assert sums[0] == sums[1]
    assert sums[0]["count"] > 500
    assert sums[2]["sha256"] != sums[0]["sha256"]


def test_the_parts_of_a_run_add_up_to_the_whole(serve: Serve, tmp_path: Path) -> None:
    """Verdict, cases, table, failures, checksums: all but the time."""
    codes = [failing(serve, tmp_path / "whole")]
    parts = [tmp_path / str(number) for number in (1, 2, 3)]
    codes += [failing(serve, part, "--shard", f"{part.name}/3") for part in parts]
    codes.append(main(["merge", *map(str, reversed(parts)), "--report", str(tmp_path / "joined")]))

    assert codes[0] == codes[-1] == 1
    assert plain(document(tmp_path / "joined")) == plain(document(tmp_path / "whole"))


def test_every_check_is_made_by_one_part_alone() -> None:
    """Whatever the number of parts."""
    names = [check.name for check in all_checks()]
    made = [[check.name for check in all_checks() if runner.is_in_shard(check, (part, 4))] for part in (1, 2, 3, 4)]

    assert sorted(name for part in made for name in part) == sorted(names)
    assert all(made)


def test_parts_that_do_not_belong_together_are_not_joined(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence names what is missing or different."""
    run(serve, Watched(), tmp_path / "one", "--shard", "1/2")
    run(serve, Watched(), tmp_path / "two", "--shard", "2/2", "--seed", "2")
    said = []
    for given in (["one"], ["one", "two"], ["one", "one"], ["none"]):
        capsys.readouterr()
        assert main(["merge", *(str(tmp_path / name) for name in given), "--report", str(tmp_path / "joined")]) == 2
        said.append(one_sentence(capsys))

    assert [word in line for word, line in zip(("2/2", "seed is 1 and 2", "2/2", "cannot be read"), said, strict=True)] == [
        True
    ] * 4


def test_a_failure_is_sent_again_by_its_name(serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says whether it still fails; against a server that was mended it does not."""
    failing(serve, tmp_path)
    name = document(tmp_path)["failures"][0]["id"]
    codes = []
    for rules in ({**RULES, TOGGLE: broken_rule}, RULES):
        with serve(Watched(rules=rules)) as url:
            codes.append(main(["replay", str(tmp_path), name, *arguments(url, tmp_path)]))
    printed = capsys.readouterr().out

    assert codes == [1, 0]
    assert "STILL FAILS" in printed
    assert "NO LONGER FAILS" in printed


def test_a_failure_that_is_in_no_report_cannot_be_sent_again(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names those that can."""
    failing(serve, tmp_path)
    capsys.readouterr()

    assert main(["replay", str(tmp_path), "surprise"]) == 2
    assert document(tmp_path)["failures"][0]["id"] in one_sentence(capsys)


def test_a_known_divergence_is_reported_and_does_not_fail(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with its reason and its end."""
    failing(serve, tmp_path)
    found = document(tmp_path)["failures"]
    code = failing(serve, tmp_path, "--known", known_file(tmp_path, found))

    assert code == 0
    assert len(document(tmp_path)["failures"]) == len(found) > 0
    assert "accepted  until 2999-01-01: The team knows." in capsys.readouterr().out
    assert "The contract holds" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_known_divergence_fails_again_when_it_is_out_of_date(serve: Serve, tmp_path: Path) -> None:
    """The day after its last one."""
    failing(serve, tmp_path)
    codes = [
        failing(serve, tmp_path, "--known", known_file(tmp_path, document(tmp_path)["failures"], until))
        for until in ("2020-01-01", date.today().isoformat())
    ]

    assert codes == [1, 0]


def test_a_known_divergence_that_is_no_longer_true_fails(serve: Serve, tmp_path: Path) -> None:
    """A list that nobody tidies accepts what nobody meant."""
    failing(serve, tmp_path)
    path = known_file(tmp_path, document(tmp_path)["failures"][:1])
    codes = [run(serve, Watched(), tmp_path, "--known", path)]
    stale = document(tmp_path)["failures"]
    codes.append(run(serve, Watched(), tmp_path, "--known", path, "--only", "clans"))

    assert codes == [1, 0]
    assert [failure["rule"] for failure in stale] == [known.NO_LONGER]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[known]\n", "line 1"),
        ('\n\n[[known]]\noperation = "x"\n', "line 3: the entry has no 'kind'"),
        (ENTRY.format(operation="x", kind="laws", rule="r", until="2030-01-01"), "line 1: there is no operation 'x'"),
        (ENTRY.format(operation=TOGGLE, kind="law", rule="r", until="2030-01-01"), "there is no kind 'law'"),
        (ENTRY.format(operation=TOGGLE, kind="laws", rule="r", until='"2030-01-01"'), "without quotes"),
        ('\n[known]\noperation = "x"\n', "line 2"),
    ],
)
def test_a_broken_file_of_known_divergences_is_one_sentence(text: str, said: str, tmp_path: Path) -> None:
    """With the line where it is broken."""
    path = tmp_path / "known.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CannotRun, match=said):
        known.read_known(path)


def test_a_report_of_a_run_that_never_ended_is_refused(tmp_path: Path) -> None:
    """It holds nothing."""
    (tmp_path / "report.json").write_text(json.dumps({}), encoding="utf-8")
    with pytest.raises(CannotRun, match="no report of a whole run"):
        merging.read_report(tmp_path)
