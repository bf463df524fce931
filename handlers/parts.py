"""Which message said what: kept beside a report's words, so that a message can be changed or taken back."""

from collections.abc import Sequence

from handlers.context import Turn
from handlers.messages import IncomingMessage, MessageKind
from planning.reports import Report
from storage.told import Told
from storage.values import Attachment, ToldPart

KEPT_MEDIA = (MessageKind.PHOTO, MessageKind.VOICE)
"""What is fetched; of films and files only the words that came with them are kept."""


async def keep_parts(turn: Turn, report: Report, text: str, *, media: bool = True) -> None:
    """Note the events, words and, with `media`, the photos by which this turn told `text` of a report."""
    messages = turn.utterance.messages
    keys = [key_of(turn.uow.told, m) for m in messages]
    await turn.uow.reports.add_events(report.id, turn.inbox_ids)
    runs = shares(text, messages)
    silent = [(n, "") for n in range(len(messages)) if n not in {number for number, _ in runs}]
    await turn.uow.told.add_parts(
        ToldPart(
            id=0,
            report_id=report.id,
            message_key=keys[number],
            kind=messages[number].kind.value,
            words=words,
            said_at=messages[number].sent_at,
        )
        for number, words in (*runs, *silent)
        if words or messages[number].lat is not None
    )
    for number, message in enumerate(messages):
        if media and message.media_id and message.kind in KEPT_MEDIA:
            await turn.uow.reports.add_attachment(
                Attachment(
                    id=0,
                    report_id=report.id,
                    channel=message.channel,
                    kind=message.kind.value,
                    media_id=message.media_id,
                    message_key=keys[number],
                )
            )


def key_of(told: Told, message: IncomingMessage) -> str:
    """The keyed hash of the message (of an edit or unsend: of the one it names)."""
    return told.key(message.channel, message.chat_id, message.message_id)


def shares(text: str, messages: Sequence[IncomingMessage]) -> tuple[tuple[int, str], ...]:
    """(number of a message, its words) that, a line each, are `text`.

    `text` may be less than the messages' words (without a command's), or one of two matters in them.
    """
    if not text:
        return ()
    runs: list[tuple[int, list[str]]] = []
    at = next((n for n, m in enumerate(messages) if m.text), 0)
    for line in text.split("\n"):
        at = _whose(line.strip(), messages, at)
        if runs and runs[-1][0] == at:
            runs[-1][1].append(line)
        else:
            runs.append((at, [line]))
    return tuple((number, "\n".join(lines)) for number, lines in runs)


def _whose(line: str, messages: Sequence[IncomingMessage], at: int) -> int:
    """The message a line is from: the one before it if it may be, else the next that has it."""
    around = (*range(at, len(messages)), *range(at))
    return next((n for n in around if line in messages[n].text), at)
