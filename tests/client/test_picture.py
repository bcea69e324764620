"""A clearing official's card on a phone, and the picture of it in the README.

`pytest tests/client/test_picture.py --picture tests/client/clearance-card.png` takes the picture anew.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Locator

from bot.domain.messages import Acknowledge, Clear, Command, Respond, RouteTask, SendToClearance
from bot.domain.package import Package
from tests.client.office import Office
from tests.client.people import Client
from tests.fakes import FakeClock
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, request

PHONE = 375  # pixels across a small phone
ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "tests/client/clearance-card.png"
MAX_BYTES = 300_000
ASKED = "How many beds were in use at IHSC-staffed facilities on 31 October 2026?"
ANSWER = "412 of 500 beds were in use at midnight on 31 October 2026, by the daily census of the five facilities."
HISTORY: tuple[tuple[str, Command], ...] = (
    (MANAGER, RouteTask((HOU_CHIEF,))),
    (HOU_CHIEF, Acknowledge(1)),
    (HOU_CHIEF, Respond(1, ANSWER)),
    (MANAGER, SendToClearance()),
    (DAD_CS, Clear(0, 1, Package(ANSWER).sha256)),
)


@pytest.fixture
def clock() -> FakeClock:
    """The picture is of a working day, whenever it is taken."""
    return FakeClock()


async def test_a_clearance_card_fits_a_phone(
    office: Office, clock: FakeClock, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    (cos,) = await office.seat(COS)
    await office.does(
        MANAGER, "", request("oig-audit", subject="Audit of bed capacity", text=ASKED, requestor="ICE OIG")
    )
    for email, command in HISTORY:
        clock.advance(timedelta(minutes=17))
        await office.does(email, "T-1001", command)
    await cos.sees(
        "Clearance: T-1001",
        ASKED,
        ANSWER,
        "cleared by Robert Nakamura, 24 Nov 2026, 10:25",
        buttons=["Clear", "Return"],
    )
    frame = await on_a_phone(cos, "Clearance: T-1001")
    assert await too_wide(frame) == []
    taken = pytestconfig.getoption("picture") or tmp_path / "card.png"
    await frame.screenshot(path=taken)
    assert 10_000 < taken.stat().st_size < MAX_BYTES


def test_the_readme_shows_the_picture() -> None:
    assert PICTURE.relative_to(ROOT).as_posix() in (ROOT / "README.md").read_text("utf-8")
    assert PICTURE.stat().st_size < MAX_BYTES


async def on_a_phone(client: Client, title: str) -> Locator:
    """The card in its frame, as wide as a phone and drawn at twice the size to be sharp."""
    await client.page.set_viewport_size({"width": 2400, "height": 2400})
    await client.page.get_by_role("button", name="Hide log panel").click()
    frame = client.page.locator(".fai-OutputCard").filter(has_text=title)
    await frame.evaluate(
        f"frame => {{ frame.style.width = '{PHONE}px'; frame.style.zoom = 2; frame.firstChild.style.width = '100%'; }}"
    )
    return frame


async def too_wide(frame: Locator) -> list[str]:
    """The words of whatever reaches over the right edge of the phone."""
    found: list[str] = await frame.evaluate(
        """frame => {
            const edge = frame.getBoundingClientRect().right;
            const all = [...frame.querySelectorAll('.ac-adaptiveCard, .ac-adaptiveCard *')];
            return all.filter(e => e.getBoundingClientRect().right > edge).map(e => e.innerText);
        }"""
    )
    return found
