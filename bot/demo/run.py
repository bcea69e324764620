"""`taskings demo`: the walk, what it left on the screens held against the state, then the story by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.demo.agency import demo_settings
from bot.demo.hand import stay
from bot.demo.walk import opened, story
from bot.settings import Settings

HOME = Path(".taskings")


def new_folder(home: Path = HOME) -> Path:
    """A folder for one run: its database, files, and what the clients write."""
    folder = home / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    folder.mkdir(parents=True)
    return folder


async def demo(
    settings: Settings,
    folder: Path,
    say: Callable[[str], None],
    complain: Callable[[str], None],
    *,
    once: bool,
    client: bool,
) -> int:
    """The exit code: 1 when a platform shows what is not so. Stays up until cancelled, unless `once`."""
    mine = demo_settings(settings, folder)
    async with opened(mine, say) as walk:
        await story(walk)
        wrong = await walk.differences()
    for line in wrong:
        complain(line)
    if not once:
        await stay(mine, say, folder, folder.parent / "teams-client" if client else None)
    return 1 if wrong else 0
