"""What is shipped: a wheel that is small and whole, also when made from the sdist, and that works in a clean environment."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from liveops_contract.doors import HttpDoor
from liveops_contract.stage import Stage

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "contract_tests" / "winter_season.py"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
LARGEST = 1_500_000
DEPENDENCIES = {"attrs", "httpx", "jsonschema-rs"}
# Theirs: of httpx, and of httpcore, anyio, and jsonschema-rs below.
THEIRS = {"anyio", "certifi", "h11", "httpcore", "idna", "typing-extensions"}
OTHERS = ("3.12", "3.13", "3.14")


def run(*command: str | Path, **settings: str) -> str:
    """What a program prints; it has to end well."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}} | settings
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=250, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def wheel_of(source: Path, folder: Path) -> Path:
    """The wheel that pip makes of a checkout or an sdist."""
    run(*PIP, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def contents(wheel: Path) -> dict[str, int]:
    """The files of a wheel with their checksums."""
    with zipfile.ZipFile(wheel) as archive:
        return {entry.filename: entry.CRC for entry in archive.infolist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return wheel_of(ROOT, tmp_path_factory.mktemp("wheel"))


def interpreter(version: str) -> Path:
    """A Python of this version that starts, on the path or where pyenv puts it; else the test is skipped."""
    name = f"python{version}"
    on_path = shutil.which(name)
    found = [*([Path(on_path)] if on_path else []), *Path.home().glob(f".pyenv/versions/{version}.*/bin/{name}")]
    for candidate in found:
        # A shim of pyenv is there and starts nothing.
        if subprocess.run([candidate, "-c", "import venv"], capture_output=True, check=False).returncode == 0:
            return candidate
    pytest.skip(f"{name} is not on this machine")


@pytest.mark.slow
def test_the_wheel_is_small_and_whole(wheel: Path) -> None:
    """It holds every module of the SDK, its bundle, and the mark of its types."""
    package = ROOT / "generated_client"
    modules = {path.relative_to(package).as_posix() for path in package.rglob("*.py")}

    assert wheel.stat().st_size < LARGEST
    assert modules | {"xsolla_liveops/py.typed", "xsolla_liveops/liveops.json"} <= contents(wheel).keys()


@pytest.mark.slow
def test_the_sdist_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """Whoever builds from source gets byte for byte what is shipped."""
    (builder,) = re.findall(r'requires = \["(hatchling==[^"]+)"\]', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run(*PIP, "install", "--quiet", "--target", tmp_path / "builder", builder)
    build = "import sys; from hatchling.build import build_sdist; build_sdist(sys.argv[1])"
    run(sys.executable, "-c", f"import os; os.chdir({str(ROOT)!r}); {build}", tmp_path, PYTHONPATH=str(tmp_path / "builder"))
    (sdist,) = tmp_path.glob("*.tar.gz")

    assert contents(wheel_of(sdist, tmp_path / "wheel")) == contents(wheel)


def test_the_sdk_alone_brings_its_three_libraries_and_nothing_else() -> None:
    """Everything else of ours is an extra."""
    needed = [one for one in metadata.requires("xsolla-liveops") or () if "extra ==" not in one]

    assert {re.split(r"[<>=!~ ]", one)[0] for one in needed} == DEPENDENCIES


@pytest.mark.slow
@pytest.mark.parametrize("version", ["this one", *OTHERS])
def test_a_clean_environment_gets_the_sdk_and_runs_a_program(
    version: str, wheel: Path, tmp_path: Path, http_stage: Stage
) -> None:
    """With the libraries of the SDK and their own alone; the example program opens and closes a season on a mock."""
    python = Path(sys.executable) if version == "this one" else interpreter(version)
    run(python, "-m", "venv", "--without-pip", tmp_path)
    own = tmp_path / "bin" / "python"
    run(*PIP, "--python", own, "install", "--quiet", wheel)
    api = http_stage.fresh()
    assert api.control is not None
    assert isinstance(http_stage.door, HttpDoor)
    for item in ("sword", "shield", "potion"):
        api.control.put_item(f"com.xsolla.{item}", price={"amount": "10.00", "currency": "USD"})
    account = {"LIVEOPS_PROJECT_ID": str(api.account.project_id), "LIVEOPS_API_KEY": api.account.api_key}
    said = run(own, "-W", "error", PROGRAM, LIVEOPS_BASE_URL=http_stage.door.base_url, **account)

    assert {"xsolla-liveops"} | DEPENDENCIES <= installed(own) <= {"xsolla-liveops"} | DEPENDENCIES | THEIRS
    assert said.splitlines()[-1] == "daily deal: removed"


def installed(python: Path) -> set[str]:
    """The names of the distributions of an environment."""
    listed = json.loads(run(*PIP, "--python", python, "list", "--format", "json"))
    return {one["name"].lower().replace("_", "-") for one in listed}
