"""A congressional inquiry in the local Teams client, from request to sealed record, as Appendix A's row says:
the unit chief answers, the deputy assistant director clears, then the chief of staff."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from tests.client.office import Office
from tests.client.people import Client
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER

TASK, REVIEW, CLEARANCE, TRANSMIT = "Status:", "Review: T-1001", "Clearance: T-1001", "Transmit: T-1001"
ASSIGNMENT = "T-1001 ·"
ASKED, FIRST, BETTER = "How many beds were in use in October?", "412 beds.", "412 beds on 31 October 2026."
DUE = datetime.now(UTC).date() + timedelta(days=10)


async def test_an_inquiry_is_answered_returned_answered_again_cleared_transmitted_and_sealed(office: Office) -> None:
    manager, chief, dad, cos = await office.seat(MANAGER, HOU_CHIEF, DAD_CS, COS)
    await is_logged_and_assigned(manager)
    await is_answered(chief)
    await is_cleared_and_then_returned(manager, dad, cos)
    await is_answered_again(manager, chief)
    await is_cleared(manager, dad, cos)
    await is_transmitted_and_sealed(manager)
    await chief.sees(ASSIGNMENT, "Submitted (LaToya Freeman, ")
    for official in dad, cos:
        await official.sees(CLEARANCE, "Deputy Assistant Director, CS: cleared by Robert Nakamura", BETTER)
        await official.sees(CLEARANCE, "Chief of Staff: cleared by Daniel Reyes")


async def is_logged_and_assigned(manager: Client) -> None:
    await manager.say("new")
    await manager.fill_in(
        "Log a request",
        "Log request",
        {
            "Type": "Congressional inquiry",
            "Subject": "Bed capacity",
            "What is asked": ASKED,
            "Requestor": "ICE OCR",
            "Unit or facility": "Health Operations Unit (HOU)",
            "Due": DUE,
            "Time": time(17),
        },
    )
    await manager.sees(
        TASK,
        *("Bed capacity", ASKED, f"Due: {DUE:%a} {DUE.day} {DUE:%b %Y}, 17:00", "Requestor: ICE OCR"),
        *("Status: Logged, not assigned yet", "Waiting on: Tomás Álvarez"),
        *(
            "Answers: LaToya Freeman",
            "Because: Appendix A says “HQ: Unit Chief”",
            "Clears: Deputy Assistant Director, CS (Robert Nakamura), then Chief of Staff (Daniel Reyes)",
        ),
        buttons=["Assign"],
    )
    await manager.fill_in(TASK, "Assign", {}, opener="Assign")
    await manager.sees(
        TASK,
        *("Status: With its action officers", "Waiting on: LaToya Freeman", "assigned, not acknowledged yet"),
        buttons=["Assign also"],
        gone=["Assign"],
    )


async def is_answered(chief: Client) -> None:
    await chief.sees(
        ASSIGNMENT,
        *("Bed capacity", ASKED, "Assigned, not acknowledged yet"),
        buttons=["Acknowledge", "No information", "Defer"],
        gone=["Respond"],
    )
    await chief.press(ASSIGNMENT, "Acknowledge")
    await chief.sees(
        ASSIGNMENT,
        "Acknowledged, being answered (LaToya Freeman, ",
        buttons=["Respond", "No information", "Defer"],
        gone=["Acknowledge"],
    )
    await respond(chief, FIRST)


async def respond(chief: Client, text: str) -> None:
    await chief.press(ASSIGNMENT, "Respond")
    await chief.fill_in("Respond to T-1001", "Submit response", {"Response": text})
    await chief.sees(ASSIGNMENT, "Submitted (LaToya Freeman, ")


async def is_cleared_and_then_returned(manager: Client, dad: Client, cos: Client) -> None:
    await manager.sees(REVIEW, "LaToya Freeman, HOU: submitted", FIRST, buttons=["Send to clearance", "Return"])
    await manager.press(REVIEW, "Send to clearance")
    await manager.sees(REVIEW, "Deputy Assistant Director, CS: waits now", "Chief of Staff: later")
    await dad.sees(
        CLEARANCE,
        *(ASKED, "Response of LaToya Freeman, HOU", FIRST, "Deputy Assistant Director, CS: your turn"),
        buttons=["Clear", "Return"],
    )
    await dad.press(CLEARANCE, "Clear")
    await dad.sees(
        CLEARANCE, "Deputy Assistant Director, CS: cleared by Robert Nakamura, ", "Chief of Staff: waits now"
    )
    await cos.sees(
        CLEARANCE,
        *(FIRST, "Deputy Assistant Director, CS: cleared by Robert Nakamura, ", "Chief of Staff: your turn"),
        buttons=["Clear", "Return"],
    )
    await cos.fill_in(CLEARANCE, "Return", {"What has to change": "Beds on which day?"}, opener="Return")
    await cos.sees(CLEARANCE, "Chief of Staff: returned by Daniel Reyes, ", "Beds on which day?")
    await dad.sees(CLEARANCE, "Chief of Staff: returned by Daniel Reyes, ", "Beds on which day?")


async def is_answered_again(manager: Client, chief: Client) -> None:
    await manager.sees(TASK, "Status: In review", "Waiting on: Tomás Álvarez", buttons=["Assign also"])
    await manager.sees(REVIEW, "Chief of Staff: returned by Daniel Reyes, ", "Beds on which day?", buttons=["Return"])
    await manager.fill_in(REVIEW, "Return", {"What has to change": "Name the day of the count."}, opener="Return")
    await manager.sees(TASK, "Status: With its action officers", "Waiting on: LaToya Freeman", buttons=["Assign also"])
    await chief.sees(
        ASSIGNMENT,
        "Returned by Tomás Álvarez, ",
        "Name the day of the count.",
        "Your response so far",
        FIRST,
        buttons=["Respond"],
        gone=["Acknowledge"],
    )
    await respond(chief, BETTER)
    await manager.sees(REVIEW, BETTER, buttons=["Send to clearance"])
    await manager.press(REVIEW, "Send to clearance")


async def is_cleared(manager: Client, dad: Client, cos: Client) -> None:
    """Both are asked again: what the deputy assistant director cleared before was another response."""
    for official, before in (dad, "Chief of Staff: later"), (cos, "cleared by Robert Nakamura, "):
        await official.sees(CLEARANCE, BETTER, before, buttons=["Clear", "Return"])
        await official.press(CLEARANCE, "Clear")
        await official.sees(CLEARANCE, BETTER)
    await manager.sees(TASK, "Status: Cleared, to be transmitted", "Waiting on: Tomás Álvarez")


async def is_transmitted_and_sealed(manager: Client) -> None:
    cleared = ("cleared by Robert Nakamura, ", "cleared by Daniel Reyes, ")
    await manager.sees(
        TRANSMIT,
        "Requestor: ICE OCR",
        "Goes out by: email",
        BETTER,
        *cleared,
        buttons=["Transmit"],
        gone=["Close record"],
    )
    await manager.fill_in(
        TRANSMIT, "Record transmission", {"Reference, if there is one": "OCR 5512"}, opener="Transmit"
    )
    await manager.sees(
        TRANSMIT, "Sent: Tomás Álvarez, ", "Reference: OCR 5512", buttons=["Close record"], gone=["Transmit"]
    )
    await manager.press(TRANSMIT, "Close record")
    await manager.sees(TRANSMIT, BETTER, *cleared)
    await manager.sees(TASK, "Status: Closed", "Record: sealed, ", buttons=["Add to the record"], gone=["Transmit"])
    await manager.sees(REVIEW)
