"""The language part, loaded when it is first needed."""

import threading
from collections.abc import Callable, Sequence

from handlers.ports import Reader
from nlp.emergency import emergency
from nlp.normalise import normalise
from nlp.values import Candidate, DuplicateMatch, KnownPlace, Telling, Understanding


class LazyReader:
    """The language part, loaded when first needed or by `load`, so that the port opens at once.

    The look for danger needs none of the loading. Safe for threads.
    """

    def __init__(self, make: Callable[[], Reader]) -> None:
        self._make, self._lock = make, threading.Lock()
        self._made: Reader | None = None

    @property
    def loaded(self) -> bool:
        """Whether reading begins without waiting."""
        return self._made is not None

    def load(self) -> Reader:
        """The reader itself; takes a second or two the first time."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def read(
        self,
        text: str,
        places: Sequence[KnownPlace] = (),
        *,
        at: tuple[float, float] | None = None,
    ) -> Understanding:
        """See `handlers.ports.Reader`."""
        return self.load().read(text, places, at=at)

    def is_emergency(self, text: str) -> bool:
        """See `handlers.ports.Reader`."""
        return emergency(normalise(text).text).on

    def duplicates(
        self, new: Telling, candidates: Sequence[Candidate]
    ) -> tuple[DuplicateMatch, ...]:
        """See `handlers.ports.Reader`."""
        return self.load().duplicates(new, candidates)

    def neutral_line(self, text: str, category: str, kind: str, place: str) -> str:
        """See `handlers.ports.Reader`."""
        return self.load().neutral_line(text, category, kind, place)

    def shared_line(self, texts: Sequence[str], category: str, kind: str, place: str) -> str:
        """See `handlers.ports.Reader`."""
        return self.load().shared_line(texts, category, kind, place)
