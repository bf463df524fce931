"""One's own data, consents, linked accounts, slowing and muting."""
