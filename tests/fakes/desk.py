"""A desk of files in memory."""

from urllib.parse import quote


class Desk:
    """Files by id; links under `base`, none when it is empty."""

    def __init__(self, base: str = "https://files.example.org") -> None:
        self.files: dict[str, bytes] = {}
        self._base = base

    def get(self, file_id: str) -> bytes:
        """The bytes; raises `FileNotFoundError`."""
        if file_id not in self.files:
            raise FileNotFoundError(file_id)
        return self.files[file_id]

    def link(self, file_id: str, name: str, media_type: str) -> str:
        """An address with the name in it."""
        return f"{self._base}/f/{file_id}/{quote(name)}" if self._base else ""
