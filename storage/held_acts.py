"""Acts of an office, and what was said at forums: they stay, done by nobody that can be named."""

from sqlalchemy import ColumnElement, case, null, select

from storage.held_share import Held, Sealed, Whose, by_person, columns
from storage.tables_after import work_marks, work_photos
from storage.tables_desk import desk_events
from storage.tables_matters import status_updates
from storage.tables_plans import resolutions
from storage.tables_preparing import arranging_lines, forum_notices, notice_people
from storage.tables_running import forum_ballots, forum_comers, forum_lines


def _ballots(who: Whose) -> ColumnElement[bool]:
    """Ballots of forums whose minutes are not closed; they name no person but who checked in."""
    c = forum_comers.c
    mine = c.person_id.in_(who.people) & (c.forum_id == forum_ballots.c.forum_id)
    return forum_ballots.c.comer.in_(select(c.comer).where(mine))


ACTS: tuple[Held, ...] = (
    Held(
        table=desk_events,
        whose=by_person(desk_events, "actor_id"),
        left={},
        stays=columns("id issue_id other_id action undoes_id after_link at actor_id content"),
        shown=False,
    ),
    Held(
        table=status_updates,
        whose=by_person(status_updates, "actor_id"),
        left={},
        stays=columns("id issue_id state at words actor_id"),
    ),
    Held(
        table=resolutions,
        whose=by_person(resolutions, "actor_id"),
        left={},
        stays=columns(
            "id code forum_id agenda_code item_number issue_id outcome votes_for votes_against way "
            "decided_at actor_id reason returns_on"
        ),
    ),
    Held(
        table=forum_lines,
        whose=by_person(forum_lines, "actor_id"),
        left={},
        stays=columns("id forum_id key said said_at heard_at item_number actor_id content_sealed"),
    ),
    # a vote counts, whoever asks to be forgotten before it is counted
    Held(
        table=forum_ballots,
        whose=_ballots,
        left={},
        stays=columns("id forum_id key item_number comer choice said_at heard_at"),
    ),
    Held(
        table=forum_comers,
        whose=by_person(forum_comers),
        left={"person_id": null()},
        stays=columns("id forum_id key comer household_key said_at heard_at"),
    ),
    Held(
        table=arranging_lines,
        whose=by_person(arranging_lines, "actor_id"),
        left={},
        stays=columns("id forum_id line_key act issue_code other_code words actor_id at"),
        shown=False,
    ),
    Held(
        table=forum_notices,
        whose=by_person(forum_notices, "actor_id"),
        left={},
        stays=columns(
            "id forum_id notice_key kind held_on when_key to_people people groups actor_id at"
        ),
        shown=False,
    ),
    Held(table=notice_people, whose=by_person(notice_people), shown=False),
    Held(
        table=work_marks,
        whose=by_person(work_marks, "actor_id"),
        left={},
        stays=columns("id issue_id mark resolution_code actor_id at"),
    ),
    Held(
        table=work_photos,
        whose=by_person(work_photos),
        left={
            "media_sealed": Sealed(),
            "message_key": "",
            "person_id": null(),
            "state": case((work_photos.c.state == "waiting", "gone"), else_=work_photos.c.state),
        },
        stays=columns("id issue_id channel attempts file_id preview_id sent_at"),
    ),
)
