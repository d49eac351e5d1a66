"""Texts that differ from a valid one in a single respect."""

from collections.abc import Iterator, Mapping
from typing import Any

# A letter, a digit and what slips through careless patterns: blanks, dashes, digits of other scripts, pictures.
STRANGERS = (" ", "-", "–", "٣", "😀", "\n", "/", "a", "Z", "0", "3", "9", "+", "\x00")
SHORT = 32

INSTANTS = (
    "2030-01-02T03:00:00Z",
    "2030-01-02T03:00:00+00:00",
    "2030-01-02T03:00:00-12:00",
    "2030-01-02T03:00:00+14:00",
    "2030-01-02T03:00:00+05:45",
    "2030-01-02T03:00:00.5Z",
    "2030-01-02T03:00:00.123456789Z",
    "2030-01-02t03:00:00z",
    "2028-02-29T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59-12:00",
    "1969-12-31T23:59:59Z",
    "2030-06-30T23:59:60Z",
    "2030-01-02T03:00:00",
    "2030-01-02T24:00:00Z",
    "2030-01-02T03:60:00Z",
    "2030-02-30T03:00:00Z",
    "2029-02-29T03:00:00Z",
    "2030-13-01T03:00:00Z",
    "2030-00-01T03:00:00Z",
    "2030-01-02 03:00:00Z",
    "2030-01-02T03:00:00+0300",
    "2030-01-02T03:00:00+03",
    "2030-01-02T03:00:00+24:00",
    "2030-01-02T03:00Z",
    "2030-01-02",
    "20300102T030000Z",
    "10000-01-02T03:00:00Z",
    "2030-01-02T03:00:00Z\n",
    " 2030-01-02T03:00:00Z",
    "٢٠٣٠-01-02T03:00:00Z",
    "1893553200",
    "now",
    "",
)
ADDRESSES = (
    "https://example.com",
    "https://example.com/a.png?x=1#y",
    "mailto:a@example.com",
    "urn:a:b",
    "//example.com/a.png",
    "/a.png",
    "a.png",
    "https://example.com/a b.png",
    "https://exämple.com/a.png",
    "https://[::1/a.png",
    "https://example.com/%zz",
    "https://example.com/a.png\n",
    "",
)
FREE_TEXTS = ("", " ", "x" * 5000, "two\nlines", "😀", "٣", "\x00", "\u202eright to left", "<script>", "'; --", "null")


def one_changed(text: str) -> Iterator[str]:
    """The text with one character replaced, added or lost."""
    places = range(len(text)) if len(text) <= SHORT else (0, len(text) // 2, len(text) - 1)
    for place in places:
        for stranger in STRANGERS:
            if text[place] != stranger:
                yield text[:place] + stranger + text[place + 1 :]
        yield text[:place] + text[place + 1 :]
    for stranger in STRANGERS:
        yield stranger + text
        yield text + stranger


def at_bounds(schema: Mapping[str, Any], text: str) -> Iterator[tuple[str, str]]:
    """For each bound of the length its keyword, with the text drawn to the last length inside and to the first outside."""
    for keyword, step in (("minLength", -1), ("maxLength", 1)):
        lengths = (schema[keyword], schema[keyword] + step) if keyword in schema else ()
        yield from ((keyword, of_length(text, length)) for length in lengths if length >= 0)


def of_length(text: str, length: int) -> str:
    """The text cut or drawn out to a length."""
    return (text + (text[-1:] or "a") * length)[:length]


def other_types(value: Any) -> Iterator[Any]:
    """A value of each other JSON type, with those that look alike."""
    others: tuple[Any, ...] = (
        None,
        True,
        False,
        0,
        7,
        7.0,
        7.5,
        "7",
        "true",
        "null",
        [],
        {},
        [value],
        {"value": value},
        [10**20],
    )
    # Null comes first and one of another type last: a short run sends the ends alone.
    yield from sorted(others, key=lambda other: 0 if other is None else 1 if type(other) is type(value) else 2)
    if isinstance(value, (int, float, bool)):
        yield str(value)
