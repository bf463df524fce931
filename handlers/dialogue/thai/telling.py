"""Refining a report: words, place, photos, withdrawing; questions to the village."""
