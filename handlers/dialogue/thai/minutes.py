"""The minutes: read, corrected, closed."""
