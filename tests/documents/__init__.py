"""Official documents: what they say, how they are set, and that they are the same bytes each time."""
