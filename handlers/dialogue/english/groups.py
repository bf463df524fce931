"""Groups of a village, and telling for people without a phone."""
