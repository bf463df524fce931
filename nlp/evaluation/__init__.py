"""Scores of the reader against gold, in the forms that `prachakhom evaluate` prints."""
