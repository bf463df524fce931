"""The dialogue as a table: what was waited for and what was heard decide what is done.

Pure: (conversation, utterance, facts) -> intent. What follows from an intent (codes, receipts, the
next question) is worked out in `answers` once the facts are there. `docs/dialogue.md` shows the table.
"""

from dataclasses import replace

from handlers.dialogue import at_desk, forum_talk, helping, minutes_talk, preparing, work_talk
from handlers.dialogue import intents as i
from handlers.dialogue import rules as r
from handlers.dialogue.hearing import CHANGES as CHANGES
from handlers.dialogue.hearing import KEPT_KINDS as KEPT_KINDS
from handlers.dialogue.hearing import MEDIA_KINDS as MEDIA_KINDS
from handlers.dialogue.hearing import ROLE_COMMANDS as ROLE_COMMANDS
from handlers.dialogue.hearing import TELLING_KINDS as TELLING_KINDS
from handlers.dialogue.hearing import Facts as Facts
from handlers.dialogue.hearing import Heard, Saying, about_another
from handlers.dialogue.hearing import Utterance as Utterance
from handlers.dialogue.hearing import command_of as command_of
from handlers.dialogue.hearing import heard as heard
from handlers.dialogue.rules import Rule
from handlers.dialogue.state import Conversation, Step
from handlers.dialogue.topics import media
from handlers.dialogue.topics import telling as d
from handlers.messages import MessageKind


def decide(conversation: Conversation, utterance: Utterance, facts: Facts) -> i.Intent:
    """What to do about what was said."""
    group = utterance.messages[0].group
    if group and not _addressed(utterance) and not about_another(utterance):
        return i.KeepSilent()
    said = Saying(
        conversation=current(conversation, utterance, facts), utterance=utterance, facts=facts
    )
    return TABLE[said.conversation.step, heard(utterance, facts)](said)


def current(conversation: Conversation, utterance: Utterance, facts: Facts) -> Conversation:
    """The conversation with a stale question put aside, and ASK_VILLAGE while no village is known."""
    asked, life = conversation.asked_at, facts.settings.question_life
    stale = asked is not None and utterance.first_at - asked > life
    step = Step.IDLE if stale else conversation.step
    if not facts.village_known and step not in ABOUT_A_REPORT:
        step = Step.ASK_VILLAGE
    return replace(conversation, step=step)


ABOUT_A_REPORT = (
    helping.STEPS
    | preparing.STEPS
    | forum_talk.STEPS
    | minutes_talk.STEPS
    | at_desk.STEPS
    | work_talk.STEPS
    | {Step.ASK_MORE, Step.ASK_NEW_PLACE, Step.ASK_WITHDRAW}
)
"""Questions about a report of one's own or by office, which are asked also while no village is known."""


def _addressed(utterance: Utterance) -> bool:
    """In a group only words that begin «แจ้ง» are for the bot; answers there tell nothing private."""
    telling = utterance.messages[0].kind is MessageKind.TEXT
    return telling and utterance.text.lstrip().startswith("แจ้ง")


_ALWAYS: dict[Heard, Rule] = {
    Heard.COMMAND: r.ANY,
    Heard.YES_NO: r.chatter,
    Heard.MATTER: r.matter,
    Heard.QUESTION: r.question,
    Heard.CHATTER: r.chatter,
    Heard.CRY: r.cry,
    Heard.UNSURE: r.unsure,
    Heard.QUOTE: r.quote,
    Heard.MEDIA: r.thing,
    Heard.LOCATION: r.thing,
    Heard.JOIN: r.always(i.Welcome()),
    Heard.LEAVE: r.always(i.KeepSilent(left=True)),
    Heard.EDIT: r.edit,
    Heard.UNSEND: r.always(media.TakeBack()),
    Heard.SPOKEN: r.spoken,
    Heard.UNREADABLE: r.always(i.CannotRead()),
    Heard.SILENT: r.always(i.KeepSilent()),
}


def _villages(kind: type[i.Intent], make: r.Naming) -> dict[Heard, Rule]:
    """Words after a question for a village: its name, or what they read as all the same."""
    return {
        Heard.MATTER: r.village_or(r.matter, kind, make),
        Heard.QUESTION: r.village_or(r.question, kind, make),
        Heard.CHATTER: r.village_or(r.chatter, kind, make),
    }


def _words(answer: Rule) -> dict[Heard, Rule]:
    return dict.fromkeys((Heard.MATTER, Heard.QUESTION, Heard.CHATTER), answer)


_DIFFERENT: dict[Step, dict[Heard, Rule]] = {
    Step.IDLE: {Heard.UNSURE: r.plain},
    Step.ASK_VILLAGE: _villages(i.FindVillage, r.home)
    | {Heard.LOCATION: r.always(i.NearVillages())},
    Step.ASK_MOVE: {Heard.YES_NO: r.MOVE},
    Step.ASK_SECOND: _villages(d.ChooseSecond, r.second)
    | {Heard.LOCATION: r.always(i.NearVillages(second=True))},
    Step.ASK_STILL: {Heard.YES_NO: r.STILL},
    Step.ASK_WHOSE: _villages(d.MoveReport, r.whose) | {Heard.YES_NO: r.WHOSE},
    Step.ASK_SAME: {Heard.YES_NO: r.SAME},
    Step.ASK_PLACE: _words(r.place_or_plain) | {Heard.LOCATION: r.add},
    Step.ASK_NEW_PLACE: _words(r.new_place_or_plain) | {Heard.LOCATION: r.new_spot},
    Step.ASK_WORDS: {
        Heard.MATTER: r.words_or_plain,
        Heard.QUESTION: r.words_or_plain,
    },
    Step.ASK_MORE: _words(r.more)
    | dict.fromkeys((Heard.YES_NO, Heard.CRY, Heard.MEDIA, Heard.LOCATION), r.add),
    Step.ASK_SIZE: _words(r.size_or_plain) | {Heard.YES_NO: r.size_or_plain},
    Step.ASK_SINCE: _words(r.since_or_plain) | {Heard.YES_NO: r.since_or_plain},
    Step.ASK_WITHDRAW: {Heard.YES_NO: r.WITHDRAW},
    **helping.RULES,
    **forum_talk.RULES,
    **minutes_talk.RULES,
    **at_desk.RULES,
    **work_talk.RULES,
    **preparing.RULES,
}

TABLE: dict[tuple[Step, Heard], Rule] = {
    (step, kind): _DIFFERENT.get(step, {}).get(kind, rule)
    for step in Step
    for kind, rule in _ALWAYS.items()
}
"""Every (what was waited for, what was heard) has its rule."""
