"""What is measured: rounds over all servers, a large world, the start, and memory under steady use."""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from bench_figures import Aim, Row, Spread, ratios, spread
from bench_load import Load, Question, Wrk, require_right
from bench_servers import NotMeasured, Running, Server, running

ROUND_PARTS = ("list", "rejected", "creates")  # in this order: the list is asked while twenty chains are stored
SERVERS = ("mock", "Prism", "empty app")
AIMS = {  # times Prism, share of the empty application
    "creates": (Aim(">=", 5), Aim(">=", 0.40)),
    "rejected": (Aim(">=", 4), Aim(">=", 0.28)),
    "list": (Aim(">=", 5), Aim(">=", 0.25)),
}
LARGE, MOST_SECONDS_TO_FILL, SECONDS = 100_000, 90, 9
FLAT_FROM, MOST_SECONDS_TO_WEAR = 20_000, 90
STARTS = 5
LONGEST, START, GROWTH = Aim("<=", 50), Aim("<", 0.6), Aim("<", 5)
NOT_MEASURED = {  # what stands in the table where a part cannot be measured
    "large": [Row("large", "mock, longest answer", None, "ms", LONGEST)],
    "start": [Row("start", "mock, to the first 200", None, "s", START)],
    "memory": [Row("memory", "growth in percent", None, "%", GROWTH)],
}


class Bench(NamedTuple):
    """What every measurement needs: the servers there are, the load, and where both run."""

    servers: dict[str, Server]
    wrk: Wrk
    pinned: Sequence[str]
    folder: Path
    asked: dict[str, Question]
    options: argparse.Namespace

    def start(self, stack: ExitStack, name: str) -> Running:
        """A server that ends with the stack."""
        return stack.enter_context(running(self.servers[name], self.pinned, self.folder))


class Rounds(NamedTuple):
    """By part and server the loads of all rounds and the requests per second of processor time, and the memory by server."""

    loads: dict[tuple[str, str], list[Load]]
    by_processor: dict[tuple[str, str], list[float]]
    memory: dict[tuple[str, str], list[float]]

    @classmethod
    def none(cls) -> "Rounds":
        """Nothing measured yet."""
        return cls(defaultdict(list), defaultdict(list), defaultdict(list))


def measure_rounds(bench: Bench, parts: Sequence[str]) -> Rounds:
    """All rounds; the order of the servers changes with each, so that none always follows the same one."""
    rounds = Rounds.none()
    for number in range(bench.options.rounds):
        names = list(bench.servers)
        names = names[number % len(names) :] + names[: number % len(names)]
        with ExitStack() as stack:
            started = [bench.start(stack, name) for name in names]
            for server in started:
                keep_memory(rounds, server, "VmRSS")
                store_twenty(bench, server)
            for part in parts:
                for server in started:
                    measure(bench, server, part, rounds)
            for server in started:
                keep_memory(rounds, server, "VmHWM")
    return rounds


def keep_memory(rounds: Rounds, server: Running, field: str) -> None:
    """Note the memory of a server, where the system tells."""
    used = server.memory(field)
    if used is not None:
        rounds.memory[field, server.server.name].append(used)


def store_twenty(bench: Bench, server: Running) -> None:
    """Let a server store as many chains as two pages of the list hold."""
    for _ in range(20):
        server.require_right("creates", bench.asked["creates"])


def measure(bench: Bench, server: Running, part: str, rounds: Rounds) -> None:
    """One server under one kind of request, after a second to warm up."""
    question, name = bench.asked[part], server.server.name
    server.require_right(part, question)
    bench.wrk.run(server.port, [question], 1)
    used = server.processor_seconds()
    load = bench.wrk.run(server.port, [question], bench.options.seconds)
    used = server.processor_seconds() - used
    require_right(load, [server.expected(question)], f"{name}, {part}")
    rounds.loads[part, name].append(load)
    if used:
        rounds.by_processor[part, name].append(load.requests / used)


