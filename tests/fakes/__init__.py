"""Strict imitations of the platforms: each request of ours is checked, and failures can be planned."""
