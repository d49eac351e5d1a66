"""Measure what the SDK costs per call beside raw httpx with `json.loads`, and beside the stock client of the same generator.

All in one run and one process, with answers from memory: no server, no socket. In each round every way calls in turn, and ratios
are taken round by round. Quote the ratios; the absolute figures belong to the machine.
"""

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from bench_figures import Aim, Row, missed, ratios, spread, table

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "openapi" / "bundle" / "liveops.json"
SDK = ROOT / "generated_client"
CHAINS = "/v3/project/44056/admin/reward_chain"
POINT = "/v2/project/44056/admin/items/value_points/sku/honor"
BELOW, IMPORT = "import httpx, attrs", Aim("<=", 1.3)  # what the SDK is made of, and how much longer it may take

VALIDATED = Aim("<=", 2.5)

Json = Any
Way = Callable[[], object]


class Part(NamedTuple):
    """One kind of call, made in several ways."""

    name: str
    ways: dict[str, Way]
    aims: dict[str, Aim]


def options(arguments: list[str] | None) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=positive, default=41, help="rounds over all ways (default: %(default)s)")
    parser.add_argument("--calls", type=positive, default=20, help="calls of each way in a round (default: %(default)s)")
    parser.add_argument("--strict", action="store_true", help="fail where an aim is missed")
    return parser.parse_args(arguments)


def positive(text: str) -> int:
    """A number of rounds or calls."""
    if not text.isdecimal() or not 0 < int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 10000")
    return int(text)


def print_stock_client(folder: Path) -> None:
    """The client as the generator prints it from the same bundle without our templates."""
    program = Path(sys.executable).with_name("openapi-python-client")
    config = folder / "config.json"
    config.write_text(json.dumps({"package_name_override": "stock_client", "post_hooks": []}), encoding="utf-8")
    where = ["--path", str(BUNDLE), "--meta", "none", "--config", str(config), "--output-path", str(folder / "stock_client")]
    subprocess.run([str(program), "generate", *where], check=True, capture_output=True, timeout=120)


class Answers:
    """What the server in memory answers, taken from the examples of the description."""

    def __init__(self) -> None:
        self.response = loaded("httpx").Response
        examples = json.loads(BUNDLE.read_bytes())["components"]["examples"]
        chains = examples["RewardChainPage"]["value"]["items"]
        page = {"items": [chains[number % len(chains)] for number in range(50)], "has_more": False}
        self.body = examples["RewardChainCreate"]["value"]
        self.point = json.dumps(examples["ValuePointDetails"]["value"]).encode()
        self.page = json.dumps(page).encode()
        self.created = json.dumps({"reward_chain_id": 1}).encode()

    def handle(self, request: Any) -> Any:
        """Answer a request of httpx."""
        if request.method == "POST":
            status, content = 201, self.created
        else:
            status, content = 200, self.page if request.url.path == CHAINS else self.point
        return self.response(status, content=content, headers={"Content-Type": "application/json"})


class Clients(NamedTuple):
    """The ways to call: raw httpx, the SDK with and without validation, and the functions of the stock client."""

    raw: Any
    checked: Any
    unchecked: Any
    stock: Any
    answers: Answers

    def stock_call(self, operation: str, *arguments: object, **more: object) -> object:
        """The function of an operation, called as its user does."""
        return loaded(f"stock_client.api.{operation}").sync(44056, *arguments, client=self.stock, **more)


def loaded(name: str) -> Any:
    """A module of a client: what is measured is named, not used."""
    return importlib.import_module(name)


def clients() -> Clients:
    """All of them over one server in memory."""
    httpx, answers = loaded("httpx"), Answers()
    below: dict[str, Any] = {"base_url": "http://sdk.test", "httpx_args": {"transport": httpx.MockTransport(answers.handle)}}
    raw = httpx.Client(base_url=below["base_url"], auth=("44056", "demo-api-key"), **below["httpx_args"])
    admin = loaded("xsolla_liveops").LiveOps.admin
    checked, unchecked = (admin(project_id=44056, api_key="demo-api-key", validate=way, **below) for way in (True, False))
    stock = loaded("stock_client").AuthenticatedClient(token="demo-api-key", **below)  # noqa: S106 - a made-up secret
    return Clients(raw, checked, unchecked, stock, answers)


def small_answer(use: Clients) -> Part:
    """One object, fetched."""
    return Part(
        "small answer",
        {
            "raw httpx": lambda: json.loads(use.raw.get(POINT).content),
            "SDK": lambda: use.unchecked.value_points.get("honor"),
            "SDK, validated": lambda: use.checked.value_points.get("honor"),
            "stock client": lambda: use.stock_call("value_points.admin_get_value_point", "honor"),
        },
        {"SDK": Aim("<=", 1.5), "SDK, validated": VALIDATED},
    )


