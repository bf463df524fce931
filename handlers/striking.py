"""Words taken back are not said any more: struck from what waits to be sent, and from what was sent."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers.messages import Reply, replies_from_json, replies_to_json
from storage.unit import UnitOfWork

_SHORTEST = 6
"""Words shorter than this may be anybody's."""
_SURE = 30
"""As much of longer words is enough to know them again where they were cut for a list."""


@dataclass(frozen=True, kw_only=True)
class Struck:
    """What may not be said any more. `code`: of a report that is no more, "" where it lives on.

    `words`: of the message, of its report and of the line made of them. `since`: when they were told.
    """

    person_id: int
    since: datetime
    words: tuple[str, ...] = field(repr=False)
    code: str = ""


async def strike(uow: UnitOfWork, struck: Struck, *, sent_too: bool = True) -> None:
    """Strike them from letters that wait, whoever they are for, and from those the person got."""
    for letter in await uow.retracting.to_be_said():
        replies = replies_from_json(letter.payload)
        left = without(replies, struck)
        if not left:
            await uow.retracting.drop_letter(letter.id, replies_to_json(()))
        elif left != replies:
            await uow.retracting.rewrite_letter(letter.id, replies_to_json(left))
    for letter in await uow.retracting.said_to(struck.person_id, struck.since) if sent_too else ():
        replies = replies_from_json(letter.payload)
        left = without(replies, replace(struck, code=""))
        if left != replies:
            await uow.retracting.rewrite_letter(letter.id, replies_to_json(left))


def without(replies: tuple[Reply, ...], struck: Struck) -> tuple[Reply, ...]:
    """The replies without the lines that say it; those about a report that is no more fall away."""
    found = []
    for reply in replies:
        about = struck.code and (reply.about == struck.code or struck.code in reply.text)
        lines = reply.text.split("\n")
        left = [line for line in lines if not _says(line, struck.words)]
        if about or not any(line.strip() for line in left):
            continue
        found.append(reply if left == lines else replace(reply, text="\n".join(left)))
    return tuple(found)


def _says(line: str, words: tuple[str, ...]) -> bool:
    said = " ".join(line.split())
    return any(_mark(word) in said for told in words for word in told.split("\n") if _mark(word))


def _mark(words: str) -> str:
    """As much of the words as they are known again by; "" for too few."""
    line = " ".join(words.split())
    return line[:_SURE] if len(line) >= _SHORTEST else ""
