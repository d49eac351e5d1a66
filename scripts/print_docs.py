"""Print the documentation of the SDK with pdoc: a page for each area, errors, models and helpers; a warning fails the step."""

import argparse
import re
import shutil
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup
    from pdoc.doc import Module

ROOT = Path(__file__).resolve().parent.parent
SDK = ROOT / "generated_client"
# Which modules have pages beside the package itself; what a package names in `__all__` is shown on the page of the package.
PAGES = ("areas", "errors", "models", "schedules", "field_rules", "entrance", "client", "attempts")
RAISED = re.compile(r"(?<=^ - \*\*)(\w+)(?=:\*\*)", re.M)


def link_errors(text: str, module: "Module") -> str:
    """The markdown of a docstring, with each error that it names leading to the page of the errors."""
    head, raises, tail = text.partition("###### Raises:")
    up = "../" * (module.modulename.count(".") - 1)
    return head + raises + RAISED.sub(rf"[\1]({up}errors.html#\1)", tail)


def short_names(signature: "Markup") -> "Markup":
    """A signature with the names that user code writes: `models.Chain`, where pdoc writes all the modules."""
    return type(signature)(re.sub(r"(?<=>)xsolla_liveops\.", "", signature))


def print_pages(output: Path) -> None:
    """Replace the folder by fresh pages; whatever pdoc warns of is raised."""
    import pdoc

    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    pdoc.render.configure(docformat="google", show_source=False, template_directory=ROOT / "scripts" / "docs_templates")
    pdoc.render.env.filters |= {"link_errors": link_errors, "short_names": short_names}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pdoc.pdoc("xsolla_liveops", *(f"xsolla_liveops.{page}" for page in PAGES), output_directory=output)


def main(arguments: list[str] | None = None) -> int:
    """Print the pages, or say what pdoc found wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sdk", type=Path, default=SDK, help="the folder that holds the package xsolla_liveops")
    parser.add_argument("--output", type=Path, default=ROOT / "reports" / "docs", help="the folder, replaced as a whole")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(options.sdk.resolve()))
    try:
        print_pages(options.output)
    except Warning as warning:
        print(f"docs      failed  {' '.join(str(warning).split())}; see scripts/client_templates", file=sys.stderr)
        return 1
    print(f"docs      ok      {len(list(options.output.rglob('*.html')))} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