def list_of_chains(use: Clients) -> Part:
    """A page of fifty, fetched and read to its end."""
    return Part(
        "list of 50 chains",
        {
            "raw httpx": lambda: json.loads(use.raw.get(CHAINS, params={"limit": 50}).content),
            "SDK": lambda: list(use.unchecked.reward_chains.list(limit=50)),
            # The description allows ten in a page of this list; the server in memory answers fifty whatever is asked for.
            "SDK, validated": lambda: list(use.checked.reward_chains.list(limit=10)),
            "stock client": lambda: use.stock_call("reward_chains.admin_get_reward_chains", limit=50),
        },
        {"SDK": Aim("<=", 2), "SDK, validated": VALIDATED},
    )


def created_chain(use: Clients) -> Part:
    """A body of a kilobyte, made from a model and sent."""
    body = use.answers.body
    ours = loaded("xsolla_liveops.models").RewardChainCreate.from_dict(body)
    stocks = loaded("stock_client.models").RewardChainCreate.from_dict(body)
    return Part(
        "create a chain",
        {
            "raw httpx": lambda: json.loads(use.raw.post(CHAINS, json=body).content),
            "SDK": lambda: use.unchecked.reward_chains.create(ours),
            "SDK, validated": lambda: use.checked.reward_chains.create(ours),
            "stock client": lambda: use.stock_call("reward_chains.admin_create_reward_chain", body=stocks),
        },
        {"SDK, validated": VALIDATED},
    )


def rows_of(part: Part, rounds: int, calls: int) -> list[Row]:
    """The ratios to raw httpx, and the time that they come from."""
    times: dict[str, list[float]] = {name: [] for name in part.ways}
    for way in part.ways.values():
        way()
    for number in range(rounds):
        names = list(part.ways)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            times[name].append(seconds(part.ways[name], calls))
    raw = times.pop("raw httpx")
    rows = [Row(part.name, f"{name} : raw httpx", ratios(taken, raw), "x", part.aims.get(name)) for name, taken in times.items()]
    return [*rows, Row(part.name, "raw httpx", spread([one * 1e6 for one in raw]), "us")]


def seconds(way: Way, calls: int) -> float:
    """Processor time of a call: what else runs on the machine counts little."""
    begun = time.process_time()
    for _ in range(calls):
        way()
    return (time.process_time() - begun) / calls


def import_rows(rounds: int) -> list[Row]:
    """Fresh processes that import the SDK, as a whole and as its users do, against what it is made of."""
    lines = {"the package": "import xsolla_liveops", "LiveOps and models": "from xsolla_liveops import LiveOps, models"}
    times: dict[str, list[float]] = {line: [] for line in (BELOW, *lines.values())}
    for _ in range(rounds):
        for line in times:
            times[line].append(import_seconds(line))
    rows = [
        Row("import", f"{name} : httpx and attrs", ratios(times[line], times[BELOW]), "x", IMPORT) for name, line in lines.items()
    ]
    return [*rows, Row("import", "httpx and attrs", spread([one * 1e3 for one in times[BELOW]]), "ms")]


def import_seconds(line: str) -> float:
    """Processor time of an import in a process of its own."""
    program = f"import time; begun = time.process_time()\n{line}\nprint(time.process_time() - begun)"
    setting = {"PYTHONPATH": str(SDK)}
    return float(subprocess.run([sys.executable, "-c", program], env=setting, capture_output=True, check=True, timeout=60).stdout)


def measured(chosen: argparse.Namespace) -> list[Row]:
    """All parts, the stock client in a folder that goes away again."""
    with tempfile.TemporaryDirectory() as folder:
        print_stock_client(Path(folder))
        sys.path[:0] = [str(SDK), folder]
        use = clients()
        rows = [
            row
            for part in (small_answer, list_of_chains, created_chain)
            for row in rows_of(part(use), chosen.rounds, chosen.calls)
        ]
    return rows + import_rows(max(3, chosen.rounds // 4))


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table, and name what was missed."""
    chosen = options(arguments)
    rows = measured(chosen)
    print(table(rows))
    failed = missed(rows)
    met = sum(row.verdict() == "met" for row in rows)
    names = f": {', '.join(failed)}" if failed else ""
    print(f"bench-sdk {'missed' if failed else 'ok    '}  {met} aims met, {len(failed)} missed{names}")
    return 1 if failed and chosen.strict else 0


if __name__ == "__main__":
    sys.exit(main())
