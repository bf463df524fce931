"""The same in English, under the same names as in `handlers.dialogue.thai`."""
