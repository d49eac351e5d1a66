"""What is drawn follows from the seed alone."""

import importlib
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
