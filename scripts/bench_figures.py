"""From what was measured to what is said: ratios round by round, aims, the table, and the same as JSON."""

import statistics
from collections.abc import Sequence
from typing import Any, NamedTuple

NOT_MEASURED = "not measured"

Json = Any


class Spread(NamedTuple):
    """The median of several rounds, with the lowest and the highest."""

    median: float
    low: float
    high: float


class Aim(NamedTuple):
    """What a figure has to reach: `sign` is one of >=, <= and <."""

    sign: str
    value: float

    def is_met(self, figure: float) -> bool:
        """Whether the figure reaches it."""
        return {">=": figure >= self.value, "<=": figure <= self.value, "<": figure < self.value}[self.sign]


class Row(NamedTuple):
    """One line of the table; without a figure it was not measured."""

    part: str
    name: str
    figure: Spread | None
    unit: str = ""
    aim: Aim | None = None

    def verdict(self) -> str:
        """Met, missed, not measured, or nothing where there is no aim."""
        if self.figure is None:
            return NOT_MEASURED
        if self.aim is None:
            return ""
        return "met" if self.aim.is_met(self.figure.median) else "missed"

    def as_json(self) -> Json:
        """The row for other programs."""
        figure = self.figure._asdict() if self.figure else None
        aim = f"{self.aim.sign} {self.aim.value:g}" if self.aim else None
        return {
            "part": self.part,
            "name": self.name,
            "figure": figure,
            "unit": self.unit,
            "aim": aim,
            "verdict": self.verdict() or None,
        }


def spread(figures: Sequence[float]) -> Spread | None:
    """Median, lowest and highest; None where nothing was measured."""
    return Spread(statistics.median(figures), min(figures), max(figures)) if figures else None


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread | None:
    """Ours against theirs, round by round: what slows a whole round down cancels itself out."""
    if not ours or not theirs:
        return None
    return spread([one / other for one, other in zip(ours, theirs, strict=True)])


def written(figure: float) -> str:
    """A figure with as many digits as can be trusted."""
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


def shown(row: Row) -> list[str]:
    """The cells of a row."""
    cell = ""
    if row.figure is not None:
        cell = written(row.figure.median)
        if row.figure.low != row.figure.high:
            cell += f" ({written(row.figure.low)}-{written(row.figure.high)})"
        cell = f"{cell} {row.unit}".strip()
    aim = f"{row.aim.sign} {row.aim.value:g} {row.unit}".strip() if row.aim else ""
    return [row.part, row.name, cell, aim, row.verdict()]


def table(rows: Sequence[Row]) -> str:
    """All rows in columns, for people."""
    lines = [["part", "what", "median (min-max)", "aim", "verdict"], *map(shown, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def missed(rows: Sequence[Row]) -> list[str]:
    """The names of the aims that were not reached."""
    return [f"{row.part}: {row.name}" for row in rows if row.verdict() == "missed"]
