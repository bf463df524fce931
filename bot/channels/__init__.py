"""One module a chat platform: wire format in, neutral message out, and back."""
