"""The pure conversation: state and message in, state, replies and commands out."""
