"""Logs that hold ids, counts and class names, never words, names or tokens."""

import logging
import sys
from pathlib import Path

_OURS = ("bot", "handlers", "nlp", "storage", "planning")
_ROOT = Path(__file__).parents[1]


def where(error: BaseException) -> str:
    """Class of an error and the line of ours it came through; its message may hold somebody's words."""
    place, trace = "", error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(_ROOT) and path.relative_to(_ROOT).parts[0] in _OURS:
            place = f" at {path.relative_to(_ROOT).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return type(error).__name__ + place


class _Safe(logging.Formatter):
    """One line a record; of an exception only what `where` says."""

    def formatException(self, ei: object) -> str:  # noqa: N802  the library's own name
        """The exception without its message."""
        error = ei[1] if isinstance(ei, tuple) else None
        return where(error) if isinstance(error, BaseException) else ""


def set_up_logs(level: str) -> None:
    """Log to stderr at `level` and above; libraries only from warning on (they name addresses)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Safe("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())
