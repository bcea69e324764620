"""People at the local Teams client in a real browser: what they type, open, fill in and press, and what they read."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, TimeoutError, async_playwright, expect

from cards.adaptive_inputs import MISSING

CHROMIUM = "/usr/bin/chromium"
#: A machine without a screen and without a way out: nothing looks for updates, and root may run it.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # milliseconds for something to appear, on a busy machine
HURRY = 3_000  # for a form that may have closed

#: What is entered into an input, by its kind: words or a choice's label, several choices, a toggle, a date, a time.
Entry = str | Sequence[str] | bool | date | time


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Debian's chromium; Playwright brings none."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield running
        finally:
            await running.close()


@dataclass(frozen=True, slots=True)
class Client:
    """One person in front of their page. Everything waits for what it needs and fails when that does not come."""

    page: Page

    @classmethod
    async def open(cls, running: Browser, url: str) -> Client:
        """A fresh page at their personal chat: the client slows down as messages pile up."""
        page = await running.new_page(viewport={"width": 1300, "height": 1000})
        page.set_default_timeout(PATIENCE)
        await page.goto(url, wait_until="commit")
        await page.locator('[data-lexical-editor="true"]').first.wait_for()
        return cls(page)

    async def go_to(self, room: str) -> None:
        """Turn to a room by its name in the list: "Personal Chat", "Group chat", "IHSC - Taskings"."""
        await self.page.get_by_role("treeitem", name=room).click()
        await self._composer.wait_for()

    async def say(self, text: str, mention: bool = False) -> None:
        """Write where they are; in a room the bot only hears when it is mentioned."""
        await self._write(self._composer, text, mention)
        post = self.page.get_by_role("button", name="Post", exact=True)
        await post.or_(self.page.get_by_role("button", name="Send Message")).first.click()

    async def reply(self, text: str) -> None:
        """Write below the newest post of a room, with a mention."""
        await self._write(self.page.locator('[data-lexical-editor="true"]').nth(1), text, mention=True)
        await self.page.get_by_role("button", name="Send Message").first.click()

    def card(self, words: str) -> Locator:
        """The newest card that says this, or is read aloud beginning so, with the form that is open in it."""
        outermost = self.page.locator(".ac-adaptiveCard:not(.ac-adaptiveCard .ac-adaptiveCard)")
        aloud = outermost.and_(self.page.locator(f'[aria-label^="{words}"]'))
        return outermost.filter(has_text=words).or_(aloud).last

    async def reads(self, words: str) -> None:
        """See this somewhere on the page."""
        await expect(self.page.get_by_text(words).last).to_be_visible(timeout=PATIENCE)

    async def sees(self, card: str, *says: str, buttons: Sequence[str] = (), gone: Sequence[str] = ()) -> None:
        """See the newest card that says `card` come to say all this and to have these buttons.

        Without any, it must have none that decides something.
        """
        found = self.card(card)
        for words in says:
            await expect(found).to_contain_text(words, timeout=PATIENCE)
        for title in buttons:
            await expect(_button(found, title)).to_be_visible(timeout=PATIENCE)
        for title in gone:
            await expect(_button(found, title)).to_have_count(0, timeout=PATIENCE)
        if not buttons:
            deciding = found.get_by_role("button").filter(has_not_text="More")
            await expect(deciding).to_have_count(0, timeout=PATIENCE)

    async def press(self, card: str, title: str) -> None:
        """Press a button that asks nothing, on the newest card that says `card`."""
        await _button(self.card(card), title).click()

    async def press_hidden(self, card: str, title: str) -> None:
        """Press a button that the card keeps behind its three dots."""
        await _button(self.card(card), "More options").click()
        await self.page.get_by_role("menuitem", name=title, exact=True).click()

    async def fill_in(self, card: str, title: str, entries: Mapping[str, Entry], opener: str = "") -> None:
        """Fill in a form by label and press `title`; `opener` is the button that it opens under.

        A message that arrives meanwhile closes the form or empties it: then again, as anybody would.
        """
        for patience in HURRY, HURRY, PATIENCE:
            self.page.set_default_timeout(patience)
            with suppress(TimeoutError):
                if await self._filled(self.card(card), title, entries, opener):
                    self.page.set_default_timeout(PATIENCE)
                    return
        raise AssertionError(f"“{title}” could not be pressed on “{card}”, with {', '.join(entries)} filled in.")

    async def screenshot(self, path: Path) -> None:
        await self.page.screenshot(path=path)

    @property
    def _composer(self) -> Locator:
        return self.page.locator('[data-lexical-editor="true"]').first

    async def _write(self, composer: Locator, text: str, mention: bool) -> None:
        await composer.click()
        if mention:
            await self.page.keyboard.type("@Task")
            await self.page.get_by_role("menuitem", name="Taskings").click()
        await self.page.keyboard.type(f" {text}" if mention else text)

    async def _filled(self, card: Locator, title: str, entries: Mapping[str, Entry], opener: str) -> bool:
        """Whether the form was sent; it is not while something is missing."""
        if opener:
            opens = _button(card, opener).first
            if await opens.get_attribute("aria-expanded") != "true":
                await opens.click()
        for label, entry in entries.items():
            await self._fill(card, label, entry)
        await _button(card, title).last.click()
        return not await card.get_by_text(MISSING).count()

    async def _fill(self, card: Locator, label: str, entry: Entry) -> None:
        match entry:
            case bool():
                await card.get_by_role("checkbox", name=label).set_checked(entry)
            case date():
                await self._pick_date(_named(card, label), entry)
            case time():
                await self._choose(_named(card, label), [f"{entry.hour % 12 or 12}:{entry:%M %p}"])
            case str():
                await self._enter(_named(card, label), entry)
            case _:
                await self._choose(_named(card, label), entry)

    async def _enter(self, control: Locator, words: str) -> None:
        if await control.get_attribute("role") == "combobox":
            await self._choose(control, [words])
        else:
            await control.fill(words)

    async def _choose(self, control: Locator, labels: Sequence[str]) -> None:
        await control.click()
        for label in labels:
            option = self.page.get_by_role("option", name=label, exact=True)
            await option.or_(self.page.get_by_role("menuitemcheckbox", name=label, exact=True)).first.click()
        if len(labels) > 1:
            await self.page.keyboard.press("Escape")

    async def _pick_date(self, control: Locator, day: date) -> None:
        await control.click()
        calendar = self.page.get_by_role("dialog").last  # a form may be in one too
        wanted = calendar.get_by_role("button", name=f"{day:%B %Y}", exact=True)
        for _ in range(24):
            if await wanted.count():
                break
            await calendar.locator("button").nth(2).click()
        await calendar.get_by_role("button", name=f"{day.day}, {day:%B}, {day.year}", exact=True).click()


def _button(card: Locator, title: str) -> Locator:
    return card.get_by_role("button", name=title, exact=True)


def _named(card: Locator, label: str) -> Locator:
    """The input with a label; a needed one has an asterisk after it, and another may begin alike."""
    labelled = card.get_by_label(re.compile(rf"^{re.escape(label)}\s*\*?(\s|$)"))
    return labelled.and_(card.page.locator('input, textarea, [role="combobox"]')).last
