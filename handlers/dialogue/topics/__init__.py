"""What can be commanded, a file a subject: intents with the words and buttons that mean them."""
