"""Who carries out which intent: one table, joined from the subjects' own."""

from collections.abc import Awaitable, Callable
from typing import Any

from handlers import (
    agenda_lines,
    album,
    arranging,
    belonging,
    changing,
    choices,
    closing,
    convening,
    digests,
    erasing,
    groups,
    helped_lists,
    joining_in,
    menus,
    minding,
    muting,
    officers,
    outcomes,
    own_data,
    papers,
    questions,
    quota,
    refining,
    reports,
    running,
    slowing,
    summary,
    survey_talk,
    villagers,
    walk_ins,
)
from handlers.context import Turn
from handlers.dialogue import intents as i

Execute = Callable[[Turn, Any], Awaitable[None]]

_CORE: dict[type[i.Intent], Execute] = {
    i.Tell: reports.tell,
    i.Add: reports.add,
    i.Ask: reports.ask,
    i.Chat: villagers.chat,
    i.CannotRead: villagers.cannot_read,
    i.KeepSilent: villagers.keep_silent,
    i.SameIssue: villagers.same_issue,
    i.OtherIssue: villagers.other_issue,
    i.OfferCategories: villagers.offer_categories,
    i.CorrectCategory: villagers.correct_category,
    i.Help: villagers.show_help,
    i.Privacy: villagers.privacy,
    i.Redeem: officers.redeem,
    i.CloseForum: closing.end_meeting,
    i.ShowConfidential: officers.show_confidential,
    i.ShowQuestions: officers.show_questions,
    i.ShowStatus: officers.show_status,
    i.ChangeStatus: officers.change_status,
    i.BadCommand: officers.bad_command,
}

EXECUTE: dict[type[i.Intent], Execute] = {
    **_CORE,
    **choices.EXECUTE,
    **groups.EXECUTE,
    **walk_ins.EXECUTE,
    **helped_lists.EXECUTE,
    **survey_talk.EXECUTE,
    **album.EXECUTE,
    **changing.EXECUTE,
    **belonging.EXECUTE,
    **refining.EXECUTE,
    **questions.EXECUTE,
    **menus.EXECUTE,
    **joining_in.EXECUTE,
    **outcomes.EXECUTE,
    **running.EXECUTE,
    **minding.EXECUTE,
    **quota.EXECUTE,
    **own_data.EXECUTE,
    **erasing.EXECUTE,
    **slowing.EXECUTE,
    **muting.EXECUTE,
    **convening.EXECUTE,
    **arranging.EXECUTE,
    **agenda_lines.EXECUTE,
    **papers.EXECUTE,
    **summary.EXECUTE,
    **digests.EXECUTE,
}
"""Who carries out which intent (`SendAgenda` is called apart: it needs its prepared draft)."""
