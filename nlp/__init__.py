"""Thai text in, facts with evidence out. Knows no village, no database, no channel."""