def round_rows(rounds: Rounds, parts: Sequence[str]) -> list[Row]:
    """Ratios first, then the figures they come from."""
    rows = []
    for part in parts:
        rates = {name: [load.rate for load in rounds.loads[part, name]] for name in SERVERS}
        times_prism, share_of_empty = AIMS[part]
        rows.append(Row(part, "mock : Prism", ratios(rates["mock"], rates["Prism"]), "x", times_prism))
        rows.append(Row(part, "mock : empty app", ratios(rates["mock"], rates["empty app"]), "", share_of_empty))
        # Where something else takes turns on the core, these hold still while the ratios above waver.
        worked = {name: rounds.by_processor[part, name] for name in SERVERS}
        rows.append(Row(part, "mock : Prism, by processor time", ratios(worked["mock"], worked["Prism"]), "x"))
        rows.append(Row(part, "mock : empty app, by processor time", ratios(worked["mock"], worked["empty app"])))
        rows += [Row(part, name, spread(rates[name]), "requests/s") for name in SERVERS]
        rows.append(Row(part, "mock, 99 % within", spread([load.p99_ms for load in rounds.loads[part, "mock"]]), "ms"))
    for name in SERVERS if parts else ():
        rows.append(Row("rounds", f"{name}, memory at rest", spread(rounds.memory["VmRSS", name]), "MiB"))
        rows.append(Row("rounds", f"{name}, memory at most", spread(rounds.memory["VmHWM", name]), "MiB"))
    return rows


def large_rows(bench: Bench) -> list[Row]:
    """The longest answers with a hundred thousand chains stored; the empty application shows what the machine adds to them."""
    with ExitStack() as stack:
        server = bench.start(stack, "mock")
        stored = bench.wrk.send(server.port, [bench.asked["creates"]], LARGE, "mock, large", MOST_SECONDS_TO_FILL)
        if stored < LARGE:
            raise NotMeasured(f"only {stored:,} of {LARGE:,} chains were stored in {MOST_SECONDS_TO_FILL} s; use an idle machine")
        rows = [longest_answer(bench, server, part, LONGEST) for part in ("list", "creates", "get")]
        rows.append(longest_answer(bench, bench.start(stack, "empty app"), "list"))
        used = server.memory("VmRSS")
    return [*rows, Row("large", f"mock with {LARGE:,} chains or more", spread([used] if used else []), "MiB")]


def longest_answer(bench: Bench, server: Running, part: str, aim: Aim | None = None) -> Row:
    """The longest answer of each second under load: a pause of the server comes back in many, one of the machine in few."""
    question, name = bench.asked[part], server.server.name
    loads = [bench.wrk.run(server.port, [question], 1) for _ in range(SECONDS)]
    for load in loads:
        require_right(load, [server.expected(question)], f"{name}, large, {part}")
    return Row("large", f"{name}, longest answer to {part} in a second", spread([load.max_ms for load in loads]), "ms", aim)


def start_rows(bench: Bench) -> list[Row]:
    """Time from the start of the process to the first 200."""
    times: dict[str, list[float]] = {"mock": [], "Prism": []}
    for _ in range(STARTS):
        for name in times.keys() & bench.servers.keys():
            with ExitStack() as stack:
                times[name].append(bench.start(stack, name).start_ms / 1000)
    return [
        Row("start", "mock, to the first 200", spread(times["mock"]), "s", START),
        Row("start", "Prism, to the first 200", spread(times["Prism"]), "s"),
        Row("start", "Prism : mock", ratios(times["Prism"], times["mock"]), "x"),
    ]


def memory_rows(bench: Bench) -> list[Row]:
    """What requests that leave the number of objects unchanged leave behind in memory."""
    asked = [bench.asked[name] for name in ("toggle", "list", "get", "rejected")]
    sent = used = 0.0
    seen: list[float] = []
    with ExitStack() as stack:
        server = bench.start(stack, "mock")
        store_twenty(bench, server)
        for count in (FLAT_FROM, bench.options.flat_requests):
            sent += bench.wrk.send(server.port, asked, int(count - sent), "mock, memory", MOST_SECONDS_TO_WEAR)
            if sent < count:
                raise NotMeasured(
                    f"only {sent:,.0f} of {count:,} requests fitted into {MOST_SECONDS_TO_WEAR} s; lower --flat-requests"
                )
            used = server.memory("VmRSS") or 0.0
            seen.append(used)
    if not used:
        raise NotMeasured("the system has no /proc to read memory from; measure the memory on Linux")
    before, after = seen
    return [
        Row("memory", f"mock after {FLAT_FROM:,} requests", spread([before]), "MiB"),
        Row("memory", f"mock after {bench.options.flat_requests:,} requests", spread([after]), "MiB"),
        Row("memory", "growth", signed(after - before), "MiB"),
        Row("memory", "growth in percent", signed((after - before) / before * 100), "%", GROWTH),
    ]


def signed(figure: float) -> Spread:
    """A single figure, which may be below zero."""
    return Spread(figure, figure, figure)
