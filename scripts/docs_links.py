"""Follow every link of the printed documentation: each leads to a page and a place in it, and what leads elsewhere is https."""

import argparse
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
LEADING = {"href", "src"}
INLINE = ("data:", "javascript:")


class Page(HTMLParser):
    """The places of a page, and where its links lead."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.links: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag is called, and where it leads."""
        self.places |= {value for name, value in attrs if name in {"id", "name"} and value}
        self.links += [value for name, value in attrs if name in LEADING and value and not value.startswith(INLINE)]
        if tag == "meta" and dict(attrs).get("http-equiv") == "refresh":
            self.links.append(str(dict(attrs)["content"]).partition("url=")[2])


def dead_links(folder: Path, pages: dict[Path, Page]) -> Iterator[str]:
    """Each link that leads nowhere, with its page."""
    for path, page in pages.items():
        for link in dict.fromkeys(page.links):
            parts = urlsplit(link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if parts.scheme or parts.netloc:
                problem = None if parts.scheme == "https" and parts.hostname else "is no address that begins with https://"
            elif not target.is_file():
                problem = "is no file"
            else:
                place = unquote(parts.fragment)
                problem = f"has no place {place!r}" if place and place not in pages[target].places else None
            if problem:
                yield f"{path.relative_to(folder)}: {link} {problem}"


def main(arguments: list[str] | None = None) -> int:
    """Follow the links of a folder, or say which are dead."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "reports" / "docs", help="where the pages are")
    folder = parser.parse_args(arguments).folder.resolve()
    pages = {path: Page(path) for path in sorted(folder.rglob("*.html"))}
    dead = list(dead_links(folder, pages))
    if dead or not pages:
        print(f"links     failed  {'; '.join(dead[:5]) or 'no page in the folder; run `make docs`'}", file=sys.stderr)
        return 1
    links = sum(len(page.links) for page in pages.values())
    elsewhere = {link for page in pages.values() for link in page.links if urlsplit(link).netloc}
    print(f"links     ok      {links} on {len(pages)} pages, {len(elsewhere)} addresses elsewhere")
    return 0


if __name__ == "__main__":
    sys.exit(main())
