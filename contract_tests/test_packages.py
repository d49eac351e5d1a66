"""What is shipped: a wheel that is small and whole, and few dependencies."""

import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 1_500_000
DEPENDENCIES = {"attrs", "httpx", "jsonschema-rs"}


def names(wheel: Path) -> set[str]:
    """The files of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.slow
def test_the_wheel_is_small_and_whole(tmp_path: Path) -> None:
    """It holds every module of the SDK, its bundle, and the mark of its types."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, capture_output=True, text=True, timeout=200, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    package = ROOT / "generated_client"
    modules = {path.relative_to(package).as_posix() for path in package.rglob("*.py")}

    assert wheel.stat().st_size < LARGEST
    assert modules | {"xsolla_liveops/py.typed", "xsolla_liveops/liveops.json"} <= names(wheel)


def test_the_sdk_alone_brings_its_three_libraries_and_nothing_else() -> None:
    """Everything else of ours is an extra."""
    needed = [one for one in metadata.requires("xsolla-liveops") or () if "extra ==" not in one]

    assert {re.split(r"[<>=!~ ]", one)[0] for one in needed} == DEPENDENCIES
