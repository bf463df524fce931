"""Tables: the minutes: read, corrected, closed."""
