"""What a turn can be told from outside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from planning.digests import USUAL, Rhythm
from planning.reports import Channel


def no_link(channel: Channel, code: str) -> str:
    """No way is known to open a private chat."""
    return ""


@dataclass(frozen=True, kw_only=True)
class TurnSettings:
    """`burst`: messages this close are one report. `follow`: how long a photo, a location or missing

    words still belong to the report before. `question_life`: silence after which a question ends.
    `contacts`: the district's own telephone numbers, as they are told to whoever asks whom to call.
    `tone`: "polite" (ค่ะ) or "plain".
    `done_asks`: how many who told or support a matter are asked whether it is done.
    `line_month_limit`, `line_reserve`: pushes a month on LINE, and those kept for danger.
    `hears`: voice messages are listened to by a machine.
    `survey_rows`: the most rows of one survey.
    `forum_vote_by`: "person" or "household": whose one vote counts in a poll on the phones.
    `check_in_link`: a link that checks in at a forum by its code.
    `private_link`: a link from a group to the private chat, going on about a report's code where given.
    `forum_quorum_percent`: of a village's households, how many a forum should have; 0: none is set.
    `rejected_return`: what a forum rejected comes before the forum again with the next plan year.
    `digest`: when the heads' and kamnans' digest comes unless they choose; None: only to who asks for it.
    `neighbour_m`: villages this near (metres) are searched for the same issue too.
    """

    burst: timedelta = timedelta(seconds=8)
    follow: timedelta = timedelta(minutes=10)
    question_life: timedelta = timedelta(hours=1)
    tone: str = "polite"
    neighbour_m: float = 3_500.0
    contacts: str = ""
    done_asks: int = 3
    hears: bool = False
    line_month_limit: int = 300
    line_reserve: int = 30
    survey_rows: int = 2_000
    digest: Rhythm | None = USUAL
    forum_quorum_percent: int = 50
    forum_vote_by: str = "person"
    rejected_return: bool = True
    private_link: Callable[[Channel, str], str] = no_link
    check_in_link: Callable[[Channel, str], str] = no_link
