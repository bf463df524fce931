"""English for what everybody hears. Where a name is missing the Thai is said."""
