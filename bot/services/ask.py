"""Answer a status question: understand it, find what it means among what the asker may see, and say so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.conversation.answer import PAGE, Answer, Found, answer, lists, nothing_before, too_long, training, unanswered
from bot.conversation.findings import above
from bot.conversation.line import Line
from bot.conversation.own_words import proofs
from bot.conversation.question import WHOM, Field, Order, Question, Term, Wants
from bot.conversation.resolve import resolved
from bot.conversation.thread import Asked
from bot.conversation.understand import Act, Understanding, understand
from bot.domain.context import Context
from bot.domain.visibility import reach
from bot.ports.storage import Store, UnitOfWork
from bot.record.certificate import disposed_said

#: Numbers in one answer.
LISTED = 1_000
#: Characters of a question; a longer text is something else, and would be read for long.
MOST_SAID = 500
#: What buttons say, so that each means its own question whatever was asked since.
PAGE_OF = re.compile(r"page (\d{1,4}) of (.+)")
EXPORT_OF = re.compile(r"export (xlsx|csv) of (.+)")
#: "Export open FOIA tasks as CSV": a question of its own.
EXPORT = re.compile(r"(?:export|download) (.+?)(?: (?:as|to) (?:an? )?(csv|excel|xlsx)(?: file)?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody asks. `threads` are where follow-ups belong, the first is where they are said.

    A `component` is that of the channel, whose readers see its tasks alone. `lasting` is how long something asked
    there is still meant: always in a thread, but a chat goes on to something else.
    """

    threads: tuple[str, ...] = ()
    component: str = ""
    lasting: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The answer for whoever asked, and what of it a component's channel may read, where it was asked in one."""

    answer: Answer
    shared: Answer | None = None


async def ask(store: Store, text: str, ctx: Context, place: Place | None = None, order: Order | None = None) -> Answer:
    """For the actor of the context; what they may not see reads as if it were not there.

    Tasks are in `order` unless another was asked for.
    """
    return (await ask_at(store, text, ctx, place or Place(), order, every=True)).answer


async def ask_at(
    store: Store, text: str, ctx: Context, place: Place, order: Order | None = None, every: bool = False
) -> Told:
    """The same with what the place may read of it; the question is remembered there.

    Its numbers are those of the page, or with `every` the first thousand.
    """
    before = await store.read(lambda uow: _before(uow, place, ctx)) if place.threads else None
    wanted = _wanted(text, ctx, before)
    if isinstance(wanted, Understanding):
        perhaps = wanted
        wanted = await store.read(lambda uow: _perhaps(uow, perhaps, ctx))
    if isinstance(wanted, Answer):
        return Told(wanted)
    if wanted.question.wants is Wants.TRAINING:
        return Told(training(wanted.question, ctx))
    told = await store.read(lambda uow: _told(uow, wanted, place, ctx, order, every))
    file_of_it = wanted.format and before and before.question == wanted.question  # "show more" goes on behind it
    if place.threads and not told.answer.declined and not file_of_it:
        kept = Asked(wanted.question, wanted.page, wanted.whole)
        await store.write(lambda uow: _keep(uow, place, kept, ctx))
    return told


def _before(uow: UnitOfWork, place: Place, ctx: Context) -> Asked | None:
    return uow.asked(ctx.actor, place.threads[0], ctx.now - place.lasting if place.lasting else None)


