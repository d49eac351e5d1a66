"""The documentation that `make docs` prints: every method has its place on the page of its area, and no link is dead."""

import html
import inspect
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from document_blocks import ROOT
from xsolla_liveops import errors, models

PRINT, FOLLOW = ROOT / "scripts" / "print_docs.py", ROOT / "scripts" / "docs_links.py"
AREAS = sorted(path.stem for path in (ROOT / "generated_client/xsolla_liveops/areas").glob("[a-z]*.py"))
PAGES = ("errors", "models", "schedules", "field_rules", "entrance", "client", "attempts")


def run(script: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a step and wait for its end."""
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The printed pages."""
    folder = tmp_path_factory.mktemp("docs")
    done = run(PRINT, "--output", folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def text_of(page: Path) -> str:
    """What a reader sees of a page."""
    return html.unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))


@pytest.mark.slow
def test_every_method_and_the_example_stand_on_the_page_of_the_area(pages: Path) -> None:
    """With its parameters, and with links to the errors that it raises."""
    for area in AREAS:
        page = pages / "xsolla_liveops" / "areas" / f"{area}.html"
        source, seen = page.read_text(encoding="utf-8"), text_of(page)
        module = import_module(f"xsolla_liveops.areas.{area}")
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == module.__name__:
                shown = {method for method in vars(kind) if f'id="{name}.{method}"' in source}
                assert shown == {method for method in vars(kind) if not method.startswith("_")}
                example = [line.strip() for line in (inspect.getdoc(kind) or "").splitlines() if line.strip().startswith(">>>")]
                assert [line for line in example if line not in seen] == []
        assert '<a href="../errors.html#AuthenticationError">AuthenticationError</a>' in source


@pytest.mark.slow
def test_every_model_and_error_has_a_place(pages: Path) -> None:
    """So that every name of a signature leads somewhere."""
    folder = pages / "xsolla_liveops"
    kinds = {name for name, kind in vars(errors).items() if inspect.isclass(kind) and kind.__module__ == errors.__name__}

    assert {f"{page}.html" for page in PAGES} <= {path.name for path in folder.iterdir()}
    for page, names in [("models", set(models.__all__)), ("errors", kinds)]:
        source = (folder / f"{page}.html").read_text(encoding="utf-8")
        assert [name for name in sorted(names) if f'id="{name}"' not in source] == []


@pytest.mark.slow
def test_no_link_is_dead(pages: Path) -> None:
    """Within the pages; elsewhere leads one, to the generator."""
    done = run(FOLLOW, pages)

    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"links     ok      [0-9]{4,} on [0-9]{2} pages, 1 addresses elsewhere\n", done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'href="../errors.html#NotFoundError"',
            'href="../faults.html#NotFoundError"',
            r"clans\.html: \.\./faults\.html#NotFoundError is no file",
        ),
        (
            'href="../errors.html#NotFoundError"',
            'href="../errors.html#Gone"',
            r"clans\.html: \.\./errors\.html#Gone has no place 'Gone'",
        ),
        ('href="#ClansArea.update"', 'href="#ClansArea.renew"', r"#ClansArea\.renew has no place 'ClansArea\.renew'"),
        ('href="https://pdoc.dev"', 'href="http://pdoc.dev"', r"http://pdoc\.dev is no address that begins with https://"),
    ],
)
def test_a_dead_link_is_named(pages: Path, tmp_path: Path, old: str, new: str, told: str) -> None:
    """With its page, and what is wrong with it."""
    broken = Path(shutil.copytree(pages, tmp_path / "docs"))
    page = broken / "xsolla_liveops" / "areas" / "clans.html"
    source = page.read_text(encoding="utf-8")
    assert old in source
    page.write_text(source.replace(old, new), encoding="utf-8")
    done = run(FOLLOW, broken)

    assert done.returncode == 1
    assert re.search(f"^links     failed  .*{told}", done.stderr)


def test_a_folder_without_pages_is_no_success(tmp_path: Path) -> None:
    """The step does not call nothing good."""
    done = run(FOLLOW, tmp_path)

    assert (done.returncode, "no page in the folder" in done.stderr) == (1, True)


def test_a_warning_of_the_generator_fails_the_step(tmp_path: Path) -> None:
    """An annotation that names nothing would be printed, and lead nowhere."""
    package = tmp_path / "xsolla_liveops"
    package.mkdir()
    (package / "__init__.py").write_text('"""Something."""\n__all__ = ()\n', encoding="utf-8")
    for name in ("areas", *PAGES):
        (package / f"{name}.py").write_text('"""Something."""\n', encoding="utf-8")
    whole = run(PRINT, "--sdk", tmp_path, "--output", tmp_path / "docs")
    (package / "errors.py").write_text('def tell(it: "Nowhere") -> None:\n    """Tell."""\n', encoding="utf-8")
    broken = run(PRINT, "--sdk", tmp_path, "--output", tmp_path / "docs")

    assert (whole.returncode, whole.stdout) == (0, "docs      ok      10 pages\n")
    assert broken.returncode == 1
    assert re.match(r"docs      failed  .*Nowhere.*; see scripts/client_templates$", broken.stderr)
