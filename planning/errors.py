"""The one exception tree of the project."""


class PrachakhomError(Exception):
    """Root of every error this project raises on purpose."""


class UserMistake(PrachakhomError):
    """Somebody asked for what cannot be done; carries the Thai sentence that helps.

    `sentence_th` is shown to the person as it stands.
    """

    def __init__(self, sentence_th: str) -> None:
        super().__init__(sentence_th)
        self.sentence_th = sentence_th


class NotFound(UserMistake):
    """A code or name that leads nowhere (or nowhere the asker may look)."""


class NotAllowed(UserMistake):
    """The asker's role or area does not allow it."""


class RowMistakes(PrachakhomError):
    """A file was refused as a whole; `mistakes` names each fault by line and column."""

    def __init__(self, mistakes: "tuple[RowMistake, ...]") -> None:
        super().__init__("\n".join(str(m) for m in mistakes))
        self.mistakes = mistakes


class RowMistake(PrachakhomError):
    """One fault in a file: `line` counts from 1 with the header as line 1."""

    def __init__(self, line: int, column: str, why: str) -> None:
        super().__init__(f"line {line}, column {column}: {why}")
        self.line, self.column, self.why = line, column, why


class Conflict(PrachakhomError):
    """Somebody else wrote in between; read again and retry."""
