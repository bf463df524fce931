"""Tests of the channels and of delivery, over real HTTP."""
