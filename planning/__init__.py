"""The nouns and rules of the trade: villages, reports, issues, forums, projects, plan calendar. Pure."""
