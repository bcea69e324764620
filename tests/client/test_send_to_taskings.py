"""A message action in the local Teams client: its dialog, filled in from the message, and what becomes of it (6-1.2).

What the dialog says at the end is not looked for: a message that arrives meanwhile makes this client empty it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from playwright.async_api import expect

from tests.client.office import Office
from tests.client.people import PATIENCE, Client
from tests.world import MANAGER, MQMU_CHIEF

WORDS = "How many beds are in use & where?"


async def test_a_message_is_sent_to_taskings_and_logged_from_the_card(office: Office) -> None:
    manager, chief = await office.seat(MANAGER, MQMU_CHIEF)
    await chief.say(WORDS)
    await chose(chief)
    await chief.sees("A message by Mei Zhang.", buttons=["Send"])
    await chief.fill_in(
        "A message by Mei Zhang.", "Send", {"What the Taskings Program should know": "By noon, please."}
    )
    await chief.sees("Sent: T-1001", WORDS, "The Taskings Program has it and logs it next.")
    await manager.sees("Received: T-1001", WORDS, "By noon, please.", buttons=["Log", "Withdraw"])
    await manager.press("Received: T-1001", "Log")
    await manager.fill_in("Log T-1001", "Log request", asked("Ana Ortiz, OCR"))
    await manager.sees("Received: T-1001", "Status: Logged, not assigned yet")
    await chief.sees("Sent: T-1001", "The Taskings Program logged it.")


async def test_a_task_manager_logs_a_message_in_its_dialog_and_reads_there_what_is_wrong(office: Office) -> None:
    (manager,) = await office.seat(MANAGER)
    await manager.say(WORDS)
    await chose(manager)
    await manager.fill_in("Requestor", "Log request", asked("Mei Zhang"))
    await manager.sees(
        "Mei Zhang is within IHSC, and a request between its units is no tasking (4-1)", buttons=["Log request"]
    )
    await manager.fill_in("Requestor", "Log request", {"Requestor": "Ana Ortiz, OCR"})
    await manager.reads("Waiting on:")
    await manager.page.get_by_role("button", name="Close", exact=True).click()
    await manager.sees("Status:", WORDS, "Bed capacity", "Ana Ortiz, OCR", buttons=["Assign"])


def asked(requestor: str) -> dict[str, str | date | time]:
    day = datetime.now(UTC).date() + timedelta(days=14)
    return {
        "Type": "Congressional inquiry",
        "Subject": "Bed capacity",
        "Requestor": requestor,
        "Unit or facility": "Health Operations Unit (HOU)",
        "Due": day,
        "Time": time(17),
    }


async def chose(client: Client) -> None:
    """Choose the app's action on the message that they wrote, as the local client offers it: by the command's id."""
    await client.reads(WORDS)
    about = client.page.get_by_role("button", name="Show more information")
    await expect(about).to_have_count(3, timeout=PATIENCE)  # the greeting, what they wrote, and its answer
    await about.nth(1).click()
    await client.page.get_by_role("menuitem", name="Action Command").click()
    dialog = client.page.get_by_role("dialog", name="Command ID option dialog")
    await dialog.get_by_role("textbox").fill("task.forward")
    await dialog.get_by_role("button", name="Create").click()
