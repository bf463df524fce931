"""Finished values in, bytes of documents out."""
