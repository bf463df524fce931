"""The house rules, each shown to catch a planted fault."""
