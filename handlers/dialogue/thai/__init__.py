"""What the bot says in Thai, a file a subject. Warm, short, plain; one question at a time."""
