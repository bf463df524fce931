"""Keeps planning's values: tables, repositories, one unit of work, migrations."""
