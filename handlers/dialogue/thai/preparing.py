"""Preparing a forum: date, notice, conveners, the agenda's order."""
