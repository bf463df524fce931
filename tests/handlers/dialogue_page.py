"""Writes `docs/dialogue.md` anew: `python -m tests.handlers.dialogue_page`."""

from pathlib import Path

from handlers.dialogue.picture import page

PAGE = Path(__file__).parents[2] / "docs" / "dialogue.md"

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
