"""The head's desk: one matter at a time, corrected, answered, joined and taken apart."""
