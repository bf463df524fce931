"""Tests of the language part, on sentences of their own."""
