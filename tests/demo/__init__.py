"""Tests of the demo and its fictional district."""
