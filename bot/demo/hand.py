"""A story by hand: a local Teams client for each of three people, and what to press where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

from bot.compose import listening, service
from bot.demo.agency import MANAGER, OFFICER, OFFICIAL, ROLES, forget_places, holder
from bot.demo.playground import Person, PlaygroundUnavailable, install, playground
from bot.settings import Settings

PORT = 56150  # of the first client; one that is taken becomes another
#: Who does what. What is quoted stands on a card or a button, and a test sees to it that it does.
STEPS = (
    (MANAGER, "write “new” and press Enter. The form “Log a request” comes."),
    (
        MANAGER,
        "choose the Type “Root cause analysis”, enter a Subject, What is asked and a Requestor, choose the Unit or "
        "facility “Medical Quality Management Unit (MQMU)”, a Due date next week and a time, leave the rest as it is, "
        "and press “Log request”. The card “T-… · Root cause analysis” comes.",
    ),
    (MANAGER, "on it press “Assign”. A form opens below the button, with Mei Zhang chosen: press “Assign” there."),
    (OFFICER, "on the card “T-… · Root cause analysis” press “Acknowledge”."),
    (
        OFFICER,
        "on it press “Respond”. The form “Respond to T-…” comes: write a response and press “Submit response”.",
    ),
    (MANAGER, "on the card “Review: T-…” press “Send to clearance”."),
    (OFFICIAL, "on the card “Clearance: T-…” read the response and press “Clear”."),
    (
        MANAGER,
        "on the card “Transmit: T-…” press “Transmit”. A form opens below the button: press “Record transmission”.",
    ),
    (
        MANAGER,
        "on it press “Close record”. No card of the task has a button now, and the first says “Record: sealed”.",
    ),
)


async def stay(settings: Settings, say: Callable[[str], None], folder: Path, cache: Path | None) -> None:
    """Keep the service up until cancelled, with the clients installed in `cache` unless that is None."""
    async with (
        service(settings, lambda: datetime.now(UTC)) as running,
        listening(running, "127.0.0.1", 0) as port,
        AsyncExitStack() as stack,
    ):
        await forget_places(running)
        origin = f"http://127.0.0.1:{port}"
        if cache:
            await _clients(f"{origin}/api/messages", say, folder, cache, stack)
        say(f"The service is up at {origin}/ until Ctrl-C.")
        await running.work()


def instructions(urls: Mapping[str, str]) -> Iterator[str]:
    """The addresses by position, then the story, a line a step."""
    yield "A whole story by hand. Open these three, each in a tab of its own; each says “What I can do”:"
    for post, url in urls.items():
        yield f"   {_title(post)}, {holder(post).name}: {url}"
    for number, (post, what) in enumerate(STEPS, 1):
        yield f"{number}. {_title(post)} ({urls[post]}): {what}"


async def _clients(endpoint: str, say: Callable[[str], None], folder: Path, cache: Path, stack: AsyncExitStack) -> None:
    say("Starting the local Teams client; the first time it is fetched from npm.")
    try:
        program = await install(cache)
        urls = {}
        for number, post in enumerate(ROLES):
            run = playground(program, _seated(post), _others(post), endpoint, PORT + number, folder / _slug(post))
            urls[post] = await stack.enter_async_context(run)
    except PlaygroundUnavailable as error:
        say(f"The story by hand needs the local Teams client, which can't be had here. {error}")
        return
    for line in instructions(urls):
        say(line)


def _seated(post: str) -> Person:
    person = holder(post)
    return Person(person.name, person.email)


def _others(post: str) -> list[Person]:
    return [_seated(other) for other in ROLES if other != post]


def _title(post: str) -> str:
    title = ROLES[post].removeprefix("the ")
    return title[0].upper() + title[1:]


def _slug(post: str) -> str:
    return post.replace("@", "-")
