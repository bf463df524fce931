"""Tests of Prachakhom, one folder a room."""
