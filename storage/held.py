"""Everything that is kept about a person, table by table: how it is found, and what erasing leaves.

A test holds that every table stands here or in `IMPERSONAL`, and that no column is forgotten.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, case, func, null, or_, select

from planning.reports import ReportState
from storage.held_acts import ACTS
from storage.held_share import Held as Held
from storage.held_share import Sealed as Sealed
from storage.held_share import Whose as Whose
from storage.held_share import by_person, columns
from storage.surveys import OPEN_STATES
from storage.tables_digests import digest_windows, digests, looks
from storage.tables_groups import groups, helper_files, helper_news, surveys, walk_ins
from storage.tables_joining_in import done_checks
from storage.tables_matters import (
    attachments,
    issues,
    link_events,
    report_events,
    reports,
    supporters,
)
from storage.tables_media import earlier_words, message_changes, remarks_owed, told_parts
from storage.tables_messages import conversations, inbox, outbox
from storage.tables_own_data import (
    account_codes,
    account_joins,
    account_tries,
    consents,
    mutes,
    own_files,
)
from storage.tables_people import audit_log, identities, invitations, people, roles
from storage.tables_telling import question_answers, sent_messages


def _reports(who: Whose) -> Select[Any]:
    return select(reports.c.id).where(reports.c.person_id.in_(who.people))


def _codes(who: Whose) -> Select[Any]:
    return select(reports.c.tracking_code).where(reports.c.person_id.in_(who.people))


def _came(who: Whose) -> ColumnElement[bool]:
    return inbox.c.sender_key.in_(who.senders) & inbox.c.handled_at.is_not(None)


def _said(who: Whose) -> ColumnElement[bool]:
    o = outbox.c
    mine = or_(o.person_id.in_(who.people), o.lane_key.in_(who.lanes))
    return mine & or_(o.finished.is_not(None), o.method == "")


def _changed(who: Whose) -> ColumnElement[bool]:
    """Which of the person's messages were edited or taken back."""
    named = message_changes.c.message_key
    said = select(told_parts.c.message_key).where(told_parts.c.report_id.in_(_reports(who)))
    return or_(named.in_(said), named.in_(select(inbox.c.message_key).where(_came(who)))) & (
        named != ""
    )


def _by_report(table: Table) -> Callable[[Whose], ColumnElement[bool]]:
    return lambda who: table.c.report_id.in_(_reports(who))


def _of_digest(who: Whose) -> ColumnElement[bool]:
    mine = select(digests.c.id).where(digests.c.person_id.in_(who.people))
    return digest_windows.c.digest_id.in_(mine)


def _audited(who: Whose) -> ColumnElement[bool]:
    a = audit_log.c
    about = [f"person:{number}" for number in who.people]
    return or_(a.actor_id.in_(who.people), a.subject.in_(about), a.subject.in_(_codes(who)))


NEUTRAL = func.coalesce(
    select(issues.c.neutral_line).where(issues.c.id == reports.c.issue_id).scalar_subquery(), ""
)
_WORDLESS = (
    ReportState.AWAITING_VILLAGE, ReportState.AWAITING_WORDS,
    ReportState.QUESTION, ReportState.ANSWERED,
)  # fmt: skip
_REPORT_LEFT = {
    # nothing is left of what never became a matter
    "state": case(
        (reports.c.state.in_(_WORDLESS), ReportState.WITHDRAWN.value), else_=reports.c.state
    ),
    "text": NEUTRAL,
    "masked_text": NEUTRAL,
    # typed by the person: it may be a name
    "place": case((reports.c.place_by_person, ""), else_=reports.c.place),
    "lat": null(),
    "lon": null(),
    "position_by_photo": False,
    "photos": 0,
    "vulnerable": False,
}

