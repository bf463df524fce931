"""Measurements, apart from the tests: `python -m tests.benchmarks`. docs/benchmarks.md says what and how."""
