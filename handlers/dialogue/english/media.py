"""Photos, voice and files; edited and taken-back messages."""
