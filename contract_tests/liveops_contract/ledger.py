"""What a run made on a server elsewhere, in a file: its mark before the first request, each thing as soon as it is there."""

import json
import threading
from pathlib import Path
from typing import Any

from liveops_contract.options import CannotRun

Json = Any
NAME = "created.jsonl"


class Ledger:
    """Targets to delete, in a file: a line for each run, each thing that is there, and each that is gone."""

    def __init__(self, path: Path, server: str, tag: str | None = None) -> None:
        self.path = path
        self.lock = threading.Lock()
        self.left: dict[str, None] = {}
        self.tags: list[str] = []
        self.server = server
        for entry in _entries(path):
            self._read(entry)
        if self.left and self.server != server:
            raise CannotRun(
                f"{str(path)!r} holds what a run left on {self.server}; clean up there first, or choose another folder"
            )
        if tag is not None:
            self._write({"tag": tag, "server": server})

    def _read(self, entry: Json) -> None:
        match entry:
            case {"tag": tag, "server": server}:
                self.tags.append(tag)
                self.server = server
            case {"made": target}:
                self.left[target] = None
            case {"gone": target}:
                self.left.pop(target, None)

    def _write(self, entry: Json) -> None:
        self._read(entry)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def made(self, target: str) -> None:
        """Something can be deleted under this target."""
        with self.lock:
            if target not in self.left:
                self._write({"made": target})

    def gone(self, target: str) -> None:
        """It is not there any more."""
        with self.lock:
            if target in self.left:
                self._write({"gone": target})


def _entries(path: Path) -> list[Json]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    except (OSError, ValueError) as error:
        raise CannotRun(
            f"{str(path)!r} cannot be read ({error}); move it away, and look on the server for what a run left"
        ) from error
