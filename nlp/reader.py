"""The language part as the rest of the house meets it: text in, facts with evidence out."""

from collections.abc import Sequence

from nlp import duplicates as _duplicates
from nlp import wording
from nlp.act import act_of
from nlp.blame import evidence
from nlp.category import categorise
from nlp.confidential import confidential
from nlp.dialect import central
from nlp.emergency import emergency
from nlp.kind import kind_of
from nlp.model import parts
from nlp.normalise import normalise
from nlp.personal import mask, personal_data
from nlp.place import find_place, without_places
from nlp.tokens import words
from nlp.values import Candidate, DuplicateMatch, KnownPlace, Telling, Understanding


class ThaiReader:
    """Reads villagers' Thai. Holds no state of its own: thread-safe, deterministic, no files written.

    Dictionaries and the trained model are loaded at the first reading (`warm` does it beforehand).
    """

    def warm(self) -> None:
        """Load dictionaries and model now (about a second) instead of at the first message."""
        words("น้ำไม่ไหล")
        self.read("ป้ากลอย บ้านเลขที่ 8 แจ้งว่าน้ำประปาไม่ไหล")

    def read(self, text: str, places: Sequence[KnownPlace] = ()) -> Understanding:
        """The understanding of one text; `places` are the landmarks of the sender's village."""
        plain = normalise(text)
        landmarks = tuple(p.name for p in places)
        spans = personal_data(plain, landmarks)
        matter = central(without_places(plain.text, places))
        found = parts(matter)
        blame = evidence(plain.text)
        categories = categorise(matter, found, bool(blame))
        kind, kind_score = kind_of(plain.text, categories[0].code, found, bool(blame))
        return Understanding(
            normalised=plain.text,
            masked=mask(text, spans, landmarks),
            act=act_of(plain.text, categories[0].code, kind),
            kind=kind,
            kind_score=kind_score,
            categories=categories,
            confidential=confidential(blame, categories, (kind, kind_score)),
            emergency=emergency(plain.text),
            personal_data=spans,
            place=find_place(plain.text, places),
        )

    def is_emergency(self, text: str) -> bool:
        """Whether the text tells of danger that is going on now; needs no dictionary."""
        return emergency(normalise(text).text).on

    def duplicates(
        self, new: Telling, candidates: Sequence[Candidate]
    ) -> tuple[DuplicateMatch, ...]:
        """At most 3 candidates that may be the same matter, likeliest first."""
        return _duplicates.duplicates(new, candidates)

    def neutral_line(self, text: str, category: str, kind: str, place: str) -> str:
        """Formal one-line wording for an agenda."""
        return wording.neutral_line(text, category, kind, place)
