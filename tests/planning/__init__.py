"""The trade's own rules: areas, calendar, codes, forums, issues, projects, ranking, roles."""
