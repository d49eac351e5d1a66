"""The kill matrix as it is kept: one page for people, one for machines."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jinja2

from liveops_contract.description import fingerprint
from liveops_contract.hunt import Hunted
from liveops_contract.stock import HOW, Stocked

Json = Any
# The families of faults in rules of the game, with the row of those that have no category of their own.
RULES = {"rule": "", "planted bug": "planted by hand"}


def summary(found: Sequence[Hunted]) -> Json:
    """The figures: all in all, by area, by kind, and by the kind of check that killed."""
    apart = [one for one in found if not one.equivalent]
    killed = [one for one in apart if one.killer]
    return {
        "mutants": len(apart),
        "killed": len(killed),
        "equivalent": len(found) - len(apart),
        "rate": 100 * len(killed) / max(1, len(apart)),
        "equivalent_rate": 100 * (len(found) - len(apart)) / max(1, len(found)),
        "by_area": _rows(apart, _area),
        "by_kind": _rows(apart, lambda one: f"{one.family}: {one.kind}"),
        "rules": _matrix([one for one in apart if one.family in RULES]),
        "by_killer": [
            {"name": name, "killed": count} for name, count in Counter(one.killer_kind for one in killed).most_common()
        ],
    }


def _matrix(found: Iterable[Hunted]) -> list[Json]:
    """Of each category of faults in the rules of the game: for each area how many were noticed of how many."""
    rows: dict[str, list[Hunted]] = {}
    for one in found:
        rows.setdefault(RULES[one.family] or one.kind, []).append(one)
    return [{"name": name, "areas": {row["name"]: row for row in _rows(rows[name], _area)}} for name in sorted(rows)]


def _area(one: Hunted) -> str:
    return one.area


def _rows(found: Iterable[Hunted], key: Callable[[Hunted], str]) -> list[Json]:
    rows: dict[str, Counter[str]] = {}
    for one in found:
        rows.setdefault(key(one), Counter()).update({"mutants": 1, "killed": int(bool(one.killer))})
    return [{"name": name, "mutants": row["mutants"], "killed": row["killed"]} for name, row in sorted(rows.items())]


def side_by_side(found: Sequence[Hunted], stocked: Sequence[Stocked]) -> Json:
    """What our own checks and stock Schemathesis noticed of the same faults."""
    noticed = {one.name: one for one in stocked}
    both = sorted((one for one in found if one.name in noticed), key=lambda one: (one.family, one.kind, one.name))

    def rows(key: Callable[[Hunted], str]) -> list[Json]:
        counts = Counter(key(one) for one in both if noticed[one.name].noticed)
        return [row | {"stock": counts[row["name"]]} for row in _rows(both, key)]

    return {
        "how": f"Beside it, a sample of {len(both)} of these faults: {HOW}",
        "mutants": len(both),
        "killed": sum(bool(one.killer) for one in both),
        "stock": sum(bool(one.noticed) for one in stocked),
        "by_family": rows(lambda one: one.family),
        "by_kind": rows(lambda one: f"{one.family}: {one.kind}"),
        "faults": [asdict(noticed[one.name]) | {"killer": one.killer} for one in both],
    }


def write(found: Sequence[Hunted], folder: Path, seed: int, sample: int | None, stocked: Sequence[Stocked] = ()) -> None:
    """Write teeth.json and teeth.html: survivors first, then the matrix, then those that no request can tell apart."""
    version, checksum = fingerprint()
    rank = sorted(found, key=lambda one: (not one.survived, bool(one.equivalent), one.area, one.name))
    document = {
        "description": {"version": version, "sha256": checksum},
        "seed": seed,
        "sample": sample,
        "summary": summary(found),
        "stock": side_by_side(found, stocked) if stocked else None,
        "faults": [asdict(one) | {"survived": one.survived} for one in rank],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "teeth.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("liveops_contract", "."), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    (folder / "teeth.html").write_text(environment.get_template("teeth.html.jinja").render(document), encoding="utf-8")
