"""What each person asked last in each thread, for as long as somebody may come back to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from bot.conversation.question import Question
from bot.conversation.thread import Asked
from storage import tables as t
from storage.codec import dump, load

KEPT = timedelta(days=30)


def asked(connection: Connection, person: str, place: str, since: datetime | None) -> Asked | None:
    query = select(t.threads.c.question, t.threads.c.page, t.threads.c.whole)
    query = query.where(t.threads.c.person == person, t.threads.c.place == place)
    row = connection.execute(query.where(t.threads.c.at >= since) if since else query).first()
    if row is None:
        return None
    return Asked(load(Question, row.question), row.page, load(Question, row.whole) if row.whole else None)


def keep(connection: Connection, person: str, place: str, last: Asked, at: datetime) -> None:
    """In the place of what was asked there before; what is too old anywhere goes."""
    mine = (t.threads.c.person == person) & (t.threads.c.place == place)
    connection.execute(delete(t.threads).where(mine | (t.threads.c.at < at - KEPT)))
    values = {"person": person, "place": place, "question": dump(last.question), "page": last.page, "at": at}
    connection.execute(insert(t.threads).values(**values, whole=dump(last.whole) if last.whole else None))
