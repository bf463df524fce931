"""Numbers in rows, and which rows bear a mark: growing arrays, small and quick to search."""

from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]
_LOOSE = 256
_PART = 4
_FEW = 16


class Column:
    """Numbers of one kind, one for each row; grows by doubling."""

    def __init__(self, kind: npt.DTypeLike) -> None:
        self._held = np.zeros(_FEW, kind)

    def __getitem__(self, rows: Rows) -> Floats:
        """The numbers of the rows."""
        return np.asarray(self._held[rows], np.float64)

    def one(self, row: int) -> float:
        """The number of one row."""
        return float(self._held[row])

    def put(self, row: int, value: float) -> None:
        """Set a row's number."""
        if row >= len(self._held):
            self._held = np.concatenate((self._held, np.zeros(row, self._held.dtype)))
        self._held[row] = value


class Postings:
    """Which rows bear which marks (32-bit numbers). The latest of many rows are found first.

    New rows stand loose until they are many, then they are sorted in among the others.
    """

    def __init__(self, at: Column) -> None:
        self._at = at
        self._marks: Rows = np.zeros(0, np.uint32)
        self._rows: Rows = np.zeros(0, np.uint32)
        self._new_marks, self._new_rows = array("I"), array("I")

    def __len__(self) -> int:
        return len(self._rows) + len(self._new_rows)

    def put(self, row: int, marks: Sequence[int]) -> None:
        """Let a row bear marks."""
        self._new_marks.extend(marks)
        self._new_rows.extend([row] * len(marks))
        if len(self._new_rows) > max(_LOOSE, len(self._rows) // _PART):
            self._sort()

    def forget(self, row: int) -> None:
        """Let a row bear no mark."""
        loose = np.array(self._new_rows, np.uint32) != row
        if not loose.all():
            marks, rows = np.array(self._new_marks, np.uint32), np.array(self._new_rows, np.uint32)
            self._new_marks = array("I", marks[loose].tobytes())
            self._new_rows = array("I", rows[loose].tobytes())
        keep = self._rows != row
        if not keep.all():
            self._marks, self._rows = self._marks[keep], self._rows[keep]

    def find(self, marks: Sequence[int], most: Sequence[int]) -> list[Rows]:
        """For each mark the rows that bear it; of more than `most` the latest, and all as late as these."""
        asked = np.asarray(marks, np.uint32)
        starts = np.searchsorted(self._marks, asked, "left").tolist()
        ends = np.searchsorted(self._marks, asked, "right").tolist()
        loose = np.frombuffer(self._new_marks, np.uint32) if self._new_marks else None
        loose_rows = np.frombuffer(self._new_rows, np.uint32) if self._new_rows else None
        out = []
        for mark, start, end, limit in zip(asked, starts, ends, most, strict=True):
            rows = self._rows[self._late(start, end, limit) : end]
            if loose is not None and loose_rows is not None:
                rows = np.concatenate((rows, loose_rows[loose == mark]))
            if len(rows) > limit:
                times = self._at[rows]
                rows = rows[times >= np.partition(times, -limit)[-limit]]
            out.append(rows)
        return out

    def _late(self, start: int, end: int, limit: int) -> int:
        """Where the latest `limit` of sorted rows begin, and all as late as the first of them."""
        if end - start <= limit:
            return start
        cut = self._at.one(int(self._rows[end - limit]))
        low, high = start, end - limit
        while low < high:
            middle = (low + high) // 2
            if self._at.one(int(self._rows[middle])) < cut:
                low = middle + 1
            else:
                high = middle
        return low

    def _sort(self) -> None:
        """Sort the loose rows in, by mark and time."""
        marks = np.concatenate((self._marks, np.frombuffer(self._new_marks, np.uint32)))
        rows = np.concatenate((self._rows, np.frombuffer(self._new_rows, np.uint32)))
        order = np.lexsort((self._at[rows], marks))
        self._marks, self._rows = marks[order], rows[order]
        self._new_marks, self._new_rows = array("I"), array("I")
