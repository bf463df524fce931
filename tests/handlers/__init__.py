"""Handlers: whole turns on a real database."""