HELD: tuple[Held, ...] = (
    Held(table=digest_windows, whose=_of_digest, shown=False),
    Held(table=digests, whose=by_person(digests)),
    Held(table=looks, whose=by_person(looks)),
    Held(
        table=people,
        whose=lambda who: people.c.id.in_(who.people),
        left={
            "noticed_at": null(),
            "language": "th",
            "second_village_code": null(),
            "outside": False,
            "village_asked_at": null(),
        },
        stays=columns("id village_code joined_at"),
    ),
    Held(table=identities, whose=by_person(identities)),
    Held(table=roles, whose=by_person(roles)),
    Held(
        table=invitations,
        whose=by_person(invitations, "used_by"),
        left={},
        stays=columns("id token_key role area created_at expires_at used_at used_by"),
    ),
    Held(table=consents, whose=by_person(consents)),
    Held(table=mutes, whose=by_person(mutes)),
    Held(table=account_codes, whose=by_person(account_codes)),
    Held(table=account_tries, whose=by_person(account_tries)),
    Held(
        table=account_joins,
        whose=lambda who: or_(
            account_joins.c.kept_id.in_(who.people), account_joins.c.other_id.in_(who.people)
        ),
    ),
    Held(table=own_files, whose=by_person(own_files)),
    Held(table=message_changes, whose=_changed, shown=False),
    Held(table=told_parts, whose=_by_report(told_parts)),
    Held(table=earlier_words, whose=_by_report(earlier_words)),
    Held(table=remarks_owed, whose=by_person(remarks_owed)),
    Held(
        table=sent_messages,
        whose=lambda who: sent_messages.c.report_code.in_(_codes(who)),
        shown=False,
    ),
    Held(table=question_answers, whose=_by_report(question_answers)),
    Held(table=report_events, whose=_by_report(report_events), shown=False),
    Held(
        table=attachments,
        whose=_by_report(attachments),
        left={
            "media_sealed": Sealed(),
            "file_id": "",
            "preview_id": "",
            "photo_hash": "",
            "message_key": "",
            "state": "gone",
        },
        stays=columns("id report_id channel kind attempts"),
    ),
    Held(
        table=link_events,
        whose=_by_report(link_events),
        left={"reason": ""},
        stays=columns("id report_id issue_id action by at score actor_id desk_id"),
        shown=False,
    ),
    Held(
        table=reports,
        whose=by_person(reports),
        left=_REPORT_LEFT,
        stays=columns(
            "id tracking_code person_id channel village_code first_told_at last_told_at category "
            "category_score category_by_person kind confidential emergency issue_id "
            "place_by_person households since"
        ),
    ),
    Held(
        table=supporters,
        whose=by_person(supporters),
        left={},
        stays=columns("said_of_id issue_id person_id since"),
    ),
    Held(
        table=done_checks,
        whose=by_person(done_checks),
        left={},
        stays=columns("id issue_id status_id person_id asked_at answer answered_at"),
    ),
    Held(
        table=walk_ins,
        whose=by_person(walk_ins),
        left={"detail_sealed": Sealed(text='["", "", ""]'), "household_key": null()},
        stays=columns("person_id helper_id written_at"),
    ),
    Held(
        table=walk_ins,
        whose=by_person(walk_ins, "helper_id"),
        left={"helper_id": null()},
        stays=columns("person_id household_key detail_sealed written_at"),
        shown=False,
    ),
    Held(table=helper_news, whose=by_person(helper_news, "helper_id"), shown=False),
    Held(table=helper_files, whose=by_person(helper_files, "helper_id"), shown=False),
    Held(
        table=surveys,
        whose=by_person(surveys, "helper_id"),
        left={
            "media_sealed": Sealed(),
            "content_sealed": Sealed(),
            # what was not brought in yet has nothing left to be brought in
            "state": case((surveys.c.state.in_(OPEN_STATES), "dropped"), else_=surveys.c.state),
        },
        stays=columns("id helper_id channel attempts file_key total sent_at changed_at"),
        shown=False,
    ),
    Held(
        table=groups,
        whose=lambda who: groups.c.nobody_id.in_(who.people),
        left={},
        stays=columns(
            "id channel chat_key chat_sealed nobody_id village_code listens greeted joined_at "
            "left_at"
        ),
        shown=False,
    ),
    Held(
        table=audit_log,
        whose=_audited,
        left={"detail": ""},
        stays=columns("id at actor_id action subject"),
    ),
    *ACTS,
    Held(table=conversations, whose=lambda who: conversations.c.conversation_key.in_(who.talks)),
    Held(
        table=inbox,
        whose=_came,
        left={"sender_key": "", "payload_sealed": Sealed(text="{}"), "message_key": ""},
        stays=columns(
            "id channel event_id sent_at received_at immediate attempts retry_at leased_until "
            "handled_at outcome error"
        ),
    ),
    Held(
        table=outbox,
        whose=_said,
        left={
            "lane_key": "",
            "chat_sealed": Sealed(),
            "reply_handle_sealed": Sealed(),
            "payload_sealed": Sealed(text="[]"),
            "finished": func.coalesce(outbox.c.finished, "dropped"),
        },
        stays=columns(
            "id channel reply_until dedupe_key retry_key person_id urgent rank created_at "
            "next_try_at attempts tried_at held_since useful_until carried_by leased_until method "
            "sending_at sent_at units error"
        ),
    ),
)
"""In the order of erasing: what is found by something stands before it."""

IMPERSONAL: Mapping[str, str] = {
    "villages": "places",
    "landmarks": "places",
    "issues": "the need, in a formal line without names",
    "forums": "meetings",
    "agenda_versions": "formal lines, frozen",
    "agenda_files": "documents of formal lines",
    "agenda_news": "codes of matters that news is still owed of",
    "minutes": "the official record: formal lines, and the names of those who sign it by their office",
    "minutes_files": "documents of that record",
    "projects": "formal lines",
    "supporting_documents": "a checklist",
    "plan_windows": "dates",
    "heartbeat": "the database itself",
    "push_months": "numbers",
    "unneeded_files": "numbers of files about to go",
    "group_codes": "keyed hashes; made by a row that stays without a name",
    "survey_rows": "keyed hashes",
    "unsure_links": "numbers of tellings and matters that may be one",
    "summary_pictures": "numbers of pictures of formal lines and figures",
    "erasures": "the register of erasing: keyed hashes and numbers",
    "rank_weights": "numbers",
}
"""Tables that tell of nobody, each with what it holds."""