def _keep(uow: UnitOfWork, place: Place, kept: Asked, ctx: Context) -> None:
    for thread in place.threads:
        uow.keep_asked(ctx.actor, thread, kept, ctx.now)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A clear question, the page of its answer, and the format of a file when that is wanted."""

    question: Question
    page: int = 1
    format: str = ""
    ignored: tuple[str, ...] = ()
    whole: Question | None = None


def _wanted(text: str, ctx: Context, before: Asked | None) -> _Wanted | Understanding | Answer:
    """What is meant, or asking back; or what only the tasks can tell."""
    words, page, format = text.strip(), 1, ""
    if len(words) > MOST_SAID:
        return too_long(ctx)
    if found := PAGE_OF.fullmatch(words):
        page, words = int(found[1]) or 1, found[2]
    elif found := EXPORT_OF.fullmatch(words):
        format, words = found[1], found[2]
    elif (found := EXPORT.fullmatch(words)) and (listing := understand(found[1], ctx)).question:
        return _Wanted(listing.question, 1, "csv" if (found[2] or "").lower() == "csv" else "xlsx", listing.ignored)
    understood = understand(words, ctx, before.question, before.whole) if before else understand(words, ctx)
    if understood.act is Act.MORE and before:
        return _Wanted(before.question, before.page + 1, whole=before.whole)
    if understood.question is None:
        goes_on = before is None and understand(words, ctx, Question()).act is not Act.ASK
        return nothing_before(ctx) if goes_on else understood if understood.perhaps else unanswered(understood, ctx)
    format = understood.format if understood.act is Act.EXPORT else format
    whole = (before.whole or before.question) if before and understood.narrows else None
    return _Wanted(understood.question, page, format, understood.ignored, whole)


def _perhaps(uow: UnitOfWork, understood: Understanding, ctx: Context) -> _Wanted | Answer:
    """Words that nobody knows are of a subject or a requestor's name where tasks that may be seen say so.

    Where nothing else is understood, that is only asked.
    """
    mine = reach(ctx.actor, ctx.organization, ctx.today)
    found = tuple(
        q for q in understood.perhaps if all(uow.finds(resolved(one, ctx), mine, ctx.now) for one in (q, *proofs(q)))
    )
    if len(found) == 1 and understood.readings:
        return _Wanted(found[0])
    return unanswered(replace(understood, readings=found or understood.readings, unknown=understood.unknown), ctx)


def _told(uow: UnitOfWork, wanted: _Wanted, place: Place, ctx: Context, order: Order | None, every: bool) -> Told:
    """A channel of a component is told what lies in both: what the asker may see, and the component's."""
    whole = _found(uow, wanted, wanted.question, ctx, order, every)
    if not place.component or wanted.format:
        return Told(whole)
    within = wanted.question.also(Term(Field.COMPONENT, (place.component,)))
    part = _found(uow, wanted, within, ctx, order, every)
    return Told(whole, whole if _same(part, whole) else part)


def _found(
    uow: UnitOfWork, wanted: _Wanted, within: Question, ctx: Context, order: Order | None, every: bool
) -> Answer:
    asked = resolved(within, ctx)
    question = replace(asked, order=asked.order or order)
    offset = (wanted.page - 1) * PAGE
    mine = reach(ctx.actor, ctx.organization, ctx.today)
    most = LISTED if every else _most(question)
    findings = uow.find(question, mine, ctx.now, most, offset, above(question.group, ctx.organization))
    tasks = uow.tasks(_read(wanted, findings.numbers))
    who = _who(uow, question.wants, findings.numbers)
    told = answer(wanted.question, Found(findings, tasks, wanted.page, who), ctx, wanted.ignored)
    if told.declined and mine.everything:
        told = _disposed(uow, told, wanted.question.numbers, ctx)
    return replace(told, format=wanted.format)


def _who(uow: UnitOfWork, wants: Wants, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """Whoever is asked for in any of the tasks."""
    if wants not in WHOM:
        return ()
    named = (_whom(line, wants) for line in uow.lines(numbers))
    return tuple(dict.fromkeys(who for each in named for who in each))


def _whom(line: Line, wants: Wants) -> tuple[str, ...]:
    if wants is Wants.REQUESTOR:
        return (line.requestor,) if line.requestor else ()
    return line.action_officers if wants is Wants.OFFICER else line.waiting_on


def _most(question: Question) -> int:
    """How many of the numbers an answer tells: none where it only counts, all where it tells who did something."""
    if question.wants in WHOM or question.deeds:
        return LISTED
    return PAGE if lists(question) else 0


def _disposed(uow: UnitOfWork, told: Answer, numbers: tuple[str, ...], ctx: Context) -> Answer:
    """Of records that were disposed of, that they were: to those who could see all of them (section 10)."""
    gone = [uow.disposed(number) for number in numbers]
    said = [disposed_said(each, ctx.zone) for each in gone if each]
    if not said:
        return told
    return replace(told, text="\n".join((*said, *([] if all(gone) else [told.text]))), declined=not all(gone))


def _read(wanted: _Wanted, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """The tasks to read whole: those of the page, all where it is told who did something, none for a file
    or a count.
    """
    if wanted.format or not lists(wanted.question):
        return ()
    return numbers if wanted.question.deeds else numbers[:PAGE]


def _same(part: Answer, whole: Answer) -> bool:
    """Whether the channel is told all there is."""
    return (part.total, part.numbers, part.groups) == (whole.total, whole.numbers, whole.groups)
