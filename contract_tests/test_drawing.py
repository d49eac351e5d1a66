"""What is drawn follows from the seed alone."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, given, seed
from hypothesis import strategies as st
from liveops_contract.drawing import repeatable

WORDS = [f"peculiar-word-{number}" for number in range(20)]
HIGHEST = 2**40


def drawn(number: int) -> tuple[list[str], list[int]]:
    """Many texts and numbers."""
    texts, numbers = [], []

    @repeatable(max_examples=300, phases=[Phase.generate])
    @seed(number)
    @given(st.text(max_size=24), st.integers(0, HIGHEST))
    def example(text: str, whole: int) -> None:
        texts.append(text)
        numbers.append(whole)

    example()
    return texts, numbers


def test_a_module_that_is_loaded_changes_nothing_that_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hypothesis by itself draws the words and numbers that stand in the sources of modules."""
    before = drawn(1)
    (tmp_path / "peculiar.py").write_text(f"WORDS = {WORDS}\nNUMBERS = {[HIGHEST - number for number in range(3, 20)]}\n")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("peculiar")

    assert drawn(1) == before
    assert drawn(2) != before


def test_a_program_begins_with_hashing_that_never_changes() -> None:
    """Also where its environment asks for another, so that sets stand in the same order."""
    shown = "import liveops_contract.command_line as it; it.main = lambda: print({*'abcdefgh'}, {*map(str, range(99))})"
    code = f"{shown}; from liveops_contract.__main__ import program; program()"
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": given}, capture_output=True, text=True, check=True
        ).stdout
        for given in ("1", "2", "random")
    }

    assert len(told) == 1
