"""The whole chain over real HTTP, with the platforms held to their contracts."""
