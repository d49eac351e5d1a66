"""The one place that knows where the bundled description lies. Imports nothing but the standard library."""

import json
from functools import cache
from pathlib import Path
from typing import Any


def bundle_path() -> Path:
    """The bundle: beside this file in an installed package, under openapi/ in a checkout."""
    shipped = Path(__file__).with_name("liveops.json")
    return shipped if shipped.exists() else Path(__file__).resolve().parents[2] / "openapi" / "bundle" / "liveops.json"


@cache
def load_bundle() -> dict[str, Any]:
    """The whole description as plain data. Treat it as read-only: every caller gets the same object."""
    document: dict[str, Any] = json.loads(bundle_path().read_text(encoding="utf-8"))
    return document
